"""Two vendored versions in one process, in nested folders and under different names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fiddlehead.cli import main

from tests.cli.conftest import SPEC

SCRIPT = """\
import httpx, sys
from product.parts.vendored import acme_old
from product.parts.vendored.newer import acme
from product.parts.vendored.newer.acme.types import Job
from product.parts.vendored.acme_old.types import Job as OldJob

def respond(request):
    return httpx.Response(200, json={"id": request.url.path.rsplit("/", 1)[-1], "state": "lost"})

def client(package):
    transport = httpx.MockTransport(respond)
    return package.AcmeClient(httpx_client=httpx.Client(transport=transport))

old = client(acme_old).jobs.get("one")
new = client(acme).tasks.get("two")
assert type(old) is OldJob and type(new) is Job and Job is not OldJob
assert (old.id, new.id, new.state) == ("one", "two", "lost")
assert not hasattr(client(acme), "jobs") and not hasattr(client(acme_old), "tasks")
assert "acme" not in sys.modules
print("fine")
"""


def test_both_work_independently(tmp_path: Path) -> None:
    new_spec = SPEC.replace("x-fern-sdk-group-name: jobs", "x-fern-sdk-group-name: tasks")
    places = {"old": "vendored/acme_old", "new": "vendored/newer/acme"}
    for name, text in (("old", SPEC), ("new", new_spec)):
        spec = tmp_path / name / "spec.yaml"
        spec.parent.mkdir()
        spec.write_text(text)
        output = str(tmp_path / name / "out")
        assert main(["generate", str(spec), "--output", output, "--package", "acme"]) == 0
        copy = str(tmp_path / "product/parts" / places[name])
        path = "product.parts." + places[name].replace("/", ".")
        assert main(["vendor", output, copy, "--import-path", path]) == 0
        assert main(["verify", copy]) == 0
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == "fine\n", done.stderr


def test_generating_over_a_copy_is_refused(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC)
    generate = ["generate", str(spec), "--package", "acme", "--output"]
    assert main([*generate, str(tmp_path / "out")]) == 0
    assert main(["vendor", str(tmp_path / "out"), str(tmp_path / "there/acme")]) == 0
    assert main([*generate, str(tmp_path / "there")]) == 2
    assert main(["verify", str(tmp_path / "there/acme")]) == 0
