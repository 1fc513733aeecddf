"""Combines several types into one."""

from __future__ import annotations

from ... import ir
from ...diagnostics import Span
from ...frozen import replace


def union_of(members: list[ir.Type], span: Span) -> ir.Type:
    """A union of several types without duplicates and nested unions, with null outside."""
    flat: list[ir.Type] = []
    nullable = False
    for member in members:
        if isinstance(member, ir.Nullable):
            nullable, member = True, member.item
        for inner in member.members if isinstance(member, ir.UnionOf) else (member,):
            if isinstance(inner, ir.Unknown):
                return inner
            if inner not in flat:
                flat.append(inner)
    if not flat:
        return ir.Unknown(span=span)
    type_ = flat[0] if len(flat) == 1 else ir.UnionOf(tuple(flat), span=span)
    return ir.Nullable(type_, span=span) if nullable else type_


def non_nullable(type_: ir.Type) -> ir.Type:
    """A type without null."""
    return type_.item if isinstance(type_, ir.Nullable) else type_


def with_nullable_values(type_: ir.Type) -> ir.Type:
    """A map whose values may be null, also in maps of maps: Fern's importer applies the null of a
    map to its values."""
    if not isinstance(type_, ir.MapOf) or isinstance(type_.value, ir.Nullable | ir.Unknown):
        return type_
    value = with_nullable_values(type_.value)
    return replace(type_, value=ir.Nullable(value, span=value.span))
