"""Warnings about unknown keys, whose values would otherwise be ignored silently."""

from __future__ import annotations

import difflib
import functools

from ...frontend_kit.node_reader import LEFT_OUT
from ...source import Node
from .context import Context
from .extension_table import EXTENSIONS

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

_KNOWN = {
    "an OpenAPI description": "openapi $self info jsonSchemaDialect servers paths webhooks "
    "components security tags externalDocs",
    "the components": "schemas responses parameters examples requestBodies headers securitySchemes "
    "links callbacks pathItems mediaTypes",
    "a path item": "$ref summary description servers parameters additionalOperations "
    + " ".join(METHODS),
    "an operation": "tags summary description externalDocs operationId parameters requestBody "
    "responses callbacks deprecated security servers",
    "a parameter": "$ref name in description summary required deprecated allowEmptyValue example "
    "examples style explode allowReserved schema content",
    "a request body": "$ref summary description content required",
    "a response": "$ref summary description headers content links",
    "the info": "title summary description termsOfService contact license version",
    "a server variable": "enum default description",
    "a header": "$ref description summary required deprecated allowEmptyValue example examples style "
    "explode allowReserved schema content",
    "a media type": "$ref description summary schema itemSchema example examples encoding "
    "prefixEncoding itemEncoding",
    "an encoding": "contentType headers style explode allowReserved encoding prefixEncoding "
    "itemEncoding",
}
"""The keys of each object (OpenAPI 3.2, section 4, which includes those of 3.0 and 3.1)."""

_KEYWORDS = frozenset(
    [
        "$ref",
        "type",
        "format",
        "properties",
        "required",
        "items",
        "enum",
        "const",
        "oneOf",
        "anyOf",
        "allOf",
        "not",
        "default",
        "description",
        "title",
        "nullable",
        "readOnly",
        "writeOnly",
        "deprecated",
        "discriminator",
        "additionalProperties",
        "patternProperties",
        "prefixItems",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "example",
        "examples",
        "contentEncoding",
        "contentMediaType",
    ]
)
"""The keywords of schemas that are suggested for misspelled keys. Other keywords are allowed."""


_EXTENDED = {
    "an OpenAPI description": {"description"},
    "the components": set[str](),
    "a path item": set[str](),
    "an operation": {"operation", "webhook"},
    "a parameter": {"parameter", "path parameter", "global parameter", "header"},
    "a request body": set[str](),
    "a response": set[str](),
    "a schema": {"schema", "boolean schema", "enum", "union", "property"},
}
"""The names of each object in the column `where` of the table of extensions."""


def check_extensions(context: Context, node: Node, what: str) -> None:
    """Warn about known extensions that have no effect on `what`."""
    if EXTENSIONS.keys().isdisjoint(node.mapping or ()):
        return
    for key, _ in node.items():
        extension = EXTENSIONS.get(key)
        if extension is None or "anything" in extension.places:
            continue
        if _EXTENDED[what].isdisjoint(extension.places):
            context.warning(
                "misplaced-extension",
                f"'{key}' has no effect on {what}",
                node.key_span(key),
                f"it applies to: {extension.where}",
            )


def check_keys(context: Context, node: Node, what: str) -> None:
    """Warn about keys that `what` cannot have. Those of Swagger 2.0 were checked before the
    conversion."""
    check_extensions(context, node, what)
    check_unknown_keys(context, node, what)


def check_unknown_keys(context: Context, node: Node, what: str) -> None:
    """The same without extensions."""
    if context.sources.is_converted:
        return
    known = _known(what)
    for key, _ in node.items():
        if key not in known and not key.startswith("x-"):
            near = difflib.get_close_matches(key.lower(), known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else None
            if key in _KEYWORDS and "schema" in known:
                hint = "write it under 'schema'"
            context.warning(
                "unknown-key",
                f"unknown key '{key}' of {what}; it is left out",
                node.key_span(key),
                hint,
            )


@functools.cache
def _known(what: str) -> dict[str, None]:
    """The keys of an object, in their order."""
    return dict.fromkeys(_KNOWN[what].split())


def check_keywords(context: Context, node: Node) -> None:
    """Warn about keys of a schema that are similar to a keyword, and about misplaced extensions."""
    check_extensions(context, node, "a schema")
    for key, child in node.items():
        if key in _STRINGS and child.value is not None and child.string is None:
            context.wrong_type(child, f"'{key}'", "a string")
        near = _keyword_like(key) if key not in _KEYWORDS else None
        if near is not None:
            context.warning(
                "unknown-key",
                f"unknown keyword '{key}' of a schema; it is left out",
                node.key_span(key),
                f"did you mean '{near}'?",
            )


@functools.cache
def _keyword_like(key: str) -> str | None:
    if key.startswith(("x-", "$")):
        return None
    near = difflib.get_close_matches(key, sorted(_KEYWORDS), n=1, cutoff=0.87)
    return near[0] if near else None


_STRINGS = frozenset(["format", "pattern", "contentEncoding", "contentMediaType"])


def has_values(context: Context, node: Node) -> bool:
    """Whether a schema has an enum with values; an enum without values is ignored, with a warning."""
    listed = (node.mapping or {}).get("enum")
    if listed is None or context.elements(node, "enum"):
        return listed is not None
    if listed.list is not None:
        context.warning(
            "empty-enum",
            f"enum has no values{LEFT_OUT}",
            node.key_span("enum"),
            "add its values, or remove 'enum'",
        )
    return False
