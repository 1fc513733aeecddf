"""The constraints of values as text."""

from __future__ import annotations

from . import ir
from .markdown import code
from .queries.lookup import resolved_non_null


def limits(api: ir.Api, type_: ir.Type) -> tuple[str, ...]:
    """The JSON Schema assertions on a value, each a short phrase of Markdown."""
    found = resolved_non_null(api, type_)
    match found:
        case ir.Primitive():
            return _of_value(found.constraints) if found.constraints is not None else ()
        case ir.ListOf():
            phrases = _of_list(found.constraints) if found.constraints is not None else []
            unique = found.unique or ("uniqueItems", "true") in found.assertions
            phrases += ["no item twice"] if unique else []
            phrases += [f"each item {phrase}" for phrase in limits(api, found.item)]
            return tuple(phrases)
        case _:
            return ()


def _of_value(given: ir.Constraints) -> tuple[str, ...]:
    phrases: list[str] = []
    if given.minimum is not None:
        phrases.append(
            f"{'more than' if given.exclusive_minimum else 'at least'} {given.minimum:.15g}"
        )
    if given.maximum is not None:
        phrases.append(
            f"{'less than' if given.exclusive_maximum else 'at most'} {given.maximum:.15g}"
        )
    if given.multiple_of is not None:
        phrases.append(f"a multiple of {given.multiple_of:.15g}")
    phrases += _between(given.min_length, given.max_length, "character")
    if given.pattern is not None:
        phrases.append(f"pattern {code(given.pattern)}")
    if given.format is not None:
        phrases.append(f"format {code(given.format)}")
    return tuple(phrases)


def _of_list(given: ir.Constraints) -> list[str]:
    return _between(given.min_items, given.max_items, "item")


def _between(least: int | None, most: int | None, unit: str) -> list[str]:
    if least is not None and most is not None:
        numbers = f"{least}" if least == most else f"{least} to {most}"
        return [f"{numbers} {unit}{'' if numbers == '1' else 's'}"]
    if least:
        return [f"at least {least} {unit}{'' if least == 1 else 's'}"]
    if most is not None:
        return [f"at most {most} {unit}{'' if most == 1 else 's'}"]
    return []
