"""The annotation of a type in a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from ..frozen import dataclass
from .imports import Import


@dataclass(frozen=True, slots=True)
class Annotation:
    """A type as printed in a module, read from the tree of `typing_`.

    `head` is the part before the brackets, under its usual name: "list", "Literal", "uuid.UUID", a
    class name, or `UNION`. `items` are the arguments in the brackets, or the members of a union.
    `id` is that of the declaration, or of the variant's class.
    """

    UNION: ClassVar[str] = "|"

    text: str
    """The whole annotation on one line."""
    head: str
    items: tuple[Annotation, ...] = ()
    id: str | None = None
    imports: tuple[Import, ...] = field(default=(), compare=False, repr=False)
    """The imports of the whole type, with the usual names; only for the root of a tree."""
    references: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The ids of all declarations in the whole type; only for the root of a tree."""

    def __str__(self) -> str:
        return self.text

    @property
    def shown(self) -> str:
        """The whole annotation on one line, with the usual names."""
        if self.head == self.UNION:
            return " | ".join(argument.shown for argument in self.items)
        if self.items:
            return f"{self.head}[{', '.join(argument.shown for argument in self.items)}]"
        return self.text if self.id is None else self.head

    @property
    def alternatives(self) -> tuple[Annotation, ...]:
        """The members of a union; for other types, the type itself."""
        return self.items if self.head == self.UNION else (self,)

    @property
    def inner(self) -> str:
        """The text in the brackets, on one line."""
        return ", ".join(argument.text for argument in self.items)

    @property
    def usual(self) -> bool:
        """Whether the local name of the part before the brackets is its usual name."""
        return self.text == f"{self.head}[{self.inner}]"

    def walk(self) -> Iterator[Annotation]:
        """The type and all types inside it."""
        yield self
        for argument in self.items:
            yield from argument.walk()
