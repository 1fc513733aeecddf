"""Python types and classes as trees of datamodel-code-generator; nothing else imports it.

A type is described by an `Expression`: a type of the API, or one of the forms below that an API
has no word for. `Annotations` builds the library's `DataType` for it, has the library print it,
and reads the result into an `Annotation`, which holds no object of the library.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from . import ir
from .package import Annotation, Import

if TYPE_CHECKING:
    from datamodel_code_generator.imports import Import as LibraryImport
    from datamodel_code_generator.reference import Reference
    from datamodel_code_generator.types import DataType


@dataclass(frozen=True)
class Name:
    """A class that is imported, or a builtin: `text` is the name as it is usually written.

    The module of an import may be a path in the generated package: "core/unions.py".
    """

    text: str
    imported: Import | None = None


@dataclass(frozen=True)
class Generic:
    """`of[items]`; without `of` a list of arguments, `[items]`, as `Callable` has it."""

    of: Name | None
    items: tuple[Expression, ...]


@dataclass(frozen=True)
class OneOf:
    """A union with members that an API has no word for."""

    members: tuple[Expression, ...]


@dataclass(frozen=True)
class Call:
    """A call among the arguments of `Annotated`: `Discriminated("type")`; `arguments` is source."""

    of: Name
    arguments: str = ""


@dataclass(frozen=True)
class Literals:
    """`Literal[…]` of several values."""

    values: tuple[ir.Literal, ...]


Expression: TypeAlias = ir.Type | Name | Generic | OneOf | Call | Literals

NONE = Name("None")
ANY = Name("Any", Import("typing", "Any"))
ANNOTATED = Name("Annotated", Import("typing", "Annotated"))
_LITERAL = Name("Literal", Import("typing", "Literal"))
_SEQUENCE = Name("Sequence", Import("collections.abc", "Sequence"))
STR, INT, FLOAT, BOOL, BYTES = (Name(each) for each in ("str", "int", "float", "bool", "bytes"))
OBJECT = Name("object")

_SCALARS: dict[ir.PrimitiveKind, Name] = {
    "string": STR,
    "integer": INT,
    "long": INT,
    "uint": INT,
    "uint64": INT,
    # JSON numbers beyond 2**53 travel as text (Fern's bigint).
    "bigint": STR,
    "float": FLOAT,
    "double": FLOAT,
    "boolean": BOOL,
    # Formats are the standard library's types, or text: no dependency, nothing that rejects.
    "date": Name("dt.date", Import("datetime", "", "dt")),
    "date-time": Name("dt.datetime", Import("datetime", "", "dt")),
    "date-time-rfc-2822": STR,
    "uuid": Name("uuid.UUID", Import("uuid")),
    "base64": STR,
    "bytes": BYTES,
}


def imported(module: str, name: str) -> Name:
    """A class of the standard library."""
    return Name(name, Import(module, name))


def core(module: str, name: str) -> Name:
    """A class of the runtime: `core("file", "File")`."""
    return Name(name, Import(f"core/{module}.py", name))


def http(name: str) -> Name:
    """A protocol that a class of each HTTP library meets: `http("Client")`."""
    return Name(f"http_library.{name}", Import("core/__init__.py", "http_library"))


CALLABLE = imported("collections.abc", "Callable")
AWAITABLE = imported("collections.abc", "Awaitable")
ITERATOR = imported("collections.abc", "Iterator")
ASYNC_ITERATOR = imported("collections.abc", "AsyncIterator")


def sequence_of(item: Expression) -> Generic:
    """`Sequence[item]`, of collections.abc."""
    return Generic(_SEQUENCE, (item,))


def list_of(item: Expression) -> Generic:
    """`list[item]`, also for an argument, where a list of the API is any sequence."""
    return Generic(Name("list"), (item,))


def optional(type_: Expression) -> OneOf:
    """A type that may also be None."""
    return OneOf((type_, NONE))


def is_set(type_: ir.ListOf) -> bool:
    """Whether a list of unique items is a set: models cannot be hashed, so a set of them is a
    list."""
    return type_.unique and isinstance(type_.item, ir.Primitive | ir.Literal)


def literal(value: object) -> str:
    """A JSON scalar as a Python literal, with double quotes where they need no escape."""
    if not isinstance(value, str):
        return repr(value)
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text


@dataclass(frozen=True)
class Renamed:
    """What a module calls things, where that is not what they are usually called: types by their
    id, imports and builtins by their usual name."""

    types: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])


_USUAL = Renamed()


class Annotations:
    """Builds annotations. Those of usual names are built once for all modules.

    `names` has the name of the class of each declaration, and of each variant, by id.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        counts = Counter(names.values())
        shared = (id_ for id_, name in names.items() if counts[name] > 1)
        self.ambiguous = {id_: f"{names[id_]}_{index}" for index, id_ in enumerate(sorted(shared))}
        """Types that share a name with others: what they are called here, by id. A module that
        names one has to say what it calls it, for two of one name would be one in a union."""
        self._references: dict[str, Reference] = {}
        self._usual: dict[tuple[Expression, bool], DataType] = {}
        self._read: dict[tuple[Expression, bool, bool], Annotation] = {}

    def annotation(
        self,
        type_: Expression,
        renamed: Renamed = _USUAL,
        *,
        argument: bool = False,
        none: bool = False,
    ) -> Annotation:
        """The annotation of a type; with `none` one that also takes None, for an `argument` one
        where every list may be any sequence."""
        if renamed is not _USUAL:
            return _root(self._tree(type_, renamed, argument, none))
        key = (type_, argument, none)
        if key not in self._read:
            self._read[key] = _root(self._tree(type_, renamed, argument, none))
        return self._read[key]

    def _tree(self, type_: Expression, renamed: Renamed, argument: bool, none: bool) -> DataType:
        built = self._type(type_, renamed, argument)
        return _optional(built) if none else built

    def _type(self, type_: Expression, renamed: Renamed, argument: bool) -> DataType:
        if renamed is not _USUAL:
            return self._built(type_, renamed, argument)
        key = (type_, argument)
        if key not in self._usual:
            self._usual[key] = self._built(type_, renamed, argument)
        return self._usual[key]

    def _built(self, type_: Expression, renamed: Renamed, argument: bool) -> DataType:
        match type_:
            case ir.Primitive():
                return self._type(_SCALARS[type_.kind], renamed, argument)
            case ir.Unknown():
                return self._type(ANY, renamed, argument)
            case ir.Literal():
                # PEP 586 has no literals of floats.
                form = FLOAT if isinstance(type_.value, float) else Literals((type_,))
                return self._type(NONE if is_none(type_) else form, renamed, argument)
            case ir.Nullable() if is_none(type_.item):
                return self._type(NONE, renamed, argument)
            case ir.Nullable():
                return _optional(self._type(type_.item, renamed, argument))
            case ir.ListOf():
                return self._list(type_, renamed, argument)
            case ir.MapOf():
                key = self._type(type_.key, renamed, argument)
                value = self._type(type_.value, renamed, argument)
                if "dict" in renamed.names:
                    return _generic("dict", renamed.names["dict"], [key, value])
                return _library().Type(data_types=[value], dict_key=key, is_dict=True)
            case ir.UnionOf() | OneOf():
                return self._union(type_, renamed, argument)
            case ir.Ref():
                reference = self._reference(type_.id)
                local = renamed.types.get(type_.id) or self.ambiguous.get(type_.id)
                return _library().Type(reference=reference, alias=local)
            case Name():
                return _library().Type(
                    type=type_.text, alias=_local(type_, renamed), import_=_import(type_)
                )
            case Call():
                text = f"{_local(type_.of, renamed) or type_.of.text}({type_.arguments})"
                return _library().Type(type=type_.of.text, alias=text, import_=_import(type_.of))
            case Literals():
                name = _local(_LITERAL, renamed) or _LITERAL.text
                # The library writes values with `repr`, this project with double quotes.
                values = [each.value for each in type_.values]
                text = f"{name}[{', '.join(map(literal, values))}]"
                return _library().Type(literals=values, alias=text, import_=_import(_LITERAL))
            case Generic():
                items = [self._type(each, renamed, argument) for each in type_.items]
                if type_.of is None:
                    return _generic("", None, items)
                return _generic(type_.of.text, _local(type_.of, renamed), items, _import(type_.of))

    def _list(self, type_: ir.ListOf, renamed: Renamed, argument: bool) -> DataType:
        inner = self._type(type_.item, renamed, argument)
        name = "set" if is_set(type_) else "Sequence" if argument else "list"
        if name in renamed.names:
            imported = _import(_SEQUENCE) if name == "Sequence" else None
            return _generic(name, renamed.names[name], [inner], imported)
        if is_set(type_):
            return _library().Type(data_types=[inner], is_set=True)
        return _library().Type(data_types=[inner], is_list=True, use_generic_container=argument)

    def _union(self, type_: ir.UnionOf | OneOf, renamed: Renamed, argument: bool) -> DataType:
        flat = dict.fromkeys(_members(type_))
        bare = [each for each in flat if each != NONE]
        if not bare:
            return self._type(NONE, renamed, argument)
        values = [
            each
            for each in bare
            if isinstance(each, ir.Literal) and not isinstance(each.value, float)
        ]
        if len(values) == len(bare):
            bare = [Literals(tuple(values))]
        members = [self._type(each, renamed, argument) for each in bare]
        if len(members) > 1:
            return _library().Type(data_types=members, is_optional=NONE in flat)
        return _optional(members[0]) if NONE in flat else members[0]

    def _reference(self, id_: str) -> Reference:
        if id_ not in self._references:
            self._references[id_] = _library().Reference(path=id_, name=self._names[id_])
        return self._references[id_]


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


def is_none(type_: Expression) -> bool:
    """Whether null is the only value of a type."""
    return isinstance(type_, ir.Literal) and type_.value is None


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
        return _library().Import(from_=each.module, import_=each.name)
    return _library().Import(import_=each.module, alias=each.alias or None)


def _optional(inner: DataType) -> DataType:
    if inner.type == ANY.text:
        return inner
    made = _library().Type(data_types=[inner], is_optional=True)
    if made.type_hint != "Any":
        return made
    return _library().OptionalAny(data_types=[inner], is_optional=True, use_union_operator=True)


def _generic(
    name: str, local: str | None, items: list[DataType], import_: LibraryImport | None = None
) -> DataType:
    return _library().Generic(
        type=name, alias=local, data_types=items, import_=import_, use_union_operator=True
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
    if isinstance(tree, _library().Generic):
        return Annotation(text, tree.type or "", tuple(map(_annotation, inner)))
    if tree.literals:
        values = (Annotation(literal(each), "") for each in tree.literals)
        return Annotation(text, _LITERAL.text, tuple(values))
    if tree.reference is not None:
        return Annotation(text, tree.reference.short_name, id=tree.reference.path)
    if inner:
        return _union(text, tree)
    return Annotation(text, tree.type or "")


_NULL = Annotation("None", "None")


def _union(text: str, tree: DataType) -> Annotation:
    """A union, or a type that may be null, as the library merged it: no member is lost."""
    members: dict[str, Annotation] = {}
    for each in _flat(tree):
        if members.setdefault(each.text, each) != each:
            raise RuntimeError(f"two types are called {each.text}")
    if members.pop("None", None) is not None:
        members["None"] = _NULL
    if len(members) > 1 and text == "Any":
        return Annotation(text, "Any")
    if " | ".join(members) != text:
        raise RuntimeError(f"datamodel-code-generator printed {text} for {', '.join(members)}")
    if len(members) == 1:
        return next(iter(members.values()))
    return Annotation(text, Annotation.UNION, tuple(members.values()))


def _flat(tree: DataType) -> Iterator[Annotation]:
    for each in tree.data_types:
        yield from _annotation(each).alternatives
    if tree.is_optional and tree.type_hint != "Any":
        yield _NULL


@dataclass(frozen=True)
class _Library:
    """The classes of datamodel-code-generator that this module uses."""

    Type: type[DataType]
    Generic: type[DataType]
    """A generic class, which the library knows for containers only."""
    OptionalAny: type[DataType]
    """A class that is called `Any` and may be None: the library takes it for `typing.Any`."""
    Import: type[LibraryImport]
    Reference: type[Reference]


@functools.cache
def _library() -> _Library:
    # Imported on first use: `--help`, `verify` and an up-to-date `check` must not pay for it.
    from datamodel_code_generator.format import PythonVersion
    from datamodel_code_generator.imports import Import as LibraryImport
    from datamodel_code_generator.model.pydantic_v2 import DataTypeManager
    from datamodel_code_generator.reference import Reference
    from datamodel_code_generator.types import DataType

    manager = DataTypeManager(
        PythonVersion.PY_310, use_standard_collections=True, use_union_operator=True
    )

    class Generic(DataType):
        @property
        def type_hint(self) -> str:
            items = ", ".join(each.type_hint for each in self.data_types)
            return f"{self.alias or self.type}[{items}]"

    class OptionalAny(DataType):
        @property
        def type_hint(self) -> str:
            return f"{self.data_types[0].type_hint} | None"

    return _Library(manager.data_type, Generic, OptionalAny, LibraryImport, Reference)
