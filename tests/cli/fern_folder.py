"""A repository with a Fern folder, and the package that is generated from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager

from ..support import examples
from .conftest import Project, Said

API = """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
servers: [{url: "https://api.larder.example"}]
paths:
  /%(path)s/{jar_id}/lids/{lid_id}:
    get:
      operationId: getLid
      x-fern-sdk-group-name: [jars]
      x-fern-sdk-method-name: get
      parameters:
        - {name: lid_id, in: path, required: true, schema: {type: string}}
        - {name: jar_id, in: path, required: true, schema: {type: string}}
      responses:
        "200": {description: A jar, content: {application/json: {schema: {$ref: "#/components/schemas/JarV2"}}}}
        "404": {description: None, content: {application/json: {schema: {$ref: "#/components/schemas/JarV2"}}}}
components:
  schemas:
    JarV2: {title: GlassJar, type: object, properties: {%(field)s: {type: string}}}
"""
STABLE = API % {"path": "jars", "field": "width"}

GENERATORS = """\
api:
  specs:
    - openapi: openapi.yml
groups:
  python:
    generators:
      - name: fernapi/fern-python-sdk
        version: 4.22.0
        output: {location: local-file-system, path: ../sdk/larder}
"""


class Folder:
    """A repository with a folder `fern`, as a team uses it, and the package in `sdk`."""

    def __init__(self, project: Project, package: str = "larder") -> None:
        self._project = project
        self.package = package
        self.top = project.folder
        (self.top / "fiddlehead.toml").unlink()
        (self.top / "spec.yaml").unlink()
        (self.top / ".git").mkdir()
        self.put("fern/generators.yml", GENERATORS)
        self.put("fern/openapi.yml", STABLE)
        self.config("4.0.0")

    def put(self, name: str, text: str) -> None:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def config(self, version: str) -> None:
        results = {"organization": "larder-inc", "version": version}
        self.put("fern/fern.config.json", json.dumps(results))

    def run(self, *arguments: str) -> Said:
        return self._project.run(*arguments)

    def generate(self, *options: str) -> Said:
        """The outcome of a run, which `check` confirms."""
        outcome = self.run("generate", "fern", *options)
        assert outcome.code == 0, outcome.err
        assert self.run("check", "fern", *options).code == 0
        return outcome

    def keep(self, modules: Mapping[str, str]) -> None:
        """Write modules of the package by hand, which the .fernignore lists."""
        self.put(".fernignore", "".join(f"sdk/{self.package}/{name}\n" for name in modules))
        for name, text in modules.items():
            self.put(f"sdk/{self.package}/{name}", text)

    def imported(self) -> AbstractContextManager[None]:
        """The package can be imported in the `with` block."""
        return examples.importable(self.top / "sdk", self.package)

    def files(self, folder: str = "sdk/larder") -> set[str]:
        owned_folder = self.top / folder
        return {
            path.relative_to(owned_folder).as_posix()
            for path in owned_folder.rglob("*")
            if path.is_file()
        }

    def text(self, name: str) -> str:
        return (self.top / "sdk" / self.package / name).read_text()
