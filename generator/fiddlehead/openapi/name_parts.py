"""Breadcrumbs: what a schema is called where it stands, and when two names are one.

The rules are Fern's (its importer's `getGeneratedTypeName` and breadcrumbs), so that inline
schemas get the class names that a Fern SDK of the same description has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..ir import Words

_NUMBERS = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
]
_TENS = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"]


def number_word(index: int) -> str:
    """The name of a variant that has only its index: Zero, One, … TwentyOne."""
    if index < 20:
        return _NUMBERS[index]
    if index < 100:
        tens, ones = divmod(index, 10)
        return _TENS[tens - 2] + (_NUMBERS[ones] if ones else "")
    hundreds, rest = divmod(index, 100)
    return number_word(hundreds) + "Hundred" + (number_word(rest) if rest else "")


def key(words: Words) -> str:
    """Equal for names that would be one class, or one file where case does not count."""
    return re.sub(r"[\W_]+", "", "".join(words)).lower()


def camel(text: str) -> str:
    """Words joined the way lodash's camelCase does it, which spells a fallback name."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+", text)
    return "".join(
        part.lower() if index == 0 else part[:1].upper() + part[1:].lower()
        for index, part in enumerate(parts)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an inline schema stands.

    `words` is its name unless it has a title. `long` says the same in more words, for the case
    that another schema has that name; `owner` is the id of what it was found in.
    """

    words: Words
    package: Words = ()
    owner: str | None = None
    long: Words = ()
    exact: bool = False
    """Whether the last of the words was chosen by somebody (x-fern-type-name)."""

    def add(self, word: str, role: str = "") -> Place:
        """The place of a part; `role` sets it apart from a component of the same name."""
        # Not `dataclasses.replace`: this is called for every schema of a description.
        long = (*(self.long or self.words), word)
        if role:
            long = (*long, role)
        return Place((*self.words, word), self.package, self.owner, long)

    def inside(self, owner: str) -> Place:
        """The same place, for what is found in the schema with an id."""
        return Place(self.words, self.package, owner, self.long, self.exact)

    def property(self, name: str) -> Place:
        return self.add(name, "Property")

    def item(self) -> Place:
        return self.add("Item", "Element")

    def value(self) -> Place:
        return self.add("Value", "Entry")

    def variant(self, index: int) -> Place:
        return self.add(number_word(index), "Variant")


def class_key(words: Words) -> str:
    """Equal where two names are one class: the class name itself, or close to it."""
    parts = (camel(word) for word in words)
    return "".join(part[:1].upper() + part[1:] for part in parts)
