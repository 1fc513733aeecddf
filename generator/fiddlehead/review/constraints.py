"""Compares constraints of values, and the sets of values that types accept."""

from __future__ import annotations

import re
from typing import Literal

from .. import ir
from .finding_collector import Collector
from .type_display import Core, values
from .value_location import ValueLocation

_NONE = ir.Constraints()
_INTEGERS = ("integer", "long", "uint", "uint64")
_FLOATS = ("float", "double")
_NUMBERS = (*_INTEGERS, *_FLOATS)
_TEXTS = ("date", "date-time", "date-time-rfc-2822", "uuid", "base64", "bigint")


Relation = Literal["wider", "narrower", "width", "chosen", "opened", "other"]


def relation(old: Core, new: Core) -> Relation:
    """How the set of values that a type accepts changed.

    width: an integer or a number of another size. chosen, opened: the type became an enum, or is no
    longer one.
    """
    if isinstance(old, ir.Primitive) and isinstance(new, ir.Primitive):
        for family in (_INTEGERS, _FLOATS):
            if old.kind in family and new.kind in family:
                return "width"
    if values(new) is not None and _is_base_of(old, new):
        return "chosen"
    if values(old) is not None and _is_base_of(new, old):
        return "opened"
    if contains(new, old):
        return "wider"
    return "narrower" if contains(old, new) else "other"


def _is_base_of(base: Core, choice: Core) -> bool:
    """Whether every value of an enum has a primitive type."""
    if not isinstance(base, ir.Primitive):
        return False
    kinds = {type(value.value) for value in values(choice) or ()}
    if base.kind == "string":
        return kinds == {str}
    if base.kind == "boolean":
        return kinds == {bool}
    return base.kind in _NUMBERS and kinds <= {int, float}


def contains(wide: Core, narrow: Core) -> bool:
    """Whether a type accepts all values of another type, and more."""
    if isinstance(wide, ir.Unknown):
        return True
    if isinstance(wide, ir.MapOf) and isinstance(narrow, ir.Model):
        return isinstance(wide.value, ir.Unknown)
    if not (isinstance(wide, ir.Primitive) and isinstance(narrow, ir.Primitive)):
        return False
    if wide.kind == "string":
        return narrow.kind in _TEXTS
    if wide.kind in ("float", "double"):
        return narrow.kind in (*_INTEGERS, "float")
    if wide.kind in ("long", "uint64"):
        return narrow.kind in ("integer", "uint")
    return False


def compare_constraints(
    collector: Collector, at: ValueLocation, old: ir.Constraints | None, new: ir.Constraints | None
) -> None:
    """Find constraints that were added, tightened, loosened or changed."""
    before, after = old or _NONE, new or _NONE
    if before == after:
        return
    _limit(collector, at, "max", _maximum(before), _maximum(after), upper=True)
    _limit(collector, at, "min", _minimum(before), _minimum(after), upper=False)
    _limit(collector, at, "max-length", before.max_length, after.max_length, upper=True)
    _limit(collector, at, "min-length", before.min_length, after.min_length, upper=False)
    _limit(collector, at, "max-items", before.max_items, after.max_items, upper=True)
    _limit(collector, at, "min-items", before.min_items, after.min_items, upper=False)
    if before.pattern != after.pattern:
        change = (
            "added" if before.pattern is None else "removed" if after.pattern is None else "changed"
        )
        text = f"The pattern of '{at.location}' was {change}"
        collector.add_at(at, f"pattern-{change}", text, before.pattern, after.pattern)
    for name, label in (("format", "format"), ("multiple_of", "'multipleOf'")):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            change = "added" if was is None else "removed" if now is None else "changed"
            text = f"The {label} of '{at.location}' was {change}"
            collector.add_at(at, f"constraint-{change}", text, was, now)


def compare_assertions(
    collector: Collector, at: ValueLocation, old: ir.Assertions, new: ir.Assertions
) -> None:
    """Find changes of JSON Schema keywords that restrict a type in other ways."""
    if old == new:
        return
    before, after = _by_keyword(old), _by_keyword(new)
    for keyword in sorted({*before, *after}):
        was, now = before.get(keyword), after.get(keyword)
        if was == now:
            continue
        if was is None:
            change = "added"
        elif now is None:
            change = "removed"
        else:
            change = _compared(keyword, was, now)
        verb = {"added": "was added to", "removed": "was removed from"}.get(
            change, f"was {change} for"
        )
        lines = [None if limit is None else f"{keyword}: {limit}" for limit in (was, now)]
        collector.add_at(at, f"constraint-{change}", f"'{keyword}' {verb} '{at.location}'", *lines)


def _by_keyword(assertions: ir.Assertions) -> dict[str, str]:
    result: dict[str, list[str]] = {}
    for keyword, value in assertions:
        result.setdefault(keyword, []).append(value)
    return {keyword: ", ".join(values) for keyword, values in result.items()}


def _compared(keyword: str, was: str, now: str) -> str:
    """How the value of a keyword changed: numbers are ordered, schemas are not."""
    bound = {"min": 1, "max": -1}.get(keyword[:3])
    try:
        more = float(now) > float(was)
    except ValueError:
        return "changed"
    if bound is None:
        return "changed"
    return "tightened" if more == (bound > 0) else "loosened"


def _limit(
    collector: Collector,
    at: ValueLocation,
    name: str,
    old: tuple[float, bool] | int | None,
    new: tuple[float, bool] | int | None,
    *,
    upper: bool,
) -> None:
    if old == new:
        return
    keyword = {"max": "maximum", "min": "minimum"}.get(name, re.sub("-.", _capital, name))
    was, now = _display(old, upper=upper), _display(new, upper=upper)
    if new is None:
        change = "increased" if upper else "decreased"
        text = f"'{keyword}' was removed from '{at.location}'"
    elif old is None:
        tight = "decreased" if upper else "increased"
        change = "set" if at.direction == "request" else tight
        text = f"'{keyword}' was added to '{at.location}'"
    else:
        change = "increased" if _key(new) > _key(old) else "decreased"
        text = f"'{keyword}' of '{at.location}' was {was} and is {now}"
    lines = [None if limit is None else f"{keyword}: {limit}" for limit in (was, now)]
    collector.add_at(at, f"{name}-{change}", text, *lines)


def _capital(match: re.Match[str]) -> str:
    return match[0][1:].upper()


def _maximum(limits: ir.Constraints) -> tuple[float, bool] | None:
    # If two limits have the same number, the inclusive maximum is greater, hence `not exclusive`.
    return None if limits.maximum is None else (limits.maximum, not limits.exclusive_maximum)


def _minimum(limits: ir.Constraints) -> tuple[float, bool] | None:
    return None if limits.minimum is None else (limits.minimum, limits.exclusive_minimum)


def _key(limit: tuple[float, bool] | int) -> tuple[float, bool]:
    return limit if isinstance(limit, tuple) else (limit, False)


def _display(limit: tuple[float, bool] | int | None, *, upper: bool) -> str | None:
    if not isinstance(limit, tuple):
        return None if limit is None else str(limit)
    value, strict = limit
    return f"{value:.15g} (exclusive)" if strict != upper else f"{value:.15g}"
