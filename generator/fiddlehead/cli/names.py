"""`fiddlehead names`: prints every generated name with its source."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from ..diagnostics import NOWHERE, Diagnostics, InvalidInput
from ..frozen import dataclass
from ..targets import GeneratedName, Named
from .console import show
from .exit_codes import DONE
from .progress import Progress
from .settings import load


@dataclass(frozen=True)
class Row:
    """One printed name; `place` is its source as file, line and column."""

    kind: str
    key: str
    name: str
    wire: str | None
    place: str | None
    old_names: tuple[str, ...] = ()


def run(options: argparse.Namespace) -> int:
    """Print the generated names of a description; return the exit code."""
    from .run import invalid, read, stop_on_warnings

    diagnostics = Diagnostics()
    settings = load(options, diagnostics, needs=("spec",))
    with Progress() as progress:
        try:
            built = read(settings, diagnostics, progress).built
        except InvalidInput:
            raise invalid(diagnostics) from None
    stop_on_warnings(options, diagnostics)
    show(diagnostics.reported)
    rows = [_row(name) for name in built.names()] if isinstance(built, Named) else []
    if options.format == "json":
        sys.stdout.write(
            json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) + "\n"
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


def _row(name: GeneratedName) -> Row:
    place = None if name.span is NOWHERE else str(name.span)
    return Row(name.kind, name.key, name.name, name.wire, place, name.old_names)
