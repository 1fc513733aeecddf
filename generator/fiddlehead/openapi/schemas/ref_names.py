"""The name of a reference's target: the key of a component, or else its location."""

from __future__ import annotations

from ...frontend_kit.name_context import number_word
from ...frozen import dataclass
from ...ir import Words
from ...source import Node
from ...source.json_pointer import names
from .ids import SchemaIds

_NAMES = frozenset({"schemas", "$defs", "definitions"})
_SILENT = frozenset({"schema", "content", "allOf"})
_METHODS = frozenset(["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"])
_KEYWORDS = frozenset(
    [
        "properties",
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "items",
        "prefixItems",
        "allOf",
        "oneOf",
        "anyOf",
    ]
)
"""The keys of a schema that hold other schemas."""


@dataclass(frozen=True, slots=True)
class TargetName:
    words: Words
    long: Words
    component: bool
    """Whether the name was chosen by the author: a key of `components.schemas`, or a file."""


def words_of_target(ids: SchemaIds, node: Node) -> TargetName:
    """The name of a reference's target, from its location and the components of the root file."""
    tokens = names(node.pointer)
    stem = node.file.name.split(".")[0]
    foreign = not ids.is_own(node)
    named_part = ids.named_part(node)
    if named_part is not None:
        # As if the named schema were in the root file.
        name, tokens = named_part
        if not tokens:
            return TargetName((name,), (name,), component=True)
        tokens = ["components", "schemas", name, *tokens]
        return TargetName(tuple(_words(tokens)), tuple(tokens), component=False)
    if not tokens:
        return TargetName((stem,), (node.file.parent.name, stem), component=False)
    if len(tokens) == 3 and tokens[:2] == ["components", "schemas"]:
        key = tokens[2]
        return TargetName((key,), (stem, key) if foreign else (key,), component=not foreign)
    if len(tokens) == 1 or (len(tokens) == 2 and tokens[0] in _NAMES):
        # A file that is a map of schemas.
        return TargetName((tokens[-1],), (stem, tokens[-1]), component=False)
    long = (stem, *tokens) if foreign else tuple(tokens)
    if tokens[0] in _KEYWORDS:
        # A file that is a schema.
        tokens = ["components", "schemas", stem, *tokens]
    elif tokens[0] in _METHODS:
        # A file that is a path item.
        tokens = ["paths", stem, *tokens]
    return TargetName(tuple(_words(tokens)), long, component=False)


def _words(tokens: list[str]) -> list[str]:
    """Breadcrumbs from a pointer, by the rules for names of inline schemas."""
    if tokens[0] == "components" and len(tokens) > 2:
        tokens = tokens[2:]
        result = [tokens[0]]
    elif tokens[0] in ("paths", "webhooks") and len(tokens) > 1:
        method = next((token for token in tokens[2:] if token in _METHODS), "")
        result = [f"{method} {tokens[1]}"]
    else:
        result = [tokens[0]]
    index = 1 if tokens[0] not in ("paths", "webhooks") else 2
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token in ("properties", "patternProperties", *_NAMES) and following is not None:
            result.append(following)
            index += 1
        elif token in ("items", "prefixItems"):
            result.append("Item")
        elif token in ("additionalProperties", "propertyNames"):
            result.append("Value")
        elif token in ("oneOf", "anyOf") and following is not None and following.isdecimal():
            result.append(number_word(min(int(following), 9999)))
            index += 1
        elif token == "responses" and following is not None:
            result.append("Response")
            index += 1
        elif token == "requestBody":
            result.append("Request")
        elif token in ("content", "allOf", "parameters") and following is not None:
            index += 1
        elif token not in _SILENT and token not in _METHODS:
            result.append(token)
        index += 1
    return result
