"""`fiddlehead names`: every name that is generated, and where it comes from."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from ..diagnostics import NOWHERE, Diagnostics, InvalidInput, Span
from ..package import Argument, EnumClass, Model, Package
from .console import Progress, show
from .exits import DONE
from .settings import load


@dataclass(frozen=True)
class Row:
    """One name: what settings call it (`key`), what Python calls it, what the wire calls it."""

    kind: str
    key: str
    name: str
    wire: str | None
    place: str | None
    old_names: tuple[str, ...] = ()


def run(options: argparse.Namespace) -> int:
    """Prints the names that a description leads to; the exit code."""
    from .run import invalid, read, stop_on_warnings

    diagnostics = Diagnostics()
    settings = load(options, diagnostics, needs=("spec",))
    with Progress() as progress:
        try:
            package = read(settings, diagnostics, progress).package
        except InvalidInput:
            raise invalid(diagnostics) from None
    stop_on_warnings(options, diagnostics)
    show(diagnostics.found)
    rows = list(_rows(package))
    if options.format == "json":
        sys.stdout.write(
            json.dumps([asdict(each) for each in rows], indent=2, ensure_ascii=False) + "\n"
        )
    else:
        sys.stdout.writelines(_lines(rows))
    return DONE


def _lines(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        _, _, last = row.key.rpartition(".")
        name = "" if row.name == last else f" -> {row.name}"
        wire = f" (wire: {row.wire})" if row.wire and row.wire != row.name else ""
        old = f" (also: {', '.join(row.old_names)})" if row.old_names else ""
        place = f"  {row.place}" if row.place else ""
        yield f"{row.kind:8} {row.key}{name}{wire}{old}{place}\n"


def _rows(package: Package) -> Iterator[Row]:
    """Names in the order of the package: client, methods, types, errors."""
    root = package.root
    yield Row("client", root.name, root.name, None, _place(root.resource.span))
    for argument in root.arguments:
        yield _argument(argument, root.name)
    if package.environment is not None:
        environment = package.environment
        yield Row("class", environment.key or environment.name, environment.name, None, None)
    for resource in package.resources:
        yield Row(
            "group",
            resource.key,
            resource.attribute[-1],
            None,
            _place(resource.span),
            resource.old_names,
        )
    for _, method in package.methods():
        wire = f"{method.http_method} {method.url}" if method.url else None
        yield Row("method", method.key, method.name, wire, _place(method.span))
        for argument in method.arguments:
            if argument.location != "options":
                yield _argument(argument, method.key)
    for each in sorted(package.types.values(), key=lambda one: one.key):
        kind = "enum" if isinstance(each, EnumClass) else "model"
        if not isinstance(each, Model | EnumClass):
            kind = each.kind
        yield Row(kind, each.key, each.name, None, _place(each.span), each.old_names)
        for field in each.fields if isinstance(each, Model) else ():
            if not field.inherited:
                yield Row(
                    "field", field.key, field.name, field.wire, _place(field.span), field.old_names
                )
    for error in package.errors:
        yield Row("error", error.key, error.name, error.status, _place(error.span), error.old_names)


def _argument(argument: Argument, owner: str) -> Row:
    return Row(
        "argument",
        argument.key or f"{owner}.{argument.name}",
        argument.name,
        argument.wire or None,
        _place(argument.span),
        argument.old_names,
    )


def _place(span: Span) -> str | None:
    return None if span is NOWHERE else str(span)
