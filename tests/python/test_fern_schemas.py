"""Layout `fern`: types of schemas as in the IR of Fern's CLI, by its version."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.config import ImporterSettings
from fiddlehead.config.fern_defaults import defaults
from fiddlehead.config.fields import build

from .workbench import Bench, bench

SCHEMAS = """
paths: {}
components:
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}
    Same: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {id: {type: string}}}]}
    Named: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {id: {type: string}}}], required: [id]}
    Parts: {allOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, properties: {a: {type: string}}}]}
    Pair: {type: array, prefixItems: [{type: string}, {type: integer}]}
    Level: {oneOf: [{const: low, description: The lower one}, {const: high}]}
    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat]}, lives: {type: integer, format: bigint}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog]}}}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat"}}
    Listed:
      oneOf: [{$ref: "#/components/schemas/Fox"}]
      discriminator: {propertyName: kind, mapping: {fox: "#/components/schemas/Fox"}}
    Fox: {type: object, required: [kind], properties: {kind: {type: string, enum: [fox, vixen]}}}
    Tool:
      anyOf: [{$ref: "#/components/schemas/Saw"}, {$ref: "#/components/schemas/Axe"}]
      discriminator: {propertyName: kind, mapping: {saw: "#/components/schemas/Saw", axe: "#/components/schemas/Axe"}}
    Saw: {type: object, required: [kind], properties: {kind: {type: string}}}
    Axe: {type: object, required: [kind, edges], properties: {kind: {type: string}, edges: {type: integer}}}
    Plain:
      x-fern-undiscriminated: true
      oneOf: [{$ref: "#/components/schemas/Red"}, {$ref: "#/components/schemas/Blue"}]
      discriminator: {propertyName: tone, mapping: {r: "#/components/schemas/Red", b: "#/components/schemas/Blue"}}
    Red: {type: object, properties: {tone: {type: string}}}
    Blue: {type: object, required: [tone], properties: {tone: {type: string, enum: [b]}}}
"""


def required(acme: Bench, name: str) -> list[str]:
    fields = getattr(acme.package, name).model_fields
    return [key for key, field in fields.items() if field.is_required()]


def test_a_property_that_is_declared_again_is_required_only_there(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS, layout="fern") as acme:
        assert required(acme, "Base") == ["id"]
        assert required(acme, "Same") == [] and required(acme, "Named") == ["id"]
        assert required(acme, "Parts") == []


def test_in_newer_versions_it_stays_required(tmp_path: Path) -> None:
    importer = ImporterSettings(redeclared_properties_stay_required=True)
    with bench(tmp_path, SCHEMAS, layout="fern", importer=importer) as acme:
        assert required(acme, "Same") == ["id"] and required(acme, "Parts") == ["a"]


REQUIRED = """
paths: {}
components:
  schemas:
    Base: {type: object, properties: {id: {type: string}, part: {type: object, properties: {n: {type: integer}}}}}
    Strict: {type: object, required: [id], properties: {id: {type: string}}}
    Beside: {required: [id, more], allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {more: {type: string}}}]}
    Inline: {required: [a], allOf: [{type: object, properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]}
    Later: {allOf: [{type: object, properties: {a: {type: string}}}, {type: object, required: [a], properties: {b: {type: string}}}]}
    Only: {allOf: [{$ref: "#/components/schemas/Base"}, {required: [id]}]}
    Again: {required: [id], allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {id: {type: string}}}]}
    There: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, required: [id], properties: {id: {type: string}}}]}
    Number: {required: [id], allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {id: {type: integer}}}]}
    Maybe: {allOf: [{$ref: "#/components/schemas/Strict"}, {type: object, properties: {id: {type: string, nullable: true}}}]}
    Own: {type: object, required: [id, z], properties: {id: {type: string}, z: {type: string}}, allOf: [{$ref: "#/components/schemas/Base"}]}
    First: {allOf: [{$ref: "#/components/schemas/Base"}, {$ref: "#/components/schemas/Strict"}]}
    Holder: {type: object, properties: {one: {allOf: [{$ref: "#/components/schemas/Base"}], required: [id], description: One.}}}
"""
_SAME = {"Later": ["a"], "Maybe": [], "There": [], "Own": ["z"], "First": [], "Number": ["id"]}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("3.98.5", {"Beside": [], "Inline": ["b"], "Only": [], "Again": [], "Number": []}),
        ("4.65.0", {"Beside": ["more"], "Inline": ["a", "b"], "Only": [], "Again": ["id"]}),
        ("5.24.0", {"Beside": ["more"], "Inline": ["a", "b"], "Only": ["id"], "Again": ["id"]}),
        ("5.131.1", {"Beside": ["more"], "Inline": ["a", "b"], "Only": ["id"], "Again": []}),
    ],
)
def test_required_in_and_beside_all_of(
    tmp_path: Path, version: str, expected: dict[str, list[str]]
) -> None:
    """The IR of these versions of Fern's CLI for the same description."""
    importer = build(ImporterSettings, defaults(version)["importer"])
    with bench(tmp_path, REQUIRED, layout="fern", importer=importer) as acme:
        assert {name: required(acme, name) for name in {**_SAME, **expected}} == {
            **_SAME,
            **expected,
        }
        copied = version.startswith("5")
        assert issubclass(acme.package.Only, acme.package.Base) is not copied
        assert hasattr(acme.package, "OnlyPart") is copied
        hints = typing.get_type_hints(acme.package.Number)
        assert hints["id"] == (int if "id" in {**_SAME, **expected}["Number"] else int | None)
        assert typing.get_type_hints(acme.package.Holder)["one"] == acme.package.Base | None


def test_schemas_that_ferns_types_express_less_exactly(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS, layout="fern") as acme:
        assert acme.package.Pair == list[Any]
        assert typing.get_type_hints(acme.package.Cat)["lives"] == int | None


def test_constants_of_a_union_are_enums_of_their_own(tmp_path: Path) -> None:
    importer = ImporterSettings(coerce_enums_to_literals=False)
    with bench(tmp_path, SCHEMAS, layout="fern", importer=importer) as acme:
        assert typing.get_args(typing.get_args(acme.package.LevelZero)[0]) == ("low",)
        assert typing.get_args(typing.get_args(acme.package.LevelOne)[0]) == ("high",)
    importer = ImporterSettings(coerce_enums_to_literals=False, coerce_consts_to="literals")
    with bench(tmp_path / "literals", SCHEMAS, layout="fern", importer=importer) as acme:
        assert not hasattr(acme.package, "LevelZero") and acme.package.Level


def test_members_of_a_union_with_a_mapping_are_those_of_the_mapping(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS, layout="fern") as acme:
        for name, members in (("Pet", ["CatPet"]), ("Listed", ["FoxListed"])):
            union = typing.get_args(typing.get_args(getattr(acme.package, name))[0])
            assert [member.__name__ for member in union[:-1]] == members


def test_the_discriminator_of_an_any_of_is_ignored(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS, layout="fern") as acme:
        package = acme.package
        members = typing.get_args(typing.get_args(package.Tool)[0])
        assert set(members) >= {package.Saw, package.Axe}
        assert package.Saw(kind="saw").kind == "saw"


def test_tags_of_an_undiscriminated_union_are_constants(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS, layout="fern") as acme:
        assert acme.package.Red().tone == "r" and acme.package.Blue().tone == "b"


NAMES = """
webhooks:
  boatLeft: {post: {operationId: onBoatLeft, requestBody: {content: {application/json: {schema: {
    type: object, properties: {boat: {type: object, properties: {name: {type: string}}}}}}}}, responses: {"200": {description: ok}}}}
  tide: {post: {requestBody: {content: {application/json: {schema: {
    type: object, properties: {metres: {type: number}}}}}}, responses: {"200": {description: ok}}}}
paths:
  /hooks:
    post:
      x-fern-webhook: true
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: arrived
      requestBody: {content: {application/json: {schema: {type: object, properties: {at: {type: string}}}}}}
      responses: {"200": {description: ok}}
  /talk:
    post:
      x-fern-sdk-group-name: radio
      x-fern-sdk-method-name: talk
      x-fern-streaming: {stream-condition: $request.stream, response: {$ref: "#/components/schemas/Word"}, response-stream: {$ref: "#/components/schemas/Word"}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Talk"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Word"}}}}}
components:
  schemas:
    Word: {type: object, properties: {text: {type: string}}}
    Talk: {type: object, properties: {stream: {type: boolean}, tools: {type: array, items: {type: object, properties: {name: {type: string}}}}}}
"""


def test_payloads_of_webhooks_are_named_as_operations(tmp_path: Path) -> None:
    with bench(tmp_path, NAMES, layout="fern") as acme:
        for name in ("OnBoatLeftPayload", "OnBoatLeftPayloadBoat", "PostTidePayload"):
            assert hasattr(acme.package, name), name
        assert acme.module("boats").ArrivedBoatsPayload(at="9").at == "9"


def test_types_of_a_stream_condition_are_named_after_the_request(tmp_path: Path) -> None:
    with bench(tmp_path, NAMES, layout="fern") as acme:
        names = ("TalkRadioRequestToolsItem", "TalkRadioStreamRequestToolsItem")
        assert all(hasattr(acme.package, name) for name in names)
        assert not hasattr(acme.package, "Talk")
    importer = ImporterSettings(conditional_bodies_have_classes=True)
    with bench(tmp_path / "newer", NAMES, layout="fern", importer=importer) as acme:
        assert all(hasattr(acme.package, name) for name in (*names, "Talk", "TalkToolsItem"))


AUDIENCES = """
paths:
  /crews:
    get:
      operationId: crews
      x-fern-audiences: [public]
      parameters: [{name: all_of_them, in: query, x-fern-audiences: [internal], schema: {type: boolean}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Crew"}}}}}
  /logs:
    post:
      operationId: logs
      x-fern-audiences: [public]
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}, note: {type: string}, code: {type: string, x-fern-audiences: [public]}}}}}}
      responses: {"204": {description: done}}
components:
  schemas:
    Crew:
      type: object
      properties:
        name: {type: string}
        mate: {$ref: "#/components/schemas/Mate"}
        code: {type: string, x-fern-audiences: [public]}
        pay: {type: integer, x-fern-audiences: [internal]}
    Mate:
      type: object
      x-fern-audiences: [internal]
      properties: {name: {type: string}, pay: {type: integer, x-fern-audiences: [internal]}}
    Boat: {type: object, properties: {crew: {$ref: "#/components/schemas/Crew"}, mate: {$ref: "#/components/schemas/Mate"}}}
"""


def fields(acme: Bench, name: str) -> list[str]:
    return list(getattr(acme.package, name).model_fields)


def test_audiences_leave_out_properties_but_no_arguments_and_no_used_types(tmp_path: Path) -> None:
    with bench(tmp_path, AUDIENCES, layout="fern", audiences=("public",)) as acme:
        assert fields(acme, "Crew") == ["name", "mate", "code"]
        assert fields(acme, "Mate") == ["name"]
        hints = typing.get_type_hints(type(acme.client()).crews)
        assert hints["all_of_them"] == bool | None
    importer = ImporterSettings(audiences_select_properties=True)
    text = AUDIENCES.replace("mate: {$ref", "mate: {x-fern-audiences: [public], $ref")
    with bench(
        tmp_path / "older", text, layout="fern", audiences=("public",), importer=importer
    ) as acme:
        assert fields(acme, "Crew") == ["mate", "code"]
        assert fields(acme, "Mate") == ["name", "pay"]
        acme.client().logs(file=b"x", note="n", code="c")
        (request,) = acme.server.seen
        assert all(f'name="{name}"' in request.body.decode() for name in ("file", "note", "code"))


SCOPES = """
security: [{app: [read]}]
x-fern-resolutions: [{name: Person, resolutions: ["#/components/schemas/User", "#/components/schemas/Admin"]}]
paths:
  /people:
    get:
      operationId: people_list
      tags: [people]
      parameters:
        - {name: filter, in: query, content: {application/json: {schema: {$ref: "#/components/schemas/Team"}}}}
        - {name: X-Team, in: header, content: {application/json: {schema: {$ref: "#/components/schemas/Team"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Admin"}}}}}}
components:
  securitySchemes:
    app: {type: oauth2, flows: {implicit: {authorizationUrl: "https://a.test", scopes: {old: Old.}}, clientCredentials: {tokenUrl: "https://a.test", scopes: {read: Read., "write:all": Write.}}}}
  schemas:
    User: {type: object, properties: {name: {type: string}, kind: {type: string, enum: [u, v]}}}
    Admin: {type: object, properties: {name: {type: string}, kind: {type: string, enum: [u, v]}}}
    Team: {type: object, properties: {id: {type: string}}}
"""


def test_scopes_are_an_enum_and_resolved_schemas_are_aliases(tmp_path: Path) -> None:
    with bench(tmp_path, SCOPES, layout="fern") as acme:
        package = acme.package
        scopes = typing.get_args(typing.get_args(package.OauthScope)[0])
        assert scopes == ("read", "write:all")
        assert package.User is package.Admin is package.Person
        assert typing.get_args(typing.get_args(package.PersonKind)[0]) == ("u", "v")
        assert not hasattr(package, "UserKind")
    with bench(tmp_path / "compact", SCOPES) as acme:
        assert not hasattr(acme.package, "OauthScope") and not hasattr(acme.package, "User")


@pytest.mark.parametrize("respected", [False, True])
def test_parameters_with_content_are_texts(tmp_path: Path, respected: bool) -> None:
    importer = ImporterSettings(respect_parameter_content=respected)
    with bench(tmp_path, SCOPES, layout="fern", importer=importer) as acme:
        acme.server.default.body = []
        team = acme.package.Team(id="t") if respected else '{"id":"t"}'
        client = acme.client(token="k")
        assert client.people.list(filter='{"id":"x y"}', team=team) == []
        (request,) = acme.server.seen
        assert request.target == "/people?filter=%7B%22id%22%3A%22x%20y%22%7D"
        assert request.headers["x-team"] == '{"id":"t"}'
