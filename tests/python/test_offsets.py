"""Offset pagination without `step`: the name of the parameter says whether it counts items."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ..runtime.server import Reply, Seen
from .workbench import bench

TEXT = """
paths:
  /pots:
    get:
      operationId: list_pots
      x-fern-pagination: {offset: $request.NAME, results: $response.data}
      parameters:
        - {in: query, name: NAME, schema: {type: integer}}
        - {in: query, name: limit, schema: {type: integer}}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: object, properties: {data: {type: array, items: {type: integer}}}}
"""


@pytest.mark.parametrize(
    ("name", "layout", "targets"),
    [
        ("offset", "compact", ["", "2", "4", "5"]),
        ("skip", "compact", ["", "2", "4", "5"]),
        ("page", "compact", ["", "2", "3", "4"]),
        ("offset", "fern", ["", "2", "3", "4"]),
    ],
)
def test_the_pages_of_a_list(name: str, layout: str, targets: list[str], tmp_path: Path) -> None:
    counts_items = layout == "compact" and name != "page"

    def respond(seen: Seen) -> Reply:
        query = parse_qs(urlsplit(seen.target).query)
        sent = int(query.get(name, ["0" if counts_items else "1"])[0])
        start = sent if counts_items else 2 * (sent - 1)
        return Reply(body={"data": list(range(5))[start : start + 2]})

    with bench(tmp_path, TEXT.replace("NAME", name), layout=layout) as acme:
        acme.server.handler = respond
        with acme.client() as client:
            assert [*client.list_pots(limit=2)] == [0, 1, 2, 3, 4]
        sent = [
            parse_qs(urlsplit(seen.target).query).get(name, [""])[0] for seen in acme.server.seen
        ]
    assert sent == targets
