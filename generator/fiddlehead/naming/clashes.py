"""Assigns names that several elements claim, by fixed rules without numbers, independent of order.

Each claimant lists its candidates, the best first. In each round, every claimant without a name
requests its next candidate; of those with the same candidate, the claimant with the lowest rank
gets it. A name that was assigned in an earlier round is not available, so a claimant that has to
move never takes the first choice of another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, overload

from ..diagnostics import Span
from ..frozen import dataclass

Rank: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """An element that needs a unique name.

    Attributes:
        names: The candidates, the best first; "" skips a round. After the last one, the first
        candidate with underscores at the end is used.
        display_name: The name of the element in messages.
        span: Its location.
        rank: The lowest rank keeps a name; ranks in one scope should be different.
        key: The key with which settings rename it; None means its name, inside the scope's own key.
        other_keys: Other keys that settings may use for it.
        kind: Its kind in the frontend, which determines how the description can rename it.
        fixed: Whether it gets its first name in any case (an inherited field).
        silent: Whether no warning is given, because the description has no clash.
        plain: Its name without other elements, if that is not the first candidate.
    """

    names: Sequence[str]
    display_name: str
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
    a reserved word, 2 anything else. The claimant with the smallest distance keeps a name."""
    return 0 if name == wire else 1 if name == f"{wire}_" else 2


def assign(wanted: Sequence[tuple[Sequence[str], Rank]], *, fold: bool = False) -> list[str]:
    """The name of each claimant, from its candidates and its rank.

    With `fold`, names that differ only in case are the same.
    """
    first = first_choices([names for names, _ in wanted], fold=fold)
    if first is not None:
        return first
    result = [""] * len(wanted)
    taken: set[str] = set()
    waiting = list(range(len(wanted)))
    number = 0
    while waiting:
        claims_by_name: dict[str, list[int]] = {}
        for index in waiting:
            name = _choice(wanted[index][0], number)
            if name and _folded(name, fold) not in taken:
                claims_by_name.setdefault(_folded(name, fold), []).append(index)
        for key, indices in claims_by_name.items():
            best = min(indices, key=lambda index: (wanted[index][1], index))
            result[best] = _choice(wanted[best][0], number)
            taken.add(key)
        waiting = [index for index in waiting if not result[index]]
        number += 1
    return result


def first_choices(wanted: Sequence[Sequence[str]], *, fold: bool = False) -> list[str] | None:
    """The best candidate of each claimant; None if one has none or two have the same."""
    first = [names[0] if names else "" for names in wanted]
    distinct_names = set(map(str.casefold, first)) if fold else set(first)
    return first if len(distinct_names) == len(first) and "" not in distinct_names else None


def _choice(names: Sequence[str], number: int) -> str:
    if number == 0 and names:
        return names[0]
    if number < len(names):
        return names[number]
    first = next((name for name in names if name), "unnamed")
    return first + "_" * (number - len(names) + 1)


def _folded(name: str, fold: bool) -> str:
    return name.casefold() if fold else name


# --- names for the case that the best one is taken -------------------------------------------


def literal_name(text: str, taken: frozenset[str], *, capital: bool = False) -> str:
    """A text as written, with an underscore at the end if it is in `taken`; "" if it is not an
    identifier."""
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
    """A text with each symbol as words (`a-b` is `a dash b`), using Unicode names for uncommon
    ones."""
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
    # Ignores variation selectors, which only affect the look of a symbol.
    return "" if name.startswith(("VARIATION SELECTOR", "ZERO WIDTH")) else name.lower()


class Candidates(Sequence[str]):
    """Candidates for a name, of which all but the first are made when they are needed: few names
    clash."""

    __slots__ = ("_all", "_first", "_others")

    def __init__(self, first: str, others: Callable[[], Sequence[str]]) -> None:
        self._first = first
        self._others = others
        self._all: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self._complete())

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._first if index == 0 else self._complete()[index]

    def _complete(self) -> tuple[str, ...]:
        self._all = self._all or distinct((self._first, *self._others()))
        return self._all


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names with later duplicates replaced by "", so that each keeps its round."""
    result: list[str] = []
    for name in names:
        result.append("" if name in result else name)
    return tuple(result)
