"""The environments of an API: without a default one, and URLs with variables."""

from collections.abc import Mapping
from typing import TypeVar

E = TypeVar("E")


def chosen(environment: E | None) -> E:
    """``environment``; ValueError if it is missing."""
    if environment is None:
        raise ValueError("pass the argument base_url or environment")
    return environment


def templated(
    url: str,
    template: tuple[str, Mapping[str, str]] | None,
    variables: Mapping[str, str | None],
) -> str:
    """The template with the values of variables, which have defaults; ``url`` if none is set."""
    text, defaults = template or (url, {})
    if all(variables.get(name) is None for name in defaults):
        return url
    for name, default in defaults.items():
        value = variables.get(name)
        text = text.replace(f"{{{name}}}", default if value is None else value)
    return text
