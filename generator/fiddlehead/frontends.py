"""The registry of input formats.

A frontend is selected only here, by the file or folder of the description. `descriptions` imports
its package when it reads, so the selection is fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from .frozen import dataclass


@dataclass(frozen=True)
class Frontend:
    """One description language.

    Attributes:
        name: Its name in messages.
        package: The package that reads it, with the function `read(settings, sources, diagnostics)
        -> ir.Api`.
        accepts: Whether a path is a description in this language. The first frontend that accepts a
        path reads it.
        entry: For folders: the file with the name of the API.
        suffixes: For folders: the suffixes of its files.
        patchable: Whether `overrides` and `overlays` apply to it.
        defaults: Default settings for this language.
        renames: How to rename an element in this language, by its kind. Other kinds can only be
        renamed in the settings.
        parallel: Whether `read` uses a second process: then it also takes `meanwhile`, a function
        that it calls at such a time.
    """

    name: str
    package: str
    accepts: Callable[[Path], bool]
    entry: str | None = None
    suffixes: tuple[str, ...] = ()
    patchable: bool = False
    defaults: Mapping[str, object] = field(default_factory=dict[str, object])
    renames: Mapping[str, str] = field(default_factory=dict[str, str])
    parallel: bool = False

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
        """The folder that file names are relative to."""
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
    key_match = (_IN_JSON if text.lstrip().startswith("{") else _IN_YAML).search(text)
    return key_match[1] if key_match else None


_RENAMING_EXTENSIONS = {
    "property": "x-fern-property-name in the description",
    "parameter": "x-fern-parameter-name in the description",
    "enum value": "x-fern-enum in the description",
    "method": "x-fern-sdk-method-name in the description",
    "type": "x-fern-type-name in the description",
    "group": "x-fern-sdk-group-name in the description",
}
"""The extensions of OpenAPI and AsyncAPI that rename elements."""

FRONTENDS = (
    Frontend(
        name="Fern definition",
        package="fern",
        accepts=Path.is_dir,
        entry="api.yml",
        suffixes=(".yml", ".yaml"),
        # Types of a definition may have the names of the variant classes of `v1`.
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
        parallel=True,
    ),
)
"""All frontends. The last one accepts all other paths, and reports unknown formats."""


def frontend_of(spec: Path) -> Frontend:
    """The frontend that reads a description."""
    return next(frontend for frontend in FRONTENDS if frontend.accepts(spec))
