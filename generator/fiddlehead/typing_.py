"""Types as Python spells them, compiled by datamodel-code-generator; nothing else imports it.

Every distinct type of the API becomes a property of one flat JSON Schema document, in which the
declarations are definitions under neutral names. What comes back is each property's spelled type
and the imports that it needs. Names, files, templates and formatting are never the library's: on
real descriptions they depend on what else is there.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import ir
from .package import Import

if TYPE_CHECKING:
    from datamodel_code_generator.parser.jsonschema import JsonSchemaParser
    from datamodel_code_generator.types import DataType


@dataclass(frozen=True)
class Spelled:
    """An annotation. Where a declaration is named, `text` has `reference(id)`, since what
    the class is called is for each module to say."""

    text: str
    imports: tuple[Import, ...] = ()
    sequence_text: str | None = None
    """The same for an argument, where every list may be any `Sequence` of
    collections.abc; None: it has no list."""


_FORMATS = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "long": {"type": "integer"},
    "uint": {"type": "integer"},
    "uint64": {"type": "integer"},
    # JSON numbers beyond 2**53 travel as text (Fern's bigint).
    "bigint": {"type": "string"},
    "float": {"type": "number"},
    "double": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "date-time-rfc-2822": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
    "base64": {"type": "string"},
    "bytes": {"type": "string", "format": "binary"},
}


def spell(types: Iterable[ir.Type]) -> dict[ir.Type, Spelled]:
    """Each type with its annotation."""
    document = _Document()
    given = {each: document.plain(each) for each in types}
    for each in given.values():
        document.want(each)
    spelled = _compile(document)
    return {each: spelled[plain] for each, plain in given.items()}


def optional(text: str) -> str:
    """An annotation that also takes None."""
    return text if text in ("Any", "None") or text.endswith(" | None") else f"{text} | None"


class _Document:
    """The JSON Schema document for a number of types.

    `properties` are the types that the library compiles. `composed` are those that need no
    compiling: a declaration by itself, and what is put around the text of another: a null or a
    map, which halves what there is to compile, and a set or a map with other keys than strings,
    which JSON Schema has no word for.
    """

    def __init__(self) -> None:
        self.properties: dict[ir.Type, dict[str, Any]] = {}
        self.composed: dict[ir.Type, None] = {}
        self.names: dict[ir.Type, str] = {}
        self._plain: dict[ir.Type, ir.Type] = {}

    def plain(self, type_: ir.Type) -> ir.Type:
        """The type without what its annotation does not show, so that alike ones are one."""
        if type_ not in self._plain:
            self._plain[type_] = self._without_constraints(type_)
        return self._plain[type_]

    def _without_constraints(self, type_: ir.Type) -> ir.Type:
        match type_:
            case ir.Primitive():
                return ir.Primitive(type_.kind)
            case ir.ListOf():
                # Models cannot be hashed: a set of them is a list.
                unique = type_.unique and isinstance(type_.item, ir.Primitive | ir.Literal)
                return ir.ListOf(self.plain(type_.item), unique)
            case ir.MapOf():
                return ir.MapOf(self.plain(type_.key), self.plain(type_.value))
            case ir.Nullable():
                return ir.Nullable(self.plain(type_.item))
            case ir.UnionOf():
                return ir.UnionOf(tuple(self.plain(member) for member in type_.members))
            case _:
                return type_

    def want(self, type_: ir.Type) -> None:
        """Asks for the annotation of a plain type."""
        if type_ in self.properties or type_ in self.composed:
            return
        match type_:
            case ir.Ref():
                self.composed[type_] = None
            case ir.Nullable() | ir.ListOf(unique=True):
                self.want(type_.item)
                self.composed[type_] = None
            case ir.MapOf():
                self.want(type_.key)
                self.want(type_.value)
                self.composed[type_] = None
            case _:
                self.properties[type_] = {}
                self.properties[type_] = self._schema(type_)

    def _schema(self, type_: ir.Type) -> dict[str, Any]:
        match type_:
            case ir.Primitive():
                return _FORMATS[type_.kind]
            case ir.Literal():
                # PEP 586 has no literals of floats.
                number = isinstance(type_.value, float)
                return {"type": "number"} if number else {"const": type_.value}
            case ir.ListOf(unique=False):
                return {"type": "array", "items": self._schema(type_.item)}
            case ir.MapOf() if type_.key == ir.Primitive("string"):
                return {"type": "object", "additionalProperties": self._schema(type_.value)}
            case ir.Nullable():
                return {"anyOf": [self._schema(type_.item), {"type": "null"}]}
            case ir.UnionOf():
                members = (_without_null(member) for member in type_.members)
                schemas = [self._schema(member) for member in members]
                if any(isinstance(member, ir.Nullable) for member in type_.members):
                    schemas.append({"type": "null"})
                return {"anyOf": schemas}
            case ir.Unknown():
                return {}
            case ir.Ref() | ir.MapOf() | ir.ListOf():
                if not isinstance(type_, ir.Ref):
                    self.want(type_)
                name = self.names.setdefault(type_, f"D{len(self.names)}")
                return {"$ref": f"#/$defs/{name}"}


def _without_null(type_: ir.Type) -> ir.Type:
    return type_.item if isinstance(type_, ir.Nullable) else type_


def reference(id_: str) -> str:
    """How the text of an annotation names a declaration."""
    return f"\0{id_.replace('%', '%25').replace(chr(0), '%00')}\0"


def referred(name: str) -> str:
    """The id that stands between the two NUL characters of a reference."""
    return name.replace("%00", "\0").replace("%25", "%")


def literals(values: Iterable[str | int | bool]) -> str:
    """`Literal[…]` of the values, each as Python writes it."""
    return f"Literal[{', '.join(literal(value) for value in values)}]"


def literal(value: object) -> str:
    """A JSON scalar as a Python literal, with double quotes where they need no escape."""
    if not isinstance(value, str):
        return repr(value)
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text


def _compile(document: _Document) -> dict[ir.Type, Spelled]:
    keys = {f"t{index}": type_ for index, type_ in enumerate(document.properties)}
    schema = {
        "type": "object",
        "title": "Types",
        "properties": {key: document.properties[type_] for key, type_ in keys.items()},
        "required": list(keys),
        "$defs": {name: {"type": "object"} for name in document.names.values()},
    }
    parser = _parser(json.dumps(schema))
    parser.parse_raw()
    paths = {f"#/$defs/{name}": name for name in document.names.values()}
    for model in parser.results:
        if model.reference.path in paths:
            model.reference.name = f"\0{paths[model.reference.path]}\0"
    tables = [model for model in parser.results if model.reference.path not in paths]
    if [model.reference.path for model in tables] not in ([], ["#"]):
        raise RuntimeError("datamodel-code-generator made a type of its own")
    spelled = {
        keys[str(field.original_name)]: _spelled(field.data_type)
        for table in tables
        for field in table.fields
    }
    for type_ in document.composed:
        spelled[type_] = _compose(type_, spelled)
    inner = {
        name: Spelled(reference(type_.id)) if isinstance(type_, ir.Ref) else spelled[type_]
        for type_, name in document.names.items()
    }
    return {type_: _filled(each, inner) for type_, each in spelled.items()}


def _compose(type_: ir.Type, spelled: Mapping[ir.Type, Spelled]) -> Spelled:
    match type_:
        case ir.Ref():
            return Spelled(reference(type_.id))
        case ir.Nullable():
            inner = spelled[type_.item]
            sequence = inner.sequence_text and optional(inner.sequence_text)
            return Spelled(optional(inner.text), inner.imports, sequence)
        case ir.ListOf():
            inner = spelled[type_.item]
            return Spelled(f"set[{inner.text}]", inner.imports)
        case ir.MapOf():
            key, value = spelled[type_.key], spelled[type_.value]
            sequence = value.sequence_text and f"dict[{key.text}, {value.sequence_text}]"
            imports = tuple(sorted({*key.imports, *value.imports}))
            return Spelled(f"dict[{key.text}, {value.text}]", imports, sequence)
        case _:
            raise TypeError(type_)


_NAME = re.compile("\0(D[0-9]+)\0")


def _filled(outer: Spelled, inner: Mapping[str, Spelled]) -> Spelled:
    """An annotation with what the neutral names in it stand for."""
    found = [inner[name] for name in _NAME.findall(outer.text)]
    if not found:
        return outer
    text = _NAME.sub(lambda match: inner[match[1]].text, outer.text)
    sequence = outer.sequence_text
    if sequence is not None or any(each.sequence_text for each in found):
        sequence = _NAME.sub(
            lambda match: inner[match[1]].sequence_text or inner[match[1]].text,
            sequence or outer.text,
        )
    imports = {*outer.imports, *(imported for each in found for imported in each.imports)}
    return Spelled(text, tuple(sorted(imports)), sequence)


_TEXT = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
"""The value of a literal, as the library writes it: with `repr`."""


def _quoted(annotation: str) -> str:
    """An annotation with the values of its literals as this project writes them."""
    return _TEXT.sub(lambda match: literal(ast.literal_eval(match[0])), annotation)


def _spelled(data_type: DataType) -> Spelled:
    imports = {
        Import(each.from_ or each.import_, each.import_ if each.from_ else "", each.alias or "")
        for each in data_type.all_imports
    }
    text = _quoted(data_type.type_hint)
    lists = [each for each in data_type.all_data_types if each.is_list]
    for each in lists:
        each.use_generic_container = True
    sequence = _quoted(data_type.type_hint) if lists else None
    return Spelled(text, tuple(sorted(imports)), sequence)


def _parser(text: str) -> JsonSchemaParser:
    # Imported here: `--help`, `verify` and an up-to-date `check` must not pay for it.
    from datamodel_code_generator.enums import DataModelType
    from datamodel_code_generator.format import PythonVersion
    from datamodel_code_generator.imports import Import as LibraryImport
    from datamodel_code_generator.model import get_data_model_types
    from datamodel_code_generator.model.types import DataTypeManager
    from datamodel_code_generator.parser import LiteralType
    from datamodel_code_generator.parser.jsonschema import JsonSchemaParser
    from datamodel_code_generator.types import Types

    kinds = get_data_model_types(
        DataModelType.TypingTypedDict, target_python_version=PythonVersion.PY_310
    )
    parser = JsonSchemaParser(
        text,
        data_model_type=kinds.data_model,
        data_model_root_type=kinds.root_model,
        data_model_field_type=kinds.field_model,
        data_type_manager_type=kinds.data_type_manager,
        enum_field_as_literal=LiteralType.All,
        use_standard_collections=True,
        use_union_operator=True,
        target_python_version=PythonVersion.PY_310,
    )
    # Formats are the standard library's types, or text: no dependency, nothing that rejects.
    manager = parser.data_type_manager
    assert isinstance(manager, DataTypeManager)
    datetime = LibraryImport(import_="datetime", alias="dt")
    standard = {
        Types.date: manager.data_type(type="dt.date", import_=datetime),
        Types.date_time: manager.data_type(type="dt.datetime", import_=datetime),
        Types.uuid: manager.data_type(type="uuid.UUID", import_=LibraryImport(import_="uuid")),
        Types.binary: manager.data_type(type="bytes"),
    }
    manager.type_map.update(standard)
    return parser
