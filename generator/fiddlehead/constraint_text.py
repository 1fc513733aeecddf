"""The constraints of values as text."""

from __future__ import annotations

from . import ir
from .markdown import code
from .queries.lookup import resolved_non_null

_DEPTH = 5
"""The maximum depth of nested lists: a list may be an item of itself."""


def limits(api: ir.Api, type_: ir.Type, depth: int = 0) -> tuple[str, ...]:
    """The JSON Schema assertions on a value, each a short phrase of Markdown."""
    resolved = resolved_non_null(api, type_)
    if depth > _DEPTH:
        return ()
    match resolved:
        case ir.Primitive():
            return _of_value(resolved.constraints) if resolved.constraints is not None else ()
        case ir.ListOf():
            if resolved.positions:
                return tuple(
                    f"item {number}: {phrase}"
                    for number, item in enumerate(resolved.positions, 1)
                    for phrase in limits(api, item, depth + 1)
                )
            phrases = _of_list(resolved.constraints) if resolved.constraints is not None else []
            unique = resolved.unique or ("uniqueItems", "true") in resolved.assertions
            phrases += ["no item twice"] if unique else []
            phrases += [f"each item {phrase}" for phrase in limits(api, resolved.item, depth + 1)]
            return tuple(phrases)
        case _:
            return ()


def _of_value(constraints: ir.Constraints) -> tuple[str, ...]:
    phrases: list[str] = []
    if constraints.minimum is not None:
        phrases.append(
            f"{'more than' if constraints.exclusive_minimum else 'at least'} {constraints.minimum:.15g}"
        )
    if constraints.maximum is not None:
        phrases.append(
            f"{'less than' if constraints.exclusive_maximum else 'at most'} {constraints.maximum:.15g}"
        )
    if constraints.multiple_of is not None:
        phrases.append(f"a multiple of {constraints.multiple_of:.15g}")
    phrases += _between(constraints.min_length, constraints.max_length, "character")
    if constraints.pattern is not None:
        phrases.append(f"pattern {code(constraints.pattern)}")
    if constraints.format is not None:
        phrases.append(f"format {code(constraints.format)}")
    return tuple(phrases)


def _of_list(constraints: ir.Constraints) -> list[str]:
    return _between(constraints.min_items, constraints.max_items, "item")


def _between(least: int | None, most: int | None, unit: str) -> list[str]:
    if least is not None and most is not None:
        numbers = f"{least}" if least == most else f"{least} to {most}"
        return [f"{numbers} {unit}{'' if numbers == '1' else 's'}"]
    if least:
        return [f"at least {least} {unit}{'' if least == 1 else 's'}"]
    if most is not None:
        return [f"at most {most} {unit}{'' if most == 1 else 's'}"]
    return []
