"""Finds and reads the settings file: fiddlehead.toml, pyproject.toml, or Fern's generators.yml.

The modules for generators.yml are imported only with such a file, so that `check --fast` is fast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..diagnostics import Diagnostics
from ..paths import label, posix
from ..settings_text import NAME, PROJECT, mentions_settings
from ..source import Node, Sources
from . import fern_folder, fields, toml
from .checks import Places
from .fields import BAD, Layer, Reader
from .python_settings import PythonSettings
from .rules import read_rules
from .settings import Settings

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
    for parent in (folder, *folder.parents):
        if (parent / NAME).is_file():
            return parent / NAME
        project = parent / PROJECT
        try:
            mentions = mentions_settings(project.read_bytes())
        except OSError:
            continue
        node = toml.read(project, project.name, Diagnostics()) if mentions else None
        if node is not None and _table(node) is not None:
            return project
    return None


@dataclass
class SettingsFile:
    """The contents of a settings file, and its problems."""

    layer: Layer = field(default_factory=Layer)
    places: Places = field(default_factory=Places)
    problems: Diagnostics = field(default_factory=Diagnostics)
    generators: Path | None = None
    """The generators.yml that the settings file refers to."""

    def names_generators(self, spec: Path) -> bool:
        """Whether `spec` is the generators.yml of this file, or its folder."""
        named = self.generators
        return named is not None and (same_path(named, spec) or same_path(named.parent, spec))


def read(file: Path, group: str | None, cwd: Path) -> SettingsFile:
    result = SettingsFile()
    diagnostics = result.problems
    sources = Sources(diagnostics, cwd)
    if file.suffix in (".yml", ".yaml", ".json"):
        from .generators import read_generators

        version = fern_folder.version_of(file, sources)
        generators = read_generators(
            file, None, group, sources, diagnostics, result.places, version
        )
        result.layer = generators.layer
        return result
    root = toml.read(file, sources.display_path(file), diagnostics)
    table = _table(root) if root is not None and file.name == PROJECT else root
    if root is not None and table is None:
        diagnostics.error(
            "bad-config",
            f"'{sources.display_path(file)}' has no table [tool.fiddlehead]",
            root.span,
            hint="add the table, or write a fiddlehead.toml",
        )
    if table is not None:
        result.layer = _own_settings(table, file.parent, diagnostics)
        result.places.add_table(table)
        _add_generators(result, table, group, sources, file.parent)
    return result


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
        layer.setdefault("spec_label", label(written))
        layer["spec_path"] = posix(written)
    return layer


def _add_generators(
    settings: SettingsFile, table: Node, group: str | None, sources: Sources, folder: Path
) -> None:
    """Add the settings of the generators.yml in `generators`; the table takes precedence."""
    reader = Reader(settings.problems, folder)
    node, group_node = table.get("generators"), table.get("group")
    if node is None:
        spec: Path | None = settings.layer.get("spec")
        if group_node is not None and spec is not None and fern_folder.is_fern_folder(spec):
            settings.layer |= {"group": reader.value("group", group_node, str)}
        elif group_node is not None:
            reader.error("'group' requires 'generators'", group_node)
        return
    generators = reader.value("generators", node, Path)
    chosen = reader.value("group", group_node, str) if group_node is not None else None
    settings.generators = None if generators is BAD else generators
    if settings.generators is None or chosen is BAD:
        return
    from .generators import read_generators

    version = fern_folder.version_of(generators, sources)
    under = read_generators(
        generators, node.span, group or chosen, sources, settings.problems, settings.places, version
    )
    settings.layer = fields.merge(under.layer, settings.layer)


def _table(root: Node) -> Node | None:
    tool = root.get("tool")
    return tool.get("fiddlehead") if tool is not None else None


def _text(node: Node | None) -> str | None:
    return node.string if node is not None else None


def same_path(one: Path | None, other: Path) -> bool:
    return one is not None and one.resolve() == other.resolve()
