"""Arrays with schemas by position are tuples (`prefixItems`, and a list in `items` before JSON
Schema 2020-12)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench, make

PAIR = "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}"
API = f"""
paths:
  /boxes:
    post:
      operationId: add_box
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Box'}}}}}}}}
      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Box'}}}}}}}}}}
  /pairs/{{path}}:
    post:
      operationId: add_pair
      parameters:
        - {{name: path, in: path, required: true, schema: {{$ref: '#/components/schemas/Pair'}}}}
        - {{name: plain, in: query, schema: {{$ref: '#/components/schemas/Pair'}}}}
        - {{name: commas, in: query, explode: false, schema: {PAIR}}}
        - {{name: pipes, in: query, style: pipeDelimited, explode: false, schema: {PAIR}}}
        - {{name: text, in: query, content: {{application/json: {{schema: {PAIR}}}}}}}
        - {{name: X-Pair, in: header, schema: {PAIR}}}
        - {{name: crumb, in: cookie, schema: {PAIR}}}
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pair'}}}}}}}}
      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pair'}}}}}}}}}}
  /form:
    post:
      operationId: send_form
      requestBody: {{required: true, content: {{application/x-www-form-urlencoded: {{schema: {{type: object, required: [at], properties: {{at: {PAIR}, n: {{type: integer}}}}}}}}}}}}
      responses: {{"204": {{description: ok}}}}
  /upload:
    post:
      operationId: upload
      requestBody: {{required: true, content: {{multipart/form-data: {{schema: {{type: object, required: [at, file], properties: {{at: {PAIR}, file: {{type: string, format: binary}}}}}}}}}}}}
      responses: {{"204": {{description: ok}}}}
  /events:
    get:
      operationId: events
      x-fern-streaming: {{format: sse}}
      responses: {{"200": {{description: ok, content: {{text/event-stream: {{schema: {{$ref: '#/components/schemas/Pair'}}}}}}}}}}
  /single:
    post:
      operationId: add_single
      requestBody: {{required: true, content: {{application/json: {{schema: {{type: array, prefixItems: [{{type: integer}}], minItems: 1, maxItems: 1}}}}}}}}
      responses: {{"204": {{description: ok}}}}
components:
  schemas:
    Pair: {PAIR}
    Leaf: {{type: object, required: [n], properties: {{n: {{type: integer}}}}}}
    Cat: {{type: object, required: [kind], properties: {{kind: {{const: cat}}, lives: {{type: integer}}}}}}
    Dog: {{type: object, required: [kind], properties: {{kind: {{const: dog}}, name: {{type: string}}}}}}
    Box:
      type: object
      properties:
        at: {{type: array, prefixItems: [{{type: number}}, {{type: number}}], items: false, minItems: 2}}
        mixed: {{type: array, prefixItems: [{{$ref: '#/components/schemas/Leaf'}}, {{type: string, format: date-time}}, {{type: [string, 'null']}}], minItems: 3, maxItems: 3}}
        either: {{anyOf: [{PAIR}, {{type: array, prefixItems: [{{type: string}}, {{$ref: '#/components/schemas/Leaf'}}], minItems: 2, maxItems: 2}}, {{type: array, items: {{type: boolean}}}}, {{type: string}}]}}
        pets: {{type: array, prefixItems: [{{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]}}, {{$ref: '#/components/schemas/Leaf'}}], minItems: 2, maxItems: 2}}
        many: {{type: object, additionalProperties: {{type: array, items: {{type: array, prefixItems: [{{type: string}}, {{type: array, items: {{type: integer}}}}], minItems: 2, maxItems: 2}}}}}}
        nothing: {{anyOf: [{PAIR}, {{type: 'null'}}]}}
"""
BOX: dict[str, Any] = {
    "at": [1, 2.5],
    "mixed": [{"n": 1}, "2024-01-02T03:04:05Z", None],
    "either": ["a", {"n": 4}],
    "pets": [{"kind": "dog", "name": "Bo"}, {"n": 2}],
    "many": {"k": [["a", [1, 2]]]},
    "nothing": None,
}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("tuples"), API) as opened:
        yield opened


def answered(acme: Bench, value: Any) -> None:
    acme.server.replies = [Reply(body=value, headers={"Content-Type": "application/json"})]


def test_a_response_has_tuples_with_the_types_of_their_positions(acme: Bench) -> None:
    answered(acme, BOX)
    box = acme.client().add_box(at=(1, 2))
    types = acme.module("types")
    assert box.at == (1, 2.5)
    assert box.mixed[0] == types.Leaf(n=1) and box.mixed[1].year == 2024 and box.mixed[2] is None
    assert box.either == ("a", types.Leaf(n=4))
    assert box.pets == (types.Dog(name="Bo"), types.Leaf(n=2))
    assert box.many == {"k": [("a", [1, 2])]}
    assert json.loads(box.model_dump_json()) == BOX
    assert acme.module("core.decode").problems(types.Box, json.dumps(BOX).encode()) == []


@pytest.mark.parametrize(
    ("name", "value", "location"),
    [
        ("at", [1], ("at", 1)),
        ("at", [1, 2, 3], ("at",)),
        ("at", [1, "x"], ("at", 1)),
        ("at", "far", ("at",)),
        ("mixed", [{"n": "x"}, "2024-01-02T03:04:05Z", "b"], ("mixed", 0, "n")),
        ("mixed", [{"n": 1}, "soon", "b"], ("mixed", 1)),
        ("either", ["a", {"n": "x"}], ("either", 1)),
        ("either", [1, 2, 3], ("either",)),
        ("pets", [{"kind": "dog", "name": 1}, {"n": 2}], ("pets", 0, "name")),
        ("pets", [{"kind": "cat"}], ("pets",)),
        ("many", {"k": [["a"]]}, ("many", "k", 0)),
    ],
)
def test_an_array_that_does_not_fit_is_a_problem_and_is_sent_back_unchanged(
    acme: Bench, name: str, value: Any, location: tuple[Any, ...]
) -> None:
    sent = {**BOX, name: value}
    answered(acme, sent)
    box = acme.client().add_box(at=(1, 2))
    assert json.loads(box.model_dump_json()) == sent
    answered(acme, sent)
    acme.client().add_box(**{field: getattr(box, field) for field in sent})
    assert acme.server.seen[-1].json == sent
    text = json.dumps(sent).encode()
    problems = acme.module("core.decode").problems(acme.module("types").Box, text)
    assert any(problem["loc"][: len(location)] == location for problem in problems), problems


def test_callers_pass_tuples_or_lists_and_wrong_ones_are_errors(acme: Bench) -> None:
    types = acme.module("types")
    box = types.Box(at=[1, 2], pets=(types.Cat(lives=9), {"n": 1}))
    assert box.at == (1, 2) and box.pets == (types.Cat(lives=9), types.Leaf(n=1))
    for wrong in ((1,), (1, 2, 3), (1, "x"), "12"):
        with pytest.raises(ValueError, match="at"):
            types.Box(at=wrong)


@pytest.mark.parametrize("is_async", [False, True])
def test_every_place_of_a_request_takes_a_tuple(acme: Bench, is_async: bool) -> None:
    def call(method: str, *arguments: Any, **keywords: Any) -> Any:
        if not is_async:
            return getattr(acme.client(), method)(*arguments, **keywords)

        async def called() -> Any:
            async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
                return await getattr(client, method)(*arguments, **keywords)

        return asyncio.run(called())

    pair = ("a b", 1)
    answered(acme, ["c", 2])
    names = ("plain", "commas", "pipes", "text", "pair", "crumb")
    result = call("add_pair", pair, request=pair, **dict.fromkeys(names, pair))
    seen = acme.server.seen[-1]
    assert result == ("c", 2) and seen.json == ["a b", 1]
    assert seen.target == (
        "/pairs/a%20b,1?plain=a%20b&plain=1&commas=a%20b,1&pipes=a%20b%7C1"
        "&text=%5B%22a%20b%22%2C1%5D"
    )
    assert seen.headers["x-pair"] == "a b,1"
    call("send_form", at=pair, n=3)
    assert acme.server.seen[-1].body == b"at=a+b&at=1&n=3"
    call("upload", at=pair, file=("a.txt", b"x"))
    body = acme.server.seen[-1].body
    assert body.count(b'name="at"') == 2 and b"\r\n\r\na b\r\n" in body


def test_events_are_tuples(acme: Bench) -> None:
    chunks = [b'data: ["a",1]\n\n', b'data: ["b"]\n\n']
    acme.server.replies = [Reply(chunks=chunks, headers={"Content-Type": "text/event-stream"})]
    assert [*acme.client().events()] == [("a", 1), ["b"]]


def test_the_fake_client_returns_tuples_of_the_right_length(acme: Bench) -> None:
    testing = acme.module("testing")
    fake = testing.FakeAcmeClient(examples=True)
    box = fake.add_box(at=(1, 2))
    assert acme.module("core.decode").problems(type(box), box.model_dump_json().encode()) == []
    assert len(fake.add_pair(("a", 1), request=("b", 2))) == 2


def test_pages_name_tuples_and_show_their_values(tmp_path: Path) -> None:
    files = {str(path): text for path, text in make(tmp_path, API).files.items()}
    assert "`tuple[str, int] | None`" in files["reference.md"]
    assert 'client.add_pair(("path", 1), request=("request", 1))' in files["reference.md"]
    assert "add_single(request=(1,))" in files["reference.md"]
