"""Reads Fern definitions that are given as text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fiddlehead import fern, ir
from fiddlehead.config import Settings
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

FOLDER = Path("/definition")

SETTINGS = Settings(spec=FOLDER, output=Path("out"), package="acme", spec_label="spec")


class Read:
    """An API with the problems that were found."""

    def __init__(self, files: Mapping[str, str], settings: Settings = SETTINGS) -> None:
        self.diagnostics = Diagnostics()
        texts = {FOLDER / name: textwrap.dedent(text) for name, text in files.items()}
        texts.setdefault(FOLDER / "api.yml", "name: acme\n")
        sources = Sources(self.diagnostics, FOLDER, texts)
        self.api = fern.read(settings, sources, self.diagnostics)

    @property
    def problems(self) -> list[str]:
        """Where and what, one line per problem."""
        return [
            f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
            for diagnostic in self.diagnostics.reported
        ]

    @property
    def endpoints(self) -> dict[str, ir.Endpoint]:
        """By group and name, as in `users.get`."""
        return {
            ".".join((*package, "_".join(endpoint.name))): endpoint
            for package, endpoint in ir.endpoints(self.api.root)
        }


def read(text: str, api: str = "name: acme\n", **settings: object) -> Read:
    """Reads a definition of one file, `main.yml`, and an api.yml; it must have no problems."""
    result = Read(
        {"main.yml": text, "api.yml": api},
        replace(SETTINGS, **settings),  # type: ignore[arg-type]  # names and types are Settings' own
    )
    assert not result.problems, result.problems
    return result


def declaration(text: str, name: str, api: str = "name: acme\n") -> ir.Declaration:
    """One type of a definition of one file."""
    return read(text, api).api.declarations[f"main/{name}"]


def endpoint(text: str, api: str = "name: acme\n") -> ir.Endpoint:
    """The first endpoint of a definition of one file."""
    return next(iter(read(text, api).endpoints.values()))


def problems(text: str, api: str = "name: acme\n") -> list[str]:
    """The problems of a definition of one file, which must have some."""
    result = Read({"main.yml": text, "api.yml": api}).problems
    assert result
    return result
