"""What clients of Swagger 2.0 descriptions send for `collectionFormat`, in every place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fiddlehead.server import messages, service

from ..runtime.server import Reply
from .test_wire import Calls, parts
from .workbench import bench

FORMATS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}
ENCODED = {"csv": ",", "ssv": "%20", "tsv": "%09", "pipes": "%7C"}
VALUES = ["a b", "c,d"]
ESCAPED = ("a%20b", "c%2Cd")


def _parameters(place: str, *more: str) -> str:
    letter = place[0]
    required = "required: true, " if place == "path" else ""
    return "".join(
        f"        - {{name: {letter}{name}, in: {place}, {required}type: array,"
        f" items: {{type: string}}, collectionFormat: {name}}}\n"
        for name in (*FORMATS, *more)
    )


API = f"""swagger: "2.0"
info: {{title: Acme, version: "1"}}
host: api.acme.test
paths:
  /q/{{pcsv}}/{{pssv}}/{{ptsv}}/{{ppipes}}:
    get:
      operationId: places
      parameters:
{_parameters("path")}{_parameters("query", "multi")}{_parameters("header")}
      responses:
        "204":
          description: ok
          headers: {{X-Ids: {{type: array, items: {{type: string}}, collectionFormat: pipes}}}}
  /form:
    post:
      operationId: form
      consumes: [application/x-www-form-urlencoded]
      parameters:
{_parameters("formData", "multi")}
      responses: {{"204": {{description: ok}}}}
  /parts:
    post:
      operationId: parts
      consumes: [multipart/form-data]
      parameters:
        - {{name: file, in: formData, type: file}}
{_parameters("formData", "multi")}
      responses: {{"204": {{description: ok}}}}
"""


@pytest.fixture(scope="module", params=["compact", "fern"])
def call(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    with bench(tmp_path_factory.mktemp("formats"), API, layout=request.param) as built:
        assert built.generated.diagnostics.warnings == []
        built.server.default = Reply(status=204)
        yield Calls(built)


def arguments(*letters: str, **values: Any) -> dict[str, Any]:
    return {f"{letter}{name}": VALUES for letter in letters for name in FORMATS} | values


def test_parameters(call: Calls) -> None:
    seen = call("places", **arguments("p", "q", "h", qmulti=VALUES))
    path, _, query = seen.target.partition("?")
    assert path == "/q/" + "/".join(sign.join(ESCAPED) for sign in ENCODED.values())
    assert query.split("&") == [
        *(f"q{name}={sign.join(ESCAPED)}" for name, sign in ENCODED.items()),
        *(f"qmulti={item}" for item in ESCAPED),
    ]
    assert {name: seen.headers[f"h{name}"] for name in FORMATS} == {
        name: sign.join(VALUES) for name, sign in FORMATS.items()
    }
    received = messages.Request("GET", path, query, dict(seen.headers))
    assert service.Service(call.generated.generated.api).respond(received).status == 204


def test_headers_without_items_are_not_sent(call: Calls) -> None:
    seen = call("places", **arguments("p"), hpipes=[], hssv=None)
    assert not {"hpipes", "hssv"} & seen.headers.keys()


def test_forms(call: Calls) -> None:
    assert call("form", **arguments("f", fmulti=VALUES)).body.decode().split("&") == [
        *(f"f{name}={sign.join(ESCAPED)}" for name, sign in ENCODED.items()),
        *(f"fmulti={item}" for item in ESCAPED),
    ]


def test_parts_of_multipart_bodies(call: Calls) -> None:
    assert parts(call("parts", **arguments("f", fmulti=VALUES))) == [
        *((f"f{name}", None, sign.join(VALUES).encode()) for name, sign in FORMATS.items()),
        *(("fmulti", None, item.encode()) for item in VALUES),
    ]
