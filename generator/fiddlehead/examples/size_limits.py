"""Limits of the size of an example, and the objects that several examples share."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator

from .. import ir
from ..frozen import dataclass

MAX_VALUES = 250
MAX_NESTING = 12
"""The maximum number of values and of nested objects in an example. Without a limit, two required
fields of the next model would double the size with each level."""

MAX_COPIED_VALUES = 200
"""The same with the copies in lists of several items, which multiply with each level."""

MAX_ITEMS = 100
"""How many items a list has at most, counted together with those of the lists that hold it."""


class Elided(str):
    """A placeholder for an object that an example omits; a string, so that it can be printed."""


ELIDED = Elided("...")


@dataclass(frozen=True, slots=True)
class _Known:
    """An object without omitted parts, with its size and the levels of objects inside it."""

    value: ir.Json
    count: int
    copied: int
    height: int


class SizeLimits:
    """Counts the values of one example. An example does not depend on those before it."""

    def __init__(self) -> None:
        self._active = False
        self._known: dict[object, _Known] = {}
        self._start()

    def _start(self) -> None:
        self._count = self._copied = self._nesting = self._deepest = self._elided = 0
        self._copies = 1

    @contextlib.contextmanager
    def example(self) -> Generator[None]:
        """Start to count, unless it is done as a part of another example."""
        if self._active:
            yield
            return
        self._start()
        self._active = True
        try:
            yield
        finally:
            self._active = False

    @contextlib.contextmanager
    def copies(self, count: int) -> Generator[None]:
        """Values inside are copied `count` times."""
        before, self._copies = self._copies, self._copies * count
        try:
            yield
        finally:
            self._copies = before

    def most_items(self) -> int:
        """The maximum number of items of a list here."""
        return max(2, MAX_ITEMS // self._copies)

    def add(self) -> None:
        """Count a property."""
        self._count += 1
        self._copied += self._copies

    def object(self, key: object, build: Callable[[], ir.Json]) -> ir.Json:
        """The object that `build` returns, or a placeholder if the example is too large.

        Objects with a key are the same in each example, and are built once.
        """
        if not self._fits(0, 0, 0):
            self._elided += 1
            return ELIDED
        key = (key, self._copies) if key is not None else None
        known = self._known.get(key)
        if known is not None and self._fits(known.count, known.copied, known.height):
            self._count += known.count
            self._copied += known.copied
            self._deepest = max(self._deepest, self._nesting + known.height)
            return known.value
        count, copied, elided, deepest = self._count, self._copied, self._elided, self._deepest
        self._nesting += 1
        self._deepest = self._nesting
        try:
            value = build()
        finally:
            height = self._deepest - self._nesting + 1
            self._nesting -= 1
            self._deepest = max(deepest, self._deepest)
        if key is not None and elided == self._elided:
            self._known[key] = _Known(value, self._count - count, self._copied - copied, height)
        return value

    def _fits(self, count: int, copied: int, height: int) -> bool:
        """Whether an object of a size is built without omitted parts here."""
        return (
            self._count + count < MAX_VALUES
            and self._copied + copied < MAX_COPIED_VALUES
            and self._nesting + max(height - 1, 0) < MAX_NESTING
        )
