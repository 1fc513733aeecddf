"""Breadcrumbs: the name that a type gets from where it is in the description.

The rules are Fern's (its importer's `getGeneratedTypeName` and breadcrumbs), so that inline
types get the class names that a Fern SDK of the same description has.
"""

from __future__ import annotations

from .frozen import dataclass
from .ir import Words

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


@dataclass(frozen=True, slots=True)
class NameContext:
    """The name that a type gets from its position in the description.

    Attributes:
        words: The breadcrumbs. They are the name of an inline type without a title.
        package: The group that the type belongs to; () is the root.
        owner: The id of the declaration or endpoint that the type was found in.
        long: Longer breadcrumbs, for the case that another type has the name.
        exact: Whether the last of the words was chosen by somebody (`x-fern-type-name`, a type's
            name in a Fern definition).
    """

    words: Words
    package: Words = ()
    owner: str | None = None
    long: Words = ()
    exact: bool = False

    @property
    def id(self) -> str:
        """The id of the declaration of a Fern definition that has this name."""
        return "/".join((*self.package, ".".join(self.words)))

    def add(self, word: str, role: str = "") -> NameContext:
        """The context of a part; `role` sets it apart from a component of the same name."""
        # Not `dataclasses.replace`: this is called for every schema of a description.
        long = (*(self.long or self.words), word)
        if role:
            long = (*long, role)
        return NameContext((*self.words, word), self.package, self.owner, long)

    def inside(self, owner: str) -> NameContext:
        """The same context, for what is found in the declaration `owner`."""
        return NameContext(self.words, self.package, owner, self.long, self.exact)

    def part(self, name: str) -> NameContext:
        """The context of a type that is written inside this one, which owns it."""
        return self.add(name).inside(self.owner or self.id)

    def property(self, name: str) -> NameContext:
        return self.add(name, "Property")

    def item(self) -> NameContext:
        return self.add("Item", "Element")

    def value(self) -> NameContext:
        return self.add("Value", "Entry")

    def variant(self, index: int) -> NameContext:
        return self.add(number_word(index), "Variant")
