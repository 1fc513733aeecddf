"""Reads example values, and resolves references such as `$commons.Tag.One`."""

from __future__ import annotations

import re
from pathlib import Path

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
from ..source import Node
from . import keys
from .declared_types import TypeEntry
from .definition_files import DefinitionFile
from .types import TypeTable
from .values import Values

_REFERENCE = re.compile(r"\$((?:[A-Za-z_][\w-]*\.)*[A-Za-z_]\w*)\.([^\s.]+)")
_SIZE = 100_000
"""The maximum number of values in an example after resolving references."""
_DEPTH = 200
"""The maximum depth of nested values and references, as in one file (`node.MAX_DEPTH`)."""


class Examples:
    """Reads examples; a reference without a target is an error."""

    def __init__(self, table: TypeTable, values: Values) -> None:
        self._table = table
        self._values = values
        self._open: list[tuple[Path, str]] = []
        self._done: dict[tuple[Path, str], tuple[ir.Json, int]] = {}

    def of_type(self, node: Node, file: DefinitionFile) -> tuple[ir.Example, ...]:
        """The `examples:` of a type or of an error."""
        result: list[ir.Example] = []
        for item in self._values.elements(node, "examples"):
            if self._values.is_mapping(item, "an example", keys.EXAMPLE):
                value = item.get("value")
                if value is None:
                    self._values.required(item, "value", "an example")
                    continue
                result.append(
                    ir.Example(
                        self.value(value, file),
                        self._values.string(item, "name"),
                        self._values.doc(item),
                        span=item.span,
                    )
                )
        return tuple(result)

    def value(self, node: Node, file: DefinitionFile) -> ir.Json:
        """A JSON value with all references resolved in the scope of `file`."""
        return self._resolve(node, file)[0]

    def _resolve(self, node: Node, file: DefinitionFile, depth: int = 0) -> tuple[ir.Json, int]:
        size = 1
        if depth > _DEPTH:
            message = f"references between examples are nested more than {_DEPTH} levels deep"
            self._values.warning("example-too-large", message, node.span)
            return None, 1
        if isinstance(node.value, dict):
            entries: dict[str, ir.Json] = {}
            for key, child in node.value.items():
                entries[key], more = self._resolve(child, file, depth + 1)
                size += more
            return self._bounded(entries, size, node.span)
        if isinstance(node.value, list):
            items: list[ir.Json] = []
            for child in node.value:
                item, more = self._resolve(child, file, depth + 1)
                items.append(item)
                size += more
            return self._bounded(tuple(items), size, node.span)
        match = _REFERENCE.fullmatch(node.value) if isinstance(node.value, str) else None
        if match is None:
            return node.value, 1
        return self._follow(match[1], match[2], file, node.span, depth)

    def _bounded(self, value: ir.Json, size: int, span: Span) -> tuple[ir.Json, int]:
        if size <= _SIZE:
            return value, size
        self._values.warning(
            "example-too-large", f"this example expands to more than {_SIZE} values", span
        )
        return None, 1

    def _follow(
        self, type_name: str, name: str, file: DefinitionFile, span: Span, depth: int
    ) -> tuple[ir.Json, int]:
        entry = self._table.declared.find(type_name, file)
        if entry is None:
            self._values.warning(
                "unresolved-reference",
                f"'${type_name}.{name}' cannot be resolved: unknown type '{type_name}'",
                span,
                hint=nearest(type_name, [e.name for e in self._table.declared.by_id.values()]),
            )
            return None, 1
        node = self._named(entry, name)
        if node is None:
            self._values.warning(
                "unresolved-reference",
                f"'${type_name}.{name}' cannot be resolved: '{entry.name}' has no such example",
                span,
                hint=nearest(name, self._names(entry)),
            )
            return None, 1
        key = (node.file, node.pointer)
        if key in self._open:
            self._values.warning(
                "reference-loop", f"the example '${type_name}.{name}' contains itself", span
            )
            return None, 1
        if key not in self._done:
            self._open.append(key)
            self._done[key] = self._resolve(node, entry.file, depth + 1)
            self._open.pop()
        return self._done[key]

    def _named(self, entry: TypeEntry, name: str) -> Node | None:
        for item in self._items(entry):
            label, value = item.get("name"), item.get("value")
            if label is not None and value is not None and str(label.value) == name:
                return value
        return None

    def _names(self, entry: TypeEntry) -> list[str]:
        labels = [item.get("name") for item in self._items(entry)]
        return [label.string for label in labels if label is not None and label.string is not None]

    def _items(self, entry: TypeEntry) -> list[Node]:
        examples = entry.node.get("examples")
        return list(examples.elements()) if examples is not None else []
