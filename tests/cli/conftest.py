"""A project folder with a small description, and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from fiddlehead.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.example"}]
paths:
  /jobs/{id}:
    get:
      operationId: getJob
      x-fern-sdk-group-name: jobs
      x-fern-sdk-method-name: get
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A job.
          content: {application/json: {schema: {$ref: "#/components/schemas/Job"}}}
components:
  schemas:
    Job:
      type: object
      required: [id]
      properties:
        id: {type: string}
        state: {$ref: "#/components/schemas/State"}
    State: {type: string, enum: [open, done]}
"""

SETTINGS = """\
spec = "spec.yaml"
output = "out"
package = "acme"
"""


@dataclass
class Said:
    """The output and exit code of a command."""

    code: int
    out: str
    err: str


class Project:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.owned_folder = folder / "out/acme"
        self._capsys = capsys
        self.spec(SPEC)
        self.settings("")

    def spec(self, text: str) -> None:
        (self.folder / "spec.yaml").write_text(text)

    def change(self, old: str, new: str) -> None:
        assert old in SPEC
        self.spec(SPEC.replace(old, new))

    def settings(self, more: str) -> None:
        (self.folder / "fiddlehead.toml").write_text(SETTINGS + more)

    def run(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as end:
            assert isinstance(end.code, int)
            code = end.code
        output = self._capsys.readouterr()
        return Said(code, output.out, output.err)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, capsys)
