"""Python annotations as sets of alternatives, so that wider and narrower can be told apart."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Change = Literal["same", "wider", "narrower", "expected", "other"]
"""expected: wider by objects only, in a union that already has a member for unknown objects."""

UNKNOWN = "UnknownVariant"
"""The runtime's class for an object that is none of the variants of a union."""


@dataclass(frozen=True)
class Annotations:
    """Compares annotations of two packages.

    `renamed` maps names of classes, old to new: what was renamed counts as the same. `old` and
    `new` map the names of type aliases to what they stand for.
    """

    renamed: Mapping[str, str]
    old: Mapping[str, str]
    new: Mapping[str, str]
    models: frozenset[str] = frozenset()
    """The names of the model classes of the new package."""

    def compare(self, old: str, new: str) -> Change:
        """How an annotation changed."""
        before, after = self._sets(old, new)
        if before == after:
            return "same"
        if before < after:
            return "expected" if self._expected(before, after - before) else "wider"
        if after < before:
            return "narrower"
        # A union inside a list or a map: a change of one argument of one generic type.
        inside = _inside(before - after, after - before)
        if inside and all(self.compare(*each) in ("same", "expected") for each in inside):
            return "expected"
        return "other"

    def expects(self, old: str, member: str) -> bool:
        """Whether a union already has a member for what `member` is: an object."""
        return self._expected(alternatives(old), frozenset((member,)))

    def _expected(self, before: frozenset[str], come: frozenset[str]) -> bool:
        known = any(_last_name(each) == UNKNOWN for each in before)
        return known and all(_last_name(each) in self.models for each in come)

    def only_none(self, old: str, new: str) -> bool:
        """Whether nothing but None makes the difference, which "optional" says as well."""
        before, after = self._sets(old, new)
        return before ^ after == frozenset({"None"})

    def translate(self, annotation: str) -> str:
        """An annotation of the old package with the names of today."""
        return translate(annotation, self.renamed)

    def _sets(self, old: str, new: str) -> tuple[frozenset[str], frozenset[str]]:
        before, after = alternatives(self.translate(old)), alternatives(new)
        # What changed inside an alias is said of the alias, not of everyone who uses it.
        shared = before & after
        gone, come = before - shared, after - shared
        if gone and come:
            gone, come = self._expanded(gone, self.old, old=True), self._expanded(come, self.new)
        return shared | gone, shared | come

    def _expanded(
        self, members: frozenset[str], aliases: Mapping[str, str], *, old: bool = False
    ) -> frozenset[str]:
        found: set[str] = set()
        todo, seen = list(members), set[str]()
        while todo:
            member = todo.pop()
            if member in aliases and member not in seen:
                seen.add(member)
                value = aliases[member]
                todo += alternatives(self.translate(value) if old else value)
            else:
                found.add(member)
        return frozenset(found)


@lru_cache(maxsize=20_000)
def readable(annotation: str) -> str:
    """An annotation without what `Annotated` adds for the runtime, as users of the type know it."""
    if "Annotated[" not in annotation:
        return annotation
    try:
        tree = ast.parse(annotation, mode="eval")
    except SyntaxError:
        return annotation
    return ast.unparse(_Reader().visit(tree))


class _Reader(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if _last(node.value) == "Annotated" and isinstance(node.slice, ast.Tuple):
            return self.visit(node.slice.elts[0])  # type: ignore[no-any-return]  # an expression
        return node if _last(node.value) == "Literal" else self.generic_visit(node)


def _last_name(member: str) -> str:
    return member.rpartition(".")[2]


def _inside(gone: frozenset[str], come: frozenset[str]) -> list[tuple[str, str]]:
    """The arguments, old and new, of the one generic type that changed; [] for anything else."""
    if len(gone) != 1 or len(come) != 1:
        return []
    old, new = (ast.parse(next(iter(each)), mode="eval").body for each in (gone, come))
    if not (isinstance(old, ast.Subscript) and isinstance(new, ast.Subscript)):
        return []
    if ast.unparse(old.value) != ast.unparse(new.value) or _last(old.value) == "Literal":
        return []
    before, after = _arguments(old), _arguments(new)
    if len(before) != len(after):
        return []
    pairs = zip(before, after, strict=True)
    return [(ast.unparse(one), ast.unparse(other)) for one, other in pairs]


def _arguments(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


@lru_cache(maxsize=20_000)
def alternatives(annotation: str) -> frozenset[str]:
    """The members of the union that an annotation is; one for anything else.

    `Literal["a", "b"]` counts as two, so that a value more or less shows.
    """
    try:
        tree = ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return frozenset((annotation,))
    return frozenset(_flat(tree))


def translate(annotation: str, renamed: Mapping[str, str]) -> str:
    """An annotation with the names of today."""
    if not renamed:
        return annotation
    try:
        tree = ast.parse(annotation, mode="eval")
    except SyntaxError:
        return annotation
    return ast.unparse(_Translator(renamed).visit(tree))


class _Translator(ast.NodeTransformer):
    def __init__(self, renamed: Mapping[str, str]) -> None:
        self._renamed = renamed

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._renamed.get(node.id, node.id), node.ctx)

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        # A forward reference; the values of a Literal are left alone by visit_Subscript.
        if isinstance(node.value, str):
            return ast.Constant(translate(node.value, self._renamed))
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return node if _last(node.value) == "Literal" else self.generic_visit(node)


def _flat(node: ast.expr) -> list[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_flat(node.left), *_flat(node.right)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return sorted(alternatives(node.value))
    if isinstance(node, ast.Subscript):
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        name = _last(node.value)
        if name == "Optional":
            return [*_flat(inside[0]), "None"]
        if name == "Union":
            return [each for member in inside for each in _flat(member)]
        if name == "Annotated":
            return _flat(inside[0])
        if name == "Literal":
            return [f"Literal[{ast.unparse(value)}]" for value in inside]
    return [ast.unparse(node)]


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
