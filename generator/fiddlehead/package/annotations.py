"""A type as a module writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from ..frozen import dataclass
from .imports import Import


@dataclass(frozen=True, slots=True)
class Annotation:
    """A type as a module writes it: the tree of the type compiler, read once (typing_.py).

    `head` is what stands before the brackets, under its usual name: "list", "Literal", "uuid.UUID",
    the name of a class, or `UNION`. `items` are what is in the brackets, or the members of a union.
    `id` is that of the declaration, or of the variant's class, that is named.
    """

    UNION: ClassVar[str] = "|"

    text: str
    """All of it on one line."""
    head: str
    items: tuple[Annotation, ...] = ()
    id: str | None = None
    imports: tuple[Import, ...] = field(default=(), compare=False, repr=False)
    """What the whole type needs, in the usual names; of the root of a tree only."""
    references: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The ids of everything that the whole type names; of the root of a tree only."""

    def __str__(self) -> str:
        return self.text

    @property
    def shown(self) -> str:
        """All of it on one line, in the names that users know."""
        if self.head == self.UNION:
            return " | ".join(each.shown for each in self.items)
        if self.items:
            return f"{self.head}[{', '.join(each.shown for each in self.items)}]"
        return self.text if self.id is None else self.head

    @property
    def alternatives(self) -> tuple[Annotation, ...]:
        """The members of a union; of any other type, itself."""
        return self.items if self.head == self.UNION else (self,)

    @property
    def inner(self) -> str:
        """What is in the brackets, on one line."""
        return ", ".join(each.text for each in self.items)

    @property
    def usual(self) -> bool:
        """Whether the module calls what stands before the brackets as it is usually called."""
        return self.text == f"{self.head}[{self.inner}]"

    def walk(self) -> Iterator[Annotation]:
        """The type and all types inside it."""
        yield self
        for each in self.items:
            yield from each.walk()
