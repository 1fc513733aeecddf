"""The forms of a name by which two names are found to be one.

The rules are Fern's (its importer's `getGeneratedTypeName` and breadcrumbs), so that inline
schemas get the class names that a Fern SDK of the same description has.
"""

from __future__ import annotations

import re
from functools import cache

from ..ir import Words


@cache
def key(words: Words) -> str:
    """Equal for names that would be one class, or one file where case does not count."""
    return re.sub(r"[\W_]+", "", "".join(words)).lower()


@cache
def camel(text: str) -> str:
    """Words joined the way lodash's camelCase does it, which spells a fallback name."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+", text)
    return "".join(
        part.lower() if index == 0 else part[:1].upper() + part[1:].lower()
        for index, part in enumerate(parts)
    )


def class_key(words: Words) -> str:
    """Equal where two names are one class: the class name itself, or close to it."""
    parts = (camel(word) for word in words)
    return "".join(part[:1].upper() + part[1:] for part in parts)
