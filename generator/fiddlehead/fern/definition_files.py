"""The files of a definition folder, with their packages and imports."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ..diagnostics import Diagnostics, Span
from ..ir import Words
from ..source import Node, Sources
from . import keys
from .values import Values

_SUFFIXES = (".yml", ".yaml")


@dataclass(eq=False)
class DefinitionFile:
    """One file with types and endpoints. `package` is its group."""

    path: Path
    package: Words
    node: Node
    imports: dict[str, DefinitionFile | None] = field(
        default_factory=lambda: dict[str, "DefinitionFile | None"]()
    )
    """The targets of `imports` by name; None if the file could not be read."""


@dataclass(eq=False)
class Definition:
    """A definition folder. `root` is api.yml as a file without types, for its imports."""

    root: DefinitionFile
    files: list[DefinitionFile]
    left_out: bool = False
    """Whether a file could not be read; then missing declarations are not reported."""


def load(spec: Path, sources: Sources, diagnostics: Diagnostics) -> Definition | None:
    """The definition in a folder; None, and an error, if there is no api.yml.

    `spec` is the folder with api.yml, that file, or a folder that contains `definition/` or
    `fern/definition/`.
    """
    start = Path(os.path.abspath(spec))  # noqa: PTH100 (links are not followed: names are text)
    if start.name in ("api.yml", "api.yaml"):
        start = start.parent
    for folder in (start, start / "definition", start / "fern" / "definition"):
        for suffix in _SUFFIXES:
            api = folder / f"api{suffix}"
            if sources.exists(api):
                return _definition(api, sources, diagnostics)
    diagnostics.error(
        "missing-file",
        f"no api.yml in '{sources.display_path(start)}' or its folders 'definition' and 'fern/definition'",
        hint="a Fern definition is a folder with an api.yml; for OpenAPI, pass the file",
    )
    return None


def _definition(api: Path, sources: Sources, diagnostics: Diagnostics) -> Definition | None:
    values = Values(diagnostics)
    root = sources.load(api)
    if root is None:
        return None
    if root.mapping is None:
        diagnostics.error("not-a-description", "expected a mapping in api.yml", root.span)
        return None
    values.is_mapping(root, "api.yml", keys.ROOT)
    definition = Definition(DefinitionFile(api, (), root), [])
    for path in sources.listing(api.parent):
        if path == api or api.parent not in path.parents or path.suffix not in _SUFFIXES:
            continue
        node = sources.load(path)
        if node is None:
            definition.left_out = True
            continue
        marker = path.stem == "__package__"
        known = keys.PACKAGE if marker else keys.FILE
        if values.is_mapping(node, f"'{path.name}'", known):
            folders = path.relative_to(api.parent).parent.parts
            package = folders if marker else (*folders, path.stem)
            definition.files.append(DefinitionFile(path, package, node))
    _imports(definition, sources, values)
    return definition


def _imports(definition: Definition, sources: Sources, values: Values) -> None:
    by_path = {file.path: file for file in definition.files}
    for file in [definition.root, *definition.files]:
        for name, _, node in values.entries(file.node, "imports"):
            target = values.as_string(node, f"the import '{name}'")
            if target is None:
                continue
            path = Path(os.path.abspath(file.path.parent / target))  # noqa: PTH100
            file.imports[name] = by_path.get(path)
            if path not in by_path and path != file.path:
                _no_import(target, path, node.span, definition, sources, values)


def _no_import(
    target: str, path: Path, span: Span, definition: Definition, sources: Sources, values: Values
) -> None:
    if definition.root.path.parent not in path.parents:
        values.warning(
            "unresolved-import",
            f"'{target}' is outside the definition folder",
            span,
            hint="a definition can only import its own files",
        )
    elif path == definition.root.path:
        values.warning("unresolved-import", "api.yml has no types to import", span)
    elif not sources.exists(path):
        values.warning(
            "unresolved-import", f"'{sources.display_path(path)}': no such file or directory", span
        )
