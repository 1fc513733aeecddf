"""Converts `host`, `basePath` and `schemes` to servers."""

from __future__ import annotations

import re

from ..source import Node
from .nodes import mapping, scalar, sequence, texts

_HTTP = ("http", "https")


def of_root(root: Node) -> Node | None:
    """The servers of the API, one for each scheme in order; None if there are none."""
    base = next((root.get(key) for key in ("host", "basePath") if _text(root, key)), None)
    if base is None:
        return None
    schemes = [scheme for scheme in texts(root.get("schemes")) if scheme in _HTTP]
    return _servers(root, base, schemes or [_default_scheme(root)], "/servers")


def of_operation(root: Node, operation: Node) -> Node | None:
    """The server of an operation that does not support the first scheme of the API."""
    own = [scheme for scheme in texts(operation.get("schemes")) if scheme in _HTTP]
    usual = [scheme for scheme in texts(root.get("schemes")) if scheme in _HTTP] or [
        _default_scheme(root)
    ]
    base = operation.get("schemes")
    if not own or base is None or usual[0] in own or root.get("host") is None:
        return None
    return _servers(root, base, own[:1], f"{operation.pointer}/servers")


def _servers(root: Node, base: Node, schemes: list[str], pointer: str) -> Node:
    host, path = _text(root, "host"), _text(root, "basePath").rstrip("/")
    if path and not path.startswith("/"):
        path = f"/{path}"
    urls = [f"{scheme}://{host}{path}" for scheme in schemes] if host else [path or "/"]
    items = [
        mapping({"url": scalar(url, base, f"{pointer}/{index}/url")}, base, f"{pointer}/{index}")
        for index, url in enumerate(urls)
    ]
    return sequence(items, base, pointer)


def _text(root: Node, key: str) -> str:
    node = root.get(key)
    return node.value if node is not None and isinstance(node.value, str) else ""


def _default_scheme(root: Node) -> str:
    """The default scheme. In Swagger 2.0 it is the scheme of the URL of the document."""
    local = re.match(r"(localhost|127\.0\.0\.1|\[::1\])(:|$)", _text(root, "host"))
    return "http" if local else "https"
