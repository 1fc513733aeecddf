"""Query parameters whose reserved characters are not percent-encoded (OpenAPI `allowReserved`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench

PATHS = """
paths:
  /go:
    get:
      operationId: go
      parameters:
        - {name: to, in: query, allowReserved: true, schema: {type: string}}
        - name: paths
          in: query
          allowReserved: true
          explode: false
          schema: {type: array, items: {type: string}}
        - name: where
          in: query
          allowReserved: true
          style: deepObject
          schema: {type: object, properties: {at: {type: string}}}
        - {name: plain, in: query, schema: {type: string}}
      responses: {}
"""


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ({"to": "https://a.test/b?c=d,e;f"}, "to=https://a.test/b?c=d,e;f"),
        ({"to": "!$'()*+@"}, "to=!$'()*+@"),
        # Characters that a query cannot contain are still encoded, and so are all others without
        # the setting.
        ({"to": '#[x] "ü'}, "to=%23%5Bx%5D%20%22%C3%BC"),
        ({"to": "50% of a%2Fb"}, "to=50%25%20of%20a%2Fb"),
        ({"paths": ["a/b", "c d"]}, "paths=a/b,c%20d"),
        ({"where": {"at": "/a b"}}, "where%5Bat%5D=/a%20b"),
        ({"plain": "a/b?", "to": "a/b?"}, "to=a/b?&plain=a%2Fb%3F"),
    ],
)
def test_reserved_characters(tmp_path: Path, arguments: dict[str, object], sent: str) -> None:
    with bench(tmp_path, PATHS) as it:
        it.server.default = Reply(status=204)
        it.client().go(**arguments)
        assert it.server.seen[-1].target == f"/go?{sent}"
