"""Reads request bodies: the content that is sent, and whether its properties are arguments."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ..document.context import Context, virtual
from ..document.extensions import is_wanted
from ..document.keys import check_keys, check_unknown_keys
from ..schemas import composition, undeclared_properties
from ..schemas.assertions import assertions
from ..schemas.converter import SchemaConverter
from ..schemas.ids import SchemaIds
from ..schemas.nulls import without_null
from ..schemas.queries import SchemaQueries
from ..schemas.usage import Usage
from . import encodings, upload_files
from .encodings import (
    Encoding,
    encoding_of,
    is_other_notation,
)
from .groups import Operation
from .media_types import concrete_type, preferred_content


def find_inlinable(
    context: Context, schema_queries: SchemaQueries, usage: Usage, operations: list[Operation]
) -> frozenset[str]:
    """References to the components that are used only once in the whole description, as a request
    body: they become the arguments of that method and have no class (Fern's rule). In layout
    `fern`, a body with several media types is one use, as in Fern."""
    ids = SchemaIds(context)
    uses: Counter[str] = Counter()
    within: Counter[str] = Counter()
    alike = context.settings.layout == "fern"
    for operation in operations:
        if alike and operation.method == "GET":
            continue  # Fern leaves out such a body, and keeps its class.
        if alike and _is_condition(operation) and context.importer.conditional_bodies_have_classes:
            continue
        content = _content(context, schema_queries, operation.node, warn=False)
        if content is None:
            continue
        schema = content[2].get("schema")
        reference = ids.reference(schema) if schema is not None else None
        if reference is None:
            continue
        if encoding_of(content[1]) == "form" and _has_class(context, "form", content[2]):
            continue
        if reference.startswith("#/components/schemas/"):
            uses[reference] += 1
            within[reference] += _media_types(context, ids, content[0], reference)
    return frozenset(
        target
        for target, count in uses.items()
        if count == 1 and usage.total[target] == (within[target] if alike else 1)
    )


def _is_condition(operation: Operation) -> bool:
    """Whether a property of the body says whether the response is a stream."""
    streaming = operation.node.get("x-fern-streaming")
    return streaming is not None and streaming.get("stream-condition") is not None


def _media_types(context: Context, ids: SchemaIds, holder: Node, target: str) -> int:
    """The number of media types with which a request body uses `target`."""
    schemas = [node.get("schema") for _, node in context.entries(holder, "content")]
    return sum(schema is not None and ids.reference(schema) == target for schema in schemas)


def read(
    context: Context,
    schemas: SchemaConverter,
    operation: Operation,
    place: NameContext,
    *,
    flat: bool = False,
    wrapped: bool = False,
) -> ir.Body | None:
    """The body of an operation. `place` names the request; `flat` inlines bodies that Fern would
    not, and `wrapped` is whether there are also query parameters or headers."""
    pair = _content(context, schemas.schema_queries, operation.node)
    if pair is None:
        return _unreadable_body(context, operation.node)
    holder, media, content = pair
    encoding = encoding_of(media)
    required = bool(context.boolean(holder, "required"))
    doc = context.doc(holder)
    schema = content.get("schema")
    name = context.string(operation.node, "x-fern-request-name") or context.string(
        operation.node, "x-request-name"
    )
    body = ir.Body(encoding, media, required=required, doc=doc, name=name, span=holder.span)
    if encoding in ("bytes", "text"):
        kind: Literal["bytes", "string"] = "bytes" if encoding == "bytes" else "string"
        return replace(body, type=ir.Primitive(kind, span=holder.span))
    if schema is None or schema.mapping is None:
        if schema is not None and not isinstance(schema.value, bool):
            context.is_mapping(schema, "a schema")
        return _single(context, body, ir.Unknown(span=content.span))
    non_null = without_null(context, schema)[0]
    model = schemas.schema_queries.model(non_null)
    if model is None and undeclared_properties.has_only_names(schemas, non_null):
        model = non_null
    target = schemas.ids.reference(schema)
    is_inlined = target is None or target in schemas.bodies or flat
    if model is not None and (is_inlined or not _has_class(context, encoding, content)):
        # In Fern, a body of a stream condition has the name of the request.
        named = target in schemas.bodies and not (flat and context.settings.layout == "fern")
        return _inlined(schemas, body, content, model, place, named)
    if wrapped and encoding == "json" and context.settings.layout == "fern":
        # In Fern, the name of the request applies to the whole request.
        place = place.add("Body")
    return _argument(schemas, body, schema, place)


def _has_class(context: Context, encoding: Encoding, content: Node) -> bool:
    """Whether a body by reference keeps its class: JSON and, in layout `fern`, a form without
    styles of its own."""
    fern = context.settings.layout == "fern"
    return encoding == "json" or (fern and encoding == "form" and content.get("encoding") is None)


def _argument(schemas: SchemaConverter, body: ir.Body, schema: Node, place: NameContext) -> ir.Body:
    """A body that is one argument."""
    context = schemas.context
    if body.encoding == "multipart":
        if (files := _files(schemas, schema)) is not None:
            return _single(context, body, files)
        final = schemas.schema_queries.final(schema)
        others = final.get("additionalProperties") if final is not None else None
        files = _files(schemas, others) if others is not None and others.mapping else None
        if files is not None:
            string_type = ir.Primitive("string", span=schema.span)
            return _single(context, body, ir.MapOf(string_type, files, span=schema.span))
    return _single(context, body, schemas.convert(schema, place))


def _files(schemas: SchemaConverter, schema: Node) -> ir.Type | None:
    """A file or a list of files, if a schema is nothing else."""
    forms = upload_files.forms(schemas.context, schemas.schema_queries, schema)
    file = ir.Primitive("bytes", span=schema.span)
    if forms == {"files"}:
        return ir.ListOf(file, span=schema.span)
    return file if forms == {"file"} else None


def _inlined(
    schemas: SchemaConverter,
    body: ir.Body,
    content: Node,
    model: Node,
    place: NameContext,
    is_component: bool,
) -> ir.Body:
    """A body whose properties are arguments; `model` is its schema, a component or an inline one."""
    context, encoding = schemas.context, body.encoding
    if is_component:
        target_words = schemas.name(model)
        type_name = model.get("x-fern-type-name")
        if encoding != "multipart" or context.settings.layout != "fern":
            # In Fern, the inline types of an upload are named after the operation.
            place = NameContext(
                target_words.words, place.package, place.owner, (*place.long, *target_words.words)
            )
        words = (
            type_name.string
            if type_name is not None and type_name.string
            else target_words.words[0]
        )
        body = replace(body, name=body.name or words)
    fields_model = composition.model(
        schemas, model, schemas.schema_queries.parts(model), place, place.owner or "", flat=True
    )
    names = {field.name for field in fields_model.fields}
    queries = schemas.schema_queries
    files: dict[str, ir.Type] = {}
    if encoding == "multipart":
        files = upload_files.read(context, queries, content, model)
    objects = {
        name for name, prop in queries.properties(model).items() if queries.is_object(prop.node)
    }
    parts = encodings.read(context, content, encoding, names, files, objects)
    if encoding == "multipart" and not files:
        context.warning(
            "upload-without-file",
            "this multipart upload has no file: no property is binary",
            (content.get("schema") or content).span,
            "give a property type: string, format: binary",
        )
    default: Literal["form"] | None = None
    if encoding == "multipart" and context.importer.default_form_parameter_encoding == "form":
        default = "form"
    fern = context.settings.layout == "fern"
    keeps_read_only = fern and not context.importer.respect_readonly_schemas
    fields = tuple(
        _field(field, files, parts, default)
        for field in fields_model.fields
        if field.access != "read-only" or keeps_read_only
    )
    if fern and encoding != "multipart":
        own = _own_names(queries, model)
        fields = tuple(replace(field, yields_to_path=field.name in own) for field in fields)
    return replace(
        body,
        fields=fields,
        extra=fields_model.extra,
        doc=body.doc or fields_model.doc,
        assertions=assertions(schemas.schema_queries, model),
    )


def _own_names(queries: SchemaQueries, model: Node) -> set[str]:
    """The properties that a schema declares itself, not in the target of a reference."""
    return {
        name
        for part in queries.parts(model)
        if part.reference is None
        for name in queries.properties(part.node)
    }


def _unreadable_body(context: Context, operation: Node) -> ir.Body | None:
    """The body of an operation whose `requestBody` cannot be read, such as an unresolved reference:
    any JSON may be sent."""
    written = operation.get("requestBody")
    if written is None or written.value is None:
        return None
    target = context.references.final(written)
    if target is not None and target.mapping is not None:
        return None
    return ir.Body(
        "json", "application/json", ir.Unknown(span=written.span), required=False, span=written.span
    )


def _single(context: Context, body: ir.Body, type_: ir.Type) -> ir.Body:
    """A body that is one argument. Form fields need names: a string is the whole form, and the
    items of an array get a fixed name."""
    if body.encoding not in ("form", "multipart"):
        return replace(body, type=type_)
    non_null = type_.item if isinstance(type_, ir.Nullable) else type_
    if isinstance(non_null, ir.Unknown):
        string_type = ir.Primitive("string", span=non_null.span)
        return replace(body, type=ir.MapOf(string_type, non_null, span=non_null.span))
    if isinstance(non_null, ir.Primitive) and body.encoding == "form":
        return replace(body, encoding="text", type=non_null)
    if not isinstance(non_null, ir.ListOf | ir.Primitive):
        return replace(body, type=type_)
    element_type = non_null.item if isinstance(non_null, ir.ListOf) else non_null
    is_file = isinstance(element_type, ir.Primitive) and element_type.kind == "bytes"
    name = "file" if is_file else "item"
    context.warning(
        "undefined-style",
        f"a {body.encoding} body that is not an object has no part names:"
        f" each is sent as '{name}'",
        type_.span,
        "describe an object with a property for each part",
    )
    field = ir.Field(name, non_null, body.required, rename="request", span=type_.span)
    return replace(body, fields=(field,))


def _field(
    field: ir.Field,
    files: dict[str, ir.Type],
    parts: dict[str, encodings.Written],
    default: Literal["form"] | None,
) -> ir.Field:
    if field.name in files:
        type_ = files[field.name]
        if isinstance(field.type, ir.Nullable):
            type_ = ir.Nullable(type_, span=field.span)
        field = replace(field, type=type_)
    written = parts.get(field.name, encodings.Written())
    style = written.style
    if field.name not in files and written.content_type is None:
        style = style or default
    return replace(
        field,
        content_type=written.content_type,
        style=style,
        allow_reserved=written.allow_reserved,
    )


def _content(
    context: Context, schema_queries: SchemaQueries, operation: Node, *, warn: bool = True
) -> tuple[Node, str, Node] | None:
    """The request body of an operation with the media type that the client sends."""
    written = operation.get("requestBody")
    if written is None or written.value is None:
        return None
    holder = context.follow(written, "a request body")
    if holder is None or not is_wanted(context, holder):
        return None
    if warn:
        check_keys(context, holder, "a request body")
    offered: list[tuple[str, Node]] = []
    for media, node in context.entries(holder, "content"):
        if node.value is not None:
            context.is_mapping(node, "a media type")
        target = context.references.final(node)
        if target is None or target.mapping is None:
            # The schema cannot be read: any value can be sent.
            target = virtual(holder, {})
        check_unknown_keys(context, target, "a media type")
        offered.append((media, target))
    if not offered:
        content = holder.get("content")
        if warn and (content is None or content.value in (None, {})):
            context.warning(
                "missing-key",
                "a request body requires 'content'" if content is None else "'content' is empty",
                (content or holder).span,
                "name the media type: content: {application/json: {schema: …}}",
            )
        return None
    media, content = preferred_content(context, schema_queries, offered)
    left = [
        media_type
        for media_type, other in offered
        if media_type != media and not is_other_notation((media, content), (media_type, other))
    ]
    if warn and left:
        context.warning(
            "not-expressible",
            f"the body is sent as {media}; {', '.join(left)} {'are' if left[1:] else 'is'} left out",
            (holder.get("content") or holder).key_span(left[0]),
        )
    return holder, concrete_type(context, schema_queries, media, content), content


__all__ = ["find_inlinable", "read"]
