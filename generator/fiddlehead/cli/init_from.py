"""`fiddlehead init --from TOOL`: settings from the configuration of another generator."""

from __future__ import annotations

import argparse
import os.path
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from .. import config, migration
from ..config import Settings, toml_writer
from ..diagnostics import Diagnostics, InvalidInput
from ..frozen import dataclass, replace
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
# Written by 'fiddlehead init --from {tool}' from {file}. The docs/settings.md of fiddlehead lists all settings.
"""


@dataclass(frozen=True)
class _ToolConfiguration:
    """A converted configuration, and the paths that belong to it."""

    file: Path
    title: str
    migration: Migration
    description: Node


def run(options: argparse.Namespace, path: Path) -> int:
    """Write the settings, and overrides if needed; return the exit code."""
    if options.tool == "fern":
        return _from_fern(options, path)
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, Path.cwd())
    try:
        source = _read(options, sources, diagnostics)
        diagnostics.stop_on_errors()
    except InvalidInput:
        show(diagnostics.reported)
        return INVALID
    migration = source.migration
    table: dict[str, Any] = {
        "spec": _relative(source.description.file, path.parent),
        "output": options.output or migration.settings.pop("output", "generated"),
        "package": options.package or migration.settings.pop("package", "client"),
    }
    migration.settings.pop("output", None)
    migration.settings.pop("package", None)
    written: list[str] = []
    if migration.overrides:
        table["overrides"] = [OVERRIDES]
        _write(path.parent / OVERRIDES, _overrides(migration.overrides, options.tool))
        written.append(OVERRIDES)
    table |= migration.settings
    naming = _naming(table, source, path.parent)
    if naming:
        table["naming"] = {**table.get("naming", {}), **naming}
    head = _HEAD.format(tool=options.tool, file=_relative(source.file, path.parent))
    _write(path, head + toml_writer.dumps(table))
    written.insert(0, path.name)
    _report(written, source.file, migration)
    return DONE


def _read(
    options: argparse.Namespace, sources: Sources, diagnostics: Diagnostics
) -> _ToolConfiguration:
    """Read the configuration and the description; raises `InvalidInput` if a file cannot be read."""
    tool = migration.tool(options.tool)
    file: Path | None = options.config or migration.find(tool, Path())
    if file is None:
        raise CommandError(
            f"no configuration of {tool.title} was found in this folder",
            f"pass it: fiddlehead init --from {options.tool} --config FILE",
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
        others = [path for path in find_description(Path()) if path.resolve() != file.resolve()]
        if (spec is not None and options.spec is not None) or len(others) != 1:
            what = f"the description '{spec}'" if spec is not None else "a description"
            raise CommandError(
                f"{what} was not found", f"pass it: fiddlehead init --from {options.tool} SPEC"
            )
        spec = others[0]
    description = sources.load(spec)
    diagnostics.stop_on_errors()
    if description is None:
        raise CommandError(f"'{spec}' cannot be read", code=INVALID)
    return _ToolConfiguration(file, tool.title, tool.read(node, description), description)


# --- names -----------------------------------------------------------------------------------


def _naming(table: Mapping[str, Any], source: _ToolConfiguration, folder: Path) -> dict[str, Any]:
    """The naming settings that keep the names of the other tool."""
    names = _generated(table, folder)
    renamed: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    migration = source.migration
    types = {spelling(name): wanted for name, wanted in migration.types.items()}
    for rename in names:
        last = rename.key.rpartition(".")[2]
        if rename.kind == "method" and rename.wire is not None:
            wanted = migration.methods.get(rename.wire)
            if wanted is not None and wanted != rename.name and wanted.isidentifier():
                aliases.setdefault(rename.key, []).append(wanted)
        elif rename.kind in ("model", "enum", "alias", "union") and rename.key.startswith("types."):
            wanted = types.get(spelling(last)) if rename.key.count(".") == 1 else None
            if wanted is not None and wanted != rename.name:
                renamed[rename.key] = wanted
        elif rename.kind in ("field", "argument"):
            by_wire = migration.fields if rename.kind == "field" else migration.arguments
            wanted = by_wire.get(rename.wire or rename.name)
            if wanted is not None and wanted != rename.name:
                renamed[rename.key] = wanted
    naming: dict[str, Any] = {}
    if renamed:
        naming["rename"] = dict(sorted(renamed.items()))
    if aliases:
        naming["aliases"] = dict(sorted(aliases.items()))
    return naming


def _generated(table: Mapping[str, Any], folder: Path) -> list[GeneratedName]:
    """The names that the settings give; empty if the description is invalid."""
    from .run import read

    diagnostics = Diagnostics()
    arguments: dict[str, Any] = {
        "spec": folder / table["spec"],
        "package": table["package"],
        "overrides": tuple(folder / override for override in table.get("overrides", ())),
    }
    try:
        settings = config.load(None, arguments, diagnostics, folder, ("spec",))
        with Progress() as progress:
            built = read(settings, diagnostics, progress).built
    except InvalidInput:
        show(diagnostics.errors)
        note("names are not compared: the description has errors")
        return []
    return list(built.names()) if isinstance(built, Named) else []


# --- Fern ------------------------------------------------------------------------------------


def _from_fern(options: argparse.Namespace, path: Path) -> int:
    """Settings that replace generators.yml, if they can express everything in it."""
    folder: Path = options.config or options.spec or Path()
    if not config.is_fern_folder(folder):
        raise CommandError(
            f"'{folder}' is not a Fern folder: it has no fern.config.json and no generators.yml",
            "pass it: fiddlehead init --from fern FOLDER",
        )
    diagnostics = Diagnostics()
    arguments: dict[str, Any] = {"spec": folder, "group": options.group, "package": options.package}
    try:
        settings = config.load(None, arguments, diagnostics, Path.cwd(), ("spec",))
        settings = settings.without_package_path()
    except InvalidInput:
        show(diagnostics.reported)
        return INVALID
    migration = Migration()
    output = options.output or _output(settings, path.parent)
    table: dict[str, Any] = {"spec": "", "output": output or "generated"}
    if settings.api is not None or settings.further or settings.namespace is not None:
        # These settings have no counterpart, so the folder remains the description.
        table["spec"] = _relative(folder, path.parent)
        table["package"] = settings.package
        if output is not None and options.output is None:
            # generators.yml has the output folder.
            del table["output"]
        if options.group is not None:
            table["group"] = options.group
        migration.leave(
            "generators.yml", "the file is still needed: its API settings have no counterpart"
        )
    else:
        table["spec"] = _relative(settings.spec, path.parent)
        table["package"] = settings.package
        plain = replace(settings, project=output is None)
        table |= toml_writer.table_of(plain, path.parent)
        if options.output is not None:
            table.pop("folder", None)
    if output is None:
        migration.leave("output", "it has no local folder: 'output' is 'generated'")
    if settings.file is not None and b"github:" in settings.file.read_bytes():
        migration.leave("github", "publishing is not supported: see docs/releasing.md")
    file = settings.file or folder
    head = _HEAD.format(tool="fern", file=_relative(file, path.parent))
    _write(path, head + toml_writer.dumps(table))
    show(diagnostics.reported)
    _report([path.name], file, migration)
    return DONE


def _output(settings: Settings, folder: Path) -> str | None:
    """The parent folder of the package, if generators.yml has it."""
    return _relative(settings.output, folder) if settings.folder is not None else None


# --- writing ---------------------------------------------------------------------------------


def _overrides(document: Mapping[str, Any], tool: str) -> str:
    head = f"# Written by 'fiddlehead init --from {tool}': merged over the description.\n"
    # The type stubs of PyYAML do not give the type of the dumped value.
    dumped = yaml.dump(  # pyright: ignore[reportUnknownMemberType]
        dict(document), None, yaml.SafeDumper, sort_keys=False, allow_unicode=True
    )
    return head + str(dumped)


def _relative(path: Path, folder: Path) -> str:
    return os.path.relpath(path.resolve(), folder.resolve()).replace(os.sep, "/")


def _write(path: Path, text: str) -> None:
    if path.exists():
        raise CommandError(f"{path.name} already exists", "edit it, or remove it first")
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"cannot write {path.name}: {error.strerror}") from None


def _report(written: list[str], file: Path, migration: Migration) -> None:
    note(f"wrote {' and '.join(written)} from {file}")
    for line in _unsupported_keys(migration):
        note(line)
    note("now run:\n  fiddlehead generate", "bold")


def _unsupported_keys(migration: Migration) -> Iterator[str]:
    if migration.left:
        yield "not supported:"
    width = max((len(setting.key) for setting in migration.left), default=0)
    for setting in migration.left:
        yield f"  {setting.key:{min(width, 40)}}  {setting.why}"
