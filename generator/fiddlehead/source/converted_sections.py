"""The sections of a description before its conversion from an older version, for messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..frozen import dataclass


@dataclass(frozen=True)
class ConvertedSections:
    """Names sections as they were before the conversion.

    `moved` maps JSON pointers to the old sections to the new ones; it is empty if the description
    was not converted.
    """

    moved: Mapping[str, str] = field(default_factory=dict[str, str])

    def original(self, reference: str) -> str:
        """A reference as it was before the conversion."""
        for old, new in self.moved.items():
            if f"#{new}/" in reference:
                return reference.replace(f"#{new}/", f"#{old}/")
        return reference

    def unresolved(self, reference: str, pointer: str, resolved: str, key: str) -> str:
        """The message about a reference whose `pointer` can only be followed up to `resolved`,
        where `key` is missing, in the words of the original file."""
        for old, new in self.moved.items():
            if pointer.startswith(f"{new}/"):
                reference = self.original(reference)
                if len(resolved) < len(new):
                    resolved, key = "", old[1:]
                else:
                    resolved = old + resolved[len(new) :]
        return f"'{reference}' cannot be resolved: '#{resolved or '/'}' has no '{key}'"
