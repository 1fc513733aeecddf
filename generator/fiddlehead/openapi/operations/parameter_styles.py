"""The styles of a parameter, and the schema that is written with one."""

from __future__ import annotations

import re

from ... import ir
from ...source import Node
from ..document.context import Context
from ..document.terms import SWAGGER

STYLES: dict[ir.Location, tuple[ir.ParameterStyle, ...]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
"""The styles of each location, the default first (OpenAPI 3.1, section 4.8.12.3)."""


def allows_reserved(context: Context, node: Node, name: str, location: ir.Location) -> bool:
    reserved = bool(context.boolean(node, "allowReserved"))
    if reserved and location != "query":
        context.warning(
            "not-expressible",
            f"'allowReserved' of '{name}' is left out: only query parameters can have it",
            node.key_span("allowReserved"),
        )
    return reserved and location == "query"


def schema_and_style(
    context: Context, node: Node, location: ir.Location
) -> tuple[Node | None, ir.ParameterStyle, bool]:
    """The schema of a parameter and its serialization (RFC 6570 for all but `json`).

    In layout `fern`, as in Fern, the value of a parameter with `content` is a text that the caller
    writes, unless `respect-parameter-content` is set, which counts for headers only.
    """
    content = context.mapping(node, "content")
    respected = location == "header" and context.importer.respect_parameter_content
    if content is not None and context.settings.layout == "fern" and not respected:
        return None, STYLES[location][0], STYLES[location][0] == "form"
    if content is not None:
        for media, child in content.items():
            if child.mapping is None:
                context.is_mapping(child, "a media type")
                continue
            if len(content.mapping or {}) > 1:
                context.warning(
                    "bad-value",
                    "the content of a parameter must have exactly one entry",
                    content.span,
                )
            is_json = bool(re.search(r"[/+]json\b", media))
            return child.get("schema"), "json" if is_json else STYLES[location][0], False
    # Swagger 2.0 has the delimiters everywhere, as `collectionFormat`.
    delimited = ir.DELIMITERS if context.terms is SWAGGER else ()
    styles = (*STYLES[location], *delimited)
    style, written = styles[0], context.string(node, "style")
    if written is not None and written in styles:
        style = written
    elif written == "cookie" and location == "cookie":
        style = "cookie"
    elif written is not None:
        context.warning(
            "bad-value",
            f"'{written}' is not a style of {location} parameters; '{style}' is used",
            (node.get("style") or node).span,
            f"write one of {', '.join(STYLES[location])}",
        )
    explode = context.boolean(node, "explode")
    return (
        node.get("schema"),
        style,
        explode if explode is not None else style in ("form", "deepObject", "cookie"),
    )
