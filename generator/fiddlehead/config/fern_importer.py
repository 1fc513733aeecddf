"""The importer settings of a description in Fern's generators.yml."""

from __future__ import annotations

from ..source import Node
from .checks import Places
from .fern_python import read_field
from .fields import BAD, Layer, Reader, merge
from .importer_settings import ImporterSettings

# These settings affect examples or messages, but not the client.
_WITHOUT_EFFECT = (
    "asyncapi",
    "disambiguate-request-names",  # They always are.
    "example-generation",
    "examples",
    "use-title",
    "webhook-signature",
)


def importer_settings(node: Node, reader: Reader, places: Places) -> Layer:
    """The importer settings; settings with another format in Fern's file are converted."""
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
    title = node.get("use-title")
    if title is not None:
        layer = merge(field("title_as_schema_name", title, bool, reader, places), layer)
    chosen = node.get("filter")
    endpoints = chosen.get("endpoints") if chosen is not None else None
    if endpoints is not None:
        value = reader.value("endpoints", endpoints, tuple[str, ...])
        layer.update({} if value is BAD else {"endpoints": value})
    aliases = node.get("resolve-aliases")
    if aliases is not None:
        if aliases.mapping is not None:
            excepted = aliases.get("except")
            layer["resolve_aliases"] = True
            if excepted is not None and excepted.list:
                reader.warning(
                    "exceptions of 'resolve-aliases' are not supported: all aliases are resolved",
                    excepted,
                )
        else:
            layer.update(field("resolve_aliases", aliases, bool, reader, places))
    key = node.get("auto-generate-idempotency-key")
    python: Layer = {}
    if key is not None:
        read_field(python, "auto_generate_idempotency_key", key, reader, places)
    extra = node.get("additional-properties-defaults-to")
    if extra is not None and extra.value is not False:
        reader.warning("additional properties are kept, but have no type by default", extra)
    boundary = node.get("smart-casing-digit-word-boundary")
    naming = field("digit_word_boundary", boundary, bool, reader, places)
    layers = {"importer": layer, "naming": naming, "python": python}
    return {name: layer for name, layer in layers.items() if layer}


def field(name: str, node: Node | None, hint: object, reader: Reader, places: Places) -> Layer:
    """A layer with one setting; empty if the node is missing or has the wrong type."""
    if node is None:
        return {}
    places.add(name, node)
    value = reader.value(name.replace("_", "-"), node, hint)
    return {} if value is BAD else {name: value}
