"""The tested descriptions, and how each is generated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..support.pipeline import SHARED

SETTINGS = Path(__file__).parent / "settings"
SPECS, CORPUS = SHARED / "specs", SHARED / "fern-corpus"
Layout = Literal["compact", "fern"]

# Those that take seconds are generated once; layout `fern` adds nothing but modules of one line.
LARGE = frozenset({"asana", "mistral", "openai", "twilio_api_v2010"})


@dataclass(frozen=True)
class Subject:
    """A description in a layout."""

    name: str
    spec: Path
    layout: Layout = "compact"
    file: Path | None = None
    group: str | None = None

    @property
    def id(self) -> str:
        return self.name if self.layout == "compact" else f"{self.name}-{self.layout}"

    @property
    def package(self) -> str:
        """Prefixed, since some of these APIs are called like modules of Python."""
        words = re.sub(r"\W", "_", self.name)
        return words if self.name == "cohere" else f"api_{words}"


def all_subjects() -> Iterator[Subject]:
    """Each description in each layout that is tried; nothing where ../shared is not there."""
    for name, spec in descriptions():
        layouts: tuple[Layout, ...] = ("compact",) if name in LARGE else ("compact", "fern")
        for layout in layouts:
            yield subject(name, spec, layout)


def subject(name: str, spec: Path, layout: Layout) -> Subject:
    if name == "cohere":
        return Subject(name, spec, layout, spec.parent / "generators.yml", "python")
    file = SETTINGS / f"{name}.toml"
    return Subject(name, spec, layout, file if file.exists() else None)


def cohere(layout: Layout) -> Subject:
    return subject("cohere", SPECS / "cohere" / "openapi.yaml", layout)


def descriptions() -> Iterator[tuple[str, Path]]:
    if not SHARED.is_dir():
        return
    yield "cohere", SPECS / "cohere" / "openapi.yaml"
    for path in sorted(SPECS.glob("*.yaml")):
        yield path.stem, path
    for path in sorted((SPECS / "oai-examples").glob("v*.yaml")):
        yield path.stem, path
    for path in sorted(CORPUS.glob("*/definition")):
        yield path.parent.name, path
    for path in sorted(CORPUS.glob("*/openapi.yml")):
        yield f"{path.parent.name}-openapi", path
