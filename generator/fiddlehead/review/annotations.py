"""Python annotations as sets of alternatives, so that wider and narrower can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..package import Annotation

Change = Literal["same", "wider", "narrower", "other"]

Key: TypeAlias = tuple[object, ...]
"""A type without what its module calls things: what stands before the brackets, and the keys of
what is inside."""


@dataclass(frozen=True)
class Annotations:
    """Compares annotations of two packages.

    `renamed` maps names of classes, old to new: what was renamed counts as the same. `old` and
    `new` map the names of type aliases, as they are today, to what they stand for.
    """

    renamed: Mapping[str, str]
    old: Mapping[str, Annotation]
    new: Mapping[str, Annotation]

    def compare(self, old: Annotation, new: Annotation) -> Change:
        """How an annotation changed."""
        before, after = self._sets(old, new)
        if before == after:
            return "same"
        if before < after:
            return "wider"
        return "narrower" if after < before else "other"

    def only_none(self, old: Annotation, new: Annotation) -> bool:
        """Whether nothing but None makes the difference, which "optional" says as well."""
        before, after = self._sets(old, new)
        return before ^ after == {("None",)}

    def old_key(self, annotation: Annotation) -> Key:
        """The key of an annotation of the old package, with the names of today."""
        return key(annotation, self.renamed)

    def _sets(self, old: Annotation, new: Annotation) -> tuple[set[Key], set[Key]]:
        before, after = alternatives(old, self.renamed), alternatives(new)
        # What changed inside an alias is said of the alias, not of everyone who uses it.
        shared = before.keys() & after.keys()
        gone = [each for name, each in before.items() if name not in shared]
        come = [each for name, each in after.items() if name not in shared]
        if gone and come:
            expanded = _expanded(gone, self.old, self.renamed), _expanded(come, self.new, {})
            return shared | expanded[0], shared | expanded[1]
        return {*before}, {*after}


def _expanded(
    members: Iterable[Annotation], aliases: Mapping[str, Annotation], renamed: Mapping[str, str]
) -> set[Key]:
    found: set[Key] = set()
    todo, seen = list(members), set[str]()
    while todo:
        member = todo.pop()
        name = renamed.get(member.head, member.head)
        if member.id is not None and name in aliases and name not in seen:
            seen.add(name)
            todo += alternatives(aliases[name], renamed).values()
        else:
            found.add(key(member, renamed))
    return found


def alternatives(
    annotation: Annotation, renamed: Mapping[str, str] | None = None
) -> dict[Key, Annotation]:
    """The members of the union that an annotation is, by their keys; one for anything else.

    `Literal["a", "b"]` counts as two, so that a value more or less shows.
    """
    return {key(each, renamed or {}): each for each in _flat(annotation)}


def key(annotation: Annotation, renamed: Mapping[str, str]) -> Key:
    """What has the same key is the same type, where classes were `renamed`."""
    head = annotation.head or annotation.text
    if annotation.id is not None:
        head = renamed.get(head, head)
    return (head, *(key(each, renamed) for each in annotation.items))


def _flat(annotation: Annotation) -> list[Annotation]:
    match annotation.head:
        case Annotation.UNION:
            return [each for member in annotation.items for each in _flat(member)]
        case "Annotated":
            return _flat(annotation.items[0])
        case "Literal":
            return [
                Annotation(f"Literal[{each.text}]", "Literal", (each,)) for each in annotation.items
            ]
        case _:
            return [annotation]
