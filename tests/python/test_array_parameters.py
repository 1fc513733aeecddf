"""Arrays of the style `deepObject`, and bodies that are offered as several patch types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .workbench import Bench, bench

PATCHES = ("json-patch+json", "merge-patch+json")
API = """
paths:
  /charges:
    get:
      operationId: charges
      parameters:
        - {name: expand, in: query, style: deepObject, explode: true, schema: {type: array, items: {type: string}}}
        - {name: created, in: query, style: deepObject, schema: {type: object, properties: {gt: {type: integer}}}}
      responses: {"204": {description: ok}}
  /pods:
    patch:
      operationId: patch_pod
      requestBody:
        required: true
        content:
          application/json-patch+json: {schema: {$ref: "#/components/schemas/Patch"}}
          application/merge-patch+json: {schema: {$ref: "#/components/schemas/Patch"}}
      responses: {"204": {description: ok}}
    put:
      operationId: edit_pod
      requestBody:
        required: true
        content:
          application/json-patch+json: {schema: {type: array, items: {$ref: "#/components/schemas/Edit"}}}
          application/merge-patch+json: {schema: {$ref: "#/components/schemas/Patch"}}
      responses: {"204": {description: ok}}
    post:
      operationId: only_patch
      requestBody: {required: true, content: {application/json-patch+json: {schema: {$ref: "#/components/schemas/Patch"}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Patch: {type: object}
    Edit: {type: object, properties: {op: {type: string}}}
"""


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("arrays"), API, layout=request.param) as built:
        yield built


@pytest.mark.parametrize("is_async", [False, True])
def test_the_items_of_a_deep_array_have_numbers(acme: Bench, is_async: bool) -> None:
    sent = acme.sent(is_async, "charges", expand=["a", "b"], created={"gt": 1})
    numbered = "expand%5B0%5D=a&expand%5B1%5D=b"
    expected = numbered if acme.generated.settings.layout == "compact" else "expand=a&expand=b"
    assert sorted(sent.target.split("?")[1].split("&")) == sorted(
        [*expected.split("&"), "created%5Bgt%5D=1"]
    )
    assert acme.sent(is_async, "charges", expand=[]).target == "/charges"


@pytest.mark.parametrize("is_async", [False, True])
def test_an_object_is_no_json_patch(acme: Bench, is_async: bool) -> None:
    compact = acme.generated.settings.layout == "compact"
    expected = PATCHES[1] if compact else PATCHES[0]
    sent = acme.sent(is_async, "patch_pod", request={"a": 1})
    assert (sent.headers["content-type"], sent.json) == (f"application/{expected}", {"a": 1})
    sent = acme.sent(is_async, "edit_pod", request=[{"op": "test"}])
    assert sent.headers["content-type"] == "application/json-patch+json"
    sent = acme.sent(is_async, "only_patch", request={})
    assert sent.headers["content-type"] == "application/json-patch+json"
