"""The environment of an API without a default one."""

from typing import TypeVar

E = TypeVar("E")


def chosen(environment: E | None) -> E:
    """``environment``; ValueError if it is missing."""
    if environment is None:
        raise ValueError("pass the argument base_url or environment")
    return environment
