"""Arrays whose items are the array itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench

API = """
paths:
  /trees:
    get:
      operationId: trees
      parameters: [{name: within, in: query, schema: {$ref: "#/components/schemas/Tree"}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
components:
  schemas:
    Tree: {type: array, items: {$ref: "#/components/schemas/Tree"}}
"""


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_an_array_of_itself_is_a_type(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, API, layout=layout) as acme:
        acme.server.replies = [Reply(body=[[], [[]]])]
        assert acme.client().trees() == [[], [[]]]
