"""Records which values each part of a run reads, so that the next run repeats only what changed."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import TypeVar

V = TypeVar("V")


class Tracked(Mapping[str, V]):
    """A mapping that records which of its keys are accessed.

    Iteration is not recorded. Code that iterates depends on all values, and users of the record
    must consider this.

    Attributes:
        read: The keys that were accessed outside all parts.
        parts: The keys that were accessed inside each part, by the name of the part.
    """

    def __init__(self, values: Mapping[str, V]) -> None:
        self._values = values
        self.read: set[str] = set()
        self.parts: dict[str, set[str]] = {}
        self._current = self.read

    @property
    def values_by_key(self) -> Mapping[str, V]:
        """The values, whose look-ups are not recorded."""
        return self._values

    def with_values(self, values: Mapping[str, V]) -> Tracked[V]:
        """The same record for other values."""
        other = Tracked(values)
        other.read, other.parts, other._current = self.read, self.parts, self.read
        return other

    def __getitem__(self, key: str) -> V:
        self._current.add(key)
        return self._values[key]

    def touch(self, key: str) -> None:
        """Records a look-up."""
        self._current.add(key)

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

    def add_parts(self, parts: Mapping[str, Iterable[str]]) -> None:
        """Adds what another process recorded."""
        for name, keys in parts.items():
            self.parts.setdefault(name, set()).update(keys)

    @contextlib.contextmanager
    def part(self, name: str) -> Generator[None, None, None]:
        """Record the keys that are accessed in the block as those of a part."""
        before, self._current = self._current, self.parts.setdefault(name, set())
        try:
            yield
        finally:
            self._current = before


@contextlib.contextmanager
def part(values: Mapping[str, V], name: str) -> Generator[None, None, None]:
    """`Tracked.part` of a tracked mapping; of another mapping, nothing is recorded."""
    if isinstance(values, Tracked):
        with values.part(name):
            yield
    else:
        yield


def touch(values: Mapping[str, V], key: str) -> None:
    """Records a look-up in a tracked mapping, for a value that was computed before."""
    if isinstance(values, Tracked) and key in values:
        values.touch(key)


class Reads:
    """Records which components a reader visits while it reads each of them."""

    def __init__(self) -> None:
        self.outside: set[str] = set()
        self.by_component: dict[str, set[str]] = {}
        self.declared: dict[str, str] = {}
        """The component that was read when an inline schema was declared, by its id."""
        self._current = self.outside
        self._component: str | None = None

    def add(self, pointer: str) -> None:
        """Record a visit to the component that contains a JSON pointer."""
        if pointer.startswith(SCHEMAS):
            self._current.add(pointer[len(SCHEMAS) :].partition("/")[0])

    @contextlib.contextmanager
    def of(self, pointer: str) -> Generator[None, None, None]:
        """Records the visits in the block as those of a component."""
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

    def visited_by(self, pointer: str) -> set[str]:
        """The components that were visited for the component at a JSON pointer."""
        return self.by_component.setdefault(pointer[len(SCHEMAS) :], set())

    def declares(self, id_: str) -> None:
        """Records which component an inline schema was declared in."""
        if self._component is not None:
            self.declared[id_] = self._component

    @contextlib.contextmanager
    def apart(self) -> Generator[set[str], None, None]:
        """Return the visits in the block without recording them."""
        before, names = self._current, set[str]()
        self._current = names
        try:
            yield names
        finally:
            self._current = before

    def again(self, recorded: set[str]) -> None:
        """Record the visits for a result from a cache."""
        self._current |= recorded


SCHEMAS = "/components/schemas/"
