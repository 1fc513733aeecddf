"""Converts parameters of Swagger 2.0 to parameters, request bodies and forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..diagnostics import Diagnostics
from ..source import Node
from .nodes import mapping, scalar, sequence, step
from .references import References
from .schemas import Schemas

SCHEMA_KEYS = (
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
    "x-enum-varnames",
    "x-enum-descriptions",
    "x-enumNames",
    "x-fern-enum",
    "x-fern-type",
    "x-fern-type-name",
)
"""Keys of a parameter that OpenAPI 3.0 has in the schema of the parameter."""

_STYLES = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
"""Formats and their styles. OpenAPI 3 has no `tabDelimited`, and the others only in queries."""


@dataclass
class Sorted:
    """The parameters of an operation or a path item, by their kind in OpenAPI 3.0."""

    plain: list[Node] = field(default_factory=list[Node])
    body: list[Node] = field(default_factory=list[Node])
    form: list[Node] = field(default_factory=list[Node])


class Parameters:
    """Converts parameters and headers, and builds request bodies."""

    def __init__(self, references: References, schemas: Schemas, diagnostics: Diagnostics) -> None:
        self._references = references
        self._schemas = schemas
        self._diagnostics = diagnostics

    def sort(self, items: Sequence[Node], pointer: str) -> Sorted:
        """The sorted parameters of one list. References to parameters of the root are kept."""
        result = Sorted()
        for index, node in enumerate(items):
            target = self._references.follow(node)
            where = target.get("in")
            if where is not None and where.value == "body":
                result.body.append(target)
            elif where is not None and where.value == "formData":
                result.form.append(target)
            else:
                result.plain.append(self._plain(node, target, step(pointer, index)))
        return result

    def _plain(self, node: Node, target: Node, pointer: str) -> Node:
        reference = node.get("$ref")
        if reference is None or target is node or target.file == node.file:
            return self.convert(node, pointer)
        return self.convert(target, pointer)

    def convert(self, node: Node, pointer: str) -> Node:
        """A parameter in path, query or header."""
        reference = node.get("$ref")
        if reference is not None:
            rest = {key: child for key, child in node.items() if key != "$ref"}
            return mapping({"$ref": self._references.rewrite(reference), **rest}, node, pointer)
        if node.mapping is None:
            return node
        entries = self._with_schema(node, pointer)
        where = node.get("in")
        written, type_ = node.get("collectionFormat"), node.get("type")
        if type_ is not None and type_.value == "array":
            entries.update(self.style(node, written, (where.string if where else None) or "query"))
        return mapping(entries, node, pointer)

    def header(self, node: Node, pointer: str) -> Node:
        """A header of a response."""
        if node.mapping is None or node.get("$ref") is not None:
            return node
        written = node.get("collectionFormat")
        if written is not None:
            self.style(node, written, "header")
        return mapping(self._with_schema(node, pointer), node, pointer)

    def _with_schema(self, node: Node, pointer: str) -> dict[str, Node]:
        value = node.mapping or {}
        entries = {
            key: child
            for key, child in value.items()
            if key not in SCHEMA_KEYS and key != "collectionFormat"
        }
        inner = {key: value[key] for key in SCHEMA_KEYS if key in value}
        if "schema" in entries:
            entries["schema"] = self._schemas.convert(entries["schema"], step(pointer, "schema"))
        elif inner:
            own = mapping(inner, node, step(pointer, "schema"))
            entries["schema"] = self._schemas.convert(own, step(pointer, "schema"))
        if "x-example" in entries and "example" not in entries:
            entries["example"] = entries.pop("x-example")
        return entries

    def style(self, node: Node, written: Node | None, where: str) -> dict[str, Node]:
        """`collectionFormat` of an array as `style` and `explode`."""
        format_ = written.value if written is not None else "csv"
        base = written if written is not None else node
        self._check_nested(node)
        separate = where in ("query", "formData")
        defined = ("csv", *_STYLES, "multi") if separate else ("csv", *_STYLES)
        if format_ not in defined:
            self._diagnostics.warning(
                "bad-value",
                f"this is not a collectionFormat of {where} parameters; the items are separated by commas",
                base.span,
                hint=f"write one of {', '.join(defined)}",
            )
        result = {"explode": scalar(format_ == "multi", base)} if separate else {}
        if isinstance(format_, str) and format_ in _STYLES:
            result["style"] = scalar(_STYLES[format_], base)
        return result

    def _check_nested(self, node: Node) -> None:
        items = node.get("items")
        nested = items.get("collectionFormat") if items is not None else None
        if nested is not None:
            self._diagnostics.warning(
                "not-expressible",
                "lists of lists are not supported in parameters: this 'collectionFormat' is left out",
                nested.span,
            )

    # --- bodies -----------------------------------------------------------------------------

    def request(
        self, body: Sequence[Node], form: Sequence[Node], consumes: Sequence[str], pointer: str
    ) -> Node | None:
        """The request body of an operation; None if it has none."""
        for extra in [*body[1:], *(form if body else ())]:
            self._diagnostics.warning(
                "duplicate-argument",
                "an operation can have only one body; this one is left out",
                extra.span,
                related=[("the body is defined here", body[0].span)],
            )
        if body:
            return self._body(body[0], consumes, pointer)
        return self._form(form, consumes, pointer) if form else None

    def _body(self, node: Node, consumes: Sequence[str], pointer: str) -> Node:
        entries = {key: child for key, child in node.items() if key not in ("name", "in", "schema")}
        forms = ("multipart/", "application/x-www-form-urlencoded")
        media = [media_type for media_type in consumes if not media_type.startswith(forms)]
        content: dict[str, Node] = {}
        for media_type in media or consumes or ["application/json"]:
            where = step(f"{pointer}/content", media_type)
            schema = node.get("schema")
            inner = (
                {"schema": self._schemas.convert(schema, f"{where}/schema")}
                if schema is not None
                else {}
            )
            content[media_type] = mapping(inner, node, where)
        entries["content"] = mapping(content, node, f"{pointer}/content")
        return mapping(entries, node, pointer)

    def _form(self, fields: Sequence[Node], consumes: Sequence[str], pointer: str) -> Node:
        first = fields[0]
        files = any(_is_file(field) for field in fields)
        multipart = [media_type for media_type in consumes if media_type.startswith("multipart/")]
        encoded = [
            media_type
            for media_type in consumes
            if media_type == "application/x-www-form-urlencoded"
        ]
        media = [media_type for media_type in consumes if media_type in (*multipart, *encoded)]
        if files:
            media = multipart or ["multipart/form-data"]
        content: dict[str, Node] = {}
        for media_type in media or ["application/x-www-form-urlencoded"]:
            where = step(f"{pointer}/content", media_type)
            content[media_type] = self._form_content(fields, where)
        entries = {"content": mapping(content, first, f"{pointer}/content")}
        required = next((field for field in fields if _is_required(field)), None)
        if required is not None:
            entries["required"] = scalar(True, required)
        return mapping(entries, first, pointer)

    def _form_content(self, fields: Sequence[Node], pointer: str) -> Node:
        first = fields[0]
        properties: dict[str, Node] = {}
        encoding: dict[str, Node] = {}
        required: list[Node] = []
        for node in fields:
            name = node.get("name")
            if name is None or not isinstance(name.value, str):
                self._diagnostics.warning("missing-key", "a parameter requires 'name'", node.span)
                continue
            where = step(f"{pointer}/schema/properties", name.value)
            inner = {
                key: child
                for key, child in node.items()
                if key not in ("name", "in", "required", "collectionFormat", "allowEmptyValue")
            }
            properties[name.value] = self._schemas.convert(mapping(inner, node, where), where)
            if _is_required(node):
                required.append(scalar(name.value, node))
            type_ = node.get("type")
            if type_ is not None and type_.value == "array" and not _is_file(node):
                style = self.style(node, node.get("collectionFormat"), "formData")
                style.setdefault("style", scalar("form", node))
                place = step(f"{pointer}/encoding", name.value)
                encoding[name.value] = mapping(style, node, place)
        schema = {
            "type": scalar("object", first),
            "properties": mapping(properties, first, f"{pointer}/schema/properties"),
        }
        if required:
            schema["required"] = sequence(required, first, f"{pointer}/schema/required")
        entries = {"schema": mapping(schema, first, f"{pointer}/schema")}
        if encoding:
            entries["encoding"] = mapping(encoding, first, f"{pointer}/encoding")
        return mapping(entries, first, pointer)


def _is_required(node: Node) -> bool:
    required = node.get("required")
    return required is not None and required.value is True


def _is_file(node: Node) -> bool:
    type_, items = node.get("type"), node.get("items")
    if type_ is not None and type_.value == "file":
        return True
    inner = items.get("type") if items is not None else None
    return inner is not None and inner.value == "file"
