"""Converts mappings of settings files to arguments of dataclasses, and checks each value."""

from __future__ import annotations

import dataclasses
import functools
import math
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from ..diagnostics import Diagnostics
from ..source import Node
from ..urls import download_hint

Layer = dict[str, Any]
"""Arguments of a settings class by name, with nested layers: the settings of one source."""

BAD: Any = object()
"""A marker for an invalid value that was reported."""


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


class Reader:
    """Converts nodes by the annotations of dataclasses, and collects problems.

    Keys use dashes or underscores. Paths are relative to `folder`. A reader that is `lenient` warns
    about invalid values and ignores them.
    """

    def __init__(self, diagnostics: Diagnostics, folder: Path, *, lenient: bool = False) -> None:
        self._diagnostics = diagnostics
        self._folder = folder
        self._lenient = lenient

    def fields(self, node: Node, cls: type, extra: Iterable[str] = ()) -> Layer:
        """The entries of a mapping as arguments of `cls`; keys in `extra` are ignored."""
        layer: Layer = {}
        hints = _hints(cls)
        skipped = set(extra)
        if node.mapping is None:
            self.error(f"expected {_mapping(node)}, found {kind(node)}", node)
            return layer
        for key, value in node.items():
            name = key.replace("-", "_")
            if name in skipped:
                continue
            if name not in hints:
                self.unknown(key, node, (known.replace("_", "-") for known in (*hints, *skipped)))
            elif name in layer:
                message = f"'{key}' is set twice, in two spellings"
                if self._lenient:
                    self.warning(message, value)
                else:
                    self._diagnostics.error("bad-config", message, node.keys[key])
            else:
                converted = self.value(key, value, hints[name])
                if converted is not BAD:
                    layer[name] = converted
        return layer

    def value(self, key: str, node: Node, hint: Any) -> Any:
        """The value of a node for the annotation `hint`; an error and `BAD` if it is invalid."""
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            if _is_none(node, arguments[0]):
                return None
            return self.value(key, node, arguments[0])
        if origin is typing.Literal:
            if node.value in arguments:
                return node.value
            renamed = _camel_case(node.value)
            if renamed in arguments:
                return renamed
            allowed = ", ".join(repr(argument) for argument in arguments)
            return self._bad(f"'{key}' must be one of {allowed}", node)
        if origin is tuple:
            if node.list is None:
                return self._bad(f"expected a list for '{key}', found {kind(node)}", node)
            items = [self.value(key, item, arguments[0]) for item in node.list]
            return BAD if BAD in items else tuple(items)
        if origin is Mapping:
            if node.mapping is None:
                return self._bad(f"expected {_mapping(node)} for '{key}', found {kind(node)}", node)
            values = {name: self.value(name, item, arguments[1]) for name, item in node.items()}
            return BAD if BAD in values.values() else values
        if dataclasses.is_dataclass(hint):
            assert isinstance(hint, type)
            if isinstance(node.value, bool) and not _nested(hint) and not _required(hint):
                return hint() if node.value else None
            layer = self.fields(node, hint)
            return layer if _nested(hint) else self._built(hint, layer, node)
        return self._scalar(key, node, hint)

    def _scalar(self, key: str, node: Node, hint: Any) -> Any:
        value = node.value
        if hint is Path and isinstance(value, str):
            download = download_hint(value)
            if download is not None:
                self.error(f"'{value}' is a URL", node, hint=download)
                return BAD
            return self._folder / value
        if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if hint in (str, int, bool) and type(value) is hint:
            return value
        wanted = {Path: "a path", float: "a number", str: "a string", int: "an integer"}
        expected = wanted.get(hint, "true or false")
        return self._bad(f"expected {expected} for '{key}', found {kind(node)}", node)

    def _built(self, cls: type, layer: Layer, node: Node) -> Any:
        missing = [name for name in _required(cls) if name not in layer]
        if missing:
            return self._bad(f"'{missing[0].replace('_', '-')}' is missing", node)
        return cls(**layer)

    def hint(self, cls: type, name: str) -> Any:
        """The annotation of a field of a settings class."""
        return _hints(cls)[name]

    def unknown(self, key: str, parent: Node, known: Iterable[str]) -> None:
        """Warn about an unknown key, with the most similar known key as the hint."""
        import difflib  # check --fast does without

        near = difflib.get_close_matches(key, sorted(known), n=1)
        self._diagnostics.warning(
            "unknown-key",
            f"unknown setting '{key}'; it has no effect",
            parent.key_span(key),
            hint=f"did you mean '{near[0]}'?" if near else None,
        )

    def error(self, message: str, node: Node, hint: str | None = None) -> None:
        """Report an invalid value; a warning if the reader is lenient."""
        if self._lenient:
            self.warning(message, node, hint)
        else:
            self.fail(message, node, hint)

    def fail(self, message: str, node: Node, hint: str | None = None) -> None:
        """Report an error that is never a warning, because the value is required."""
        self._diagnostics.error("bad-config", message, node.span, hint=hint)

    def warning(self, message: str, node: Node, hint: str | None = None) -> None:
        self._diagnostics.warning("ignored-setting", message, node.span, hint=hint)

    def _bad(self, message: str, node: Node) -> Any:
        self.error(message, node)
        return BAD


def merge(*layers: Layer) -> Layer:
    """Merge layers: later ones take precedence, nested layers are merged."""
    merged: Layer = {}
    for layer in layers:
        for name, value in layer.items():
            old: object = merged.get(name)
            if isinstance(value, dict):
                under = cast("Layer", old) if isinstance(old, dict) else {}
                merged[name] = merge(under, cast("Layer", value))
            else:
                merged[name] = value
    return merged


def remove(layer: Layer, name: str) -> bool:
    """Remove the setting with a dotted name from a layer; returns whether it was set.

    For a tuple of named elements, the last part of the name selects the element.
    """
    first, _, rest = name.partition(".")
    value: object = layer.get(first)
    if not rest or isinstance(value, Path) or value is None:
        return layer.pop(first, None) is not None
    if isinstance(value, dict):
        return remove(cast("Layer", value), rest)
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        remaining = tuple(setting for setting in items if getattr(setting, "name", None) != rest)
        layer[first] = remaining
        return len(remaining) < len(items)
    return layer.pop(first, None) is not None


def build(cls: Any, layer: Layer) -> Any:
    """The dataclass for a layer; nested dataclasses are built first."""
    hints = _hints(cls)
    arguments = {
        name: (
            build(hints[name], cast("Layer", value))
            if _nested(hints[name]) and isinstance(value, dict)
            else value
        )
        for name, value in layer.items()
    }
    return cls(**arguments)


def kind(node: Node) -> str:
    """The type of a node in words, for messages such as "found a list"."""
    value = node.value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return _mapping(node)
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, list) else "a number"


def _mapping(node: Node) -> str:
    """The name of a mapping in the language of the file."""
    return "a table" if node.file.suffix == ".toml" else "a mapping"


def _required(cls: type) -> list[str]:
    """The fields of a dataclass without a default."""
    return [
        field.name
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]


def _nested(hint: Any) -> bool:
    """Whether a class is a nested part of the settings in which all fields have defaults."""
    return (
        isinstance(hint, type)
        and dataclasses.is_dataclass(hint)
        and hint.__name__.endswith("Settings")
    )


def _is_none(node: Node, hint: Any) -> bool:
    # TOML has no null: `inf` and "infinity" (in Fern's files) mean no timeout.
    value = node.value
    endless = value == "infinity" or (isinstance(value, float) and math.isinf(value))
    return value is None or (hint is float and endless)


def _camel_case(value: object) -> object:
    """`spec-order` as `specOrder`: Fern's files use both forms."""
    if not isinstance(value, str):
        return value
    first, *rest = value.split("-")
    return first + "".join(word.capitalize() for word in rest)
