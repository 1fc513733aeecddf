"""Breadcrumbs: the name of a type from its location in the description.

The rules are Fern's (its importer's `getGeneratedTypeName` and breadcrumbs), so that inline types
get the class names of a Fern SDK for the same description.
"""

from __future__ import annotations

from ..frozen import dataclass
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
    """The name of a variant that has only an index: Zero, One, … TwentyOne."""
    if index < 20:
        return _NUMBERS[index]
    if index < 100:
        tens, ones = divmod(index, 10)
        return _TENS[tens - 2] + (_NUMBERS[ones] if ones else "")
    hundreds, rest = divmod(index, 100)
    return number_word(hundreds) + "Hundred" + (number_word(rest) if rest else "")


@dataclass(frozen=True, slots=True)
class NameContext:
    """The context of a type for its name.

    Attributes:
        words: The breadcrumbs: the name of an inline type without a title.
        package: The group of the type; () is the root.
        owner: The id of the declaration or endpoint that contains the type.
        long: Longer breadcrumbs, used if another type has the name.
        exact: Whether the last word is an explicit name (`x-fern-type-name`, or a type's name in a
        Fern definition).
    """

    words: Words
    package: Words = ()
    owner: str | None = None
    long: Words = ()
    exact: bool = False

    @property
    def id(self) -> str:
        """The id of the Fern declaration with this name."""
        return "/".join((*self.package, ".".join(self.words)))

    def add(self, word: str, role: str = "") -> NameContext:
        """The context of a part; `role` distinguishes it from a component with the same name."""
        # Not `dataclasses.replace`, because this is called for every schema of a description.
        long = (*(self.long or self.words), word)
        if role:
            long = (*long, role)
        return NameContext((*self.words, word), self.package, self.owner, long)

    def inside(self, owner: str) -> NameContext:
        """The same context for types inside the declaration `owner`."""
        return NameContext(self.words, self.package, owner, self.long, self.exact)

    def part(self, name: str) -> NameContext:
        """The context of an inline type, which this one owns."""
        return self.add(name).inside(self.owner or self.id)

    def property(self, name: str) -> NameContext:
        return self.add(name, "Property")

    def item(self) -> NameContext:
        return self.add("Item", "Element")

    def value(self) -> NameContext:
        return self.add("Value", "Entry")

    def variant(self, index: int) -> NameContext:
        return self.add(number_word(index), "Variant")
