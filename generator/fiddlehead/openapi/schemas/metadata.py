"""Metadata of a schema: names, the group that it belongs to, examples."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_values import frozen
from ...source import Node
from ..document.context import Context
from ..document.name_parts import key

_NUMBERED = re.compile(r"def-\d+")
_WORD = re.compile(r"[A-Za-z]+")
_WORDS = re.compile(r"[A-Za-z][\w .-]*")


def candidate_names(context: Context, node: Node, place: NameContext) -> list[ir.Name]:
    """The candidate names of a schema, the best first."""
    value = node.mapping or {}
    if "x-fern-type-name" in value:
        chosen = context.string(node, "x-fern-type-name")
        if chosen and re.search(r"[A-Za-z]", chosen):
            return [ir.Name((chosen,), exact=True)]
        context.warning(
            "bad-extension",
            "'x-fern-type-name' must be a name with at least one letter",
            value["x-fern-type-name"].span,
        )
    names = [ir.Name(place.words, place.exact)]
    title = value.get("title")
    if context.importer.title_as_schema_name and title is not None:
        # Fern's rule: a title is a name if it is one word of letters. A title that only repeats the
        # name of the property, as pydantic writes it, is less specific than the location.
        text = title.string or ""
        repeats = len(place.words) > 1 and key((text,)) == key(place.words[-1:])
        # @fastify/swagger numbers the components, and writes their names as titles.
        numbered = _NUMBERED.fullmatch(".".join(place.words)) is not None
        any_words = numbered and context.settings.layout != "fern"
        if (_WORDS if any_words else _WORD).fullmatch(text) and not repeats:
            names.insert(0, ir.Name((text,)))
    if place.long and place.long != place.words:
        names.append(ir.Name(place.long))
    return names


def package_of(context: Context, node: Node) -> ir.Words:
    """The group that a schema declares; otherwise ()."""
    value = node.mapping or {}
    if "x-fern-sdk-group-name" in value:
        return tuple(context.strings(node, "x-fern-sdk-group-name"))
    if "x-tags" in value:
        return tuple(context.strings(node, "x-tags")[:1])
    if "x-fern-sdk-namespace" in value:
        namespace = context.string(node, "x-fern-sdk-namespace")
        return (namespace,) if namespace else ()
    return ()


def examples(context: Context, node: Node) -> Iterable[ir.Example]:
    """The examples of a schema: `example`, JSON Schema's list `examples`, `x-examples`."""
    value = node.mapping or {}
    if "example" in value:
        yield ir.Example(frozen(value["example"]), span=value["example"].span)
    listed = value.get("examples")
    if listed is not None:
        for element in listed.elements():
            yield ir.Example(frozen(element), span=element.span)
        for name, entry in listed.items():
            example = entry.get("value")
            if example is not None:
                yield ir.Example(frozen(example), name, context.doc(entry), span=entry.span)
