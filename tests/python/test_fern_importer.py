"""Layout `fern` for an OpenAPI description without extensions: the names and types that the IR of
Fern's CLI has for the same description."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.config import ImporterSettings

from ..runtime.server import Reply
from .workbench import Bench, bench

SPEC = """
paths:
  /berths:
    get:
      operationId: harbour_berths_getAll
      tags: [Harbour Berths]
      parameters:
        - {name: sizes, in: query, required: true, schema: {type: array, items: {type: integer}}}
        - {name: flags, in: query, schema: {anyOf: [{type: array, items: {type: string}}, {type: "null"}]}}
        - {name: owners, in: query, schema: {$ref: "#/components/schemas/Owners"}}
        - {name: anything, in: query, schema: {}}
        - {name: tags, in: query, schema: {type: array, items: {}}}
      responses: {"200": {$ref: "#/components/responses/Berths"}}
    post:
      operationId: harbourBerthsAddMany
      tags: [Harbour Berths]
      requestBody: {content: {application/json: {schema: {
        type: array, items: {$ref: "#/components/schemas/Berth"}}}}}
      responses: {"200": {description: ok}}
    put:
      operationId: HarbourBerths_replace
      tags: [Harbour Berths]
      requestBody: {required: true, content: {application/json: {schema: {anyOf: [
        {$ref: "#/components/schemas/Owners"}, {type: "null"}]}}}}
      responses: {"200": {description: ok}}
  /berths/{id}:
    get:
      summary: Find one berth
      tags: [Harbour Berths]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {$ref: "#/components/responses/Berths"}}
    patch:
      operationId: harbourBerthsMove
      tags: [Harbour Berths]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Berth"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {
        $ref: "#/components/schemas/Berth"}}}}}
  /photos:
    post:
      operationId: photos_add
      tags: [Photos]
      requestBody: {required: true, content: {multipart/form-data: {schema: {
        $ref: "#/components/schemas/PhotoForm"}}}}
      responses: {"200": {description: ok}}
components:
  responses:
    Berths: {description: ok, content: {application/json: {schema: {
      type: object, properties: {berths: {type: array, items: {$ref: "#/components/schemas/Berth"}}}}}}}
  schemas:
    Owners: {type: array, items: {type: string}}
    Note: {type: string, nullable: true}
    Size: {type: object, properties: {metres: {type: number}}}
    Sealed: {type: object, additionalProperties: false}
    Berth:
      type: object
      required: [built, number]
      properties:
        number: {type: integer}
        built: {type: string, readOnly: true}
        note: {$ref: "#/components/schemas/Note"}
        sealed: {$ref: "#/components/schemas/Sealed"}
        size: {allOf: [{$ref: "#/components/schemas/Size"}, {description: Of the berth}]}
        depth: {allOf: [{$ref: "#/components/schemas/Size"}, {type: object}]}
        plain: {allOf: [{$ref: "#/components/schemas/Size"}], description: Of the boat}
        nextTo: {$ref: "#/components/schemas/Neighbour"}
    Neighbour: {type: object, properties: {ofBerth: {$ref: "#/components/schemas/Berth"}}}
    PhotoForm:
      type: object
      properties:
        file: {type: string, format: binary}
        kind: {type: string, enum: [day, night]}
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("acme")
    importer = ImporterSettings(annotated_all_of_is_type=True)
    with bench(folder, SPEC, layout="fern", importer=importer) as result:
        yield result


def parameters(acme: Bench, method: str) -> dict[str, inspect.Parameter]:
    function = getattr(acme.module("harbour_berths.client").HarbourBerthsClient, method)
    return dict(inspect.signature(function).parameters)


def hints(acme: Bench, method: str) -> dict[str, Any]:
    function = getattr(acme.module("harbour_berths.client").HarbourBerthsClient, method)
    return typing.get_type_hints(function)


def test_a_method_loses_the_words_of_its_tag(acme: Bench) -> None:
    # An operationId with a separator has no words in camel case: `getAll` is one.
    berths = acme.client().harbour_berths
    names = {"getall", "add_many", "harbour_berths_replace", "find_one_berth", "move"}
    assert names <= {name for name in dir(berths) if not name.startswith("_")}


def test_lists_in_a_query(acme: Bench) -> None:
    result = hints(acme, "getall")
    defaults = {name: item.default for name, item in parameters(acme, "getall").items()}
    assert result["sizes"] == int | Sequence[int] | None and defaults["sizes"] is None
    assert result["flags"] == Sequence[str] | None
    assert result["owners"] == str | Sequence[str] | None
    assert result["anything"] == str | None
    assert result["tags"] == str | Sequence[str] | None
    acme.server.replies = [Reply(body={})]
    acme.client().harbour_berths.getall(sizes=3, flags=["a", "b"], owners=["x"], anything="y")
    sent = acme.server.seen[-1].target
    assert sent == "/berths?sizes=3&flags=a&flags=b&owners=x&anything=y"


def test_an_inline_schema_of_a_shared_response_is_named_after_each_operation(acme: Bench) -> None:
    names = acme.module("harbour_berths")
    assert names.HarbourBerthsGetAllResponse is not names.GetBerthsIdResponse


def test_a_body_that_is_one_argument_is_required_unless_it_may_be_null(acme: Bench) -> None:
    empty = inspect.Parameter.empty
    assert parameters(acme, "add_many")["request"].default is empty
    assert parameters(acme, "harbour_berths_replace")["request"].default is not empty


def test_read_only_properties_are_optional_arguments(acme: Bench) -> None:
    result = parameters(acme, "move")
    assert result["built"].default is not inspect.Parameter.empty
    assert result["number"].default is inspect.Parameter.empty
    acme.server.replies = [Reply(body={"number": 1, "built": "1900"})]
    berth = acme.client().harbour_berths.move("7", number=1, built="1901")
    assert berth.built == "1900"
    assert acme.server.seen[-1].json == {"number": 1, "built": "1901"}


def test_read_only_properties_are_left_out_where_the_settings_respect_them(tmp_path: Path) -> None:
    importer = ImporterSettings(respect_readonly_schemas=True)
    with bench(tmp_path, SPEC, layout="fern", importer=importer) as acme:
        assert "built" not in parameters(acme, "move")


def test_an_annotated_reference_is_a_type_of_its_own(acme: Bench) -> None:
    fields = typing.get_type_hints(acme.package.Berth)
    assert fields["size"] == acme.package.BerthSize | None
    assert fields["depth"] == acme.package.BerthDepth | None
    assert fields["plain"] == acme.package.Size | None
    assert [*acme.package.BerthSize.model_fields] == ["metres"]


def test_before_version_5_only_a_type_makes_it_one(tmp_path: Path) -> None:
    with bench(tmp_path, SPEC, layout="fern") as acme:
        assert hasattr(acme.package, "BerthDepth") and not hasattr(acme.package, "BerthSize")


def test_an_alias_that_may_be_null(acme: Bench) -> None:
    assert acme.package.Note == str | None
    assert acme.package.Sealed == dict[str, Any]


def test_types_of_an_upload_are_named_after_the_operation(acme: Bench) -> None:
    assert hasattr(acme.package, "PhotosAddRequestKind")
    assert not hasattr(acme.package, "PhotoFormKind")


def test_annotations_of_classes_in_a_cycle_can_be_read(acme: Bench) -> None:
    neighbour = acme.package.Neighbour
    assert typing.get_type_hints(neighbour)["of_berth"] == acme.package.Berth | None
    assert neighbour.model_fields["of_berth"].alias == "ofBerth"
    assert acme.package.Berth.model_fields["next_to"].alias == "nextTo"


FASTAPI = """
paths:
  /health:
    get: {operationId: health_health_get, responses: {"200": {description: ok}}}
  /items/{id}:
    get:
      operationId: read_item_items__id__get
      tags: [items]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok}}
  /token:
    post:
      operationId: login_token_post
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {
        $ref: "#/components/schemas/Body_login_token_post"}}}}
      responses: {"200": {description: ok}}
components:
  schemas:
    Body_login_token_post:
      type: object
      required: [username]
      properties:
        username: {type: string}
        grant: {type: string, enum: [password, code]}
        scopes: {type: array, items: {type: string}}
"""


def test_the_route_in_an_operation_id_is_dropped_only_with_a_tag(tmp_path: Path) -> None:
    with bench(tmp_path, FASTAPI, layout="fern") as acme:
        client = acme.client()
        assert hasattr(client, "health_health_get") and hasattr(client.items, "read_item")


def test_a_form_by_reference_has_a_class_and_is_spread_into_arguments(tmp_path: Path) -> None:
    with bench(tmp_path, FASTAPI, layout="fern") as acme:
        assert [*acme.package.BodyLoginTokenPost.model_fields] == ["username", "grant", "scopes"]
        assert hasattr(acme.package, "BodyLoginTokenPostGrant")
        acme.client().login_token_post(username="a b", grant="code", scopes=["x", "y"])
        sent = acme.server.seen[-1]
        assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
        assert sent.body == b"username=a+b&grant=code&scopes=x&scopes=y"


def test_a_form_with_styles_of_its_own_has_no_class(tmp_path: Path) -> None:
    ref = '$ref: "#/components/schemas/Body_login_token_post"}'
    styled = FASTAPI.replace(ref + "}}}", ref + ", encoding: {scopes: {explode: false}}}}}")
    assert styled != FASTAPI
    with bench(tmp_path, styled, layout="fern") as acme:
        assert not hasattr(acme.package, "BodyLoginTokenPost")
        acme.client().login_token_post(username="a", scopes=["x", "y"])
        assert acme.server.seen[-1].body == b"username=a&scopes=x,y"
