"""Type expressions: types of an API, and forms that the IR does not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from . import ir
from .frozen import dataclass
from .package import Import


@dataclass(frozen=True, slots=True)
class Name:
    """An imported class or a builtin: `text` is its usual name.

    The module of an import may be a path in the generated package: "core/unions.py".
    """

    text: str
    imported: Import | None = None


@dataclass(frozen=True, slots=True)
class Generic:
    """`of[items]`; without `of`, a list of arguments `[items]` as in `Callable`."""

    of: Name | None
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """A union with members that are not types of the IR."""

    members: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the arguments of `Annotated`: `Discriminated("type")`; `arguments` is source code."""

    of: Name
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Literals:
    """`Literal[…]` of several values."""

    values: tuple[ir.Literal, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """The local names of a module that differ from the usual names: types by id, imports and
    builtins by their usual name."""

    types: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])


USUAL = Renamed()

Expression: TypeAlias = ir.Type | Name | Generic | OneOf | Call | Literals

NONE = Name("None")
ANY = Name("Any", Import("typing", "Any"))
ANNOTATED = Name("Annotated", Import("typing", "Annotated"))
LITERAL = Name("Literal", Import("typing", "Literal"))
MAPPING = Name("Mapping", Import("collections.abc", "Mapping"))
SEQUENCE = Name("Sequence", Import("collections.abc", "Sequence"))
STR, INT, FLOAT, BOOL, BYTES = (Name(name) for name in ("str", "int", "float", "bool", "bytes"))
OBJECT = Name("object")

SCALARS: dict[ir.PrimitiveKind, Name] = {
    "string": STR,
    "integer": INT,
    "long": INT,
    "uint": INT,
    "uint64": INT,
    # JSON numbers beyond 2**53 are sent as strings (Fern's bigint).
    "bigint": STR,
    "float": FLOAT,
    "double": FLOAT,
    "boolean": BOOL,
    # Formats are types of the standard library, or strings: no dependencies, and no validation.
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
    """A protocol that the classes of both HTTP libraries satisfy: `http("Client")`."""
    return Name(f"http_library.{name}", Import("core/__init__.py", "http_library"))


CALLABLE = imported("collections.abc", "Callable")
AWAITABLE = imported("collections.abc", "Awaitable")
ITERATOR = imported("collections.abc", "Iterator")
ASYNC_ITERATOR = imported("collections.abc", "AsyncIterator")
CONTEXT_MANAGER = imported("contextlib", "AbstractContextManager")
ASYNC_CONTEXT_MANAGER = imported("contextlib", "AbstractAsyncContextManager")


def sequence_of(item: Expression) -> Generic:
    """`Sequence[item]`, of collections.abc."""
    return Generic(SEQUENCE, (item,))


def list_of(item: Expression) -> Generic:
    """`list[item]`; for arguments, a list of the API is any sequence."""
    return Generic(Name("list"), (item,))


def optional(type_: Expression) -> OneOf:
    """A type or None."""
    return OneOf((type_, NONE))


def is_set(type_: ir.ListOf) -> bool:
    """Whether a list with unique items is a set: models are not hashable, so a list of models is a
    list."""
    return type_.unique and isinstance(type_.item, ir.Primitive | ir.Literal)


def is_none(type_: Expression) -> bool:
    """Whether null is the only value of a type."""
    return isinstance(type_, ir.Literal) and type_.value is None
