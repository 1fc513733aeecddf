"""Descriptions in OpenAPI 3.0 and Swagger 2.0: what both clients send, and how they read responses."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from .test_wire import Calls, parts
from .workbench import Bench, bench

OPENAPI = """openapi: 3.0.3
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.test"}]
paths:
  /query:
    get:
      operationId: query
      parameters:
        - {name: kind, in: query, schema: {$ref: "#/components/schemas/Kind"}}
        - {name: size, in: query, schema: {type: integer, nullable: true, minimum: 0, exclusiveMinimum: true}}
        - {name: spaced, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string, nullable: true}}}
        - {name: X-Pair, in: header, schema: {type: object, properties: {a: {type: integer}}}}
      responses: {"204": {description: ok}}
  /form:
    post:
      operationId: form
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, required: [a], properties: {a: {type: string}, deep: {type: object, additionalProperties: {type: string}}, pipes: {type: array, items: {type: string}}, none: {type: integer, nullable: true}}}
            encoding: {deep: {style: deepObject, explode: true}, pipes: {style: pipeDelimited, explode: false}}
      responses: {"204": {description: ok}}
  /upload:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, required: [file], properties: {file: {type: string, format: binary}, ids: {type: array, items: {type: integer}}, made: {type: string, readOnly: true}}}
            encoding: {ids: {style: form, explode: false}}
      responses: {"204": {description: ok}}
  /thing:
    get:
      operationId: thing
      responses: {"200": {description: ok, content: {"*/*": {schema: {$ref: "#/components/schemas/Thing"}}}}, "202": {description: later}}
  /file:
    get: {operationId: file, responses: {"200": {description: ok, content: {application/pdf: {schema: {type: string, format: binary}}}}}}
components:
  schemas: &schemas
    Kind: {type: string, enum: [a, b, null], nullable: true}
    Failure: {type: object, required: [code], properties: {code: {type: integer}, message: {type: string, nullable: true}}}
    Base:
      type: object
      required: [type, id]
      properties: {type: {type: string}, id: {type: string, readOnly: true}}
      discriminator: {propertyName: type, mapping: {sub: "#/components/schemas/Sub", other: Other}}
    Sub: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, required: [x], properties: {x: {type: integer, maximum: 5, exclusiveMaximum: true}}}]}
    Other: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {y: {$ref: "#/components/schemas/Failure"}}}]}
    Thing:
      type: object
      required: [id, kind, failure, base, when, nothing]
      properties:
        id: {type: integer, readOnly: true}
        kind: {$ref: "#/components/schemas/Kind"}
        failure: {nullable: true, allOf: [{$ref: "#/components/schemas/Failure"}]}
        base: {$ref: "#/components/schemas/Base"}
        bases: {type: array, items: {$ref: "#/components/schemas/Base"}}
        when: {type: string, format: date-time, nullable: true}
        either: {nullable: true, oneOf: [{type: string}, {$ref: "#/components/schemas/Failure"}, {type: array, items: {type: integer}}]}
        texts: {type: object, additionalProperties: {type: string, nullable: true}}
        one: {type: string, enum: [only]}
        nothing: {type: string, enum: [null], nullable: true}
"""
THING: dict[str, Any] = {
    "id": 1,
    "kind": None,
    "failure": None,
    "base": {"type": "sub", "id": "1", "x": 3},
    "bases": [{"type": "other", "id": "2", "y": {"code": 1, "message": None}}, {"type": "new"}],
    "when": None,
    "either": [1],
    "texts": {"a": None},
    "one": "only",
    "nothing": None,
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"failure": 3}, "failure"),
    ({"base": {"type": "sub", "id": "1"}}, "base"),
    ({"base": {"id": "1", "x": 1}}, "base"),
    ({"base": None}, "base"),
    ({"either": 5}, "either"),
    ({"when": 5}, "when"),
    ({"texts": {"a": 1}}, "texts"),
    ({"one": "two"}, "one"),
    ({"nothing": "x"}, "nothing"),
]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_openapi_3_0(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, OPENAPI, layout=layout) as acme:
        call = Calls(acme)
        acme.server.default = Reply(status=204)
        seen = call("query", kind="b", size=3, spaced=["a", None, "b c"], pair={"a": 1})
        assert seen.target == "/query?kind=b&size=3&spaced=a%20b%20c"
        assert seen.headers["x-pair"] == "a,1"
        seen = call("form", a="x y", deep={"k": "v"}, pipes=["a", "b"], none=None)
        assert seen.body == b"a=x+y&deep%5Bk%5D=v&pipes=a%7Cb"
        # In OpenAPI 3.0, styles are not for multipart bodies (4.7.15.1).
        sent = parts(call("upload", file=b"abc", ids=[1, 2]))
        assert [text for name, _, text in sent if name == "ids"] == [b"1", b"2"]
        # Like Fern's clients, those of layout `fern` accept read-only properties.
        assert ("made" in acme.package.AcmeClient.upload.__annotations__) is (layout == "fern")
        check_thing(acme, "application/vnd.acme+json")
        acme.server.default = Reply(status=202)
        assert acme.client().thing() is None
        acme.server.default = Reply(body=b"%PDF", headers={"content-type": "application/pdf"})
        assert b"".join(acme.client().file()) == b"%PDF"


def check_thing(acme: Bench, media_type: str) -> None:
    """A response is decoded, has no problems and is sent as it came; wrong ones have problems."""
    text = json.dumps(THING).encode()
    acme.server.default = Reply(body=text, headers={"content-type": media_type})
    response = acme.client().with_raw_response.thing()
    thing = response.data
    assert response.problems == []
    assert json.loads(acme.module("core.encode").to_json(thing)) == THING
    assert (thing.base.x, thing.bases[0].y.code, thing.nothing) == (3, 1, None)
    assert type(thing.bases[1]).__name__ == "UnknownVariant"
    problems = acme.module("core.decode").problems
    for change, name in WRONG:
        reported_problems = problems(acme.package.Thing, json.dumps({**THING, **change}).encode())
        assert [problem["loc"][0] for problem in reported_problems][:1] == [name], change
    # In Fern's classes, required properties that may be null or are read-only are optional.
    others = (
        ()
        if acme.generated.settings.layout == "fern"
        else ("id", "kind", "failure", "when", "nothing")
    )
    for name in ("base", *others):
        rest = {key: value for key, value in THING.items() if key != name}
        reported_problems = problems(acme.package.Thing, json.dumps(rest).encode())
        assert len(reported_problems) == 1, name
        [problem] = reported_problems
        assert (problem["type"], problem["loc"]) == ("missing", (name,))


SWAGGER = """swagger: "2.0"
info: {title: Acme, version: "1"}
host: api.acme.test
basePath: /v2/
schemes: [https]
consumes: [application/json]
produces: [application/json, text/plain]
paths:
  /query/{ids}:
    get:
      operationId: query
      parameters:
        - {name: ids, in: path, required: true, type: array, items: {type: integer}}
        - {name: multi, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: pipes, in: query, type: array, items: {type: string}, collectionFormat: pipes}
        - {name: ssv, in: query, type: array, items: {type: integer}, collectionFormat: ssv}
        - {name: csv, in: query, type: array, items: {type: string}}
        - {name: size, in: query, type: integer, minimum: 1, exclusiveMinimum: true, x-example: 5}
        - {name: empty, in: query, type: string, allowEmptyValue: true}
        - {name: X-List, in: header, type: array, items: {type: string}}
      responses: {204: {description: ok}}
  /form:
    post:
      operationId: form
      consumes: [application/x-www-form-urlencoded]
      parameters:
        - {name: a, in: formData, type: string, required: true}
        - {name: multi, in: formData, type: array, items: {type: string}, collectionFormat: multi}
        - {name: pipes, in: formData, type: array, items: {type: string}, collectionFormat: pipes}
        - {name: csv, in: formData, type: array, items: {type: string}}
        - {name: flag, in: formData, type: boolean}
      responses: {204: {description: ok}}
  /upload:
    post:
      operationId: upload
      consumes: [multipart/form-data]
      produces: [application/octet-stream]
      parameters:
        - {name: file, in: formData, type: file, required: true}
        - {name: pipes, in: formData, type: array, items: {type: string}, collectionFormat: pipes}
      responses: {200: {description: ok, schema: {type: file}}}
  /text:
    post:
      operationId: text
      consumes: [text/plain]
      produces: [text/plain, application/xml]
      parameters: [{name: body, in: body, schema: {type: string}}]
      responses: {200: {description: ok, schema: {type: string}}, 202: {description: later}}
  /page:
    post:
      operationId: page
      parameters: [{name: page, in: body, required: true, schema: {$ref: "#/definitions/Page"}}]
      responses: {200: {description: ok, schema: {type: array, items: {$ref: "#/definitions/Page"}}}, 404: {description: missing, schema: {$ref: "#/definitions/Failure"}}}
  /pet:
    get: {operationId: pet, responses: {200: {description: ok, schema: {$ref: "#/definitions/Pet"}}}}
definitions:
  Page:
    type: object
    required: [id, made, name]
    properties:
      id: {type: integer, format: int64, readOnly: true}
      made: {type: string, format: date-time, readOnly: true, x-nullable: true}
      name: {type: string, minLength: 1}
      score: {type: number, minimum: 0, exclusiveMinimum: true}
      tags: {type: array, uniqueItems: true, items: {type: string}}
      state: {type: string, enum: ["on", "off"], x-nullable: true}
      data: {type: string, format: byte}
      day: {type: string, format: date}
      more: {type: object, additionalProperties: {$ref: "#/definitions/Failure"}}
  Failure: {type: object, required: [code], properties: {code: {type: integer, format: int32}}}
  Pet:
    type: object
    discriminator: petType
    required: [petType, name]
    properties: {petType: {type: string}, name: {type: string}}
  Cat: {allOf: [{$ref: "#/definitions/Pet"}, {type: object, required: [lives], properties: {lives: {type: integer}}}]}
  Dog: {allOf: [{$ref: "#/definitions/Pet"}, {type: object, properties: {petType: {type: string, enum: [dog]}, size: {type: integer}}}]}
"""
PAGE: dict[str, Any] = {
    "id": 1,
    "made": None,
    "name": "n",
    "score": 0.5,
    "tags": ["b", "a", "b"],
    "state": None,
    "data": "aGk=",
    "day": "2024-01-02",
    "more": {"x": {"code": 1}},
    "unknown": [1],
}


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_swagger_2_0(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, SWAGGER, layout=layout) as acme:
        assert not acme.generated.diagnostics.warnings
        assert acme.module("environment").AcmeClientEnvironment.DEFAULT.value.endswith("test/v2")
        call = Calls(acme)
        acme.server.default = Reply(status=204)
        lists = {name: ["a", "b|c"] for name in ("multi", "pipes", "csv", "list_")}
        seen = call("query", ids=[1, 2], ssv=[1, 2], size=3, empty="", **lists)
        query = "multi=a&multi=b%7Cc&pipes=a%7Cb%7Cc&ssv=1%202&csv=a,b%7Cc&size=3&empty="
        assert seen.target == f"/query/1,2?{query}"
        assert seen.headers["x-list"] == "a,b|c"
        pairs = {name: ["a", "b"] for name in ("multi", "pipes", "csv")}
        seen = call("form", a="x&", flag=False, **pairs)
        assert seen.body == b"a=x%26&multi=a&multi=b&pipes=a%7Cb&csv=a,b&flag=false"
        acme.server.default = Reply(
            body=b"\x00\xff", headers={"content-type": "application/octet-stream"}
        )
        assert b"".join(acme.client().upload(file=b"abc", pipes=["a", "b"])) == b"\x00\xff"
        sent = {name: (kind, text) for name, kind, text in parts(acme.server.seen[-1])}
        assert sent["pipes"] == (None, b"a|b")
        assert sent["file"] == ("application/octet-stream", b"abc")
        for media_type, text in (("text/plain", '"quoted"'), ("application/xml", "<a/>")):
            acme.server.default = Reply(body=text.encode(), headers={"content-type": media_type})
            assert acme.client().text(request="hi") == text
        assert acme.server.seen[-1].body == b"hi"
        acme.server.default = Reply(body=json.dumps([PAGE]).encode())
        [page] = acme.client().page(name="n", day=dt.date(2024, 1, 2), state=None)
        assert json.loads(acme.server.seen[-1].body) == {
            "name": "n",
            "state": None,
            "day": "2024-01-02",
        }
        assert (page.day, page.more["x"].code, page.made) == (dt.date(2024, 1, 2), 1, None)
        decode, encode = acme.module("core.decode"), acme.module("core.encode")
        assert json.loads(encode.to_json(page)) == PAGE
        assert decode.problems(acme.package.Page, json.dumps(PAGE).encode()) == []
        acme.server.default = Reply(status=404, body=b'{"code": 4}')
        with pytest.raises(acme.module("errors").NotFoundError) as raised:
            acme.client(max_retries=0).page(name="n")
        assert raised.value.body.code == 4
        if layout == "compact":
            for tag, name in (("dog", "Dog"), ("Cat", "Cat"), ("fish", "PetBase")):
                value = {"petType": tag, "name": "a", **({"lives": 9} if tag == "Cat" else {})}
                acme.server.default = Reply(body=json.dumps(value).encode())
                assert type(acme.client().pet()).__name__ == name
