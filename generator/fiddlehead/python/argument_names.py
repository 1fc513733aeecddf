"""The arguments of a method: which of several claimants has a name.

Between places (path, query, header, cookie, body, in this order) the first keeps the plain name, and
the others have their place before it (`query_id`). Within one place what already is the Python
name keeps it, and the others are written as the wire has them (`pageSize` beside `page_size`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from .. import ir
from ..naming import Claim, Named, assign
from ..package import Location
from .context import Context

Claimant: TypeAlias = tuple[Location, ir.Parameter | ir.Field]

_PLACES: tuple[Location, ...] = ("path", "query", "header", "cookie")
_BODY = "body"


def decide(
    context: Context, method_key: str, claimants: Iterable[Claimant]
) -> dict[tuple[Location, str], Named]:
    """The argument of each parameter and each property of a body, by place and wire name."""
    by_place: dict[str, dict[str, Claimant]] = {}
    for location, declared in claimants:
        place = location if location in _PLACES else _BODY
        by_place.setdefault(place, {}).setdefault(declared.name, (location, declared))
    places = [place for place in (*_PLACES, _BODY) if place in by_place]
    claims: list[tuple[tuple[Location, str], Claim]] = []
    for number, place in enumerate(places):
        claims += _within(context, method_key, number, place, [*by_place[place].values()])
    what = f"the arguments of {method_key}"
    named = context.names.settle([each for _, each in claims], what, code="duplicate-argument")
    return {where: name for (where, _), name in zip(claims, named, strict=True)}


def _within(
    context: Context, method_key: str, number: int, place: str, claimants: list[Claimant]
) -> Iterator[tuple[tuple[Location, str], Claim]]:
    """The claims of one place, in which no two ask for one name first."""
    found: list[tuple[tuple[Location, str], Claim]] = []
    for location, declared in claimants:
        names = context.names.argument_names(declared.rename or declared.name, declared.name)
        moves = declared.rename is None and names[0] != declared.name
        claim = Claim(
            names,
            f"{declared.name} ({location})",
            declared.span,
            rank=(number, int(moves), declared.name),
            key=f"{method_key}.{declared.name}",
            other_keys=(f"{method_key}.{location}:{declared.name}",),
            kind="property" if place == _BODY else "parameter",
            plain=names[0],
        )
        found.append(((location, declared.name), claim))
    # What settings rename takes no name from the others.
    free = [
        claim
        for _, claim in found
        if not context.names.is_renamed((claim.key or "", *claim.other_keys))
    ]
    chosen = assign([(each.names, each.rank) for each in free])
    first = {id(claim): name for claim, name in zip(free, chosen, strict=True)}
    for where, claim in found:
        name = first.get(id(claim), claim.plain)
        yield where, replace(claim, names=(name, context.names.argument(f"{place}_{name}")))
