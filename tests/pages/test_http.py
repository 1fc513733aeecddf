"""The examples of docs/http.md run as tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..runtime.libraries import has_alias, installed
from ..support.pipeline import ROOT


@pytest.mark.skipif(
    not all(installed(name) for name in ("httpx2", "respx", "pytest_httpx")),
    reason="httpx2 needs Python 3.11",
)
def test_the_examples_of_tests_pass(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    alias = next(block for block in blocks if "alias_httpx()" in block)
    at = blocks.index(alias)
    (tmp_path / "use_httpx2.py").write_text(alias)
    (tmp_path / "plain").mkdir()
    (tmp_path / "aliased").mkdir()
    for number, block in enumerate(blocks):
        folder = "plain" if number < at else "aliased"
        if block is not alias:
            (tmp_path / folder / f"test_{number}.py").write_text(block)
    path = os.pathsep.join([str(tmp_path), str(ROOT / "generated")])
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]
    runs: list[tuple[str, list[str], str]] = [("plain", [], "4")]
    # The oldest httpx2 that is allowed has no alias.
    runs += [("aliased", ["-p", "use_httpx2"], "2")] if has_alias() else []
    for folder, options, count in runs:
        done = subprocess.run(
            [*command, *options, folder],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert re.findall(r"(\d+) passed", done.stdout) == [count]
