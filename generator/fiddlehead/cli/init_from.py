"""`fiddlehead init --from TOOL`: our settings from the configuration of another generator."""

from __future__ import annotations

import argparse
import os.path
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from .. import config, migration
from ..config import Settings, toml_writer
from ..diagnostics import Diagnostics, InvalidInput
from ..migration import Migration
from ..migration.names import key as spelling
from ..source import Node, Sources
from ..targets import GeneratedName, Named
from .console import note, show
from .exit_codes import DONE, INVALID, CommandError
from .find_description import find as find_description
from .progress import Progress

OVERRIDES = "fiddlehead-overrides.yaml"

_HEAD = """\
# Written by 'fiddlehead init --from {tool}' from {file}. Every setting: docs/settings.md of fiddlehead.
"""


@dataclass(frozen=True)
class _Found:
    """A configuration in our words, and where things are."""

    file: Path
    title: str
    migration: Migration
    description: Node


def run(options: argparse.Namespace, path: Path) -> int:
    """Writes the settings, and overrides where they are needed; the exit code."""
    if options.tool == "fern":
        return _from_fern(options, path)
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, Path.cwd())
    try:
        found = _read(options, sources, diagnostics)
        diagnostics.stop_on_errors()
    except InvalidInput:
        show(diagnostics.found)
        return INVALID
    told = found.migration
    table: dict[str, Any] = {
        "spec": _relative(found.description.file, path.parent),
        "output": options.output or told.settings.pop("output", "generated"),
        "package": options.package or told.settings.pop("package", "client"),
    }
    told.settings.pop("output", None)
    told.settings.pop("package", None)
    written: list[str] = []
    if told.overrides:
        table["overrides"] = [OVERRIDES]
        _write(path.parent / OVERRIDES, _overrides(told.overrides, options.tool))
        written.append(OVERRIDES)
    table |= told.settings
    naming = _naming(table, found, path.parent)
    if naming:
        table["naming"] = {**table.get("naming", {}), **naming}
    head = _HEAD.format(tool=options.tool, file=_relative(found.file, path.parent))
    _write(path, head + toml_writer.dumps(table))
    written.insert(0, path.name)
    _report(written, found.file, told)
    return DONE


def _read(options: argparse.Namespace, sources: Sources, diagnostics: Diagnostics) -> _Found:
    """Raises `InvalidInput` where a file cannot be read."""
    tool = migration.tool(options.tool)
    file: Path | None = options.config or migration.find(tool, Path())
    if file is None:
        raise CommandError(
            f"no configuration of {tool.title} was found here",
            f"give it: fiddlehead init --from {options.tool} --config FILE",
        )
    if not file.is_file():
        raise CommandError(f"'{file}' not found")
    node = sources.load(file)
    diagnostics.stop_on_errors()
    if node is None or node.mapping is None:
        raise CommandError(f"'{file}' is not a configuration of {tool.title}", code=INVALID)
    named = tool.spec(node)
    spec: Path | None = options.spec or (file.parent / named if named is not None else None)
    if spec is None or not spec.is_file():
        others = [each for each in find_description(Path()) if each.resolve() != file.resolve()]
        if (spec is not None and options.spec is not None) or len(others) != 1:
            what = f"the description '{spec}'" if spec is not None else "a description"
            raise CommandError(
                f"{what} was not found", f"give it: fiddlehead init --from {options.tool} SPEC"
            )
        spec = others[0]
    description = sources.load(spec)
    diagnostics.stop_on_errors()
    if description is None:
        raise CommandError(f"'{spec}' cannot be read", code=INVALID)
    return _Found(file, tool.title, tool.read(node, description), description)


# --- names -----------------------------------------------------------------------------------


def _naming(table: Mapping[str, Any], found: _Found, folder: Path) -> dict[str, Any]:
    """The names of the other tool, where the client would have others."""
    names = _generated(table, folder)
    renamed: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    told = found.migration
    types = {spelling(name): wanted for name, wanted in told.types.items()}
    for each in names:
        last = each.key.rpartition(".")[2]
        if each.kind == "method" and each.wire is not None:
            wanted = told.methods.get(each.wire)
            if wanted is not None and wanted != each.name and wanted.isidentifier():
                aliases.setdefault(each.key, []).append(wanted)
        elif each.kind in ("model", "enum", "alias", "union") and each.key.startswith("types."):
            wanted = types.get(spelling(last)) if each.key.count(".") == 1 else None
            if wanted is not None and wanted != each.name:
                renamed[each.key] = wanted
        elif each.kind in ("field", "argument"):
            by_wire = told.fields if each.kind == "field" else told.arguments
            wanted = by_wire.get(each.wire or each.name)
            if wanted is not None and wanted != each.name:
                renamed[each.key] = wanted
    naming: dict[str, Any] = {}
    if renamed:
        naming["rename"] = dict(sorted(renamed.items()))
    if aliases:
        naming["aliases"] = dict(sorted(aliases.items()))
    return naming


def _generated(table: Mapping[str, Any], folder: Path) -> list[GeneratedName]:
    """The names that the settings lead to as they are; none where the description is unusable."""
    from .run import read

    diagnostics = Diagnostics()
    given: dict[str, Any] = {
        "spec": folder / table["spec"],
        "package": table["package"],
        "overrides": tuple(folder / each for each in table.get("overrides", ())),
    }
    try:
        settings = config.load(None, given, diagnostics, folder, ("spec",))
        with Progress() as progress:
            built = read(settings, diagnostics, progress).built
    except InvalidInput:
        show(diagnostics.errors)
        note("names are not compared: the description has errors")
        return []
    return list(built.names()) if isinstance(built, Named) else []


# --- Fern ------------------------------------------------------------------------------------


def _from_fern(options: argparse.Namespace, path: Path) -> int:
    """Settings that need no generators.yml, where ours have words for all that it says."""
    folder: Path = options.config or options.spec or Path()
    if not config.is_fern_folder(folder):
        raise CommandError(
            f"'{folder}' is not a folder of Fern's: it has no fern.config.json and no generators.yml",
            "give it: fiddlehead init --from fern FOLDER",
        )
    diagnostics = Diagnostics()
    given: dict[str, Any] = {"spec": folder, "group": options.group, "package": options.package}
    try:
        settings = config.load(None, given, diagnostics, Path.cwd(), ("spec",))
    except InvalidInput:
        show(diagnostics.found)
        return INVALID
    told = Migration()
    output = options.output or _output(settings, path.parent)
    table: dict[str, Any] = {"spec": "", "output": output or "generated"}
    if settings.api is not None or settings.further or settings.namespace is not None:
        # What these say has no words in our settings: the folder stays the description.
        table["spec"] = _relative(folder, path.parent)
        table["package"] = settings.package
        if output is not None and options.output is None:
            # generators.yml says where the modules are.
            del table["output"]
        if options.group is not None:
            table["group"] = options.group
        told.leave(
            "generators.yml", "it stays: what it says about the API itself cannot be said elsewhere"
        )
    else:
        table["spec"] = _relative(settings.spec, path.parent)
        table["package"] = settings.package
        plain = replace(settings, project=output is None)
        table |= toml_writer.table_of(plain, path.parent)
        if options.output is not None:
            table.pop("folder", None)
    if output is None:
        told.leave("output", "it names no folder here: 'output' is 'generated' now")
    if settings.file is not None and b"github:" in settings.file.read_bytes():
        told.leave("github", "publishing is not part of generating: docs/releasing.md")
    file = settings.file or folder
    head = _HEAD.format(tool="fern", file=_relative(file, path.parent))
    _write(path, head + toml_writer.dumps(table))
    show(diagnostics.found)
    _report([path.name], file, told)
    return DONE


def _output(settings: Settings, folder: Path) -> str | None:
    """The folder around the package, where generators.yml names one."""
    return _relative(settings.output, folder) if settings.folder is not None else None


# --- writing ---------------------------------------------------------------------------------


def _overrides(document: Mapping[str, Any], tool: str) -> str:
    head = f"# Written by 'fiddlehead init --from {tool}': merged over the description.\n"
    # The stubs of PyYAML leave the type of what is dumped open.
    dumped = yaml.dump(  # pyright: ignore[reportUnknownMemberType]
        dict(document), None, yaml.SafeDumper, sort_keys=False, allow_unicode=True
    )
    return head + str(dumped)


def _relative(path: Path, folder: Path) -> str:
    return os.path.relpath(path.resolve(), folder.resolve()).replace(os.sep, "/")


def _write(path: Path, text: str) -> None:
    if path.exists():
        raise CommandError(f"there is a {path.name} already", "edit it, or remove it first")
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"cannot write {path.name}: {error.strerror}") from None


def _report(written: list[str], file: Path, told: Migration) -> None:
    note(f"wrote {' and '.join(written)} from {file}")
    for line in _unsupported_keys(told):
        note(line)
    note("now run:\n  fiddlehead generate", "bold")


def _unsupported_keys(told: Migration) -> Iterator[str]:
    if told.left:
        yield "without a counterpart:"
    width = max((len(each.key) for each in told.left), default=0)
    for each in told.left:
        yield f"  {each.key:{min(width, 40)}}  {each.why}"
