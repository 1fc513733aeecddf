"""`x-fiddlehead-lifecycle` of OpenAPI and Fern: how the state of a resource changes over time."""

from __future__ import annotations

from collections.abc import Callable

from .. import ir
from ..diagnostics import Span
from ..source.node import Node
from .node_reader import LEFT_OUT
from .node_values import kind

KEY = "x-fiddlehead-lifecycle"
_KEYS = frozenset(["id", "property", "states", "requests", "seconds", "moves", "copies", "adds"])
_RESPONSE = "$response."

Warn = Callable[[str, str, Span], None]


def read(operation: Node, warn: Warn) -> ir.Lifecycle | None:
    """The lifecycle of the resource of an operation; None if there is none, or if it is invalid,
    which is reported with `warn` (code, message, location)."""
    written = operation.get(KEY)
    if written is None or written.value is None:
        return None
    if written.mapping is None:
        message = f"expected a mapping for '{KEY}', found {kind(written)}{LEFT_OUT}"
        warn("wrong-type", message, written.span)
        return None
    for key in sorted(written.mapping.keys() - _KEYS):
        warn("unknown-key", f"unknown key '{key}' of '{KEY}'", written.key_span(key))
    id_, state_path = _path(written, "id"), _path(written, "property")
    states = tuple(_plain(state) for state in _items(written, "states"))
    if not id_ or not state_path or len(states) < 2:
        warn(
            "bad-extension",
            f"'{KEY}' requires 'id' and 'property', both $response.…, and at least two 'states'",
            written.span,
        )
        return None
    return ir.Lifecycle(
        id_,
        state_path,
        states,
        requests=int(_number(written, "requests", 3, warn)),
        seconds=float(_number(written, "seconds", 30, warn)),
        moves={name: _plain(node) for name, node in _entries(written, "moves", warn)},
        copies={
            name: text
            for name, node in _entries(written, "copies", warn)
            if (text := _text(node, "copies", warn)) is not None
        },
        adds=tuple(
            text
            for node in _items(written, "adds")
            if (text := _text(node, "adds", warn)) is not None
        ),
        span=written.span,
    )


def _path(node: Node, key: str) -> ir.Words:
    child = node.get(key)
    text = child.value if child is not None else None
    if not isinstance(text, str) or not text.startswith(_RESPONSE):
        return ()
    return tuple(text[len(_RESPONSE) :].split("."))


def _items(node: Node, key: str) -> list[Node]:
    child = node.get(key)
    return list(child.list or ()) if child is not None else []


def _entries(node: Node, key: str, warn: Warn) -> list[tuple[str, Node]]:
    child = node.get(key)
    if child is None or child.value is None:
        return []
    if child.mapping is None:
        message = f"expected a mapping for '{key}', found {kind(child)}{LEFT_OUT}"
        warn("wrong-type", message, child.span)
        return []
    return list(child.items())


def _plain(node: Node) -> ir.Scalar:
    return node.value if isinstance(node.value, str | int | float) else None


def _text(node: Node, key: str, warn: Warn) -> str | None:
    if node.string is None:
        message = f"expected a string in '{key}', found {kind(node)}{LEFT_OUT}"
        warn("wrong-type", message, node.span)
    return node.string


def _number(node: Node, key: str, default: float, warn: Warn) -> float:
    child = node.get(key)
    if child is None or child.value is None:
        return default
    value = child.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
        warn("bad-value", f"'{key}' must be a positive number", child.span)
        return default
    return value
