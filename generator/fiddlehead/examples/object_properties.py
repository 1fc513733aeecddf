"""Which properties an object has that is made up, by the assertions of JSON Schema on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from .. import ir
from .asserted import Asserted


def completed(
    made: Mapping[str, ir.Json],
    said: Asserted,
    known: Sequence[str],
    required: AbstractSet[str],
    add: Callable[[dict[str, ir.Json], str], None],
    is_open: bool,
    most: int,
) -> dict[str, ir.Json]:
    """An object with the properties that are asked for, without those that are forbidden.

    `known` are the properties that may be added, of which `required` stay. `add` puts one into an
    object, if it has a value. `is_open` says whether others may be added too, up to `most` in all.
    """
    gone = _superfluous(said, made)
    found = {name: value for name, value in made.items() if name not in gone}
    for _ in known:
        wanted = [x for x in _missing(said, found) if x in known and x not in found]
        for name in wanted:
            add(found, name)
        if not wanted:
            break
    for name in known:
        if len(found) < said.min_properties and name not in found:
            add(found, name)
    for number in itertools.count(1):
        if not is_open or len(found) >= min(said.min_properties, most) or number > 2 * most:
            break
        key = f"key{number}" if number > 1 else "key"
        if key not in known:
            add(found, key)
    for name in reversed([*found]):
        if said.max_properties is not None and len(found) > said.max_properties:
            found.pop(name) if name not in required else None
    return found


def _missing(said: Asserted, there: Iterable[str]) -> Iterator[str]:
    """Properties that an object needs beside those that are there."""
    known = set(there)
    yield from (name for each, names in said.dependent if each in known for name in names)
    if not any(known.issuperset(each) for each in said.alternatives):
        yield from next(iter(said.alternatives), ())


def _superfluous(said: Asserted, there: Iterable[str]) -> set[str]:
    """The properties that may not be there because those of another alternative are."""
    known = set(there)
    found = [set(each) for each in said.alternatives if known.issuperset(each)]
    return set[str]().union(*found[1:]) - found[0] if said.only_one and found else set()
