"""Loads the root file with its overrides and overlays, checks its version, and writes its
discriminators as in OpenAPI."""

from __future__ import annotations

import re

from ..config import Settings
from ..diagnostics import Diagnostics
from ..frontend_kit.node_values import unsupported_version
from ..openapi.document.root_file import patched
from ..source import Node, Sources


def load(settings: Settings, sources: Sources, diagnostics: Diagnostics) -> Node | None:
    """The root of the description; None, and an error, if it is not AsyncAPI 2 or 3."""
    root = sources.load(settings.spec)
    if root is None:
        return None
    version = root.get("asyncapi")
    if version is None or not re.fullmatch(r"[23](\..*)?", str(version.value)):
        diagnostics.error(
            "unsupported-version",
            (
                unsupported_version("AsyncAPI", "asyncapi", version)
                if version is not None
                else "AsyncAPI without a version is not supported"
            ),
            (version or root).span,
            hint="the supported versions are AsyncAPI 2 and 3",
        )
        return None
    sources.prepare = _with_discriminators
    return _with_discriminators(patched(root, settings, sources, diagnostics))


_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


def _with_discriminators(root: Node) -> Node:
    """The root with discriminators as in OpenAPI: AsyncAPI has only the name of the property
    (section "Schema Object")."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        name = node.get("discriminator")
        if name is not None and name.string is not None and _is_schema(node):
            mapping = {"propertyName": name}
            value = Node(mapping, name.span, name.file, name.pointer, {"propertyName": name.span})
            node.value = {**(node.mapping or {}), "discriminator": value}
        waiting += [child for key, child in node.items() if key not in _VALUES]
        waiting += node.elements()
    return root


def _is_schema(node: Node) -> bool:
    return any(key in (node.mapping or {}) for key in ("type", "properties", "allOf", "oneOf"))


def major(root: Node) -> int:
    """The major version of a document."""
    version = root.get("asyncapi")
    return int(str(version.value)[0]) if version is not None else 3
