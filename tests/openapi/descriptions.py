"""Reads OpenAPI descriptions that are given as text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fiddlehead import ir, openapi
from fiddlehead.config import ImporterSettings, Settings
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

FOLDER = Path("/api")
HEAD = 'openapi: 3.1.0\ninfo: {title: Acme, version: "1"}\n'


class Read:
    """An API with the problems that were found."""

    def __init__(
        self,
        text: str,
        files: Mapping[str, str] | None = None,
        importer: ImporterSettings | None = None,
        **settings: object,
    ) -> None:
        self.diagnostics = Diagnostics()
        body = textwrap.dedent(text)
        complete = body if body.lstrip().startswith(("openapi:", "swagger:", "{")) else HEAD + body
        texts = {FOLDER / "openapi.yaml": complete}
        texts |= {FOLDER / name: textwrap.dedent(file) for name, file in (files or {}).items()}
        sources = Sources(self.diagnostics, FOLDER, texts)
        base = Settings(
            spec=FOLDER / "openapi.yaml", output=Path("out"), package="acme", spec_label="spec"
        )
        chosen = replace(base, importer=importer or base.importer, **settings)  # type: ignore[arg-type]  # of tests
        self.api = openapi.read(chosen, sources, self.diagnostics)

    @property
    def problems(self) -> list[str]:
        """Where and what, one line per problem."""
        return [
            f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
            for diagnostic in self.diagnostics.reported
        ]

    @property
    def names(self) -> list[str]:
        """The names of all declarations, their words joined by dots."""
        return [".".join(declaration.name.words) for declaration in self.api.declarations.values()]

    def __getitem__(self, name: str) -> ir.Declaration:
        """A declaration by its name."""
        results = [
            declaration
            for declaration in self.api.declarations.values()
            if ".".join(declaration.name.words) == name
        ]
        assert len(results) == 1, (name, self.names)
        return results[0]

    @property
    def endpoints(self) -> dict[str, ir.Endpoint]:
        """By group and name, as in `users.get`."""
        return {
            ".".join((*package, "_".join(endpoint.name))): endpoint
            for package, endpoint in ir.endpoints(self.api.root)
        }

    @property
    def endpoint(self) -> ir.Endpoint:
        """The only endpoint."""
        (endpoint,) = self.endpoints.values()
        return endpoint


def read(text: str, **settings: object) -> Read:
    """Reads a description; it must have no problems."""
    result = Read(text, **settings)  # type: ignore[arg-type]  # keywords of the class
    assert result.problems == []
    return result


def schemas(text: str, **settings: object) -> Read:
    """Reads a description with these component schemas; it must have no problems."""
    return read(components(text), **settings)


def components(text: str) -> str:
    """A description with these component schemas."""
    inner = textwrap.indent(textwrap.dedent(text).lstrip("\n"), "    ")
    return f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{inner}"


def spell(type_: ir.Type | None) -> str:
    """A type in a short spelling: `list[User?]`."""
    if type_ is None:
        return "-"
    if isinstance(type_, ir.Primitive):
        return type_.kind
    if isinstance(type_, ir.Literal):
        return repr(type_.value)
    if isinstance(type_, ir.ListOf) and type_.positions:
        return f"tuple[{', '.join(spell(item) for item in type_.positions)}]"
    if isinstance(type_, ir.ListOf):
        return f"list[{spell(type_.item)}]"
    if isinstance(type_, ir.MapOf):
        return f"map[{spell(type_.key)}, {spell(type_.value)}]"
    if isinstance(type_, ir.Nullable):
        return f"{spell(type_.item)}?"
    if isinstance(type_, ir.UnionOf):
        return " | ".join(spell(member) for member in type_.members)
    if isinstance(type_, ir.Ref):
        return type_.id
    return "any"


def show(declaration: ir.Declaration) -> object:
    """A declaration as short text."""
    if isinstance(declaration, ir.Model):
        lines = {
            field.name + ("" if field.required else "~"): spell(field.type)
            for field in declaration.fields
        }
        if declaration.extends:
            lines["<"] = ", ".join(spell(item) for item in declaration.extends)
        if declaration.extra is not None:
            lines["*"] = spell(declaration.extra)
        return lines
    if isinstance(declaration, ir.Enum):
        return [value.value for value in declaration.values]
    if isinstance(declaration, ir.Union):
        if declaration.discriminator is not None:
            return {variant.tag: spell(variant.type) for variant in declaration.variants}
        return " | ".join(spell(variant.type) for variant in declaration.variants)
    return spell(declaration.type)


def arguments(endpoint: ir.Endpoint) -> dict[str, str]:
    """Parameters and inlined body properties by wire name; `~` marks optional ones."""
    lines = {
        f"{parameter.location} {parameter.name}"
        + ("" if parameter.required else "~"): spell(parameter.type)
        + ("+" if parameter.allow_multiple else "")
        for parameter in endpoint.parameters
    }
    if endpoint.body is not None:
        for field in endpoint.body.fields:
            lines[field.name + ("" if field.required else "~")] = spell(field.type)
        if endpoint.body.type is not None:
            lines["request"] = spell(endpoint.body.type)
    return lines
