"""Types as trees of datamodel-code-generator: built from expressions, printed by the library, and
read into `Annotation`, which has no objects of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import cast

from datamodel_code_generator.imports import Import as LibraryImport
from datamodel_code_generator.reference import Reference
from datamodel_code_generator.types import DataType

from .. import ir
from ..frozen import replace
from ..literals import literal
from ..package import Annotation, Import
from ..type_expressions import (
    ANY,
    FLOAT,
    LITERAL,
    NONE,
    SCALARS,
    SEQUENCE,
    USUAL,
    Call,
    Expression,
    Generic,
    Literals,
    Name,
    OneOf,
    Renamed,
    is_none,
    is_set,
    optional,
)

_MOST_TREES = 1_000
"""The maximum number of cached trees: an object of the library takes about two kilobytes."""


class Type(DataType):
    """A type in the syntax of Python 3.10."""

    use_standard_collections: bool = True
    use_union_operator: bool = True


class GenericType(Type):
    """A generic class; the library itself supports only containers."""

    @property
    def type_hint(self) -> str:
        return (
            f"{self.alias or self.type}[{', '.join(type_.type_hint for type_ in self.data_types)}]"
        )


class OptionalAny(Type):
    """`Any | None`, which the library would shorten, and an optional class named `Any`."""

    @property
    def type_hint(self) -> str:
        return f"{self.data_types[0].type_hint} | None"


class Annotations:
    """Builds annotations. Those with usual names are built once for all modules.

    `names` has the class name of each declaration and variant, by id. With `any_or_none`, a
    nullable value of any type is `Any | None`, as in Fern, instead of `Any`.
    """

    def __init__(self, names: Mapping[str, str], *, any_or_none: bool = False) -> None:
        self.names = names
        self.any_or_none = any_or_none
        counts = Counter(names.values())
        shared = sorted(id_ for id_, name in names.items() if counts[name] > 1)
        self.ambiguous = {id_: f"{names[id_]}_{index}" for index, id_ in enumerate(shared)}
        """Types that share a name with others: their distinct names, by id. A module that uses one
        of them must give its local name, because two with the same name would be merged in a union.
        """
        self._usual = {form: Trees(self, USUAL, form) for form in (False, True)}

    def annotation(
        self,
        type_: Expression,
        renamed: Renamed = USUAL,
        *,
        argument: bool = False,
        none: bool = False,
    ) -> Annotation:
        """The annotation of a type; with `none`, None is allowed too, and for an `argument`, lists
        are sequences."""
        return self.trees(renamed, argument).annotation(optional(type_) if none else type_)

    def trees(self, renamed: Renamed = USUAL, argument: bool = False) -> Trees:
        """The trees of a module with the local names in `renamed`."""
        return self._usual[argument] if renamed is USUAL else Trees(self, renamed, argument)

    def release(self) -> None:
        """Free the objects of the library."""
        for trees in self._usual.values():
            trees.release()


class Trees:
    """Builds the trees of annotations, either with sequences for lists (`argument`) or without."""

    def __init__(self, annotations: Annotations, renamed: Renamed, argument: bool) -> None:
        self._annotations = annotations
        self._renamed = renamed
        self._argument = argument
        self._trees: dict[Expression, DataType] = {}
        self._read: dict[Expression, Annotation] = {}

    def release(self) -> None:
        self._trees.clear()

    def annotation(self, type_: Expression) -> Annotation:
        """The annotation of a type, with the imports and references of the whole type."""
        printed = self._read.get(type_)
        if printed is None:
            printed = self._read[type_] = _root(self.tree(type_))
        return printed

    def tree(self, type_: Expression) -> DataType:
        """The tree of a type. Nothing in it refers back, so that it is freed with its last user."""
        tree = self._trees.get(type_)
        if tree is None:
            if len(self._trees) > _MOST_TREES:
                self._trees.clear()
            tree = self._trees[type_] = self._built(type_)
            for item in (*tree.data_types, *([tree.dict_key] if tree.dict_key else [])):
                item.parent = None
            if tree.reference is not None:
                tree.reference.children.clear()
        return tree

    def _built(self, type_: Expression) -> DataType:
        match type_:
            case ir.Primitive():
                return self.tree(SCALARS[type_.kind])
            case ir.Unknown():
                return self.tree(ANY)
            case ir.Literal(value=None):
                return self.tree(NONE)
            case ir.Literal(value=float()):
                return self.tree(FLOAT)  # PEP 586 does not allow literals of floats.
            case ir.Literal():
                return self.tree(Literals((type_,)))
            case ir.ListOf():
                list_ = SEQUENCE if self._argument else Name("list")
                return self._container(Name("set") if is_set(type_) else list_, type_.item)
            case ir.MapOf():
                return self._container(Name("dict"), type_.key, type_.value)
            case ir.Nullable() | ir.UnionOf() | OneOf():
                return self._union(type_)
            case ir.Ref(id=id_):
                alias = self._renamed.types.get(id_) or self._annotations.ambiguous.get(id_)
                reference = Reference(path=id_, name=self._annotations.names[id_])
                return Type(reference=reference, alias=alias)
            case Name():
                return Type(type=type_.text, alias=self._local(type_), import_=_import(type_))
            case Call(of=of):
                text = f"{self._local(of) or of.text}({type_.arguments})"
                return Type(type=of.text, alias=text, import_=_import(of))
            case Literals():
                # The library rejects floats, and writes values with `repr` instead of double
                # quotes.
                values = cast("list[bool | int | str]", [value.value for value in type_.values])
                name = self._local(LITERAL) or LITERAL.text
                text = f"{name}[{', '.join(map(literal, values))}]"
                return Type(literals=values, alias=text, import_=_import(LITERAL))
            case Generic():
                of = type_.of or Name("")
                items = [self.tree(item) for item in type_.items]
                return GenericType(
                    type=of.text, alias=self._local(of), data_types=items, import_=_import(of)
                )

    def _local(self, name: Name) -> str | None:
        """The local name of an element that has another name in the module; None if it has not."""
        head, dot, rest = name.text.partition(".")
        local = self._renamed.names.get(head)
        return f"{local}{dot}{rest}" if local is not None else None

    def _container(self, name: Name, *items: Expression) -> DataType:
        if name.text in self._renamed.names:
            # The library writes containers with their usual names.
            return self.tree(Generic(name, items))
        return Type(
            data_types=[self.tree(items[-1])],
            dict_key=self.tree(items[0]) if name.text == "dict" else None,
            is_dict=name.text == "dict",
            is_set=name.text == "set",
            is_list=name.text in ("list", "Sequence"),
            use_generic_container=name is SEQUENCE,
        )

    def _union(self, type_: ir.Nullable | ir.UnionOf | OneOf) -> DataType:
        members = dict.fromkeys(_members(type_))
        null = NONE in members
        non_null = [member for member in members if member != NONE]
        values = [literal_type for literal_type in non_null if isinstance(literal_type, ir.Literal)]
        values = [value for value in values if not isinstance(value.value, float)]
        if non_null and len(values) == len(non_null):
            non_null = [Literals(tuple(values))]
        trees = [self.tree(type_) for type_ in non_null or (NONE,)]
        if len(trees) > 1:
            return Type(data_types=trees, is_optional=null)
        if not non_null or not null or (non_null == [ANY] and not self._annotations.any_or_none):
            return trees[0]
        result = Type(data_types=trees, is_optional=True)
        return (
            result if result.type_hint != "Any" else OptionalAny(data_types=trees, is_optional=True)
        )


def _members(type_: Expression) -> Iterator[Expression]:
    """The members of a union and of nested unions: the library flattens only unions that are not
    nullable. A nullable member makes the whole union nullable."""
    match type_:
        case ir.UnionOf() | OneOf():
            for member in type_.members:
                yield from _members(member)
        case ir.Nullable():
            yield from _members(type_.item)
            yield NONE
        case ir.Unknown():
            yield ANY
        case _:
            yield NONE if is_none(type_) else type_


def _import(name: Name) -> LibraryImport | None:
    import_ = name.imported
    if import_ is None:
        return None
    if import_.name:
        return LibraryImport(from_=import_.module, import_=import_.name)
    return LibraryImport(import_=import_.module, alias=import_.alias or None)


# --- reading --------------------------------------------------------------------------------


def _root(tree: DataType) -> Annotation:
    """The annotation of a whole tree, with its imports and references."""
    imports = {
        Import(
            import_.from_ or import_.import_,
            import_.import_ if import_.from_ else "",
            import_.alias or "",
        )
        for import_ in tree.all_imports
    }
    references = (type_.reference.path for type_ in tree.all_data_types if type_.reference)
    return replace(
        _annotation(tree),
        imports=tuple(sorted(imports)),
        references=tuple(dict.fromkeys(references)),
    )


def _annotation(tree: DataType) -> Annotation:
    text, items = tree.type_hint, tuple(map(_annotation, tree.data_types))
    if tree.reference is not None:
        return Annotation(text, tree.reference.short_name, id=tree.reference.path)
    if tree.literals:
        values = (Annotation(literal(constant), "") for constant in tree.literals)
        return Annotation(text, LITERAL.text, tuple(values))
    if tree.dict_key is not None:
        return Annotation(text, "dict", (_annotation(tree.dict_key), *items))
    if tree.is_list:
        return Annotation(text, "Sequence" if tree.use_generic_container else "list", items)
    if tree.is_set:
        return Annotation(text, "set", items)
    if tree.type is None:
        return _union(text, items, null=tree.is_optional)
    return Annotation(text, tree.type, items)


_NULL = Annotation("None", "None")


def _union(text: str, items: tuple[Annotation, ...], *, null: bool) -> Annotation:
    """A union or nullable type, as the library merged it: no member may be lost."""
    members = items if not null or text == "Any" else (*items, _NULL)
    by_text = {member.text: member for member in members}
    if any(by_text[member.text] != member for member in members):
        names = [member.text for member in members if by_text[member.text] != member]
        raise RuntimeError(f"two types are called {names[0]}")
    if " | ".join(by_text) != text:
        raise RuntimeError(f"datamodel-code-generator printed {text} for {', '.join(by_text)}")
    return Annotation(text, Annotation.UNION, tuple(by_text.values()))
