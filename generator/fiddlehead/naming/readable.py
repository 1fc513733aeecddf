"""Shortens names: removes hashes from ids, and words from the middle of long names.

Each rule uses only the name, so the same name is shortened in the same way everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

LONGEST = 60
"""The maximum length of a name, in characters."""

_DIGEST = r"(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}"
_HASH = re.compile(
    rf"(?<![0-9a-z])(?:[0-9a-f]{{8}}(?:[-_][0-9a-f]{{4}}){{3}}[-_][0-9a-f]{{12}}|{_DIGEST})"
    r"(?![0-9a-z])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9_]+|_+")


@cache
def without_hashes(text: str) -> str:
    """An id without hexadecimal digests and UUIDs; unchanged if nothing else would remain."""
    result = _HASH.sub("", text)
    return result if re.search(r"[^\W\d_]", result) else text


def shortened(name: str) -> str:
    """A class name of at most `LONGEST` characters, with words removed from the middle."""
    return "".join(_fitting(_WORD.findall(name), 0)) if len(name) > LONGEST else name


def shortened_snake(name: str) -> str:
    """The same for a name in snake case."""
    return "_".join(_fitting(name.split("_"), 1)) if len(name) > LONGEST else name


def _fitting(words: Sequence[str], between: int) -> list[str]:
    """Removes words from the middle until the rest fits."""
    left = list(words)
    while len(left) > 1 and sum(map(len, left)) + between * (len(left) - 1) > LONGEST:
        del left[len(left) // 2]
    return left
