"""Runs the stages from a description to a package, without the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fiddlehead import descriptions, ir
from fiddlehead.config import Settings, load
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.package import Package
from fiddlehead.queries import ambiguous_unions
from fiddlehead.source import Sources

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CASES = ROOT / "tests" / "cases"


@dataclass(frozen=True)
class Generated:
    """The results of the stages for a description."""

    api: ir.Api
    package: Package
    files: dict[str, str]
    diagnostics: Diagnostics
    settings: Settings

    def write(self, folder: Path) -> None:
        """Write the files to a folder."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def read(settings: Settings, diagnostics: Diagnostics) -> ir.Api:
    """The API of the settings; raises InvalidInput if it has errors."""
    sources = Sources(diagnostics, settings.spec.parent)
    api = descriptions.read(settings, sources, diagnostics)
    diagnostics.stop_on_errors()
    return api


def read_spec(spec: Path) -> ir.Api:
    """The API of a description with default settings."""
    diagnostics = Diagnostics()
    arguments = {"spec": spec, "package": "client"}
    return read(load(None, arguments, diagnostics, spec.parent, needs=("spec",)), diagnostics)


def make(spec: Path, package: str, file: Path | None = None, **overrides: Any) -> Generated:
    """All files that are generated from a description."""
    # Imported here: the tests of a generated package run without the generator's dependencies.
    from fiddlehead import python, render

    diagnostics = Diagnostics()
    arguments = {"spec": spec, "package": package, "project": True, **overrides}
    settings = load(file, arguments, diagnostics, spec.parent, needs=("spec",))
    api = read(settings, diagnostics)
    ambiguous_unions.report(api, diagnostics)
    built = python.build(api, settings, diagnostics)
    diagnostics.stop_on_errors()
    return Generated(api, built, render.render(built), diagnostics, settings)


def cohere(**overrides: Any) -> Generated:
    """The whole Cohere API from ../shared."""
    folder = SHARED / "specs" / "cohere"
    return make(
        folder / "openapi.yaml", "cohere", folder / "generators.yml", group="python", **overrides
    )
