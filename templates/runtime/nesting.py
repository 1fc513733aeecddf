"""Members of arrays and objects in URLs, headers and cookies.

As in RFC 6570, section 2.3, nulls are left out, and so are arrays and objects without
members.
"""

import contextlib
from collections.abc import Generator
from typing import Any

Json = dict[str, Any] | list[Any] | str | int | float | bool | None


@contextlib.contextmanager
def limited() -> Generator[None, None, None]:
    """Raises ValueError instead of RecursionError."""
    try:
        yield
    except RecursionError as error:
        raise ValueError(f"a value is nested too deep ({error})") from error


def members(value: Json, name: str = "") -> list[tuple[str, Any]]:
    """The members of an array or object; array items are named ``name``."""
    if isinstance(value, dict):
        pairs = [*value.items()]
    else:
        pairs = [(name, x) for x in (value if isinstance(value, list) else [value])]
    return [(key, item) for key, item in pairs if _is_defined(item)]


def flat(value: Json) -> list[Any]:
    """The items of an array; the names and values of an object, one after the other."""
    if isinstance(value, dict):
        return [item for member in members(value) for item in member]
    return [item for _, item in members(value)]


def _is_defined(value: Json) -> bool:
    if isinstance(value, (dict, list)):
        return any(
            map(_is_defined, value.values() if isinstance(value, dict) else value)
        )
    return value is not None
