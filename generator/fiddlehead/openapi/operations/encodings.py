"""The encodings of media types, and `encoding` of form fields."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import Literal

from ... import ir
from ...frontend_kit.node_values import frozen
from ...frozen import dataclass
from ...source import Node
from ..document.context import Context
from ..document.keys import check_unknown_keys
from ..document.terms import SWAGGER

Encoding = Literal["json", "form", "multipart", "bytes", "text"]

_MEDIA_TYPES = re.compile(
    r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+(\s*;[^,\x00-\x1f]*)?(\s*,\s*[\w!#$&^.+*-]+/[\w!#$&^.+*-]+(\s*;[^,\x00-\x1f]*)?)*",
    re.ASCII,
)


@dataclass(frozen=True)
class Written:
    """The encoding of a form field; None means the default of OpenAPI."""

    content_type: str | None = None
    """One media type, or several, separated by commas."""
    style: ir.FieldStyle | None = None
    allow_reserved: bool = False


@functools.cache  # A description repeats few media types.
def encoding_of(media: str) -> Encoding:
    """The encoding for a media type; unknown ones are sent as bytes."""
    media = media.split(";")[0].strip().lower()
    if re.fullmatch(r"[^/]+/([^/]*\+)?json(\+[a-z-]+)?|\*/\*|application/\*", media):
        return "json"
    if media == "application/x-www-form-urlencoded":
        return "form"
    if media.startswith("multipart/"):
        return "multipart"
    if re.fullmatch(r"text/(?!event-stream).*|application/(.*\+)?(xml|yaml)", media):
        return "text"
    return "bytes"


def is_other_notation(one: tuple[str, Node], other: tuple[str, Node]) -> bool:
    """Whether two media types, each with its object, are two notations of the same value, such as
    JSON and XML of one schema; then a client needs only the first.

    `application/json` is equivalent to any other JSON type, and to a range such as
    `application/*+json`.
    """
    another = encoding_of(one[0]) != encoding_of(other[0])
    return (another or is_plain_json(one[0]) or "*" in other[0]) and has_same_schema(
        one[1], other[1]
    )


def is_plain_json(media: str) -> bool:
    """Whether a media type is `application/json`, which may have parameters."""
    return media.partition(";")[0].strip().lower() == "application/json"


def has_same_schema(one: Node, other: Node) -> bool:
    """Whether two media type objects have the same schema, and say something in it."""
    schema, second = one.get("schema"), other.get("schema")
    return (
        schema is not None
        and second is not None
        and bool(schema.mapping)
        and frozen(schema) == frozen(second)
    )


def read(
    context: Context,
    content: Node,
    encoding: Encoding,
    properties: Collection[str],
    files: Collection[str],
    objects: Collection[str],
) -> dict[str, Written]:
    """The `encoding` of each property (OpenAPI 3.1, section 4.8.15)."""
    result: dict[str, Written] = {}
    for name, node in context.entries(content, "encoding"):
        if not context.is_mapping(node, "an encoding"):
            continue
        if encoding in ("form", "multipart") and name not in properties:
            holder = content.get("encoding") or content
            context.warning(
                "bad-value",
                f"this encoding is for the property '{name}', which the schema does not have",
                holder.key_span(name),
            )
            continue
        check_unknown_keys(context, node, "an encoding")
        content_type = _content_type(context, node)
        if name in objects and content_type is not None and not _can_hold_json(content_type):
            context.warning(
                "not-expressible",
                f"the object '{name}' is sent as JSON in a part of type {content_type}",
                (node.get("contentType") or node).span,
                "describe it as a string, and pass the text",
            )
        explode, style = context.boolean(node, "explode"), context.string(node, "style")
        written: ir.FieldStyle | None = None
        if content_type is not None and "*" not in content_type and _is_json(content_type):
            written = "json"
        elif encoding == "form":
            written = _form_style(context, node, style, explode)
        elif encoding == "multipart" and _has_part_styles(context):
            written = _form_style(context, node, style, explode)
            if written == "form":
                written = "commas"
            elif written == "exploded" and name in objects:
                written = "properties"
        if encoding == "multipart":
            _headers(context, name, node, name in files)
        reserved = encoding == "form" and bool(context.boolean(node, "allowReserved"))
        if reserved and written is None:
            written = "exploded"
        result[name] = Written(content_type, written, reserved)
    return result


def _is_json(content_type: str) -> bool:
    return encoding_of(content_type) == "json"


def _can_hold_json(content_types: str) -> bool:
    """Whether one of several media types, or what a range stands for, may be JSON or plain text."""
    listed = [type_.partition(";")[0].strip().lower() for type_ in content_types.split(",")]
    return any(
        "*" in media_type or _is_json(media_type) or media_type == "text/plain"
        for media_type in listed
    )


def _content_type(context: Context, node: Node) -> str | None:
    text = context.string(node, "contentType")
    if text is None or _MEDIA_TYPES.fullmatch(text.strip()):
        return text.strip() if text is not None else None
    context.warning(
        "bad-value",
        f"{text!r} is not a media type; it is left out",
        (node.get("contentType") or node).span,
    )
    return None


def _headers(context: Context, name: str, node: Node, is_file: bool) -> None:
    """Warn about the headers of a part, which no argument sets."""
    for header, raw_node in context.entries(node, "headers"):
        if header.lower() == "content-type":
            continue
        final = context.references.final(raw_node)
        required = final is not None and bool((final.get("required") or final).value is True)
        holder = node.get("headers") or node
        context.warning(
            "not-expressible",
            f"the{' required' if required else ''} header '{header}' of the part '{name}' is"
            " not an argument of the method",
            holder.key_span(header),
            (
                "pass the file as a tuple of name, content, content type and headers:"
                f" {name}=(None, content, None, {{{header!r}: …}})"
                if is_file
                else "only files can have headers: the part is sent without it"
            ),
        )


def _has_part_styles(context: Context) -> bool:
    """Whether the parts of a multipart body have styles: since OpenAPI 3.1 (section 4.8.15.1.2), and
    as `collectionFormat` in Swagger 2.0."""
    return context.terms is SWAGGER or context.version not in ("", "3.0")


def _form_style(
    context: Context, node: Node, style: str | None, explode: bool | None
) -> ir.FieldStyle | None:
    """The style of a form field, which is that of a query parameter if its encoding has `style` or
    `explode` (OpenAPI 3.1, section 4.8.15.1.2)."""
    if style is None and explode is None:
        return None
    match style:
        case "deepObject":
            return style
        case "spaceDelimited" | "pipeDelimited" if not explode:
            return style
        case "tabDelimited" if context.terms is SWAGGER:
            return style
        case None | "form" | "spaceDelimited" | "pipeDelimited":
            return "form" if explode is False else "exploded"
        case _:
            context.warning("bad-value", f"{style!r} is not a style of form fields", node.span)
            return None
