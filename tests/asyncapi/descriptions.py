"""Reads AsyncAPI documents that are given as text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fiddlehead import asyncapi, ir
from fiddlehead.config import Settings
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

FOLDER = Path("/api")


class Read:
    """An API with the problems that were found."""

    def __init__(
        self, text: str, files: Mapping[str, str] | None = None, **settings: object
    ) -> None:
        self.diagnostics = Diagnostics()
        spec = FOLDER / "asyncapi.yaml"
        texts = {spec: textwrap.dedent(text)}
        texts |= {FOLDER / name: textwrap.dedent(file) for name, file in (files or {}).items()}
        base = Settings(spec=spec, output=Path("out"), package="acme", spec_label="spec")
        chosen = replace(base, **settings)  # type: ignore[arg-type]  # of tests
        sources = Sources(self.diagnostics, FOLDER, texts)
        self.api = asyncapi.read(chosen, sources, self.diagnostics)

    @property
    def problems(self) -> list[str]:
        """Where and what, one line per problem."""
        return [
            f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
            for diagnostic in self.diagnostics.reported
        ]

    @property
    def channels(self) -> dict[str, ir.Channel]:
        """By group and method, as in `listen.v1.connect`."""
        return {
            ".".join((*group, *declared.name)): declared
            for group, declared in ir.channels(self.api.root)
        }

    def messages(self, name: str) -> list[tuple[str, str, str, str]]:
        """Origin, name, format and type of the messages of a channel."""
        return [
            (message.origin, message.name, message.format, self.shown(message.type))
            for message in self.channels[name].messages
        ]

    def shown(self, type_: ir.Type) -> str:
        match type_:
            case ir.Ref():
                return " ".join(self.api.declarations[type_.id].name.words)
            case ir.Primitive():
                return type_.kind
            case ir.UnionOf():
                return " | ".join(self.shown(member) for member in type_.members)
            case _:
                return type(type_).__name__
