"""What one stage of a run reads of what another made: kept so that the next run need not repeat it."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TypeVar

V = TypeVar("V")


class Tracked(Mapping[str, V]):
    """A mapping that notes which of its keys are asked for, one by one.

    To go through all of it is not noted: who does that depends on all of its values, and has to be
    known to whoever uses the notes.

    Attributes:
        read: The keys that were asked for outside of every part.
        parts: The keys that were asked for inside of each part, by the name of the part.
    """

    def __init__(self, values: Mapping[str, V]) -> None:
        self._values = values
        self.read: set[str] = set()
        self.parts: dict[str, set[str]] = {}
        self._current = self.read

    def with_values(self, values: Mapping[str, V]) -> Tracked[V]:
        """The same notes about other values."""
        other = Tracked(values)
        other.read, other.parts, other._current = self.read, self.parts, self.read
        return other

    def __getitem__(self, key: str) -> V:
        self._current.add(key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> KeysView[str]:
        return self._values.keys()

    def values(self) -> ValuesView[V]:
        return self._values.values()

    def items(self) -> ItemsView[str, V]:
        return self._values.items()

    @contextlib.contextmanager
    def part(self, name: str) -> Generator[None, None, None]:
        """Notes what is asked for inside as that of a part."""
        before, self._current = self._current, self.parts.setdefault(name, set())
        try:
            yield
        finally:
            self._current = before


@contextlib.contextmanager
def part(values: Mapping[str, V], name: str) -> Generator[None, None, None]:
    """`Tracked.part`, where a mapping is one."""
    if isinstance(values, Tracked):
        with values.part(name):
            yield
    else:
        yield


class Reads:
    """Which components a reader has looked into, while it reads one of them."""

    def __init__(self) -> None:
        self.outside: set[str] = set()
        self.by_component: dict[str, set[str]] = {}
        self.declared: dict[str, str] = {}
        """The component that was read when an inline schema was declared, by its id."""
        self._current = self.outside
        self._component: str | None = None

    def add(self, pointer: str) -> None:
        """Notes that the component that a JSON pointer leads into was looked into."""
        if pointer.startswith(SCHEMAS):
            self._current.add(pointer[len(SCHEMAS) :].partition("/")[0])

    @contextlib.contextmanager
    def of(self, pointer: str) -> Generator[None, None, None]:
        """Notes what is looked into inside as that of a component."""
        name = pointer[len(SCHEMAS) :]
        if not pointer.startswith(SCHEMAS) or "/" in name:
            yield
            return
        before, self._current = self._current, self.by_component.setdefault(name, set())
        self._component = name
        try:
            yield
        finally:
            self._current, self._component = before, None

    def declares(self, id_: str) -> None:
        """Notes that an inline schema was declared."""
        if self._component is not None:
            self.declared[id_] = self._component

    @contextlib.contextmanager
    def apart(self) -> Generator[set[str], None, None]:
        """Gives what is looked into inside, which is noted nowhere else."""
        before, found = self._current, set[str]()
        self._current = found
        try:
            yield found
        finally:
            self._current = before

    def again(self, found: set[str]) -> None:
        """Notes what a remembered answer had looked into."""
        self._current |= found


SCHEMAS = "/components/schemas/"
