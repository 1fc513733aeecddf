"""The registry of input formats, each with the package that reads it.

A frontend is chosen only here, by the file or folder of the description. Its package is imported
when it reads, so choosing one is fast.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import ir
    from .config import Settings
    from .diagnostics import Diagnostics
    from .source import Sources


@dataclass(frozen=True)
class Frontend:
    """One language of descriptions.

    Attributes:
        name: What messages call it.
        package: The package of fiddlehead that reads it: its function
            `read(settings, sources, diagnostics)` gives an `ir.Api`.
        accepts: Whether a path is a description in this language. The first frontend that accepts
            a path reads it.
        entry: Where a description is a folder, the file in it that says what the API is called.
        suffixes: Where a description is a folder, how the names of its files end.
        patchable: Whether the settings `overrides` and `overlays` apply to it.
        defaults: Settings that hold where nothing else is said.
        renames: How a description in this language says what a thing is called, by the kind of
            the thing. A kind that is missing can only be renamed in the settings.
    """

    name: str
    package: str
    accepts: Callable[[Path], bool]
    entry: str | None = None
    suffixes: tuple[str, ...] = ()
    patchable: bool = False
    defaults: Mapping[str, object] = field(default_factory=dict[str, object])
    renames: Mapping[str, str] = field(default_factory=dict[str, str])

    def read(self, settings: Settings, sources: Sources, diagnostics: Diagnostics) -> ir.Api:
        """The API that a description defines; problems are collected."""
        module = importlib.import_module(f".{self.package}", __package__)
        api: ir.Api = module.read(settings, sources, diagnostics)
        return api

    def title_file(self, spec: Path) -> Path:
        """The file that has the name of the API."""
        return spec / self.entry if self.entry else spec

    def files(self, spec: Path) -> Iterator[Path]:
        """The files that a run may read, besides those that they refer to."""
        if not self.entry:
            yield spec
            return
        for path in spec.rglob("*"):
            if path.suffix in self.suffixes and path.is_file():
                yield path

    def folder(self, spec: Path) -> Path:
        """The folder that names of files are relative to."""
        return spec if self.entry else spec.parent


_IN_JSON = re.compile(r'"(asyncapi|openapi|swagger)"\s*:')
_IN_YAML = re.compile(r"""(?m)^["']?(asyncapi|openapi|swagger)["']?\s*:""")
_BEGINNING = 2**16


def _first_key(path: Path) -> str | None:
    """The key near the beginning of a file that identifies its format."""
    try:
        with path.open("rb") as file:
            text = file.read(_BEGINNING).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return None
    found = (_IN_JSON if text.lstrip().startswith("{") else _IN_YAML).search(text)
    return found[1] if found else None


_RENAMING_EXTENSIONS = {
    "property": "x-fern-property-name in the description",
    "parameter": "x-fern-parameter-name in the description",
    "enum value": "x-fern-enum in the description",
    "method": "x-fern-sdk-method-name in the description",
    "type": "x-fern-type-name in the description",
    "group": "x-fern-sdk-group-name in the description",
}
"""The extensions that rename things, of OpenAPI and of AsyncAPI."""

FRONTENDS = (
    Frontend(
        name="Fern definition",
        package="fern",
        accepts=Path.is_dir,
        entry="api.yml",
        suffixes=(".yml", ".yaml"),
        # Types of a definition may be called like the variant classes of `v1`.
        defaults={"python": {"pydantic": {"union_naming": "v0"}}},
        renames={
            "property": "'name: another_name' beside its 'type'",
            "parameter": "'name: another_name' beside its 'type'",
            "enum value": "'name: ANOTHER_NAME' beside its 'value'",
            "method": "another key under 'endpoints'",
            "type": "another key under 'types'",
            "group": "another name of the file or folder",
        },
    ),
    Frontend(
        name="AsyncAPI",
        package="asyncapi",
        accepts=lambda path: _first_key(path) == "asyncapi",
        patchable=True,
        renames=_RENAMING_EXTENSIONS,
    ),
    Frontend(
        name="OpenAPI",
        package="openapi",
        accepts=lambda path: True,
        patchable=True,
        renames=_RENAMING_EXTENSIONS,
    ),
)
"""All frontends. The last one accepts everything that no other accepts, and reports other formats.
"""


def frontend_of(spec: Path) -> Frontend:
    """The frontend that reads a description."""
    return next(each for each in FRONTENDS if each.accepts(spec))
