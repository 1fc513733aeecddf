"""The built-in types of Fern definitions."""

from __future__ import annotations

from .. import ir

PRIMITIVES: dict[str, ir.Primitive] = {
    "string": ir.Primitive("string"),
    "integer": ir.Primitive("integer"),
    "long": ir.Primitive("long"),
    "uint": ir.Primitive("uint"),
    "uint64": ir.Primitive("uint64"),
    "bigint": ir.Primitive("bigint"),
    "float": ir.Primitive("float"),
    "double": ir.Primitive("double"),
    "boolean": ir.Primitive("boolean"),
    "date": ir.Primitive("date"),
    "datetime": ir.Primitive("date-time"),
    "date-time-rfc-2822": ir.Primitive("date-time-rfc-2822"),
    "uuid": ir.Primitive("uuid"),
    "base64": ir.Primitive("base64"),
}
CONTAINERS = {"optional": 1, "nullable": 1, "list": 1, "set": 1, "map": 2, "literal": 1}
"""The number of type arguments of each."""
BUILT_IN = frozenset({*PRIMITIVES, *CONTAINERS, "unknown"})
FILES = frozenset({"file", "bytes", "text"})
"""Types of whole bodies and responses, and of the files of an upload."""
