"""The configuration of another generator in our words: a `fiddlehead.toml`, and names that stay.

Each tool has a module, which says in which files its configuration is, and reads one.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..source import Node

NO_COUNTERPART = "it is not supported"


@dataclass(frozen=True)
class Left:
    """A setting that has no counterpart: its name in the other tool's file, and what to do."""

    key: str
    why: str


@dataclass
class Migration:
    """What a configuration says.

    Attributes:
        settings: Tables and values of fiddlehead.toml, by their keys there.
        types: Classes by the key of the component schema.
        methods: Names of methods by `GET /path`: those that the other tool's clients have.
        fields: Names of fields by the name on the wire.
        arguments: Names of arguments by the name on the wire.
        overrides: What is merged over the description, for what the settings cannot say.
        left: What has no counterpart.
    """

    settings: dict[str, Any] = field(default_factory=dict[str, Any])
    types: dict[str, str] = field(default_factory=dict[str, str])
    methods: dict[str, str] = field(default_factory=dict[str, str])
    fields: dict[str, str] = field(default_factory=dict[str, str])
    arguments: dict[str, str] = field(default_factory=dict[str, str])
    overrides: dict[str, Any] = field(default_factory=dict[str, Any])
    left: list[Left] = field(default_factory=list[Left])

    def table(self, *names: str) -> dict[str, Any]:
        """A table of the settings, made where there is none."""
        table = self.settings
        for name in names:
            table = table.setdefault(name, {})
        return table

    def leave(self, key: str, why: str) -> None:
        """Notes a setting that has no counterpart."""
        self.left.append(Left(key, why))

    def leave_unknown(
        self, keys: Iterable[str], known: Collection[str], reasons: Mapping[str, str]
    ) -> None:
        """Notes each of the keys that is not known, with its reason where it has one."""
        for key in keys:
            if key not in known:
                self.leave(key, reasons.get(key, NO_COUNTERPART))


@dataclass(frozen=True)
class Tool:
    """A generator whose configuration can be read. A module of this package gives one as `TOOL`.

    Attributes:
        title: What messages call it.
        files: Patterns of the usual names of its configuration, the likeliest first.
        spec: The description that a configuration names, relative to its file.
        read: What a configuration says of a description.
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
"""The tools whose configuration can be read. A folder of Fern's is read by `config`."""


def tool(name: str) -> Tool:
    """The module of a tool other than Fern."""
    found: Tool = importlib.import_module(_MODULES[name], __name__).TOOL
    return found


def find(found: Tool, folder: Path) -> Path | None:
    """The configuration of a tool in a folder, by the usual names of its file."""
    for pattern in found.files:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                return path
    return None
