"""Matches the members of an old union with those of a new one."""

from __future__ import annotations

from collections.abc import Callable

from .. import ir
from .type_display import Fingerprints

Pairs = list[tuple[ir.Variant, ir.Variant]]


def pair(
    old: list[ir.Variant],
    new: list[ir.Variant],
    old_fingerprints: Fingerprints,
    new_fingerprints: Fingerprints,
) -> tuple[Pairs, list[ir.Variant], list[ir.Variant]]:
    """The matched members, the removed ones, and the added ones.

    Matched by tag, then by schema name, by fingerprint, by container type, and finally as the only
    remaining ones.
    """
    old, new = list(old), list(new)
    pairs: Pairs = []
    keys: tuple[tuple[Callable[[ir.Variant], str | None], Callable[[ir.Variant], str | None]], ...]
    keys = (
        (lambda variant: variant.tag, lambda variant: variant.tag),
        (_name, _name),
        (
            lambda variant: _shape(variant, old_fingerprints),
            lambda variant: _shape(variant, new_fingerprints),
        ),
        (_container, _container),
    )
    for key_of_old, key_of_new in keys:
        left: dict[str | None, ir.Variant] = {}
        for variant in new:
            left.setdefault(key_of_new(variant), variant)
        for variant in list(old):
            key = key_of_old(variant)
            other = left.pop(key, None) if key is not None else None
            if other is not None and (variant.tag is None) == (other.tag is None):
                pairs.append((variant, other))
                old.remove(variant)
                new.remove(other)
    if pairs and len(old) == len(new) == 1 and old[0].tag is None and new[0].tag is None:
        pairs.append((old.pop(), new.pop()))
    return pairs, old, new


def _name(variant: ir.Variant) -> str | None:
    return variant.type.id if isinstance(variant.type, ir.Ref) and not variant.tag else None


def _shape(variant: ir.Variant, fingerprints: Fingerprints) -> str | None:
    return None if variant.tag else fingerprints.of(variant.type)


def _container(variant: ir.Variant) -> str | None:
    match variant.type:
        case ir.ListOf(positions=positions):
            return f"list of {len(positions)}" if positions else "list"
        case ir.MapOf():
            return "map"
        case _:
            return None
