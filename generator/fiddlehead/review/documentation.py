"""Which descriptions and examples changed: one finding for an operation or a schema."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from .. import ir
from .collector import Collector


def compare_documentation(old: ir.Api, new: ir.Api, found: Collector) -> None:
    """Finds what reads differently, for what is there before and after."""
    before = {endpoint.id: endpoint for _, endpoint in ir.endpoints(old.root)}
    for _, endpoint in ir.endpoints(new.root):
        former = before.get(endpoint.id)
        if former is not None:
            parts = _changed(dict(_of_endpoint(former)), dict(_of_endpoint(endpoint)))
            parts += _examples(former.examples, endpoint.examples)
            _report(found, endpoint.id, parts, former, endpoint)
    for name, declared in new.declarations.items():
        old_declared = old.declarations.get(name)
        if old_declared is not None:
            parts = _changed(dict(_of_declared(old_declared)), dict(_of_declared(declared)))
            parts += _examples(old_declared.examples, declared.examples)
            _report(found, name, parts, old_declared, declared)


def _report(
    found: Collector,
    where: str,
    parts: list[str],
    old: ir.Endpoint | ir.Declaration,
    new: ir.Endpoint | ir.Declaration,
) -> None:
    if parts:
        text = f"The documentation of {where} changed: {', '.join(parts)}"
        found.add("documentation-changed", where, text, old=old.span, new=new.span)


def _changed(old: dict[str, object], new: dict[str, object]) -> list[str]:
    """The parts that are there before and after and differ, in the order of the new ones."""
    return [part for part, value in new.items() if part in old and old[part] != value]


def _examples(old: tuple[object, ...], new: tuple[object, ...]) -> list[str]:
    differ = sum(one != other for one, other in zip_longest(old, new))
    return [f"{differ} of {max(len(old), len(new))} examples"] if differ else []


def _of_endpoint(endpoint: ir.Endpoint) -> Iterator[tuple[str, object]]:
    yield "summary", endpoint.summary
    yield "description", endpoint.doc
    for parameter in endpoint.parameters:
        yield parameter.name, (parameter.doc, parameter.example)
    if endpoint.body is not None:
        yield "body", endpoint.body.doc
        for field in endpoint.body.fields:
            yield field.name, (field.doc, field.example)
    yield "response", endpoint.result.doc


def _of_declared(declared: ir.Declaration) -> Iterator[tuple[str, object]]:
    yield "description", declared.doc
    if isinstance(declared, ir.Model | ir.Union):
        for field in declared.fields:
            yield field.name, (field.doc, field.example)
    if isinstance(declared, ir.Enum):
        for value in declared.values:
            yield str(value.value), value.doc
