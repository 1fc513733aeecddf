"""Loads the root file with its overrides and overlays, and checks its version."""

from __future__ import annotations

import re
from pathlib import PurePath

from ...config import Settings
from ...diagnostics import Diagnostics
from ...frontend_kit.node_values import kind, unsupported_version
from ...source import Node, Sources
from ...swagger import convert, is_swagger
from . import overlays, root_groups
from .overrides import merge


def load(settings: Settings, sources: Sources, diagnostics: Diagnostics) -> Node | None:
    """The root of the description with all overrides and then all overlays. Swagger 2.0 is
    converted; None, and errors, for anything other than OpenAPI 3 and Swagger 2.0.

    Overrides are those of the settings, and `x-fern-overrides-filepath` of the file itself.
    """
    root = sources.load(settings.spec)
    if root is None or not _is_openapi(root, diagnostics):
        return None
    merged = patched(root, settings, sources, diagnostics)
    if is_swagger(merged):
        converted = convert(merged, sources, diagnostics)
        sources.replace(root.file, converted, original=merged)
        return converted
    return merged


def patched(root: Node, settings: Settings, sources: Sources, diagnostics: Diagnostics) -> Node:
    """A root with all overrides, overlays and groups of other files; references into its file
    resolve to this root from now on."""
    own = root.get("$self")
    if own is not None and own.string:
        sources.identify(own.string, root.file)
    named = root.get("x-fern-overrides-filepath")
    files = [(path, None) for path in settings.overrides]
    path_nodes = (
        named.list if named is not None and named.list is not None else [named] if named else []
    )
    merged = root
    for path_node in path_nodes:
        if path_node.string is None:
            diagnostics.warning(
                "bad-extension", "'x-fern-overrides-filepath' must be a path", path_node.span
            )
            continue
        try:
            override = sources.load(root.file.parent / path_node.string, path_node.span)
        except ValueError:
            diagnostics.error("missing-file", f"'{path_node.string}' is not a path", path_node.span)
            continue
        merged = merge(merged, override, diagnostics) if override is not None else merged
    for path, because in files:
        override = sources.load(path, because)
        merged = merge(merged, override, diagnostics) if override is not None else merged
    for path in settings.overlays:
        overlay = sources.load(path)
        merged = overlays.apply(merged, overlay, diagnostics) if overlay is not None else merged
    if merged is not root:
        sources.replace(root.file, merged)
    complete = root_groups.resolved(merged, sources, diagnostics)
    if complete is not merged:
        sources.replace(root.file, complete)
    return complete


_FORMATS = "the formats are OpenAPI, Swagger 2.0, AsyncAPI and Fern definitions"

_OTHER_FORMATS = (
    (("info", "item"), "a Postman collection", "export it as OpenAPI"),
    (("log",), "a HAR file", _FORMATS),
    (("apiVersion", "kind"), "a Kubernetes manifest", _FORMATS),
    (("discoveryVersion",), "a Google API Discovery document", "convert it to OpenAPI"),
    (("smithy",), "a Smithy model", "convert it to OpenAPI"),
    (("$schema",), "a JSON Schema", "refer to it from an OpenAPI description"),
)
"""Keys of files in other formats."""


def _of_other_format(root: Node) -> tuple[str, str]:
    """The message and the hint for a mapping without a version of OpenAPI."""
    keys = root.mapping or {}
    if PurePath(root.file).stem == "api" and "name" in keys:
        hint = "for a Fern definition, pass the folder with api.yml"
    elif {"paths", "components", "webhooks", "info"}.isdisjoint(keys) or "item" in keys:
        for known, name, hint in _OTHER_FORMATS:
            if keys.keys() >= {*known}:
                return f"this is {name}, not an OpenAPI description", hint
        return "this is not an OpenAPI description: it has no 'openapi'", _FORMATS
    else:
        hint = "add openapi: 3.1.0 at the top"
    return "'openapi' is missing: the version of OpenAPI is unknown", hint


def _is_openapi(root: Node, diagnostics: Diagnostics) -> bool:
    if root.mapping is None:
        problem = (
            "the file is empty"
            if root.value is None
            else f"an API description must be a mapping, not {kind(root)}"
        )
        diagnostics.error("not-a-description", problem, root.span, hint=_FORMATS)
        return False
    if is_swagger(root):
        return True
    version = root.get("openapi")
    if version is None:
        written = root.get("swagger")
        if written is not None:
            diagnostics.error(
                "unsupported-version",
                unsupported_version("Swagger", "swagger", written),
                written.span,
                hint="the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
            )
            return False
        message, hint = _of_other_format(root)
        diagnostics.error("not-a-description", message, root.span, hint=hint)
        return False
    if not re.fullmatch(r"3\.[012](\..*)?", str(version.value)):
        diagnostics.error(
            "unsupported-version",
            unsupported_version("OpenAPI", "openapi", version),
            version.span,
            hint="the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
        )
        return False
    return True
