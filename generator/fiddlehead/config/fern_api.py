"""The `api` of Fern's generators.yml: the descriptions with their settings, in the formats of all
versions of Fern, and the settings of the API itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..diagnostics import Span
from ..frozen import dataclass
from ..paths import posix
from ..source import Node
from .checks import Places
from .fern_importer import importer_settings
from .fields import BAD, Layer, Reader, build, merge
from .importer_settings import ImporterSettings
from .settings import Description

_API = [
    "async-openapi",
    "audiences",
    "auth",
    "auth-schemes",
    "default-environment",
    "default-url",
    "environments",
    "headers",
    "namespaces",
    "origin",
    "overrides",
    "path",
    "settings",
    "specs",
]
_SPEC = [
    "asyncapi",
    "audiences",
    "name",
    "namespace",
    "openapi",
    "origin",
    "overlays",
    "overrides",
    "path",
    "settings",
]
_IR_KEYS = ("auth", "auth-schemes", "default-environment", "default-url", "environments", "headers")

_OTHER_LANGUAGES = {
    "conjure": "Conjure",
    "graphql": "GraphQL",
    "openrpc": "OpenRPC",
    "proto": "Protocol Buffers",
}
"""Keys of specs in other languages, and the names of these languages."""


@dataclass(frozen=True)
class _Spec:
    """One description in generators.yml."""

    path: Node
    namespace: str | None
    holder: Node | None
    """The mapping with the overrides, overlays and settings of the description."""


def read_api(
    root: Node, generator: Node | None, defaults: Layer, reader: Reader, places: Places
) -> Layer:
    """The descriptions with their settings, and the settings of the API itself.

    `defaults` apply to settings that the file does not have.
    """
    api = root.get("api")
    own_api = generator.get("api") if generator is not None else None
    layer: Layer = dict(_api_settings(root, own_api))
    shared = [root.get("settings"), root.get("api-settings")]
    if api is not None and api.mapping is not None:
        known(api, _API, reader)
        shared.append(api.get("settings"))
    last = own_api.get("settings") if own_api is not None else None
    specs = list(_specs(root, api, reader))
    common = _settings(shared, reader, places)
    own_settings = _settings([last], reader, places)
    further: list[Description] = []
    for number, spec in enumerate(specs):
        own = spec.holder.get("settings") if spec.holder is not None else None
        merged = merge(defaults, common, _settings([own], reader, places), own_settings)
        description_layer = _description(spec, number == 0, reader, places)
        if number == 0:
            layer = merge(layer, merged, description_layer)
            continue
        # For other descriptions, only the importer settings are separate.
        layer = merge({key: merged[key] for key in merged if key != "importer"}, layer)
        if "spec" in description_layer:
            description_layer.pop("spec_label")
            description_layer.pop("spec_path")
            importer = build(ImporterSettings, merged.get("importer", {}))
            further.append(Description(importer=importer, **description_layer))
    if not specs:
        layer = merge(layer, defaults, common, own_settings)
    if not further:
        return layer
    names = [layer["spec_label"], *(description.spec.name for description in further)]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return {**layer, "further": tuple(further), "spec_label": ", ".join(names[:3]) + more}


def known(node: Node, keys: Sequence[str], reader: Reader) -> None:
    """Warn about keys of a mapping that Fern does not have."""
    for key, _ in node.items():
        if key not in keys:
            reader.unknown(key, node, keys)


def _api_settings(root: Node, own_api: Node | None) -> Layer:
    api = root.get("api")
    merged: dict[str, Node] = {}
    keys: dict[str, Span] = {}
    for holder in (root, api, own_api):
        if holder is None or holder.mapping is None:
            continue
        for key in _IR_KEYS:
            node = holder.get(key)
            if node is not None and not (holder is root and key == "auth"):
                merged[key], keys[key] = node, holder.key_span(key)
    if not merged:
        return {}
    return {"api": Node(dict(merged), next(iter(keys.values())), root.file, "/api", keys)}


def _specs(root: Node, api: Node | None, reader: Reader) -> Iterator[_Spec]:
    """All readable descriptions, in the order of the file."""
    if api is not None:
        specs = api.get("specs")
        namespaces = api.get("namespaces")
        if specs is not None:
            if specs.mapping is not None:
                reader.warning(
                    "'specs' must be a list: it is read as a list with one element",
                    specs,
                    hint="write '-' before the first key",
                )
            for element in (specs,) if specs.mapping is not None else specs.elements():
                yield from _spec(element, None, reader)
        elif namespaces is not None:
            for name, node in namespaces.items():
                for element in node.elements() if node.list is not None else (node,):
                    yield from _spec(element, name, reader)
        elif api.list is not None:
            for element in api.elements():
                yield from _spec(element, None, reader)
        elif api.string or api.get("path") is not None or api.get("proto") is not None:
            yield from _spec(api, None, reader)
    yield from _top_level(root, reader)


def _top_level(root: Node, reader: Reader) -> Iterator[_Spec]:
    """Top-level `openapi` and `async-api` next to `groups`, as in the oldest files."""
    node = root.get("openapi")
    if node is not None and node.string:
        yield _Spec(node, None, _with(root, "openapi-overrides", "overrides"))
    elif node is not None:
        yield from _spec(node, None, reader)
    node = root.get("async-api")
    if node is not None and node.string:
        yield _Spec(node, None, None)


def _with(root: Node, key: str, name: str) -> Node | None:
    node = root.get(key)
    if node is None:
        return None
    return Node({name: node}, node.span, root.file, root.pointer, {name: root.key_span(key)})


def _spec(node: Node, namespace: str | None, reader: Reader) -> Iterator[_Spec]:
    if node.string:
        yield _Spec(node, namespace, None)
        return
    for key, language in _OTHER_LANGUAGES.items():
        if node.get(key) is not None:
            _left_out(node, language, reader)
            return
    path = node.get("openapi") or node.get("path") or node.get("asyncapi")
    if path is not None and path.mapping is not None:
        yield from _spec(path, namespace, reader)
        return
    if path is None:
        reader.error("this description has no path: 'openapi' is missing", node)
        return
    # A single description may have its path in `api` itself; the other keys of `api` are settings
    # of the API.
    if node.get("path") is None:
        known(node, _SPEC, reader)
    own = node.get("namespace")
    yield _Spec(path, (own.string if own is not None else None) or namespace, node)


def _left_out(node: Node, language: str, reader: Reader) -> None:
    reader.warning(f"{language} is not supported: this description is left out", node)


def _description(spec: _Spec, first: bool, reader: Reader, places: Places) -> Layer:
    """The paths of one description, and its namespace."""
    layer: Layer = {}
    value = reader.value("openapi", spec.path, Path)
    if value is BAD:
        return layer
    layer["spec"] = value
    layer["spec_label"] = value.name
    layer["spec_path"] = posix(str(spec.path.value))
    if first:
        places.add("spec", spec.path)
    places.add(f"spec.{value}", spec.path)
    if spec.namespace:
        layer["namespace"] = spec.namespace
    for key in ("overrides", "overlays"):
        node = spec.holder.get(key) if spec.holder is not None else None
        if node is None:
            continue
        nodes = list(node.elements()) if node.list is not None else [node]
        paths = [reader.value(key, node, Path) for node in nodes]
        if first:
            places.add(key, node)
        places.add(f"spec.{value}", node)
        layer[key] = tuple(path for path in paths if path is not BAD)
    return layer


def _settings(nodes: Sequence[Node | None], reader: Reader, places: Places) -> Layer:
    importers = [importer_settings(node, reader, places) for node in nodes if node is not None]
    return merge(*importers)
