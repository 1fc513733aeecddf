"""Types as trees of datamodel-code-generator: built from expressions, printed by the library, read
once into `Annotation`, which holds no object of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from .. import ir
from ..frozen import dataclass
from ..literals import literal
from ..package import Annotation, Import
from ..type_expressions import (
    ANY,
    FLOAT,
    LITERAL,
    NONE,
    SCALARS,
    SEQUENCE,
    Call,
    Expression,
    Generic,
    Literals,
    Name,
    OneOf,
    is_none,
    is_set,
)
from .library import library

if TYPE_CHECKING:
    from datamodel_code_generator.imports import Import as LibraryImport
    from datamodel_code_generator.reference import Reference
    from datamodel_code_generator.types import DataType


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a module calls things, where that is not what they are usually called: types by their
    id, imports and builtins by their usual name."""

    types: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])


USUAL = Renamed()
_MOST_TREES = 1_000
"""How many trees are kept for the types that have the same parts: an object of the library takes
about two kilobytes."""


class Annotations:
    """Builds annotations. Those of usual names are built once for all modules.

    `names` has the name of the class of each declaration, and of each variant, by id. With
    `any_or_none`, any value that may be null is `Any | None`, as Fern has it, and not `Any`.
    """

    def __init__(self, names: Mapping[str, str], *, any_or_none: bool = False) -> None:
        self._names = names
        self._any_or_none = any_or_none
        counts = Counter(names.values())
        shared = (id_ for id_, name in names.items() if counts[name] > 1)
        self.ambiguous = {id_: f"{names[id_]}_{index}" for index, id_ in enumerate(sorted(shared))}
        """Types that share a name with others: what they are called here, by id. A module that
        names one has to say what it calls it, for two of one name would be one in a union."""
        self._references: dict[str, Reference] = {}
        self._usual: dict[tuple[Expression, bool], DataType] = {}
        self._read: dict[tuple[Expression, bool, bool], Annotation] = {}

    def release(self) -> None:
        """Frees the objects of the library."""
        self._references.clear()
        self._usual.clear()
        self._read.clear()

    def annotation(
        self,
        type_: Expression,
        renamed: Renamed = USUAL,
        *,
        argument: bool = False,
        none: bool = False,
    ) -> Annotation:
        """The annotation of a type; with `none` one that also takes None, for an `argument` one
        where every list may be any sequence."""
        key = (type_, argument, none)
        if renamed is USUAL and key in self._read:
            return self._read[key]
        tree = self.tree(type_, renamed, argument)
        read = _root(self._optional(tree) if none else tree)
        if renamed is USUAL:
            self._read[key] = read
        return read

    def tree(self, type_: Expression, renamed: Renamed = USUAL, argument: bool = False) -> DataType:
        """The tree of an annotation."""
        if renamed is not USUAL:
            return self._built(type_, renamed, argument)
        key = (type_, argument)
        made = self._usual.get(key)
        if made is None:
            if len(self._usual) > _MOST_TREES:
                self._usual.clear()
                self._references.clear()
            made = self._usual[key] = self._built(type_, renamed, argument)
        return made

    def _built(self, type_: Expression, renamed: Renamed, argument: bool) -> DataType:
        match type_:
            case ir.Primitive():
                return self.tree(SCALARS[type_.kind], renamed, argument)
            case ir.Unknown():
                return self.tree(ANY, renamed, argument)
            case ir.Literal():
                # PEP 586 has no literals of floats.
                form = FLOAT if isinstance(type_.value, float) else Literals((type_,))
                return self.tree(NONE if is_none(type_) else form, renamed, argument)
            case ir.Nullable() if is_none(type_.item):
                return self.tree(NONE, renamed, argument)
            case ir.Nullable():
                return self._optional(self.tree(type_.item, renamed, argument))
            case ir.ListOf():
                return self._list(type_, renamed, argument)
            case ir.MapOf():
                if "dict" in renamed.names:
                    local = Generic(Name("dict"), (type_.key, type_.value))
                    return self.tree(local, renamed, argument)
                key = self.tree(type_.key, renamed, argument)
                value = self.tree(type_.value, renamed, argument)
                return _made(library().Type, data_types=[value], dict_key=key, is_dict=True)
            case ir.UnionOf() | OneOf():
                return self._union(type_, renamed, argument)
            case ir.Ref():
                reference = self._reference(type_.id)
                alias = renamed.types.get(type_.id) or self.ambiguous.get(type_.id)
                return _made(library().Type, reference=reference, alias=alias)
            case Name():
                return _made(
                    library().Type,
                    type=type_.text,
                    alias=_local(type_, renamed),
                    import_=_import(type_),
                )
            case Call():
                text = f"{_local(type_.of, renamed) or type_.of.text}({type_.arguments})"
                return _made(
                    library().Type, type=type_.of.text, alias=text, import_=_import(type_.of)
                )
            case Literals():
                name = _local(LITERAL, renamed) or LITERAL.text
                # The library writes values with `repr`, this project with double quotes.
                values = [each.value for each in type_.values]
                text = f"{name}[{', '.join(map(literal, values))}]"
                return _made(library().Type, literals=values, alias=text, import_=_import(LITERAL))
            case Generic():
                items = [self.tree(each, renamed, argument) for each in type_.items]
                if type_.of is None:
                    return _generic("", None, items)
                return _generic(type_.of.text, _local(type_.of, renamed), items, _import(type_.of))

    def _list(self, type_: ir.ListOf, renamed: Renamed, argument: bool) -> DataType:
        name = Name("set") if is_set(type_) else SEQUENCE if argument else Name("list")
        if name.text in renamed.names:
            # The library writes containers under their usual names.
            return self.tree(Generic(name, (type_.item,)), renamed, argument)
        inner = self.tree(type_.item, renamed, argument)
        if is_set(type_):
            return _made(library().Type, data_types=[inner], is_set=True)
        return _made(
            library().Type, data_types=[inner], is_list=True, use_generic_container=argument
        )

    def _union(self, type_: ir.UnionOf | OneOf, renamed: Renamed, argument: bool) -> DataType:
        flat = dict.fromkeys(_members(type_))
        bare = [each for each in flat if each != NONE]
        if not bare:
            return self.tree(NONE, renamed, argument)
        values = [
            each
            for each in bare
            if isinstance(each, ir.Literal) and not isinstance(each.value, float)
        ]
        if len(values) == len(bare):
            bare = [Literals(tuple(values))]
        members = [self.tree(each, renamed, argument) for each in bare]
        if len(members) > 1:
            return _made(library().Type, data_types=members, is_optional=NONE in flat)
        return self._optional(members[0]) if NONE in flat else members[0]

    def _optional(self, inner: DataType) -> DataType:
        if inner.type == ANY.text and not self._any_or_none:
            return inner
        made = _made(library().Type, data_types=[inner], is_optional=True)
        if made.type_hint != "Any":
            return made
        return _made(
            library().OptionalAny, data_types=[inner], is_optional=True, use_union_operator=True
        )

    def _reference(self, id_: str) -> Reference:
        if id_ not in self._references:
            self._references[id_] = library().Reference(path=id_, name=self._names[id_])
        return self._references[id_]


def _made(kind: type[DataType], **values: Any) -> DataType:
    """A tree of the library that nothing refers back to, so that it is freed with its last user.

    Any: what pydantic checks, for each kind what its fields take.
    """
    made = kind(**values)
    for each in (*made.data_types, *([made.dict_key] if made.dict_key is not None else ())):
        if each.parent is not None:
            each.parent = None
    if made.reference is not None:
        made.reference.children.clear()
    return made


def _members(type_: Expression) -> Iterator[Expression]:
    """The members of a union and of the unions in it: the library takes apart only those that
    cannot be null. The null of a member is the null of the union."""
    match type_:
        case ir.UnionOf() | OneOf():
            for each in type_.members:
                yield from _members(each)
        case ir.Nullable():
            yield from _members(type_.item)
            yield NONE
        case _:
            yield NONE if is_none(type_) else type_


def _local(name: Name, renamed: Renamed) -> str | None:
    """What a module calls something that has another name there; None where it has not."""
    head, dot, rest = name.text.partition(".")
    local = renamed.names.get(head)
    return f"{local}{dot}{rest}" if local is not None else None


def _import(name: Name) -> LibraryImport | None:
    each = name.imported
    if each is None:
        return None
    if each.name:
        return library().Import(from_=each.module, import_=each.name)
    return library().Import(import_=each.module, alias=each.alias or None)


def _generic(
    name: str, local: str | None, items: list[DataType], import_: LibraryImport | None = None
) -> DataType:
    return _made(
        library().Generic,
        type=name,
        alias=local,
        data_types=items,
        import_=import_,
        use_union_operator=True,
    )


# --- reading --------------------------------------------------------------------------------


def _root(tree: DataType) -> Annotation:
    """The annotation of a whole tree, with the imports of all of it."""
    read = _annotation(tree)
    imports = {
        Import(each.from_ or each.import_, each.import_ if each.from_ else "", each.alias or "")
        for each in tree.all_imports
    }
    references = (each.reference.path for each in tree.all_data_types if each.reference)
    return Annotation(
        read.text,
        read.head,
        read.items,
        read.id,
        imports=tuple(sorted(imports)),
        references=tuple(dict.fromkeys(references)),
    )


def _annotation(tree: DataType) -> Annotation:
    text, inner = tree.type_hint, tree.data_types
    if tree.is_dict:
        assert tree.dict_key is not None
        return Annotation(text, "dict", (_annotation(tree.dict_key), _annotation(inner[0])))
    if tree.is_list:
        name = "Sequence" if tree.use_generic_container else "list"
        return Annotation(text, name, (_annotation(inner[0]),))
    if tree.is_set:
        return Annotation(text, "set", (_annotation(inner[0]),))
    if isinstance(tree, library().Generic):
        return Annotation(text, tree.type or "", tuple(map(_annotation, inner)))
    if tree.literals:
        values = (Annotation(literal(each), "") for each in tree.literals)
        return Annotation(text, LITERAL.text, tuple(values))
    if tree.reference is not None:
        return Annotation(text, tree.reference.short_name, id=tree.reference.path)
    if inner:
        return _union(text, tree)
    return Annotation(text, tree.type or "")


_NULL = Annotation("None", "None")


def _union(text: str, tree: DataType) -> Annotation:
    """A union, or a type that may be null, as the library merged it: no member is lost."""
    members: dict[str, Annotation] = {}
    for each in _flat(tree, null=tree.is_optional and text != "Any"):
        if members.setdefault(each.text, each) != each:
            raise RuntimeError(f"two types are called {each.text}")
    if members.pop("None", None) is not None:
        members["None"] = _NULL
    if " | ".join(members) != text:
        raise RuntimeError(f"datamodel-code-generator printed {text} for {', '.join(members)}")
    if len(members) == 1:
        return next(iter(members.values()))
    return Annotation(text, Annotation.UNION, tuple(members.values()))


def _flat(tree: DataType, *, null: bool) -> Iterator[Annotation]:
    for each in tree.data_types:
        yield from _annotation(each).alternatives
    if null:
        yield _NULL
