"""Normalized forms of names, to find names that are the same.

The rules are Fern's (its importer's `getGeneratedTypeName` and breadcrumbs), so that inline schemas
get the class names of a Fern SDK for the same description.
"""

from __future__ import annotations

import re
from functools import cache

from ...ir import Words


@cache
def key(words: Words) -> str:
    """Equal for names with the same class name, or with the same file name on case-insensitive file
    systems."""
    return re.sub(r"[\W_]+", "", "".join(words)).lower()


@cache
def camel(text: str) -> str:
    """Words joined as by lodash's camelCase, for fallback names."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+", text)
    return "".join(
        part.lower() if index == 0 else part[:1].upper() + part[1:].lower()
        for index, part in enumerate(parts)
    )


def class_key(words: Words) -> str:
    """Equal for names with the same or almost the same class name."""
    return "".join(map(_pascal, words))


@cache
def _pascal(word: str) -> str:
    part = camel(word)
    return part[:1].upper() + part[1:]
