"""`fiddlehead vendor`: copies a generated package into another project, or upgrades the copy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ..output import MANIFEST, Manifest, OutputError, ProtectedFiles
from ..output.diff import unified
from ..output.write import write
from ..vendor import (
    Change,
    VendorError,
    find_package,
    make_bundle,
    parse_choices,
    prepare,
    read_copy,
)
from . import colors
from .console import count, detail, note, relative, write_diff
from .exit_codes import DONE, DRIFT, USAGE, CommandError


def run(options: argparse.Namespace) -> int:
    """Copy the package, or print what would be copied; return the exit code."""
    destination: Path = options.destination.resolve()
    try:
        source = find_package(options.source)
        base = find_package(options.base) if options.base is not None else None
        choices = parse_choices(options.conflicts or ())
        written = read_copy(destination)
        import_path = options.import_path or _remembered(written) or _import_path(destination)
        bundle = make_bundle(
            source,
            import_path,
            license_text=_license(),
            pages=_wanted(options.pages, "pages", written),
            gitattributes=_wanted(options.gitattributes, "gitattributes", written),
        )
        prepared = prepare(
            bundle, destination, source=source, written=written, base=base, choices=choices
        )
    except VendorError as error:
        raise CommandError(str(error), error.hint, USAGE) from None
    folder = relative(destination, Path.cwd())
    # A conflict prevents all other changes.
    listed = prepared.conflicts or prepared.changes
    _report(listed, folder, written=not (options.dry_run or options.diff))
    if options.diff:
        for change in prepared.changes:
            write_diff(unified(f"{folder}/{change.path}", change.old, change.new))
    if prepared.conflicts:
        raise CommandError(
            f"{count(len(prepared.conflicts), 'file')} cannot be merged; nothing was changed",
            "show them with --diff; resolve them with --conflicts markers, ours or theirs, for one file "
            "with --conflicts FILE=ours; or pass the old source with --base",
            DRIFT,
        )
    if options.dry_run or options.diff:
        note(f"nothing was written; {folder} would be imported as {import_path}")
        return DONE
    try:
        # Edits were merged and foreign files detected above, so nothing can be lost.
        outcome = write(destination, prepared.files, {}, keep=ProtectedFiles(), force=True)
    except OutputError as error:
        raise CommandError(str(error), error.hint, USAGE) from None
    changed = [name for name in (*outcome.written, *outcome.deleted) if Path(name).name != MANIFEST]
    done = f"{count(len(changed), 'file')} changed" if changed else "no changes"
    if not changed and outcome.written:
        done = f"only {MANIFEST} changed"
    note(f"{folder}: {done}; import it as {import_path}")
    return DONE


def _remembered(written: Manifest | None) -> str | None:
    return written.vendored_as if written else None


def _wanted(option: bool | None, name: str, written: Manifest | None) -> bool:
    """The value of an option, or else the value that the existing copy was made with."""
    return option if option is not None else written is not None and name in written.vendored_with


_UNWRITTEN = {
    "added": "would add",
    "updated": "would update",
    "deleted": "would delete",
    "restored": "would restore",
    "merged": "would merge",
    "kept": "would keep",
    "marked": "would mark",
}


def _report(changes: Sequence[Change], folder: str, *, written: bool) -> None:
    """List the changes; without `written`, those that a later run would make."""
    paint = colors.painter(sys.stderr)
    conflicts = any(change.kind == "conflict" for change in changes)
    width = 9 if written or conflicts else 13

    def line(kind: str, text: str) -> None:
        label = kind if written else _UNWRITTEN.get(kind, kind)
        if kind == "conflict":
            detail(f"{paint(f'{label:{width}}', 'red')} {text}")
        else:
            note(f"{paint(f'{label:{width}}', 'green')} {text}")

    many = len(changes) > 20
    for change in changes:
        if change.kind != "added" or not many:
            line(change.kind, f"{folder}/{change.path}" + (change.note and f": {change.note}"))
    added = sum(change.kind == "added" for change in changes)
    if added and many:
        line("added", count(added, "file"))


def _import_path(destination: Path) -> str:
    """The import path of a folder: relative to its project, or to the working directory, without
    `src`."""
    folder = destination.resolve()
    root = next(
        (parent for parent in folder.parents if (parent / "pyproject.toml").exists()),
        Path.cwd().resolve(),
    )
    try:
        parts = folder.relative_to(root).parts
    except ValueError:
        parts = (folder.name,)
    if len(parts) > 1 and parts[0] in ("src", "lib"):
        parts = parts[1:]
    return ".".join(parts)


def _license() -> str:
    """The licence of fiddlehead, because its runtime is copied: from the installation or the
    checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package, package.parents[1]):
        path = folder / "LICENSE"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise CommandError("the LICENSE of this installation of fiddlehead is missing", "reinstall it")
