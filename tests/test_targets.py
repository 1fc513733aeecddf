"""Targets: one that is built from another's output, and the runtime modules of a package."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Mapping
from pathlib import Path

import pytest
from fiddlehead import ir, runtime_modules, targets
from fiddlehead.cli.progress import Progress
from fiddlehead.cli.run import generate
from fiddlehead.config import Settings, load
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.targets.python_package import PythonPackage
from fiddlehead.template_files import templates

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {"204": {description: none}}}}
"""


class Signatures:
    """A target that lists the methods of the Python package."""

    uses = ("python",)
    tools: tuple[str, ...] = ()

    def location(self, settings: Settings) -> targets.Location:
        return targets.Location(settings.output, "signatures")

    def build(
        self,
        api: ir.Api,
        settings: Settings,
        diagnostics: Diagnostics,
        built: Mapping[str, targets.Built],
    ) -> targets.Built:
        client = built["python"]
        assert isinstance(client, PythonPackage)
        return Page([method.name for _, method in client.package.methods()])


class Page:
    def __init__(self, methods: list[str]) -> None:
        self.methods = methods

    def files(self) -> Mapping[str, str]:
        return {"signatures/methods.txt": "\n".join(self.methods)}


def test_a_target_is_built_from_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("signatures")
    module.TARGET = Signatures()  # type: ignore[attr-defined]  # a module made for this test
    monkeypatch.setitem(targets._MODULES, "signatures", "signatures")
    monkeypatch.setitem(sys.modules, "signatures", module)
    spec = tmp_path / "openapi.yaml"
    spec.write_text(SPEC)
    diagnostics = Diagnostics()
    settings = load(None, {"spec": spec, "output": tmp_path}, diagnostics, tmp_path, ("spec",))
    assert settings is not None
    with Progress() as progress:
        result = generate(settings, diagnostics, progress, "signatures")
    assert result.owned_folder == tmp_path / "signatures"
    assert result.files["methods.txt"] == b"list_pets"
    assert set(result.files) == {"methods.txt", "_manifest.json"} and not result.project
    # What shapes the Python package shapes what is made from it.
    assert set(result.manifest.tools) == set(targets.tools("python"))


def test_modules_that_the_runtime_loads_by_name_are_there() -> None:
    """Those that an API may do without; `decode`, which all have, is loaded late for its time."""
    always = {"decode"}
    assert always <= set(runtime_modules.needed(()))
    for path in (templates() / "runtime").glob("*.py"):
        for name in re.findall(r'\bpart\("(\w+)"\)', path.read_text(encoding="utf-8")):
            assert name in runtime_modules.all_names(), path
            assert name in always or name not in runtime_modules.needed(()), path


def test_a_module_is_copied_with_its_imports() -> None:
    added = set(runtime_modules.needed(["per_call"])) - set(runtime_modules.needed(()))
    assert added == {"per_call", "auth_schemes", "nesting", "request_auth", "request_wrapper"}
