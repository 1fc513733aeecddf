"""Types of Python as trees of datamodel-code-generator, which prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, ClassVar, cast

from datamodel_code_generator.imports import IMPORT_LITERAL
from datamodel_code_generator.imports import Import as LibraryImport
from datamodel_code_generator.types import DataType

from ..frozen import cached
from ..imports import Import
from ..literals import literal


class Type(DataType, ignored_types=(cached,)):
    """A type in the syntax of Python 3.10, with everything inside it.

    Types are shared, so they must not be changed. The attributes of the library have usual names:
    `type` and the name of a reference. `alias` is another name that a module has for it.
    """

    UNION: ClassVar[str] = "|"

    use_standard_collections: bool = True
    use_union_operator: bool = True

    def __init__(self, **values: Any) -> None:  # The attributes of the library.
        super().__init__(**values)
        # The library records the users of a type, which would stay in memory with it.
        for child in (*self.data_types, self.dict_key):
            if child is not None and child.parent is not None:
                child.parent = None
        if self.reference is not None:
            self.reference.children.clear()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Type) and self._key == other._key

    def __hash__(self) -> int:
        return self._hash

    @cached
    def _hash(self) -> int:
        return hash(self._key)

    @cached
    def _key(self) -> tuple[object, ...]:
        return (self.head, self.id, self.alias, self.items)

    def __str__(self) -> str:
        return self.text

    @cached
    def text(self) -> str:
        """The whole type on one line."""
        text, members = self.type_hint, " | ".join([item.text for item in self.items])
        if self.head == self.UNION and text != members:
            # The library prints members with equal names once.
            raise RuntimeError(f"datamodel-code-generator printed {text} for {members}")
        return text

    @property
    def id(self) -> str | None:
        """The id of the declaration, or of the variant's class."""
        return self.reference.path if self.reference is not None else None

    @property
    def head(self) -> str:
        """The part before the brackets, under its usual name: "list", "Literal", "uuid.UUID", a
        class name, or `UNION`."""
        if self.reference is not None:
            return self.reference.name
        if self.is_list:
            return "Sequence" if self.use_generic_container else "list"
        if self.is_set or self.is_dict:
            return "set" if self.is_set else "dict"
        return self.UNION if self.type is None else self.type

    @cached
    def items(self) -> tuple[Type, ...]:
        """The arguments in the brackets, or the members of a union."""
        key = [self.dict_key] if self.dict_key is not None else []
        null = [NONE] if self.is_optional else []
        return cast("tuple[Type, ...]", (*key, *self.data_types, *null))

    @property
    def nodes(self) -> Iterator[Type]:
        """The type and all types inside it."""
        return cast("Iterator[Type]", self.all_data_types)

    @cached
    def references(self) -> tuple[str, ...]:
        """The ids of all declarations in the type."""
        return tuple(dict.fromkeys(node.id for node in self.nodes if node.id is not None))

    @property
    def imports(self) -> Iterator[LibraryImport]:
        """The imports of the type, without those of what is inside it."""
        if self.type is None and self.reference is None:
            return super().imports
        # A name needs no import of a container, each of which the library looks for.
        return iter(() if self.import_ is None else (self.import_,))

    @cached
    def needed_imports(self) -> tuple[Import, ...]:
        """The imports of the whole type, with the usual names."""
        return tuple(sorted({_import(import_) for import_ in self.all_imports}))

    @property
    def alternatives(self) -> tuple[Type, ...]:
        """The members of a union; for other types, the type itself."""
        return self.items if self.head == self.UNION else (self,)

    def display(self, name: Callable[[Type], str] = attrgetter("head")) -> str:
        """The whole type for documentation: with the usual names, and without the metadata of
        `Annotated`. `name` returns the text of a class, a literal, or the part before brackets."""
        if self.head in ("Annotated", "OptionalTag"):
            return self.items[0].display(name)
        items = [item.display(name) for item in self.items]
        if self.head == self.UNION:
            return " | ".join(items)
        # The arguments of `Callable` are brackets without a name.
        return f"{name(self)}[{', '.join(items)}]" if items or not self.head else name(self)

    @property
    def inner(self) -> str:
        """The text in the brackets, on one line."""
        return ", ".join(item.text for item in self.items)

    def renamed(self, types: Mapping[str, str], names: Mapping[str, str]) -> Type:
        """The type with the local names of a module: of declarations by id, and of imports and
        builtins by their usual name."""
        items = [type_.renamed(types, names) for type_ in cast("list[Type]", self.data_types)]
        key = cast("Type", self.dict_key).renamed(types, names) if self.dict_key else None
        first, dot, rest = self.head.partition(".")
        alias = f"{names[first]}{dot}{rest}" if first in names else None
        if self.id is not None:
            alias = types.get(self.id)
        elif alias is not None and (self.is_list or self.is_set or self.is_dict):
            # The library writes containers with their usual names.
            items = [key, *items] if key is not None else items
            import_ = SEQUENCE.import_ if self.use_generic_container else None
            return GenericType(type=self.head, alias=alias, import_=import_, data_types=[*items])
        local = self.model_copy(update={"alias": alias, "data_types": items, "dict_key": key})
        for derived in ("text", "items", "_key", "_hash"):
            vars(local).pop(derived, None)
        return local


class GenericType(Type):
    """A generic class with its arguments; the library itself supports only containers."""

    @property
    def type_hint(self) -> str:
        return f"{self.alias or self.type}[{self.inner}]"


class LiteralType(Type):
    """`Literal` with values, strings in double quotes."""

    @cached
    def items(self) -> tuple[Type, ...]:
        return tuple(named(literal(value)) for value in self.literals)

    @cached
    def text(self) -> str:
        return f"{self.alias or self.type}[{', '.join(map(literal, self.literals))}]"

    @cached
    def _key(self) -> tuple[object, ...]:
        return (self.head, self.text)

    @property
    def type_hint(self) -> str:
        return self.text


class MetadataType(Type):
    """A call in the arguments of `Annotated`: `Discriminated("type")`."""

    arguments: str
    """Source code."""

    @cached
    def _key(self) -> tuple[object, ...]:
        return (self.type, self.alias, self.arguments)

    @property
    def type_hint(self) -> str:
        return f"{self.alias or self.type}({self.arguments})"


class OptionalAny(Type):
    """`Any | None`, which the library would shorten, and an optional class named `Any`."""

    @property
    def type_hint(self) -> str:
        return f"{self.data_types[0].type_hint} | None"


# --- names ----------------------------------------------------------------------------------


def named(text: str, imported: Import | None = None) -> Type:
    """A builtin or an imported class, under its usual name.

    The module of an import may be a path in the generated package: "core/unions.py".
    """
    import_ = None
    if imported is not None and imported.name:
        import_ = LibraryImport(from_=imported.module, import_=imported.name)
    elif imported is not None:
        import_ = LibraryImport(import_=imported.module, alias=imported.alias or None)
    return Type(type=text, import_=import_)


def _import(import_: LibraryImport) -> Import:
    if import_.from_ is None:
        return Import(import_.import_, "", import_.alias or "")
    return Import(import_.from_, import_.import_, import_.alias or "")


def imported(module: str, name: str) -> Type:
    """A class of the standard library, or of another generated module."""
    return named(name, Import(module, name))


def core(module: str, name: str) -> Type:
    """A class of the runtime: `core("file", "File")`."""
    return imported(f"core/{module}.py", name)


def http(name: str) -> Type:
    """A protocol that the classes of both HTTP libraries satisfy: `http("Client")`."""
    return named(f"http_library.{name}", Import("core/__init__.py", "http_library"))


NONE, STR, INT, FLOAT, BOOL, BYTES, OBJECT = map(
    named, ("None", "str", "int", "float", "bool", "bytes", "object")
)
ANY = imported("typing", "Any")
ANNOTATED = imported("typing", "Annotated")
MAPPING = imported("collections.abc", "Mapping")
SEQUENCE = imported("collections.abc", "Sequence")
CALLABLE = imported("collections.abc", "Callable")
AWAITABLE = imported("collections.abc", "Awaitable")
ITERATOR = imported("collections.abc", "Iterator")
ASYNC_ITERATOR = imported("collections.abc", "AsyncIterator")
CONTEXT_MANAGER = imported("contextlib", "AbstractContextManager")
ASYNC_CONTEXT_MANAGER = imported("contextlib", "AbstractAsyncContextManager")


# --- types of types -------------------------------------------------------------------------


def generic(class_: Type, *items: Type) -> Type:
    """`class_[items]`."""
    return GenericType(type=class_.type, import_=class_.import_, data_types=[*items])


def function(*arguments: Type, returns: Type) -> Type:
    """`Callable[[arguments], returns]`."""
    return generic(CALLABLE, GenericType(type="", data_types=[*arguments]), returns)


def annotated(type_: Type, class_: Type, arguments: str = "") -> Type:
    """`Annotated[type_, class_(arguments)]`; `arguments` is source code."""
    call = MetadataType(type=class_.type, import_=class_.import_, arguments=arguments)
    return generic(ANNOTATED, type_, call)


def literals(*values: bool | int | str) -> Type:
    """`Literal[values]`."""
    return LiteralType(type="Literal", literals=[*values], import_=IMPORT_LITERAL)


def list_of(item: Type) -> Type:
    return Type(data_types=[item], is_list=True)


def sequence_of(item: Type) -> Type:
    return Type(data_types=[item], is_list=True, use_generic_container=True)


def tuple_of(*items: Type) -> Type:
    return GenericType(type="tuple", data_types=[*items])


def dict_of(key: Type, value: Type) -> Type:
    return Type(data_types=[value], is_dict=True, dict_key=key)


def union(*types: Type) -> Type:
    """A union of the types and of the members of unions among them, with None at the end. Only
    literals are one `Literal`."""
    members = dict.fromkeys(member for type_ in types for member in type_.alternatives)
    non_null = [member for member in members if member != NONE]
    null = len(non_null) < len(members)
    if not non_null:
        return NONE
    if all(isinstance(member, LiteralType) for member in non_null):
        non_null = [literals(*(value for member in non_null for value in member.literals))]
    if len(non_null) == 1 and not null:
        return non_null[0]
    kind = OptionalAny if non_null[0].text == "Any" and len(non_null) == 1 else Type
    return kind(data_types=[*non_null], is_optional=null)


def optional(type_: Type) -> Type:
    """The type or None."""
    return union(type_, NONE)
