"""Selects the properties of a generated object that satisfy the assertions of its schema."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from .. import ir
from .asserted import Asserted


def completed(
    object_: Mapping[str, ir.Json],
    limits: Asserted,
    known: Sequence[str],
    required: AbstractSet[str],
    add: Callable[[dict[str, ir.Json], str], None],
    is_open: bool,
    most: int,
) -> dict[str, ir.Json]:
    """An object with the required properties, without the forbidden ones.

    `known` are the properties that may be added; those in `required` are never removed. `add` adds
    one to an object, if it has a value. With `is_open`, others may be added too, up to `most` in
    total.
    """
    superfluous = _superfluous(limits, object_)
    result = {name: value for name, value in object_.items() if name not in superfluous}
    for _ in known:
        wanted = [x for x in _missing(limits, result) if x in known and x not in result]
        for name in wanted:
            add(result, name)
        if not wanted:
            break
    for name in known:
        if len(result) < limits.min_properties and name not in result:
            add(result, name)
    for number in itertools.count(1):
        if not is_open or len(result) >= min(limits.min_properties, most) or number > 2 * most:
            break
        key = f"key{number}" if number > 1 else "key"
        if key not in known:
            add(result, key)
    for name in reversed([*result]):
        if limits.max_properties is not None and len(result) > limits.max_properties:
            result.pop(name) if name not in required else None
    return result


def _missing(limits: Asserted, present: Iterable[str]) -> Iterator[str]:
    """The properties that an object requires and does not have."""
    known = set(present)
    yield from (
        name
        for property_name, names in limits.dependent
        if property_name in known
        for name in names
    )
    if not any(known.issuperset(alternative) for alternative in limits.alternatives):
        yield from next(iter(limits.alternatives), ())


def _superfluous(limits: Asserted, present: Iterable[str]) -> set[str]:
    """The properties that may not be there because those of another alternative are."""
    known = set(present)
    result = [
        set(alternative) for alternative in limits.alternatives if known.issuperset(alternative)
    ]
    return set[str]().union(*result[1:]) - result[0] if limits.only_one and result else set()
