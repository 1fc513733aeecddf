"""Request bodies: which content is sent, and whether its properties are arguments."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Literal

from .. import ir
from ..source import Node
from . import allof
from .assertions import assertions
from .combine import union_of
from .context import Context, virtual
from .extensions import is_wanted
from .groups import Operation
from .keys import check_keys
from .name_parts import Place
from .nulls import without_null
from .ref_names import words_of_target
from .schema_converter import Schemas

Encoding = Literal["json", "form", "multipart", "bytes", "text"]


_DEPTH = 5
"""How many unions, lists and parts around a file are looked into."""


def encoding_of(media: str) -> Encoding:
    """How a media type is written; what is none of the known ones goes as bytes."""
    media = media.split(";")[0].strip().lower()
    if re.fullmatch(r"[^/]+/([^/]*\+)?json|\*/\*|application/\*", media):
        return "json"
    if media == "application/x-www-form-urlencoded":
        return "form"
    if media.startswith("multipart/"):
        return "multipart"
    if re.fullmatch(r"text/(?!event-stream).*|application/(.*\+)?(xml|yaml)", media):
        return "text"
    return "bytes"


_PREFERENCE: tuple[Encoding, ...] = ("json", "multipart", "form", "bytes", "text")


def spread(context: Context, schemas: Schemas, operations: list[Operation]) -> None:
    """Finds the components that are used once in the whole description, as a request body: they
    become the arguments of that method and have no class (Fern's rule)."""
    uses: Counter[str] = Counter()
    for operation in operations:
        found = _content(context, schemas, operation.node, warn=False)
        if found is None:
            continue
        schema = found[2].get("schema")
        reference = schema.get("$ref") if schema is not None else None
        if reference is None or not isinstance(reference.value, str) or schema is None:
            continue
        if reference.value.startswith("#/components/schemas/"):
            uses[reference.value] += 1
    for target, count in uses.items():
        if count == 1 and schemas.usage.total[target] == 1:
            schemas.bodies.add(target)


def read(
    context: Context, schemas: Schemas, operation: Operation, place: Place, *, flat: bool = False
) -> ir.Body | None:
    """The body of an operation. `place` names the request; `flat` spreads what Fern would not."""
    found = _content(context, schemas, operation.node)
    if found is None:
        return None
    holder, media, content = found
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
            context.error("bad-value", "a schema has to be a mapping", schema.span)
        return replace(body, type=ir.Unknown(span=content.span))
    model = schemas.shapes.model(without_null(context, schema)[0])
    reference = schema.get("$ref")
    target = reference.string if reference is not None else None
    is_spread = reference is None or target in schemas.bodies or flat
    if model is None or (not is_spread and encoding == "json"):
        if encoding == "multipart" and model is None:
            context.warning(
                "upload-without-file",
                "a multipart body that is no object has no files",
                schema.span,
            )
        return replace(body, type=schemas.convert(schema, place))
    if target in schemas.bodies:
        named = words_of_target(context, model)
        type_name = model.get("x-fern-type-name")
        place = Place(named.words, place.package, place.owner, (*place.long, *named.words))
        words = type_name.string if type_name is not None and type_name.string else named.words[0]
        body = replace(body, name=body.name or words)
    made = allof.model(
        schemas, model, schemas.shapes.parts(model), place, place.owner or "", flat=True
    )
    parts = _parts(context, schemas, content, encoding)
    files = _files(context, schemas, model) if encoding == "multipart" else {}
    if encoding == "multipart" and not files:
        context.warning(
            "upload-without-file",
            "this multipart upload has no file: no property is binary",
            schema.span,
            "give a property type: string, format: binary",
        )
    default: Literal["form"] | None = None
    if encoding == "multipart" and context.importer.default_form_parameter_encoding == "form":
        default = "form"
    fields = tuple(
        _field(each, files, parts, default) for each in made.fields if each.access != "read-only"
    )
    return replace(
        body,
        fields=fields,
        extra=made.extra,
        doc=doc or made.doc,
        assertions=assertions(schemas.shapes, model),
    )


def _field(
    field: ir.Field,
    files: dict[str, ir.Type],
    parts: dict[str, tuple[str | None, ir.FieldStyle | None]],
    default: Literal["form"] | None,
) -> ir.Field:
    if field.name in files:
        type_ = files[field.name]
        if isinstance(field.type, ir.Nullable):
            type_ = ir.Nullable(type_, span=field.span)
        field = replace(field, type=type_)
    content_type, style = parts.get(field.name, (None, None))
    if field.name not in files and content_type is None:
        style = style or default
    return replace(field, content_type=content_type, style=style)


def _parts(
    context: Context, schemas: Schemas, content: Node, encoding: Encoding
) -> dict[str, tuple[str | None, ir.FieldStyle | None]]:
    """What `encoding` says of each part (OpenAPI 3.1 section 4.8.15)."""
    found: dict[str, tuple[str | None, ir.FieldStyle | None]] = {}
    for name, each in context.entries(content, "encoding"):
        if not context.is_mapping(each, "an encoding"):
            continue
        content_type = context.string(each, "contentType")
        explode, style = context.boolean(each, "explode"), context.string(each, "style")
        written: ir.FieldStyle | None = None
        if content_type is not None and encoding_of(content_type) == "json":
            written = "json"
        elif encoding == "form":
            written = _form_style(context, each, style, explode)
        elif explode is True or style == "deepObject":
            written = "exploded"
        elif style == "form" or explode is False:
            written = "form"
        found[name] = (content_type, written)
    return found


def _form_style(
    context: Context, node: Node, style: str | None, explode: bool | None
) -> ir.FieldStyle | None:
    """How a property of a form is written, which is as a query parameter is where its encoding
    says `style` or `explode` (OpenAPI 3.1 section 4.8.15.1.2)."""
    if style is None and explode is None:
        return None
    match style:
        case "deepObject":
            return style
        case "spaceDelimited" | "pipeDelimited" if not explode:
            return style
        case None | "form" | "spaceDelimited" | "pipeDelimited":
            return "form" if explode is False else "exploded"
        case _:
            context.warning("bad-value", f"{style!r} is no style of a form", node.span)
            return None


def _files(context: Context, schemas: Schemas, model: Node) -> dict[str, ir.Type]:
    """The properties that are files, each with what is uploaded: one, several, or either."""
    found: dict[str, ir.Type] = {}
    for name, each in schemas.shapes.properties(model).items():
        forms = _forms(context, schemas, each.node)
        file = ir.Primitive("bytes", span=each.node.span)
        files = ir.ListOf(file, span=each.node.span)
        types: list[ir.Type] = [
            type_ for form, type_ in (("file", file), ("files", files)) if form in forms
        ]
        if types:
            found[name] = union_of(types, each.node.span)
        if types and "other" in forms:
            context.warning(
                "not-expressible",
                f"'{name}' is sent as a file; what else it may be is left out",
                each.node.span,
            )
    return found


def _forms(context: Context, schemas: Schemas, node: Node, depth: int = 0) -> set[str]:
    """What a property of an upload may be: a `file`, a list of `files`, or something `other`."""
    final = schemas.shapes.final(node)
    if final is None or depth > _DEPTH:
        return {"other"}
    bare, _ = without_null(context, final)
    if _is_binary(bare):
        return {"file"}
    variants = schemas.shapes.variants(bare)
    if variants is not None:
        found = [_forms(context, schemas, each, depth + 1) for each in variants[1]]
        return set[str]().union(*found)
    for each in context.elements(bare, "allOf"):
        # The others of them say more about the same file.
        if (forms := _forms(context, schemas, each, depth + 1)) != {"other"}:
            return forms
    items = bare.get("items")
    one = items is not None and _forms(context, schemas, items, depth + 1) == {"file"}
    return {"files"} if one else {"other"}


def _is_binary(node: Node) -> bool:
    """Whether a schema is a file, in OpenAPI 3.0's words or in those of JSON Schema."""
    value = node.mapping or {}
    kind = value["type"].value if "type" in value else None
    if kind == "file":
        return True
    if "format" in value and value["format"].value == "binary":
        return kind in ("string", None)
    media = value.get("contentMediaType")
    return (
        media is not None
        and "contentEncoding" not in value
        and kind in ("string", None)
        and media.string is not None
        and encoding_of(media.string) == "bytes"
    )


def _rank(context: Context, schemas: Schemas, media: str, content: Node) -> int:
    """The place of a media type in the order of preference. Before all others is an upload with
    a file, which JSON cannot send (Fern's rule)."""
    encoding, schema = encoding_of(media), content.get("schema")
    if encoding == "multipart" and schema is not None:
        model = schemas.shapes.model(without_null(context, schema)[0])
        properties = schemas.shapes.properties(model).values() if model is not None else ()
        if any(_forms(context, schemas, each.node) != {"other"} for each in properties):
            return -1
    return _PREFERENCE.index(encoding)


def _content(
    context: Context, schemas: Schemas, operation: Node, *, warn: bool = True
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
    for media, each in context.entries(holder, "content"):
        if each.mapping is None and each.value is not None:
            context.error("bad-value", "a media type has to be a mapping", each.span)
            continue
        target = context.references.final(each)
        if target is not None:
            offered.append((media, target if target.mapping is not None else virtual(holder, {})))
    if not offered:
        if warn and holder.get("content") is None:
            context.error(
                "missing-key",
                "a request body needs 'content'",
                holder.span,
                "name the media type: content: {application/json: {schema: …}}",
            )
        return None
    media, content = offered[0]
    if len(offered) > 1:
        media, content = min(offered, key=lambda each: _rank(context, schemas, each[0], each[1]))
    left = [each for each, _ in offered if each != media]
    if warn and left:
        context.warning(
            "not-expressible",
            f"the body is sent as {media}; {', '.join(left)} {'are' if left[1:] else 'is'} left out",
            (holder.get("content") or holder).key_span(left[0]),
        )
    if media in ("*/*", "application/*"):
        media = "application/json"
    return holder, media, content


def with_literal(body: ir.Body, path: ir.Words, value: bool) -> ir.Body:
    """A body whose stream condition is settled: the property can only be `value`."""
    if len(path) != 1:
        return body
    fields: list[ir.Field] = []
    for field in body.fields:
        if field.name == path[0]:
            field = replace(
                field, type=ir.Literal(value, span=field.span), required=True, default=None
            )
        fields.append(field)
    return replace(body, fields=tuple(fields))


__all__ = ["encoding_of", "read", "spread", "with_literal"]
