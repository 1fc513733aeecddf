"""Compares Python annotations as sets of alternatives, to distinguish wider and narrower types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from ..frozen import dataclass
from ..typing_ import Type
from ..typing_.types import literals

Change = Literal["same", "wider", "narrower", "expected", "other"]
"""The kinds of change. `expected` means wider only by objects, in a union that already has a member
for unknown objects."""

UNKNOWN = "UnknownVariant"
"""The runtime's class for an object that is not one of the variants of a union."""

Key: TypeAlias = tuple[object, ...]
"""A type without local names of modules: the part before the brackets, and the keys of the
arguments."""


_BASES = {
    "int": "float",
    "UnknownStr": "str",
    "OpenStr": "str",
    "UnknownInt": "int",
    "OpenInt": "int",
}
"""Types that type checkers accept as another one: an int as a float (PEP 484), a subclass."""

_COVARIANT = ("Sequence", "Iterable", "Mapping")
"""Generic types that accept the items of narrower ones."""

_LITERALS = {'"': "str", "'": "str", "T": "bool", "F": "bool", "N": "None"}
"""The types of literals by their first character; a number has none."""


@dataclass(frozen=True)
class Annotations:
    """Compares annotations of two packages.

    `renamed` maps old class names to new ones: a renamed class counts as the same. `old` and `new`
    map the current names of type aliases to their targets.
    """

    renamed: Mapping[str, str]
    old: Mapping[str, Type]
    new: Mapping[str, Type]
    models: frozenset[str] = frozenset()
    """The names of the model classes of the new package."""

    def compare(self, old: Type, new: Type) -> Change:
        """The kind of change of an annotation."""
        before, after = self._sets(old, new)
        if before == after:
            return "same"
        if before < after:
            return "expected" if self._expected(before, after - before) else "wider"
        if after < before:
            return "narrower"
        if all(_covers(after, member_key) for member_key in before):
            return "wider"
        # A union inside a list or a map: one argument of one generic type changed.
        head, inside = self._inside(old, new)
        changes = {self.compare(*types) for types in inside} - {"same"}
        if changes == {"expected"}:
            return "expected"
        if head in _COVARIANT and changes and changes <= {"expected", "wider"}:
            return "wider"
        if head in _COVARIANT and changes == {"narrower"}:
            return "narrower"
        return "other"

    def expects(self, old: Type, member: Type) -> bool:
        """Whether a union already has a member for an unknown object such as `member`."""
        return self._expected({*alternatives(old)}, {key(member, {})})

    def _expected(self, before: set[Key], added: set[Key]) -> bool:
        known = any(member_key[0] == UNKNOWN for member_key in before)
        return known and all(member_key[0] in self.models for member_key in added)

    def _inside(self, old: Type, new: Type) -> tuple[str, list[tuple[Type, Type]]]:
        """The only generic type that changed, and its old and new arguments; otherwise none."""
        before, after = alternatives(old, self.renamed), alternatives(new)
        removed = [member for name, member in before.items() if name not in after]
        added = [member for name, member in after.items() if name not in before]
        if len(removed) != 1 or len(added) != 1:
            return "", []
        one, other = removed[0], added[0]
        if one.head != other.head or one.head == "Literal" or len(one.items) != len(other.items):
            return "", []
        return one.head, list(zip(one.items, other.items, strict=True))

    def only_none(self, old: Type, new: Type) -> bool:
        """Whether the only difference is None; then "optional" is reported instead."""
        before, after = self._sets(old, new)
        return before ^ after == {("None",)}

    def old_key(self, annotation: Type) -> Key:
        """The key of an annotation of the old package, with the current names."""
        return key(annotation, self.renamed)

    def _sets(self, old: Type, new: Type) -> tuple[set[Key], set[Key]]:
        before, after = alternatives(old, self.renamed), alternatives(new)
        # A change inside an alias is reported for the alias, not for its uses.
        shared = before.keys() & after.keys()
        removed = [member for name, member in before.items() if name not in shared]
        added = [member for name, member in after.items() if name not in shared]
        if removed and added:
            expanded = _expanded(removed, self.old, self.renamed), _expanded(added, self.new, {})
            return shared | expanded[0], shared | expanded[1]
        return {*before}, {*after}


def _covers(after: set[Key], member: Key) -> bool:
    """Whether a type checker accepts a value of a type where `after` are expected."""
    if member in after or ("Any",) in after:
        return True
    match member:
        case ("Literal", (str(value),)):
            return (_LITERALS.get(value[:1], "int"),) in after
        case (str(name),):
            return (_BASES.get(name),) in after
        case _:
            return False


def _expanded(
    members: Iterable[Type], aliases: Mapping[str, Type], renamed: Mapping[str, str]
) -> set[Key]:
    result: set[Key] = set()
    todo, seen = list(members), set[str]()
    while todo:
        member = todo.pop()
        name = renamed.get(member.head, member.head)
        if member.id is not None and name in aliases and name not in seen:
            seen.add(name)
            todo += alternatives(aliases[name], renamed).values()
        else:
            result.add(key(member, renamed))
    return result


def alternatives(annotation: Type, renamed: Mapping[str, str] | None = None) -> dict[Key, Type]:
    """The members of a union by their keys; for other types, only the type itself.

    `Literal["a", "b"]` counts as two members, so that added and removed values are found.
    """
    return {key(member, renamed or {}): member for member in _flat(annotation)}


def key(annotation: Type, renamed: Mapping[str, str]) -> Key:
    """The key of a type; types with the same key are equal, considering `renamed` classes."""
    head = annotation.head or annotation.text
    if annotation.id is not None:
        head = renamed.get(head, head)
    return (head, *(key(argument, renamed) for argument in annotation.items))


def _flat(annotation: Type) -> list[Type]:
    match annotation.head:
        case Type.UNION:
            return [flat_member for member in annotation.items for flat_member in _flat(member)]
        case "Annotated" | "OptionalTag":
            return _flat(annotation.items[0])
        case "Literal":
            return [literals(value) for value in annotation.literals]
        case _:
            return [annotation]
