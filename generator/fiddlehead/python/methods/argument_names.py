"""The argument names of methods and of the client.

Between locations (path, query, header, cookie, body, in this order) the first keeps the plain name,
and the others get their location as a prefix (`query_id`). In layout `fern`, path parameters get an
underscore (`id_`), as in Fern's clients, except that the properties that a body declares itself come
last. Within one location, a name that already is
the Python name keeps it, and the others are written as on the wire (`pageSize` next to `page_size`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ... import ir
from ...diagnostics import NOWHERE, Span
from ...frozen import dataclass, replace
from ...naming import Claim, Named, assign, distance
from ..context import Context

_PATH = "path"
_PLACES = (_PATH, "query", "header", "cookie")
_BODY = "body"
_OWN = "own body"
"""Properties that yield to path parameters."""
_CLIENT = "client"
_OF_CLIENT = ("variable", "query", "header", "server_url")
"""The arguments of every client, in the order in which they keep a name."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """An element that becomes an argument.

    Attributes:
        place: The location of its value in a request.
        name: Its wire name.
        span: Its location in the description.
        wanted: An explicit argument name.
        otherwise: The name if another argument has that name; the default has the location as a
        prefix.
        yields: Whether a path parameter with the same name keeps it.
    """

    place: str
    name: str
    span: Span
    wanted: str | None = None
    otherwise: str | None = None
    yields: bool = False

    @classmethod
    def of(cls, place: str, declared: ir.Parameter | ir.Field) -> Claimant:
        claimant = cls(place, declared.name, declared.span, declared.rename)
        if isinstance(declared, ir.Parameter):
            return claimant
        return replace(claimant, otherwise=declared.otherwise, yields=declared.yields_to_path)


def decide(
    context: Context, method_key: str, claimants: Iterable[Claimant]
) -> dict[tuple[str, str], Named]:
    """The argument of each parameter and each property of a body, by location and wire name."""
    grouped: dict[str, dict[str, Claimant]] = {}
    for claimant in claimants:
        place = claimant.place if claimant.place in _PLACES else _BODY
        place = _OWN if context.fern and claimant.yields else place
        grouped.setdefault(place, {}).setdefault(claimant.name, claimant)
    order = (*_PLACES[1:], _BODY, _PATH, _OWN) if context.fern else (*_PLACES, _BODY)
    groups = [
        (_BODY if place == _OWN else place, [*grouped[place].values()])
        for place in order
        if place in grouped
    ]
    return _decided(context, method_key, groups, f"the arguments of {method_key}", ())


def decide_of_client(
    context: Context, claimants: Sequence[Claimant], own: Iterable[str]
) -> dict[tuple[str, str], Named]:
    """The argument of the client for each claimant; `own` are the arguments of every client."""
    groups = [
        (place, [claimant for claimant in claimants if claimant.place == place])
        for place in _OF_CLIENT
    ]
    own_claims = [Claim((name,), name, NOWHERE, fixed=True, silent=True) for name in own]
    return _decided(context, _CLIENT, groups, "the arguments of the client", own_claims)


def _decided(
    context: Context,
    key: str,
    groups: list[tuple[str, list[Claimant]]],
    what: str,
    own_claims: Iterable[Claim],
) -> dict[tuple[str, str], Named]:
    claims: list[tuple[tuple[str, str], Claim]] = []
    for number, (place, group) in enumerate(groups):
        claims += _within(context, key, number, place, group)
    named = context.names.assign(
        [*(claim for _, claim in claims), *own_claims], what, code="duplicate-argument"
    )
    return {where: name for (where, _), name in zip(claims, named, strict=False)}


def _within(
    context: Context, key: str, number: int, place: str, claimants: list[Claimant]
) -> Iterator[tuple[tuple[str, str], Claim]]:
    """The claims of one location, each with a different first candidate."""
    claims: list[tuple[Claimant, Claim]] = []
    for claimant in claimants:
        names = context.names.argument_names(claimant.wanted or claimant.name, claimant.name)
        claim = Claim(
            names,
            f"{claimant.name} ({claimant.place})",
            claimant.span,
            rank=(number, distance(names[0], claimant.wanted or claimant.name), claimant.name),
            key=f"{key}.{claimant.name}",
            other_keys=(f"{key}.{claimant.place}:{claimant.name}",),
            kind=None if key == _CLIENT else "property" if place == _BODY else "parameter",
            plain=names[0],
        )
        claims.append((claimant, claim))
    # Renamed arguments do not reserve their generated names.
    free = [
        claim
        for _, claim in claims
        if not context.names.is_renamed((claim.key or "", *claim.other_keys))
    ]
    chosen = assign([(claim.names, claim.rank) for claim in free])
    first = {id(claim): name for claim, name in zip(free, chosen, strict=True)}
    for claimant, claim in claims:
        name = first.get(id(claim), claim.plain)
        after = f"{name}_" if context.fern and place == _PATH else f"{place}_{name}"
        other = context.names.argument(claimant.otherwise or after)
        yield (claimant.place, claimant.name), replace(claim, names=(name, other))
