"""Updates single lines of the file with an example response for each method."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from .. import ir
from ..examples.example_calls import ExampleCalls
from ..python.examples import fake_examples
from .ir_values import as_text, decoded
from .state import Example

FILE = "examples.jsonl"
MOST_EXAMPLES = 200
"""The most examples that are built again."""


def sample_endpoint(endpoint: ir.Endpoint) -> str:
    """The input of the example of an endpoint's response, as text."""
    first = next((example for example in endpoint.examples if example.error is None), None)
    call = () if first is None else (ir.Call(response=first.response, events=first.events),)
    small = ir.Endpoint(
        id=endpoint.id,
        name=endpoint.name,
        method=endpoint.method,
        path=endpoint.path,
        result=replace(endpoint.result, headers=(), doc=None),
        streaming=endpoint.streaming,
        waiter=endpoint.waiter,
        examples=call,
    )
    return as_text(small)


def affected(
    reads: Mapping[str, frozenset[str]], uses: Mapping[str, tuple[str, ...]], changed: set[str]
) -> Iterator[str]:
    """The paths of the methods whose example may contain one of some declarations, directly or
    through others. `reads` are the declarations that were read for each."""
    users: dict[str, list[str]] = {}
    for id_, others in uses.items():
        for other in others:
            users.setdefault(other, []).append(id_)
    names, waiting = set(changed), [*changed]
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in names:
                names.add(user)
                waiting.append(user)
    for path, ids in reads.items():
        if not ids.isdisjoint(names):
            yield path


def line(path: str, example: Example, example_calls: ExampleCalls) -> str:
    """The line of a method."""
    endpoint = decoded(json.loads(example.endpoint))
    return fake_examples.example_line(
        path, fake_examples.example(example.kind, endpoint, example_calls)
    )
