"""`make demo` runs the README's example unchanged."""

from __future__ import annotations

import os
import subprocess
import sys

from ..support.pipeline import ROOT


def test_the_demo_runs_without_a_key() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "CO_API_KEY"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for text in (
        "  ->  POST /v1/embed-jobs  ",
        "  ##  ebd-9f8a7c6d5b4e3a21 embed-multilingual-v2.0 complete END\n",
        "co.embed_jobs.create(",
        "client.embed_jobs.wait(",
        "no key, no network",
    ):
        assert text in done.stdout
