"""OpenAPI 3.2's `defaultMapping`: the variant for other values of the discriminator, and for none.
AsyncAPI's discriminators, which are only the name of a property."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from ..support import examples, pipeline
from .workbench import Bench, bench, make

API = """openapi: 3.2.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.test"}]
paths:
  /a:
    post:
      operationId: send
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Holder"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Holder"}}}}}
components:
  schemas:
    Holder:
      type: object
      properties:
        mapped: {$ref: "#/components/schemas/Mapped"}
        named: {$ref: "#/components/schemas/Named"}
        outside: {$ref: "#/components/schemas/Outside"}
        base: {$ref: "#/components/schemas/Base"}
    Mapped:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator:
        propertyName: type
        mapping: {cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"}
        defaultMapping: Other
    Named:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Other"}]
      discriminator: {propertyName: type, defaultMapping: "#/components/schemas/Other"}
    Outside:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: type, defaultMapping: Other}
    Base:
      type: object
      required: [type]
      properties: {type: {type: string}, note: {type: string}}
      discriminator: {propertyName: type, mapping: {one: One}, defaultMapping: Base}
    One: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {x: {type: string}}}]}
    Cat: {type: object, required: [type, lives], properties: {type: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [type, name], properties: {type: {type: string}, name: {type: string}}}
    Other: {type: object, required: [legs], properties: {type: {type: string}, legs: {type: integer}}}
"""


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_other_values_of_the_discriminator(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, API, layout=layout) as acme:
        assert not acme.made.diagnostics.warnings
        spider: dict[str, Any] = {"type": "spider", "legs": 8, "lives": 1}
        for name in ("mapped", "named", "outside"):
            assert read(acme, name, spider) == ("Other", [])
            assert read(acme, name, {"legs": 6}) == ("Other", [])
            assert read(acme, name, {"type": "spider"}) == ("Other", ["legs"])
        assert read(acme, "mapped", {"type": "cat", "lives": 9}) == ("CatMapped", [])
        assert read(acme, "mapped", {"type": "cat", "legs": 9}) == ("CatMapped", ["lives"])
        assert read(acme, "named", {"type": "Cat", "lives": 9}) == ("Cat", [])
        assert read(acme, "named", {"type": "cat", "lives": 9}) == ("Other", ["legs"])
        assert read(acme, "base", {"type": "one", "x": "1"}) == ("OneBase", [])
        assert read(acme, "base", {"type": "two", "note": "1"})[1] == []
        # A caller may pass the same.
        holder = acme.package.Holder(mapped=spider, named={"legs": 6})
        assert type(holder.mapped) is type(holder.named) is acme.package.Other
        sent = json.loads(acme.module("core.encode").to_json(holder))
        assert sent == {"mapped": spider, "named": {"legs": 6}}
        with pytest.raises(ValueError, match="legs"):
            acme.package.Holder(mapped={"type": "spider"})


def test_a_default_that_is_not_one_object_is_reported(tmp_path: Path) -> None:
    text = API.replace("defaultMapping: Other", "defaultMapping: Text")
    made = make(tmp_path, f"{text}    Text: {{type: string}}\n")
    codes = [item.code for item in made.diagnostics.warnings]
    assert codes == ["not-expressible", "not-expressible"]


def read(acme: Bench, name: str, value: Any) -> tuple[str, list[Any]]:
    """The class of a value in a property, and the properties that have problems."""
    text = json.dumps({name: value}).encode()
    decode = acme.module("core.decode")
    decoded = decode.decode(acme.package.Holder, text)
    assert json.loads(acme.module("core.encode").to_json(decoded)) == {name: value}
    problems = decode.problems(acme.package.Holder, text)
    return type(getattr(decoded, name)).__name__, [item["loc"][-1] for item in problems]


CHANNELS = """
asyncapi: VERSION
info: {title: Acme, version: "1"}
CHANNEL
components:
  schemas:
    Pet:
      type: object
      discriminator: petType
      required: [petType, name]
      properties: {petType: {type: string}, name: {type: string}}
    Cat: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {lives: {type: integer}}}]}
    Insect:
      allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {petType: {const: StickBug}, legs: {type: integer}}}]
    Dog:
      $id: TheDog
      allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {size: {type: integer}}}]
    Note: {type: object, properties: {discriminator: {type: string, const: petType}}}
"""
PAYLOAD = 'payload: {$ref: "#/components/schemas/Pet"}'
OLD = f"channels: {{/feed: {{subscribe: {{message: {{{PAYLOAD}}}}}}}}}"
NEW = f"""
channels: {{feed: {{address: /feed, messages: {{pet: {{{PAYLOAD}}}}}}}}}
operations: {{read: {{action: send, channel: {{$ref: "#/channels/feed"}}}}}}
"""


@pytest.mark.parametrize(("version", "channel"), [("2.6.0", OLD), ("3.0.0", NEW)])
def test_a_discriminator_of_asyncapi(tmp_path: Path, version: str, channel: str) -> None:
    spec = tmp_path / "asyncapi.yaml"
    text = CHANNELS.replace("VERSION", version).replace("CHANNEL", channel)
    spec.write_text(text, encoding="utf-8")
    made = pipeline.make(spec, "acme", output=tmp_path / "out")
    assert not [item for item in made.diagnostics.warnings if "discriminator" in item.message]
    made.write(tmp_path / "out")
    with examples.importable(tmp_path / "out", "acme"):
        acme = importlib.import_module("acme")
        decode = importlib.import_module("acme.core.decode")
        for tag, more, expected in [
            ("Cat", {"lives": 9}, "Cat"),
            ("StickBug", {"legs": 6}, "Insect"),
            ("TheDog", {"size": 2}, "Dog"),
            ("Dog", {"size": 2}, "Dog"),
            ("Fish", {"lives": 9}, "Cat"),
            ("Fish", {}, "PetBase"),
        ]:
            value = {"petType": tag, "name": "a", **more}
            decoded = decode.decode(acme.Pet, json.dumps(value).encode())
            assert type(decoded).__name__ == expected, value
