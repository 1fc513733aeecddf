"""Layout `fern` with `use_typeddict_requests`: arguments accept dicts."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from ..support import checkers
from .workbench import Bench, bench

SPEC = """
paths:
  /jars:
    put:
      x-fern-sdk-group-name: jars
      x-fern-sdk-method-name: put
      requestBody:
        required: true
        content: {application/json: {schema: {
          type: object, required: [cork, lids],
          properties: {
            cork: {$ref: "#/components/schemas/Cork"},
            lids: {type: array, items: {$ref: "#/components/schemas/Lid"}},
            label: {$ref: "#/components/schemas/Label"},
            next: {$ref: "#/components/schemas/Node"},
            seals: {type: array, items: {$ref: "#/components/schemas/Seal"}},
            plain: {$ref: "#/components/schemas/Plain"}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {
        $ref: "#/components/schemas/Cork"}}}}}
components:
  schemas:
    Plain: {type: object, properties: {width: {type: integer}}}
    Cork:
      type: object
      required: [fromWhere, size]
      properties:
        fromWhere: {type: string, description: The forest.}
        size: {$ref: "#/components/schemas/Size"}
        rings: {type: array, items: {type: object, properties: {ringWidth: {type: number}}}}
        note: {type: [string, "null"]}
    Size: {type: string, enum: [small, large]}
    Lid:
      oneOf: [{$ref: "#/components/schemas/Tin"}, {$ref: "#/components/schemas/Glass"}]
      discriminator: {propertyName: kind, mapping: {
        tin: "#/components/schemas/Tin", glass: "#/components/schemas/Glass"}}
    Tin: {type: object, properties: {kind: {type: string}, innerWidth: {type: integer}}}
    Glass: {type: object, properties: {kind: {type: string}, color: {type: string}}}
    Label: {anyOf: [{type: string}, {$ref: "#/components/schemas/Plain"}]}
    Seal: {anyOf: [{type: string}, {$ref: "#/components/schemas/Lid"}]}
    Node: {type: object, properties: {children: {type: array, items: {$ref: "#/components/schemas/Node"}}}}
"""

CALLER = """
from acme import AcmeClient

client = AcmeClient(base_url="http://x")
client.jars.put(cork={"from_where": "a", "size": "small"}, lids=[{"kind": "tin"}])
client.jars.put(
    cork={"from_where": 1, "size": "small"}, lids=[]
)
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    settings = 'layout = "fern"\n[python]\nuse-typeddict-requests = true\n'
    with bench(tmp_path_factory.mktemp("acme"), SPEC, settings) as built:
        yield built


def test_each_object_has_a_typed_dict(acme: Bench) -> None:
    names = {name for name in dir(acme.package) if name.endswith("Params")}
    assert names == {
        "CorkParams",
        "CorkRingsItemParams",
        "GlassParams",
        "LabelParams",
        "LidParams",
        "GlassLidParams",
        "TinLidParams",
        "NodeParams",
        "PlainParams",
        "SealParams",
        "TinParams",
    }
    cork = acme.module("requests.cork").CorkParams
    assert acme.package.CorkParams is cork
    assert list(cork.__annotations__) == ["from_where", "size", "rings", "note"]
    assert acme.package.LabelParams == (str | acme.package.PlainParams)
    method = acme.module("jars.client").JarsClient.put
    hints = typing.get_type_hints(method)
    assert hints["cork"] is cork and hints["return"] is acme.package.Cork


def test_type_checkers_take_dicts(acme: Bench) -> None:
    """The package is checked with a caller, whose second call has an error."""
    folder = acme.generated.settings.output
    (folder / "caller.py").write_text(CALLER, encoding="utf-8")
    result = checkers.mypy(folder, ["acme", "caller.py"])
    assert [line.split(" ")[0] for lines in result.values() for line in lines] == ["caller.py:7:"]


def test_a_dict_is_sent_under_the_names_of_the_wire(acme: Bench) -> None:
    acme.server.replies = [Reply(body={"fromWhere": "x", "size": "small"})]
    put: Any = acme.client().jars.put
    result = put(
        cork={"from_where": "a", "size": "small", "rings": [{"ring_width": 1.5}], "note": None},
        lids=[{"kind": "tin", "inner_width": 3}, {"kind": "glass", "color": "red"}],
        label={"width": 1},
        seals=["wax", {"kind": "tin", "inner_width": 4}],
        next={"children": [{"children": []}]},
    )
    assert result.from_where == "x"
    assert acme.server.seen[-1].json == {
        "cork": {"fromWhere": "a", "size": "small", "rings": [{"ringWidth": 1.5}], "note": None},
        "lids": [{"kind": "tin", "innerWidth": 3}, {"kind": "glass", "color": "red"}],
        "label": {"width": 1},
        "seals": ["wax", {"kind": "tin", "innerWidth": 4}],
        "next": {"children": [{"children": []}]},
    }


def test_a_model_and_wire_names_can_be_sent_too(acme: Bench) -> None:
    cork = acme.package.Cork(from_where="a", size="large")
    put: Any = acme.client().jars.put
    put(cork=cork, lids=[{"kind": "tin", "innerWidth": 3, "new": 1}], plain=acme.package.Plain())
    assert acme.server.seen[-1].json == {
        "cork": {"fromWhere": "a", "size": "large"},
        "lids": [{"kind": "tin", "innerWidth": 3, "new": 1}],
        "plain": {},
    }


UPLOAD = """
paths:
  /jars:
    post:
      operationId: fill
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {
          type: object, required: [photo, cork],
          properties: {
            photo: {type: string, format: binary},
            cork: {$ref: "#/components/schemas/Cork"}}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Cork: {type: object, properties: {fromWhere: {type: string}}}
"""


@pytest.mark.parametrize("dicts", [False, True])
def test_parts_of_a_multipart_body(tmp_path: Path, dicts: bool) -> None:
    settings = 'layout = "fern"\n[python]\nuse-typeddict-requests = true\n'
    if dicts:
        settings += "use-typeddict-requests-for-file-upload = true\n"
    with bench(tmp_path, UPLOAD, settings) as it:
        fill: Any = it.client().fill
        hints = typing.get_type_hints(fill)
        cork = it.module("requests").CorkParams if dicts else it.package.Cork
        assert hints["cork"] is cork
        it.server.replies = [Reply(204)]
        fill(photo=b"x", cork={"from_where": "a"})
        assert b'{"fromWhere":"a"}' in it.server.seen[-1].body.replace(b" ", b"")
