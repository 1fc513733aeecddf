"""Bodies of models: pydantic-core writes the same bytes as `encode`, or leaves them to it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pydantic
import pytest

from ..support import pipeline
from .libraries import LIBRARIES

PACKAGE = "native_bodies"
SPEC = """
openapi: 3.1.0
info: {title: Jobs, version: "1"}
servers: [{url: "http://localhost"}]
paths:
  /jobs:
    post:
      operationId: send
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [jobs]
              properties:
                jobs: {type: array, items: {$ref: "#/components/schemas/Job"}}
                note: {type: string}
      responses: {"204": {description: accepted}}
components:
  schemas:
    Job:
      type: object
      required: [id, kind]
      properties:
        id: {type: string}
        kind: {type: string, const: job}
        cost: {type: number}
        size: {type: integer}
        at: {type: string, format: date-time}
        times: {type: array, items: {type: string, format: date-time}}
        named: {type: object, additionalProperties: {type: string, format: date-time}}
        day: {type: string, format: date}
        status: {type: string, enum: [new, done]}
        anything: {}
        vector: {type: array, items: {type: number}}
        costs: {type: object, additionalProperties: {type: number}}
        meta: {$ref: "#/components/schemas/Meta"}
        lastMeta: {$ref: "#/components/schemas/Meta"}
        content: {oneOf: [{type: string}, {$ref: "#/components/schemas/Meta"}]}
    Meta:
      type: object
      properties:
        ok: {type: boolean}
        children: {type: array, items: {$ref: "#/components/schemas/Job"}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("native")
    (folder / "spec.yaml").write_text(SPEC)
    pipeline.make(folder / "spec.yaml", PACKAGE, project=False).write(folder)
    source = next(path for path in (folder / "src", folder) if (path / PACKAGE).is_dir())
    sys.path.insert(0, str(source))
    yield __import__(PACKAGE)
    sys.path.remove(str(source))
    for name in [module for module in sys.modules if module.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


UTC = dt.timezone.utc
SECONDS = dt.timezone(dt.timedelta(seconds=3208))

# Arguments of `Job`, and whether pydantic-core writes them.
GIVEN: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"cost": 2, "size": 1, "at": dt.datetime(2024, 1, 2, tzinfo=UTC)}, True),
    ({"at": dt.datetime(2024, 1, 2, 3, 4, 5, 678)}, True),
    ({"at": dt.datetime(2024, 1, 2, tzinfo=SECONDS)}, True),
    ({"day": dt.date(2024, 1, 2), "status": "other"}, True),
    ({"cost": None, "meta": None, "vector": None}, True),
    ({"cost": 0.0001, "vector": [0.0, -0.0, 1e15, 0.1 + 0.2]}, True),
    ({"cost": 0.00001}, False),
    ({"cost": 1e16}, False),
    ({"vector": [1e-7]}, False),
    ({"costs": {"a": 1e300, "b": 2}}, False),
    ({"anything": {"a": [1e-7]}}, False),
    ({"anything": {1: dt.datetime(2024, 1, 2, tzinfo=UTC), "b": {"c"}}}, True),
    ({"size": 2**70, "id": '\u2028 \x7f \x01 " \\ é'}, True),
    ({"id": "\ud800"}, False),
    ({"other": {"a": 1.5}}, False),
]

# Values of `Job` in responses.
CAME: list[tuple[str, bool]] = [
    ('{"id":"a","kind":"job","at":"2024-01-02T03:04:05Z","status":"x"}', True),
    ('{"id":"a","kind":"job","at":"2024-01-02t03:04:05z"}', True),
    ('{"id":"a","kind":"job","at":"2024-01-02T03:04:05.123Z"}', True),
    ('{"id":"a","kind":"job","at":"2024-01-02T03:04:05.123456-03:30"}', True),
    ('{"id":"a","kind":"job","at":"soon"}', True),
    ('{"id":"a","kind":"job","at":5}', True),
    ('{"id":"a","kind":"job","times":["2024-01-02T03:04:05Z",null,"soon"]}', True),
    ('{"id":"a","kind":"job","times":["2024-01-02T03:04:05+05:30"],"named":{}}', True),
    (
        '{"id":"a","kind":"job","named":{"a":"2024-01-02T03:04:05Z","b":"9999-12-31T23:59:59Z"}}',
        True,
    ),
    ('{"id":"a","kind":"job","named":{"a":"2024-01-02T03:04:05.100Z"}}', True),
    ('{"id":"a","kind":"job","meta":{"ok":null,"unknown":[1,{"b":null}]}}', True),
    ('{"id":"a","kind":"job","meta":{"children":[{"id":"b"}]},"content":{"ok":true}}', True),
    ('{"id":"a","kind":"job","size":true}', True),
    ('{"id":"a","kind":"job","size":1.5,"cost":"free"}', True),
    ('{"id":5,"kind":"job"}', False),
    ('{"id":"a","kind":"job","meta":[1]}', False),
    ('{"id":"a","kind":"job","lastMeta":{"ok":true},"last_meta":1}', False),
    ('{"id":"a","kind":"job","costs":{"a":"b"},"vector":[1,"x",{"y":2}]}', True),
]


def both(package: Any, value: Any, native: bool) -> None:
    """Check the bytes, and which encoder wrote them: older versions of pydantic use only `encode`."""
    native = native and pydantic.VERSION >= "2.14"
    from native_bodies.core import encode  # type: ignore[import-not-found]  # made by the fixture
    from native_bodies.core import native as module

    plain = json.dumps(encode.encode(value), separators=(",", ":"), ensure_ascii=False)
    expected = plain.encode("utf-8", "backslashreplace")
    assert module.dumps(value) == (expected if native else None)
    assert encode.to_json(value) == expected
    assert encode.to_json({"jobs": [value, value], "note": "é"}) == (
        b'{"jobs":[' + expected + b"," + expected + b'],"note":"\xc3\xa9"}'
    )


@pytest.mark.parametrize(("arguments", "native"), GIVEN, ids=lambda item: str(item)[:40])
def test_models_of_callers(package: Any, arguments: dict[str, Any], native: bool) -> None:
    both(package, package.Job(**{"id": "a", **arguments}), native)


@pytest.mark.parametrize(("text", "native"), CAME, ids=lambda item: str(item)[:60])
def test_decoded_models(package: Any, text: str, native: bool) -> None:
    from native_bodies.core import decode  # type: ignore[import-not-found]  # made by the fixture

    decoded = decode.decode(package.Job, text.encode())
    both(package, decoded, native)
    assert decode.decode(package.Job, text.encode()) == decoded


COMPLETE = """{"id":"a","kind":"job","cost":1.5,"size":null,"at":"2024-01-02T03:04:05Z","times":[],"named":{},
"day":"2024-01-02","status":"new","anything":null,"vector":[1],"costs":{},"meta":{"ok":true,"children":[]},
"lastMeta":INSIDE,"content":{"ok":null,"children":null}}"""


@pytest.mark.parametrize(
    ("inside", "complete"),
    [
        ('{"ok":true,"children":[]}', True),
        ("null", True),
        ('{"ok":true}', False),
        ('{"ok":true,"other":1}', False),
        ('{"ok":true,"children":[],"other":1}', False),
        ('{"ok":true,"children":[{"id":"b","kind":"job"}]}', False),
    ],
)
def test_models_that_have_all_fields(package: Any, inside: str, complete: bool) -> None:
    """They are written without asking which fields are set, but only where that holds for all."""
    from native_bodies.core import (  # type: ignore[import-not-found]  # made by the fixture
        decode,
        native,
    )

    decoded = decode.decode(package.Job, COMPLETE.replace("INSIDE", inside).encode())
    assert native._form([decoded])[0] is complete
    both(package, decoded, True)
    assert not native._form([decoded, package.Job(id="a")])[0]


def test_datetimes_of_several_kinds_in_one_list(package: Any) -> None:
    """Each is serialized independently: one by pydantic-core, the other by Python."""
    from native_bodies.core import (  # type: ignore[import-not-found]  # made by the fixture
        decode,
        encode,
    )

    texts = [text for text, native in CAME if native and pydantic.VERSION >= "2.14"]
    jobs = [decode.decode(package.Job, text.encode()) for text in texts]
    jobs += [package.Job(id="a", at=dt.datetime(2024, 1, 2, tzinfo=zone)) for zone in (UTC, None)]
    expected = b"[" + b",".join(map(encode.to_json, jobs)) + b"]"
    assert encode.to_json(jobs) == expected


def test_values_assigned_without_validation(package: Any) -> None:
    job = package.Job(id="a")
    job.lastMeta = 5  # An unknown property, because the field is last_meta.
    job.size = dt.datetime(2024, 1, 2)
    both(package, job, False)
    job = package.Job.model_construct(id="a", meta={"ok": True}, last_meta=7)
    both(package, job, False)

    class Extended(package.Meta):  # type: ignore[name-defined,misc]  # made by the fixture
        more: int = 1

    class Other(package.Meta.__base__):  # type: ignore[name-defined,misc]  # made by the fixture
        name: str

    both(package, package.Job(id="a", meta=package.Meta(ok=True)), True)
    both(package, package.Job(id="a", meta=Extended(more=2)), False)
    for path in ({"meta": Other(name="n")}, {"last_meta": [[Other(name="n")]]}):
        both(package, package.Job.model_construct(id="a", **path), False)
    inside = package.Meta.model_construct(children=[package.Job(id="a"), Other(name="n")])
    both(package, package.Job(id="a", meta=inside), False)


def test_numbers_that_json_lacks_are_refused(package: Any) -> None:
    from native_bodies.core import encode  # type: ignore[import-not-found]  # made by the fixture

    for values in ({"cost": float("nan")}, {"anything": [float("inf")]}):
        with pytest.raises(ValueError, match="Out of range float values"):
            encode.to_json(package.Job(id="a", **values))


def test_a_call_sends_it(package: Any) -> None:
    sent: list[bytes] = []
    library = LIBRARIES[0]

    def respond(request: Any) -> Any:
        sent.append(request.content)
        return library.Response(204)

    http = library.Client(transport=library.MockTransport(respond))
    jobs = [package.Job(id="a", last_meta=package.Meta(ok=True)), package.Job(id="b", cost=None)]
    client = package.NativeBodiesClient(httpx_client=http)
    client.send(jobs=jobs, note="n")
    assert sent == [
        b'{"jobs":[{"id":"a","kind":"job","lastMeta":{"ok":true}},'
        b'{"id":"b","kind":"job","cost":null}],"note":"n"}'
    ]
