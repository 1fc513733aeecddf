"""The resources of a server, and their changes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from .. import ir
from .collections import Collection
from .property_paths import at, is_list, is_object, put

Resource = dict[str, object]


@dataclass
class _Held:
    """A resource with its lifecycle: its state, the time of the last change, and the number of
    fetches since then. `step` is None if it has no further states."""

    value: Resource
    full: Resource
    step: int | None = None
    since: float = 0.0
    fetched: int = 0


class Store:
    """The resources of one collection under one parent, in the order of their creation."""

    def __init__(
        self,
        collection: Collection,
        random: Random,
        clock: Callable[[], float],
    ) -> None:
        self._collection = collection
        self._random = random
        self._clock = clock
        self._held: dict[str, _Held] = {}

    def add(self, value: Resource, full: Resource | None = None, *, created: bool = False) -> None:
        """Add a resource. A new one starts its lifecycle; `full` has the properties of its last
        state."""
        held = _Held(value, full or value)
        lifecycle = self._collection.lifecycle
        if created and lifecycle is not None:
            held.step, held.since = 0, self._clock()
            put(held.value, lifecycle.property, lifecycle.states[0])
        self._held[str(at(value, self._collection.id))] = held

    def has(self, id_: str) -> bool:
        return id_ in self._held

    def fetch(self, id_: str) -> Resource:
        """The resource for a request that fetches it, which counts for its lifecycle."""
        held = self._held[id_]
        self._advance(held)
        copied = _copied(held.value)
        held.fetched += 1
        return copied

    def resources(self) -> list[Resource]:
        """All resources, newest first, for list responses."""
        for held in self._held.values():
            self._advance(held)
        created = [held for held in self._held.values() if held.step is not None]
        others = [held for held in self._held.values() if held.step is None]
        return [_copied(other.value) for other in (*reversed(created), *others)]

    def update(self, id_: str, changes: Mapping[str, object]) -> Resource:
        """Set new values of a resource; its id does not change."""
        held = self._held[id_]
        identity = self._collection.id
        held.value.update({key: change for key, change in changes.items() if (key,) != identity})
        return _copied(held.value)

    def delete(self, id_: str) -> None:
        del self._held[id_]

    def move(self, id_: str, state: ir.Scalar) -> None:
        """Set the final state of a resource, unless it already has a final state."""
        held = self._held[id_]
        lifecycle = self._collection.lifecycle
        self._advance(held)
        if lifecycle is None or self._is_finished(held, lifecycle):
            return
        put(held.value, lifecycle.property, state)
        held.step = len(lifecycle.states)

    def _is_finished(self, held: _Held, lifecycle: ir.Lifecycle) -> bool:
        if held.step is None:
            return at(held.value, lifecycle.property) not in lifecycle.states[:-1]
        return held.step >= len(lifecycle.states) - 1

    def _advance(self, held: _Held) -> None:
        lifecycle = self._collection.lifecycle
        if lifecycle is None or held.step is None or self._is_finished(held, lifecycle):
            return
        waited = self._clock() - held.since
        if held.fetched < lifecycle.requests and waited < lifecycle.seconds:
            return
        steps = max(1, int(waited // lifecycle.seconds)) if lifecycle.seconds else 1
        held.step = min(held.step + steps, len(lifecycle.states) - 1)
        held.since, held.fetched = self._clock(), 0
        put(held.value, lifecycle.property, lifecycle.states[held.step])
        if held.step == len(lifecycle.states) - 1:
            for name in lifecycle.adds:
                if name in held.full:
                    held.value.setdefault(name, held.full[name])

    def new_id(self, like: object) -> object:
        """A new unique id in the format of an existing one."""
        while True:
            id_ = self._like(like)
            if str(id_) not in self._held:
                return id_

    def _like(self, like: object) -> object:
        if isinstance(like, int) and not isinstance(like, bool):
            numbers = [int(key) for key in self._held if key.lstrip("-").isdecimal()]
            return max([like, *numbers]) + 1
        text = str(like) if like is not None else "id"
        try:
            uuid.UUID(text)
        except ValueError:
            pass
        else:
            return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        if not re.search(r"\d", text):
            return f"{text}-{self._random.randrange(1000, 10**6)}"
        # Words are kept: only parts with digits are random.
        return re.sub(r"[0-9A-Za-z]*\d[0-9A-Za-z]*", self._run, text)

    def _run(self, pattern: re.Match[str]) -> str:
        bits = self._random.getrandbits(4 * len(pattern[0]))
        text = ""
        for char in pattern[0]:
            digit = bits & 15
            bits >>= 4
            letters = "ABCDEF" if char.isupper() else "abcdef"
            text += str(digit % 10) if char.isdecimal() else letters[digit % 6]
        return text


def _copied(value: Resource) -> Resource:
    """A copy of a JSON object, much faster than `copy.deepcopy`."""
    return {key: _copied_item(member) for key, member in value.items()}


def _copied_item(value: object) -> object:
    if is_object(value):
        return {key: _copied_item(member) for key, member in value.items()}
    return [_copied_item(item) for item in value] if is_list(value) else value
