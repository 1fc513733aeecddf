"""Fern's generators.yml, read as it is: the Python generator of one group as settings."""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from pathlib import Path

from ..diagnostics import Diagnostics, Span
from ..source import Node, Sources
from .checks import Places, is_identifier
from .fern_python import read_field, read_python
from .fields import BAD, Layer, Reader, merge
from .settings import ImporterSettings

_TOP = [
    "aliases",
    "api",
    "async-api",
    "auth-schemes",
    "autorelease",
    "default-group",
    "groups",
    "metadata",
    "openapi",
    "openapi-overrides",
    "readme",
    "reviewers",
    "settings",
    "spec-origin",
    "whitelabel",
]
_API = [
    "async-openapi",
    "auth",
    "auth-schemes",
    "default-environment",
    "default-url",
    "environments",
    "headers",
    "origin",
    "overrides",
    "path",
    "settings",
    "specs",
]
_SPEC = ["namespace", "openapi", "origin", "overlays", "overrides", "settings"]
_GROUP = ["audiences", "generators", "metadata", "reviewers", "snippets"]
_GENERATOR = [
    "api",
    "autorelease",
    "config",
    "disable-examples",
    "github",
    "ir-version",
    "irVersion",
    "keywords",
    "metadata",
    "name",
    "output",
    "override-generator-metadata",
    "publish-metadata",
    "reviewers",
    "smart-casing",
    "snippets",
    "version",
]
_IR_KEYS = ("auth", "auth-schemes", "default-environment", "default-url", "environments", "headers")

# What these say about the examples or the asynchronous side of an API does not shape a client.
_WITHOUT_EFFECT = ("example-generation", "message-naming", "asyncapi", "webhook-signature")

FERN_DEFAULTS: Layer = {
    "python": {
        "stream_abstraction": False,
        "websocket_clients": False,
        "pydantic": {"frozen": True, "union_naming": "v0"},
    }
}
"""Where Fern's defaults are not ours; its users get what they are used to."""


def read_generators(
    path: Path,
    because: Span | None,
    group: str | None,
    sources: Sources,
    diagnostics: Diagnostics,
    places: Places,
) -> Layer:
    """The settings that a generators.yml has for its Python generator; errors are collected."""
    root = sources.load(path, because)
    if root is None:
        return {}
    reader = Reader(diagnostics, path.parent)
    if root.mapping is None or (root.get("groups") is None and root.get("api") is None):
        reader.error("this is not Fern's generators.yml: there are no 'groups' and no 'api'", root)
        return {}
    known(root, _TOP, reader)
    generator, chosen = _choose(root, group, reader)
    layer = merge(FERN_DEFAULTS, _api(root, generator, reader, places))
    if chosen is not None:
        known(chosen, _GROUP, reader)
        layer.update(_field("audiences", chosen.get("audiences"), tuple[str, ...], reader, places))
    if generator is not None:
        known(generator, _GENERATOR, reader)
        casing = generator.get("smart-casing")
        naming = _field("smart_casing", casing, bool, reader, places)
        layer = merge(layer, {"naming": naming} if naming else {})
        layer = merge(
            layer, _distribution(generator, places), read_python(generator, reader, places)
        )
    return layer


def posix(written: str) -> str:
    """A path as a file says it, without detours; of an absolute one, only the name."""
    path = os.path.normpath(written).replace("\\", "/")
    return path.rsplit("/", 1)[-1] if path.startswith("/") or ":" in path else path


def known(node: Node, keys: Sequence[str], reader: Reader) -> None:
    """Warns of the keys of a mapping that Fern does not have."""
    for key, _ in node.items():
        if key not in keys:
            reader.unknown(key, node, keys)


def _choose(root: Node, group: str | None, reader: Reader) -> tuple[Node | None, Node | None]:
    """The Python generator of a group, and the group; errors where there is no such."""
    groups = root.get("groups")
    if groups is None:
        return None, None
    default = root.get("default-group")
    name = group or (default.string if default is not None else None)
    candidates = {key: node for key, node in groups.items() if _python_generators(node)}
    if name is None:
        if len(candidates) != 1:
            reader.error(
                (
                    "several groups have a Python generator"
                    if candidates
                    else "no group has a Python generator"
                ),
                groups,
                hint=f"choose one with --group: {', '.join(candidates)}" if candidates else None,
            )
            return None, None
        name = next(iter(candidates))
    chosen = groups.get(name)
    if chosen is None:
        names = ", ".join(key for key, _ in groups.items())
        reader.error(f"there is no group '{name}'", groups, hint=f"the groups are: {names}")
        return None, None
    generators = _python_generators(chosen)
    if len(generators) != 1:
        problem = "has several Python generators" if generators else "has no Python generator"
        reader.error(f"the group '{name}' {problem}", chosen)
        return None, None
    return generators[0], chosen


def _python_generators(group: Node) -> list[Node]:
    generators = group.get("generators")
    found = list(generators.elements()) if generators is not None else []
    return [each for each in found if "python" in _string(each.get("name"))]


def _string(node: Node | None) -> str:
    return (node.string if node is not None else None) or ""


def _field(name: str, node: Node | None, hint: object, reader: Reader, places: Places) -> Layer:
    if node is None:
        return {}
    places.add(name, node)
    value = reader.value(name.replace("_", "-"), node, hint)
    return {} if value is BAD else {name: value}


def _distribution(generator: Node, places: Places) -> Layer:
    output = generator.get("output")
    node = output.get("package-name") if output is not None else None
    if node is None or not node.string:
        return {}
    places.add("distribution", node)
    layer: Layer = {"distribution": node.string}
    package = node.string.replace("-", "_")
    if is_identifier(package):
        layer["package"] = package
        places.add("package", node)
    return layer


def _api(root: Node, generator: Node | None, reader: Reader, places: Places) -> Layer:
    """What `api` says: the description and its settings, and what is said about the API itself."""
    api = root.get("api")
    layer: Layer = {}
    told: dict[str, Node] = {}
    keys: dict[str, Span] = {}
    own_api = generator.get("api") if generator is not None else None
    for holder in (root, api, own_api):
        for key in _IR_KEYS if holder is not None else ():
            node = holder.get(key) if holder is not None else None
            if holder is not None and node is not None and not (holder is root and key == "auth"):
                told[key], keys[key] = node, holder.key_span(key)
    if told:
        layer["api"] = Node(dict(told), next(iter(keys.values())), root.file, "/api", keys)
    settings: list[Node | None] = [root.get("settings")]
    if api is not None and api.mapping is not None:
        known(api, _API, reader)
        settings.append(api.get("settings"))
        spec = _spec(api, reader)
        if spec is not None:
            layer = merge(layer, _description(spec, reader, places))
            settings.append(spec.get("settings") if spec.mapping is not None else None)
    elif root.get("openapi") is not None:
        layer = merge(layer, _description(root, reader, places))
    settings.append(own_api.get("settings") if own_api is not None else None)
    return merge(layer, *(_importer(node, reader, places) for node in settings if node is not None))


def _spec(api: Node, reader: Reader) -> Node | None:
    specs = api.get("specs")
    if specs is None:
        return None
    found = [each for each in specs.elements() if each.get("openapi") is not None]
    others = [each for each in specs.elements() if each not in found]
    if len(found) > 1:
        reader.error("several descriptions cannot become one client", specs)
        return None
    for other in others:
        reader.warning("only OpenAPI is read here: this description is left out", other)
    return found[0] if found else None


def _description(spec: Node, reader: Reader, places: Places) -> Layer:
    if spec.get("specs") is None and spec.get("groups") is None:
        known(spec, _SPEC, reader)
    namespace = spec.get("namespace")
    if namespace is not None:
        reader.error("a description cannot be put into a namespace", namespace)
    layer: Layer = {}
    node = spec.get("openapi")
    if node is not None:
        if node.mapping is not None:  # the old spelling: {path, overrides, settings}
            return _description(
                Node(
                    {"openapi" if k == "path" else k: v for k, v in node.items()},
                    node.span,
                    node.file,
                    node.pointer,
                    {"openapi" if k == "path" else k: v for k, v in node.keys.items()},
                ),
                reader,
                places,
            )
        layer.update(_field("spec", node, Path, reader, places))
        if "spec" in layer:
            layer["spec_label"] = layer["spec"].name
            layer["spec_path"] = posix(str(node.value))
    overrides = spec.get("overrides") or spec.get("openapi-overrides")
    for key, files in (("overrides", overrides), ("overlays", spec.get("overlays"))):
        if files is not None:
            nodes = list(files.elements()) if files.list is not None else [files]
            places.add(key, files)
            paths = [reader.value(key, each, Path) for each in nodes]
            layer[key] = tuple(each for each in paths if each is not BAD)
    return layer


def _importer(node: Node, reader: Reader, places: Places) -> Layer:
    """The importer's settings; those with another form in Fern's file are put into ours."""
    special = {"filter", "unions", "resolve_aliases", "smart_casing_digit_word_boundary"}
    special |= {"additional_properties_defaults_to", "auto_generate_idempotency_key"}
    special |= {key.replace("-", "_") for key in _WITHOUT_EFFECT}
    layer = reader.fields(node, ImporterSettings, extra=special)
    for name in layer:
        places.add(f"importer.{name}", node.get(name.replace("_", "-")) or node)
    unions = node.get("unions")
    if unions is not None:
        if unions.value == "v1":
            layer["prefer_undiscriminated_unions_with_literals"] = True
        elif unions.value != "v0":
            reader.error("'unions' must be 'v0' or 'v1'", unions)
    chosen = node.get("filter")
    endpoints = chosen.get("endpoints") if chosen is not None else None
    if endpoints is not None:
        value = reader.value("endpoints", endpoints, tuple[str, ...])
        layer.update({} if value is BAD else {"endpoints": value})
    aliases = node.get("resolve-aliases")
    if aliases is not None:
        if aliases.mapping is not None:
            reader.error(
                "'resolve-aliases' with exceptions is not read: give true or false", aliases
            )
        else:
            layer.update(_field("resolve_aliases", aliases, bool, reader, places))
    key = node.get("auto-generate-idempotency-key")
    python: Layer = {}
    if key is not None:
        read_field(python, "auto_generate_idempotency_key", key, reader, places)
    extra = node.get("additional-properties-defaults-to")
    if extra is not None and extra.value is not False:
        reader.error("additional properties are kept, but never described by default", extra)
    boundary = node.get("smart-casing-digit-word-boundary")
    naming = _field("digit_word_boundary", boundary, bool, reader, places)
    layers = {"importer": layer, "naming": naming, "python": python}
    return {name: each for name, each in layers.items() if each}
