"""Converts the configuration of other generators to a `fiddlehead.toml` that keeps their names.

Each tool has a module, which lists its configuration files and reads one.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from ..frozen import dataclass
from ..source import Node

NO_COUNTERPART = "it is not supported"


@dataclass(frozen=True)
class Left:
    """A setting without a counterpart: its name in the file of the other tool, and a reason."""

    key: str
    why: str


@dataclass(frozen=False)
class Migration:
    """The converted contents of a configuration.

    Attributes:
        settings: Tables and values of fiddlehead.toml, by key.
        types: Class names by the key of the component schema.
        methods: Method names of the other tool's clients, by `GET /path`.
        fields: Field names by wire name.
        arguments: Argument names by wire name.
        overrides: A document that is merged into the description, for settings without a
        counterpart in fiddlehead.toml.
        left: Settings without a counterpart.
    """

    settings: dict[str, Any] = field(default_factory=dict[str, Any])
    types: dict[str, str] = field(default_factory=dict[str, str])
    methods: dict[str, str] = field(default_factory=dict[str, str])
    fields: dict[str, str] = field(default_factory=dict[str, str])
    arguments: dict[str, str] = field(default_factory=dict[str, str])
    overrides: dict[str, Any] = field(default_factory=dict[str, Any])
    left: list[Left] = field(default_factory=list[Left])

    def table(self, *names: str) -> dict[str, Any]:
        """A table of the settings, created if it does not exist."""
        table = self.settings
        for name in names:
            table = table.setdefault(name, {})
        return table

    def leave(self, key: str, why: str) -> None:
        """Record a setting without a counterpart."""
        self.left.append(Left(key, why))

    def leave_unknown(
        self, keys: Iterable[str], known: Collection[str], reasons: Mapping[str, str]
    ) -> None:
        """Record each unknown key, with its reason if there is one."""
        for key in keys:
            if key not in known:
                self.leave(key, reasons.get(key, NO_COUNTERPART))


@dataclass(frozen=True)
class Tool:
    """A generator whose configuration can be read. A module of this package defines one as `TOOL`.

    Attributes:
        title: Its name in messages.
        files: Patterns of the usual names of its configuration, the most common first.
        spec: Returns the description in a configuration, relative to its file.
        read: Converts a configuration for a description.
    """

    title: str
    files: Sequence[str]
    spec: Callable[[Node], str | None]
    read: Callable[[Node, Node], Migration]


_MODULES: Mapping[str, str] = {
    "openapi-generator": ".openapi_generator",
    "openapi-python-client": ".openapi_python_client",
    "stainless": ".stainless",
}

TOOLS = ("fern", *_MODULES)
"""The supported tools. A Fern folder is read by `config`."""


def tool(name: str) -> Tool:
    """The module of a tool other than Fern."""
    result: Tool = importlib.import_module(_MODULES[name], __name__).TOOL
    return result


def find(tool_: Tool, folder: Path) -> Path | None:
    """The configuration of a tool in a folder, by its usual file names."""
    for pattern in tool_.files:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                return path
    return None
