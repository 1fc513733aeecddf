"""Who gets a name that several things claim: fixed rules, without numbers, whatever the order.

Each claimant lists the names that it would have, the best first. In each round every claimant
without a name asks for its next one; of those that ask for one name, the claimant of the least
rank gets it. A name that somebody got in an earlier round is not given again, so a claimant that
has to move never takes the first choice of another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ..diagnostics import Span
from ..frozen import dataclass

Rank: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that needs a name among others.

    Attributes:
        names: The names that it would have, the best first; "" asks for nothing in that round.
            After the last, the first is asked for with underscores at its end.
        shown: What the description calls it.
        span: Where it is.
        rank: The least rank keeps a name; two things of one scope should differ in it.
        key: What settings rename it by; None: the name that it gets, inside the scope's own key.
        other_keys: Further keys that settings may use for it.
        kind: What it is to the frontend, which says how the description renames it.
        fixed: Whether it has its first name whatever the others are (an inherited field).
        silent: Whether a move goes without a warning, since it is no clash in the description.
        plain: The name that it would have alone, where that is not the first of `names`.
    """

    names: tuple[str, ...]
    shown: str
    span: Span
    rank: Rank = ()
    key: str | None = None
    other_keys: tuple[str, ...] = ()
    kind: str | None = None
    fixed: bool = False
    silent: bool = False
    plain: str = ""


def distance(name: str, wire: str) -> int:
    """The distance of a name from the description: 0 is the same name, 1 the same with a suffix for
    a reserved word, 2 anything else. The nearest claimant keeps a name."""
    return 0 if name == wire else 1 if name == f"{wire}_" else 2


def assign(wanted: Sequence[tuple[Sequence[str], Rank]], *, fold: bool = False) -> list[str]:
    """The name of each claimant, which is given by its names and its rank.

    With `fold`, names that differ in case only are one.
    """
    first = [names[0] if names else "" for names, _ in wanted]
    if all(first) and len({_folded(name, fold) for name in first}) == len(first):
        return first
    found = [""] * len(wanted)
    taken: set[str] = set()
    waiting = list(range(len(wanted)))
    number = 0
    while waiting:
        asked: dict[str, list[int]] = {}
        for index in waiting:
            name = _choice(wanted[index][0], number)
            if name and _folded(name, fold) not in taken:
                asked.setdefault(_folded(name, fold), []).append(index)
        for key, indices in asked.items():
            best = min(indices, key=lambda index: (wanted[index][1], index))
            found[best] = _choice(wanted[best][0], number)
            taken.add(key)
        waiting = [index for index in waiting if not found[index]]
        number += 1
    return found


def _choice(names: Sequence[str], number: int) -> str:
    if number < len(names):
        return names[number]
    first = next((each for each in names if each), "unnamed")
    return first + "_" * (number - len(names) + 1)


def _folded(name: str, fold: bool) -> str:
    return name.casefold() if fold else name


# --- names for the case that the best one is taken -------------------------------------------


def literal_name(text: str, taken: frozenset[str], *, capital: bool = False) -> str:
    """A text as it is written, with an underscore at its end where that is in `taken`; "" where
    it is no name."""
    name = text[:1].upper() + text[1:] if capital else text
    usable = name.isascii() and name.isidentifier() and not name.startswith("_")
    if not usable:
        return ""
    return f"{name}_" if name in taken else name


_SIGNS = {
    "-": "dash",
    "_": "underscore",
    ".": "dot",
    " ": "space",
    "/": "slash",
    ":": "colon",
    "$": "dollar",
    "@": "at",
    "#": "hash",
    "+": "plus",
    "*": "star",
    "&": "and",
    "%": "percent",
    "!": "not",
    "?": "question mark",
}


def symbols_as_words(text: str) -> str:
    """A text with each sign as words (`a-b` is `a dash b`), by Unicode's names for the rest."""
    return " ".join(_symbols_as_words(text, keep_underscores=True).split())


def in_words(text: str) -> str:
    """A text without usable characters (`***`, an emoji) as words; "" if it is empty."""
    return " ".join(_symbols_as_words(text, keep_underscores=False).split())


def _symbols_as_words(text: str, *, keep_underscores: bool) -> str:
    if f"a{text}".isidentifier() and (keep_underscores or "_" not in text):
        return text
    parts: list[str] = []
    for character in text:
        if f"a{character}".isidentifier() and not (character == "_" and not keep_underscores):
            parts.append(character)
        else:
            parts.append(f" {_SIGNS.get(character) or _unicode_name(character)} ")
    return "".join(parts)


def _unicode_name(character: str) -> str:
    name = unicodedata.name(character, "")
    # Ignores marks that only change the look of the sign before them.
    return "" if name.startswith(("VARIATION SELECTOR", "ZERO WIDTH")) else name.lower()


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order with later repetitions emptied, so that each keeps its round."""
    found: list[str] = []
    for each in names:
        found.append("" if each in found else each)
    return tuple(found)
