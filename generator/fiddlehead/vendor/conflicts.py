"""How files with merge conflicts are resolved: `--conflicts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Literal, cast

from ..frozen import dataclass
from .bundle import VendorError

Choice = Literal["stop", "markers", "ours", "theirs"]
_CHOICES = ("markers", "ours", "theirs")


@dataclass(frozen=True)
class Choices:
    """The choice for all files, and for single files by path inside the package.

    stop: nothing is written; markers: the file has both versions, between git's conflict markers;
    ours: the file is unchanged; theirs: the new version replaces it.
    """

    default: Choice = "stop"
    by_file: Mapping[str, Choice] = field(default_factory=dict[str, Choice])

    def of(self, name: str) -> Choice:
        return self.by_file.get(name, self.default)


def parse_choices(words: Iterable[str]) -> Choices:
    """Choices from `markers`, `ours`, `theirs` and `FILE=CHOICE`; raises `VendorError`."""
    default: Choice = "stop"
    by_file: dict[str, Choice] = {}
    for word in words:
        name, _, choice = word.rpartition("=")
        if choice not in _CHOICES:
            raise VendorError(
                f"invalid value '{word}' of --conflicts", f"use one of {', '.join(_CHOICES)}"
            )
        if name:
            by_file[name] = cast("Choice", choice)
        else:
            default = cast("Choice", choice)
    return Choices(default, by_file)
