"""Writes settings as the text of a fiddlehead.toml."""

from __future__ import annotations

import dataclasses
import json
import os.path
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from .settings import Settings

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NOT_IN_FILES = {
    "api",
    "fern",
    "file",
    "further",
    "namespace",
    "one_of_several",
    "outer",
    "places",
    "rules",
}
_OF_THE_PLACE = {"spec", "spec_label", "spec_path", "output", "package"}


def dumps(table: Mapping[str, Any]) -> str:
    """The text of a table: values first, then nested tables."""
    return "\n".join(_lines(table, ())) + "\n"


def table_of(settings: Settings, folder: Path) -> dict[str, Any]:
    """The settings that differ from their defaults, as a table of a file in `folder`.

    The paths (`spec`, `output`, `package`) are added by the caller.
    """
    table = _table(settings, folder)
    return {
        key: value for key, value in table.items() if key.replace("-", "_") not in _OF_THE_PLACE
    }


def _table(value: Any, folder: Path) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        setting = getattr(value, field.name)
        if field.name in _NOT_IN_FILES or setting == _default(field):
            continue
        if setting is None:
            setting = float("inf") if field.name == "timeout" else None
        plain = _plain(setting, folder)
        if plain is not None and plain != {}:
            result[field.name.replace("_", "-")] = plain
    return result


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _plain(value: Any, folder: Path) -> Any:
    if isinstance(value, Path):
        return os.path.relpath(value, folder).replace(os.sep, "/")
    if isinstance(value, tuple):
        items = cast("Sequence[Any]", value)
        return [_plain(item, folder) for item in items]
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        return {key: _plain(entry, folder) for key, entry in entries.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        table = _table(value, folder)
        # A nested table in which all values are defaults.
        return table or (None if type(value).__name__.endswith("Settings") else True)
    return value


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    tables: dict[str, dict[str, Any]] = {
        key: value for key, value in table.items() if isinstance(value, dict)
    }
    for key, value in table.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables.items():
        if any(not isinstance(entry, dict) for entry in value.values()):
            yield ""
            yield f"[{'.'.join(map(_key, (*path, key)))}]"
        yield from _lines(value, (*path, key))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return (
            "{"
            + ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in entries.items())
            + "}"
        )
    return "[" + ", ".join(_value(item) for item in value) + "]"


def _text(value: str) -> str:
    """A basic string: JSON escapes the same characters as TOML, except the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
