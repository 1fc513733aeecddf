"""Environments without a default, and URLs with variables."""

import re
from collections.abc import Mapping
from typing import TypeVar

_STRUCTURE = re.compile(r"[/?#@\\:%{}\s\x00-\x1f\x7f]")
"""What separates the parts of a URL."""
E = TypeVar("E")


def chosen(environment: E | None) -> E:
    """``environment``; ValueError if it is missing."""
    if environment is None:
        raise ValueError("pass the argument base_url or environment")
    return environment


def templated(
    url: str,
    template: tuple[str, Mapping[str, str | tuple[str, ...]]] | None,
    variables: Mapping[str, str | None],
) -> str:
    """The template with the values of variables, which have defaults; ``url`` if none is set.

    ValueError for a value that would change the structure of the URL.
    """
    text, known = template or (url, {})
    if all(variables.get(name) is None for name in known):
        return url
    for name, values in known.items():
        listed = (values,) if isinstance(values, str) else values
        value = variables.get(name)
        if value is None or value in listed:
            text = text.replace(f"{{{name}}}", listed[0] if value is None else value)
            continue
        forbidden = set(_STRUCTURE.findall(value)) - {*listed[0]}
        if not value or forbidden or {".", ".."} & {*value.split("/")}:
            raise ValueError(f"the variable {name!r} of the URL cannot be {value!r}")
        text = text.replace(f"{{{name}}}", value)
    return text
