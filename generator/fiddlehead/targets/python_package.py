"""A Python package: its files, the names in it, and how it differs from another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..diagnostics import NOWHERE, Diagnostics
from ..frozen import dataclass
from . import Built, GeneratedName

if TYPE_CHECKING:
    from .. import ir
    from ..package import Argument, Package
    from ..python import name_record
    from ..review import Finding


@dataclass(frozen=True)
class PythonPackage:
    """A Python package, with its API."""

    api: ir.Api
    package: Package
    rendered: Mapping[str, str] | None = None
    """The rendered files, if custom templates had to be tried."""
    folder: str | None = None
    """The folder of the package's modules, if its name differs from the package."""
    type_names: name_record.Record | None = None
    """The record of the names of types, if it was made before."""

    def files(self) -> Mapping[str, str]:
        from .. import render

        files = self.rendered if self.rendered is not None else render.render(self.package)
        if self.folder is None:
            return files
        own = f"{self.package.name}/"
        return {
            f"{self.folder}/{name.removeprefix(own)}" if name.startswith(own) else name: text
            for name, text in files.items()
        }

    def changes_since(self, old: Built) -> list[Finding]:
        from ..review.python import compare_packages

        assert isinstance(old, PythonPackage)
        return compare_packages(old.api, self.api, old.package, self.package)

    def record(self) -> dict[str, dict[str, str]]:
        from ..python import name_record

        return name_record.record(self.api, self.package, self.type_names)

    def report_moves(self, old: Mapping[str, Mapping[str, str]], diagnostics: Diagnostics) -> None:
        from ..python import name_record

        now = self.type_names
        name_record.report_moves(old, self.api, self.package, diagnostics, now)

    def names(self) -> Iterator[GeneratedName]:
        """Names in the order of the package: client, methods, types, errors."""
        from ..package import EnumClass, Model

        package, root = self.package, self.package.root
        yield GeneratedName("client", root.name, root.name, None, root.resource.span)
        for argument in root.arguments:
            yield _argument(argument, root.name)
        if package.environment is not None:
            name = package.environment.name
            yield GeneratedName("class", package.environment.key or name, name, None, NOWHERE)
        for resource in package.resources:
            yield GeneratedName(
                "group",
                resource.key,
                resource.attribute[-1],
                None,
                resource.span,
                resource.old_names,
            )
        for _, method in package.methods():
            wire = f"{method.http_method} {method.url}" if method.url else None
            yield GeneratedName("method", method.key, method.name, wire, method.span)
            for argument in method.arguments:
                if argument.location != "options":
                    yield _argument(argument, method.key)
        for type_ in sorted(package.types.values(), key=lambda one: one.key):
            kind = "enum" if isinstance(type_, EnumClass) else "model"
            if not isinstance(type_, Model | EnumClass):
                kind = type_.kind
            yield GeneratedName(kind, type_.key, type_.name, None, type_.span, type_.old_names)
            for field in type_.fields if isinstance(type_, Model) else ():
                if not field.inherited:
                    yield GeneratedName(
                        "field", field.key, field.name, field.wire, field.span, field.old_names
                    )
        for error in package.errors:
            yield GeneratedName(
                "error", error.key, error.name, error.status, error.span, error.old_names
            )


def _argument(argument: Argument, owner: str) -> GeneratedName:
    return GeneratedName(
        "argument",
        argument.key or f"{owner}.{argument.name}",
        argument.name,
        argument.wire or None,
        argument.span,
        argument.old_names,
    )
