"""Fern's extensions that are allowed on all elements (audiences, ignore, availability), and checks
of extensions."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import get_args, get_type_hints

from ...frontend_kit.node_reader import LEFT_OUT
from ...frontend_kit.node_values import kind
from ...ir import Availability
from ...source import Node
from .context import Context
from .extension_table import EXTENSIONS, KINDS, SILENT, UNSUPPORTED, Extension


def check_extension(context: Context, node: Node, key: str) -> None:
    """Warn about an unknown or unsupported extension, or a value with the wrong type."""
    known = EXTENSIONS.get(key)
    if known is not None:
        _check_type(context, node, known)
        return
    if key in SILENT:
        return
    span = node.key_span(key)
    if key in UNSUPPORTED:
        context.warning(
            "not-expressible", f"'{key}' is left out: {UNSUPPORTED[key]} is not generated", span
        )
        return
    near = difflib.get_close_matches(key, sorted(EXTENSIONS), n=1)
    context.warning(
        "unknown-key",
        f"unknown extension '{key}'",
        span,
        f"did you mean '{near[0]}'?" if near else None,
    )


def _check_type(context: Context, node: Node, extension: Extension) -> None:
    """Use the same message as the typed readers, so that a problem is reported only once."""
    child = node.get(extension.name)
    if child is None or child.value is None or _is_of(child, extension.types):
        return
    context.warning(
        "wrong-type",
        f"expected {KINDS[extension.types[0]]} for '{extension.name}', found {kind(child)}{LEFT_OUT}",
        child.span,
    )


def _is_of(node: Node, types: tuple[str, ...]) -> bool:
    if "value" in types:
        return True
    if node.mapping is not None:
        return "mapping" in types
    if node.list is not None:
        return "list" in types
    # Numbers and booleans are accepted as strings, for values without quotes in YAML.
    return "text" in types or ("flag" in types and _is_flag(node))


def _is_flag(node: Node) -> bool:
    text = node.string
    return isinstance(node.value, bool) or (text or "").lower() in ("true", "false")


def audiences(context: Context, node: Node) -> Sequence[str]:
    return context.strings(node, "x-fern-audiences") if node.mapping is not None else ()


def is_wanted(context: Context, node: Node) -> bool:
    """Whether an element is included by the audiences and not ignored."""
    return not is_ignored(context, node) and is_for_audience(context, node)


def is_ignored(context: Context, node: Node) -> bool:
    value = node.mapping
    return bool(
        value is not None and "x-fern-ignore" in value and context.boolean(node, "x-fern-ignore")
    )


def is_for_audience(context: Context, node: Node) -> bool:
    """Whether an element has no audiences, or one of the audiences of this run."""
    if not context.settings.audiences or node.mapping is None:
        return True
    if "x-fern-audiences" not in node.mapping:
        return True
    named = audiences(context, node)
    return not named or any(name in context.settings.audiences for name in named)


def wanted_properties(
    context: Context, properties: Iterable[tuple[str, Node]]
) -> list[tuple[str, Node]]:
    """The properties of a schema that are included.

    In versions of Fern before 5.0, those with one of the audiences or, if there are none, all. In
    Fern, an upload keeps all its properties.
    """
    result = [(name, node) for name, node in properties if not is_ignored(context, node)]
    if context.settings.layout == "fern" and any(_is_file(node) for _, node in result):
        return result
    if context.settings.layout == "fern" and context.importer.audiences_select_properties:
        named = [pair for pair in result if audiences(context, pair[1])]
        return [pair for pair in named if is_for_audience(context, pair[1])] or result
    return [pair for pair in result if is_for_audience(context, pair[1])]


def _is_file(node: Node) -> bool:
    """Whether a property is a file, or a list of files."""
    items = node.get("items") if node.mapping is not None else None
    formats = [child.get("format") for child in (node, items) if child is not None]
    return any(written is not None and written.value == "binary" for written in formats)


_STATUSES: tuple[str, ...] = get_args(get_type_hints(Availability)["status"])
_ALIASES = {"ga": "generally-available", "alpha": "in-development", "preview": "pre-release"}


def availability(context: Context, node: Node) -> Availability | None:
    """`x-fern-availability`, as a string or with a message, or else OpenAPI's `deprecated`."""
    if node.mapping is None:
        return None
    written = node.get("x-fern-availability")
    if written is not None and written.value is not None:
        status: object = written.value
        message: str | None = None
        if written.mapping is not None:
            status = context.string(written, "status")
            message = context.doc(written, "message")
        if isinstance(status, str):
            status = _ALIASES.get(status.lower(), status.lower().replace("_", "-"))
        for known in _STATUSES:
            if status == known:
                return Availability(known, message)  # type: ignore[arg-type]  # one of the literals
        context.warning(
            "bad-extension",
            f"'x-fern-availability' is not one of {', '.join(_STATUSES)}",
            written.span,
        )
        return None
    if "deprecated" in node.mapping and context.boolean(node, "deprecated"):
        return Availability("deprecated", context.doc(node, "x-deprecated-message"))
    return None
