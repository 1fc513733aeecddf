"""Finds the settings file and combines it with Fern's files and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostics, SourceFile, Span
from ..frontends import frontend_of
from ..source import Node, Sources
from . import fern_folder, fields, toml
from .checks import Places, check, problems
from .fern_api import posix
from .fields import BAD, Layer, Reader
from .generators import read_generators
from .rules import read_rules
from .settings import PythonSettings, Settings

NAME = "fiddlehead.toml"
REQUIRED = ("spec", "output", "package")
_OURS = ("generators", "group", "http_library", "rules")
_NOT_FOR_FILES = (
    "api",
    "fern",
    "file",
    "further",
    "namespace",
    "one_of_several",
    "places",
    "spec_path",
)


def find(folder: Path) -> Path | None:
    """The nearest fiddlehead.toml, or pyproject.toml with [tool.fiddlehead], from here upwards."""
    for each in (folder, *folder.parents):
        if (each / NAME).is_file():
            return each / NAME
        project = each / "pyproject.toml"
        try:
            # A text search is enough to skip the pyproject.toml of other projects without parsing
            # them.
            mentions = b"fiddlehead" in project.read_bytes()
        except OSError:
            continue
        node = toml.read(project, project.name, Diagnostics()) if mentions else None
        if node is not None and _table(node) is not None:
            return project
    return None


def load(
    path: Path | None,
    overrides: Mapping[str, Any],
    diagnostics: Diagnostics,
    cwd: Path,
    needs: Sequence[str] = REQUIRED,
) -> Settings:
    """The settings of a run; raises `InvalidInput` if they are invalid.

    `path` is a fiddlehead.toml, a pyproject.toml or Fern's generators.yml. By default, it is the
    nearest of the first two, unless it names a description and `overrides` another. If the
    description is a Fern folder, its generators.yml is read too. `overrides` are arguments of
    `Settings` from the command line, and `group` is the group of generators.yml. The settings in
    `needs` are required. Without a description, `spec_label` is "".
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    group: str | None = given.pop("group", None)
    spec: Path | None = given.get("spec")
    file = path or find(cwd)
    read = _read(file, group, cwd) if file is not None else _SettingsFile()
    if spec is not None and read.names_generators(spec):
        # This is the description of the settings, in another notation.
        del given["spec"]
        spec = None
    named: Path | None = read.layer.get("spec")
    # Settings without a description apply to every description.
    is_general = named is None and read.generators is None and "output" not in read.layer
    if path is None and spec is not None and not is_general and not _same(named, spec):
        file, read = None, _SettingsFile()
    diagnostics.add_all(read.problems)
    layer, places = read.layer, read.places
    group = group or layer.pop("group", None)
    layer.pop("group", None)
    described: Path | None = spec or layer.get("spec")
    if described is not None and fern_folder.is_fern_folder(described):
        diagnostics.stop_on_errors()
        wants_output = "output" in needs
        layer, file = _fern(
            described, layer, given, file, group, diagnostics, cwd, places, wants_output
        )
    elif spec is not None and not _same(layer.get("spec"), spec):
        layer["spec_label"] = layer["spec_path"] = spec.name or spec.resolve().name
        # It replaces all descriptions of a Fern file.
        layer.pop("further", None)
        layer.pop("namespace", None)
        if file is None or (path is None and is_general):
            # `generate SPEC --output DIR --package NAME` writes only DIR/NAME.
            layer.setdefault("project", False)
    layer = fields.merge(layer, given)
    diagnostics.stop_on_errors()
    _require(layer, file, needs, diagnostics, cwd)
    if "spec" in layer:
        layer = fields.merge(dict(frontend_of(layer["spec"]).defaults), layer)
    else:
        # Settings for descriptions that a command is given.
        layer |= {"spec": cwd, "spec_label": ""}
    layer.setdefault("output", cwd)
    layer.setdefault("package", "client")
    layer |= {"file": file, "places": places.below("naming")}
    _leave_out(layer, places, diagnostics)
    settings: Settings = fields.build(Settings, layer)
    check(settings, places, diagnostics)
    diagnostics.stop_on_errors()
    return settings


def _fern(
    folder: Path,
    layer: Layer,
    given: dict[str, Any],
    file: Path | None,
    group: str | None,
    diagnostics: Diagnostics,
    cwd: Path,
    places: Places,
    wants_output: bool,
) -> tuple[Layer, Path | None]:
    """The settings of a Fern folder combined with those of the settings file, and the file that
    applies.

    The folder replaces the description, which is removed from `layer` and `given`.
    """
    found = fern_folder.find(folder, group, diagnostics)
    for table in (layer, given):
        for name in ("spec", "spec_label", "spec_path"):
            table.pop(name, None)
    own = {**layer, **given}
    sources = Sources(diagnostics, cwd)
    under = fern_folder.read(
        found, group, own, sources, diagnostics, places, wants_output=wants_output
    )
    if file is not None and "output" in layer:
        # The files next to the package are decided by that file.
        under.pop("project", None)
    return fields.merge(under, layer, {"fern": found.api}), file or found.generators


def _leave_out(layer: Layer, places: Places, diagnostics: Diagnostics) -> None:
    """Remove invalid values of a generators.yml, with a warning, because Fern accepts them."""
    while True:
        settings: Settings = fields.build(Settings, layer)
        for name, problem in problems(settings):
            span = places.get(name)
            lenient = span is not None and Path(span.file).stem == "generators"
            if lenient and name not in REQUIRED and fields.remove(layer, name):
                diagnostics.warning("ignored-setting", problem, span)
                break
        else:
            return


@dataclass
class _SettingsFile:
    """The contents of a settings file, and its problems."""

    layer: Layer = field(default_factory=Layer)
    places: Places = field(default_factory=Places)
    problems: Diagnostics = field(default_factory=Diagnostics)
    generators: Path | None = None
    """The generators.yml that the settings file refers to."""

    def names_generators(self, spec: Path) -> bool:
        """Whether `spec` is the generators.yml of this file, or its folder."""
        named = self.generators
        return named is not None and (_same(named, spec) or _same(named.parent, spec))


def _read(file: Path, group: str | None, cwd: Path) -> _SettingsFile:
    found = _SettingsFile()
    diagnostics = found.problems
    sources = Sources(diagnostics, cwd)
    if file.suffix in (".yml", ".yaml", ".json"):
        version = fern_folder.version_of(file, sources)
        generators = read_generators(file, None, group, sources, diagnostics, found.places, version)
        found.layer = generators.layer
        return found
    root = toml.read(file, sources.shown(file), diagnostics)
    table = _table(root) if root is not None and file.name == "pyproject.toml" else root
    if root is not None and table is None:
        diagnostics.error(
            "bad-config",
            f"'{sources.shown(file)}' has no table [tool.fiddlehead]",
            root.span,
            hint="add the table, or write a fiddlehead.toml",
        )
    if table is not None:
        found.layer = _own_settings(table, file.parent, diagnostics)
        found.places.add_table(table)
        _add_generators(found, table, group, sources, file.parent)
    return found


def _own_settings(table: Node, folder: Path, diagnostics: Diagnostics) -> Layer:
    """The settings of a fiddlehead.toml, or of the table in a pyproject.toml."""
    reader = Reader(diagnostics, folder)
    layer = reader.fields(table, Settings, extra=(*_OURS, *_NOT_FOR_FILES))
    for key, _ in table.items():
        if key.replace("-", "_") in _NOT_FOR_FILES:
            reader.unknown(key, table, ())
    rules = table.get("rules")
    if rules is not None:
        layer["rules"] = read_rules(rules, reader)
    for key in ("http-library", "http_library"):
        # The setting applies to the package and to its installed dependencies.
        if (node := table.get(key)) is not None:
            value = reader.value(key, node, reader.hint(PythonSettings, "http_library"))
            layer = fields.merge({} if value is BAD else {"python": {"http_library": value}}, layer)
    written = _text(table.get("spec"))
    if written is not None:
        layer.setdefault("spec_label", _label(written))
        layer["spec_path"] = posix(written)
    return layer


def _add_generators(
    found: _SettingsFile, table: Node, group: str | None, sources: Sources, folder: Path
) -> None:
    """Add the settings of the generators.yml in `generators`; the table takes precedence."""
    reader = Reader(found.problems, folder)
    node, group_node = table.get("generators"), table.get("group")
    if node is None:
        spec: Path | None = found.layer.get("spec")
        if group_node is not None and spec is not None and fern_folder.is_fern_folder(spec):
            found.layer |= {"group": reader.value("group", group_node, str)}
        elif group_node is not None:
            reader.error("'group' requires 'generators'", group_node)
        return
    generators = reader.value("generators", node, Path)
    chosen = reader.value("group", group_node, str) if group_node is not None else None
    found.generators = None if generators is BAD else generators
    if found.generators is None or chosen is BAD:
        return
    version = fern_folder.version_of(generators, sources)
    under = read_generators(
        generators, node.span, group or chosen, sources, found.problems, found.places, version
    )
    found.layer = fields.merge(under.layer, found.layer)


def _table(root: Node) -> Node | None:
    tool = root.get("tool")
    return tool.get("fiddlehead") if tool is not None else None


def _text(node: Node | None) -> str | None:
    return node.string if node is not None else None


def _label(written: str) -> str:
    """The name of the description in headers: its path relative to the settings, if it is inside
    their folder."""
    path = posix(written)
    return path.rsplit("/", 1)[-1] if path.startswith("../") else path


def _same(one: Path | None, other: Path) -> bool:
    return one is not None and one.resolve() == other.resolve()


_OPTIONS = {"spec": "SPEC", "output": "--output DIR", "package": "--package NAME"}


def _require(
    layer: Layer, file: Path | None, needs: Sequence[str], diagnostics: Diagnostics, cwd: Path
) -> None:
    missing = [name for name in needs if name not in layer]
    if not missing:
        return
    options = " ".join(_OPTIONS[name] for name in missing)
    if file is None:
        what = "there is no fiddlehead.toml in this folder or above, and no " + options
        diagnostics.error(
            "bad-config", what, hint="run 'fiddlehead init SPEC', or pass the missing options"
        )
    else:
        shown = Sources(diagnostics, cwd).shown(file)
        place = Span(SourceFile(shown, ""), 1, 1, 1, 1)
        for name in missing:
            diagnostics.error(
                "bad-config",
                f"'{name}' is not set",
                place,
                hint=f"add it, or pass {_OPTIONS[name]}",
            )
    diagnostics.stop_on_errors()
