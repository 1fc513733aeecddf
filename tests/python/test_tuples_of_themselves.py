"""Tuples (`prefixItems`) that contain themselves, directly or in a ring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from ..support import checkers
from .workbench import bench

TREE = "{$ref: '#/components/schemas/Tree'}"
RING = "{$ref: '#/components/schemas/Ring'}"
TWO = "minItems: 2, maxItems: 2"
TUPLES: dict[str, tuple[str, Any, str]] = {
    "itself": (
        f"Tree: {{type: array, prefixItems: [{{type: string}}, {TREE}], items: false, minItems: 2}}",
        ["a", ["b", []]],
        "('a', ('b', []))",
    ),
    "nothing else": (
        f"Tree: {{type: array, prefixItems: [{TREE}], items: false, minItems: 1}}",
        [[[]]],
        "(([],),)",
    ),
    "a ring": (
        f"Tree: {{type: array, prefixItems: [{{type: string}}, {RING}], {TWO}}}\n"
        f"    Ring: {{type: array, prefixItems: [{{type: integer}}, {{anyOf: [{TREE}, {{type: 'null'}}]}}], {TWO}}}",
        ["a", [1, ["b", [2, None]]]],
        "('a', (1, ('b', (2, None))))",
    ),
    "a ring through a list": (
        f"Tree: {{type: array, prefixItems: [{{type: string}}, {{type: array, items: {RING}}}], {TWO}}}\n"
        f"    Ring: {{type: array, prefixItems: [{{type: integer}}, {TREE}], {TWO}}}",
        ["a", [[1, ["b", []]]]],
        "('a', [(1, ('b', []))])",
    ),
    "a union": (
        f"Tree: {{oneOf: [{{type: string}}, {{type: array, prefixItems: [{{type: string}}, {TREE}], {TWO}}}]}}",
        ["a", ["b", "c"]],
        "('a', ('b', 'c'))",
    ),
}


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("name", TUPLES)
def test_a_tuple_of_itself_is_a_type(tmp_path: Path, layout: str, name: str) -> None:
    schemas, value, decoded = TUPLES[name]
    content = f"content: {{application/json: {{schema: {TREE}}}}}"
    api = (
        "paths:\n  /trees: {post: {operationId: plant, "
        f"requestBody: {{required: true, {content}}}, responses: {{'200': {{description: ok, {content}}}}}}}}}\n"
        f"components:\n  schemas:\n    {schemas}\n"
    )
    with bench(tmp_path, api, layout=layout) as acme:
        assert acme.generated.diagnostics.reported == []
        acme.server.replies = [Reply(body=value)]
        tree = acme.client().plant(request=value)
        assert acme.server.seen[-1].json == value
        # In layout `fern`, as in Fern, the items of a tuple have no types.
        assert repr(tree) == (decoded if layout == "compact" else repr(value))
    assert not any(checkers.mypy(tmp_path / "out", ["acme"]).values())
