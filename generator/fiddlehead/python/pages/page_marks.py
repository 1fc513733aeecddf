"""Marks in the text of pages, by which the cache of results finds parts of them again."""

from __future__ import annotations

import re

MARK = "\ue000"
"""A private character, which descriptions do not use. Where one does, no marks are printed."""
_MARK = re.compile(f"{MARK}([0-9]+){MARK}")


class Marks:
    """Marks that are not printed.

    Attributes:
        anchors: Where links to types lead in reference.md, by their ids.
    """

    def __init__(self) -> None:
        self.anchors: dict[str, str] = {}

    def put(self, name: str, text: str) -> str:
        """A text that is printed with a mark before it, unless it is empty."""
        return text


class PrintedMarks(Marks):
    """Marks that are printed, and then removed from the pages.

    Attributes:
        places: The offsets and names of the marked parts of each page, in their order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, tuple[tuple[int, str], ...]] = {}
        self._names: list[str] = []

    def put(self, name: str, text: str) -> str:
        if not text:
            return text
        self._names.append(name)
        return f"{MARK}{len(self._names) - 1}{MARK}{text}"

    def take(self, path: str, text: str) -> str:
        """A page without its marks, whose places are kept."""
        pieces: list[str] = []
        places: list[tuple[int, str]] = []
        start = length = 0
        for mark in _MARK.finditer(text):
            pieces.append(text[start : mark.start()])
            length += len(pieces[-1])
            places.append((length, self._names[int(mark[1])]))
            start = mark.end()
        if places:
            self.places[path] = tuple(places)
        return "".join((*pieces, text[start:]))
