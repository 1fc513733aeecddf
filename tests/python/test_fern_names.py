"""Layout `fern`: names of arguments and classes as in the IR of Fern's CLI, by its version."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from typing import Any

import pytest
from fiddlehead.config import ImporterSettings
from fiddlehead.config.fern_defaults import defaults

from ..runtime.server import Reply
from .workbench import Bench, bench

SPEC = """
x-fern-idempotency-headers: [{header: X-Idempotency-Key, name: key}]
paths:
  /piers/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      operationId: replace
      x-fern-idempotent: true
      requestBody: {required: true, content: {application/json: {schema: {
        type: object, properties: {id: {type: string}, bytes: {type: integer}, str: {type: string}, dict: {type: object, additionalProperties: {type: string}}}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}}
    patch:
      operationId: extend
      requestBody: {required: true, content: {application/json: {schema: {
        allOf: [{$ref: "#/components/schemas/Pier"}, {type: object, properties: {long: {type: boolean}}}]}}}}
      responses: {"204": {description: ok}}
    post:
      operationId: photograph
      requestBody: {required: true, content: {multipart/form-data: {schema: {
        type: object, required: [tags], properties: {id: {type: string}, tags: {type: array, items: {type: string}}, "files[]": {type: array, items: {type: string, format: binary}}}}}}}
      responses: {"204": {description: ok}}
    get:
      operationId: find
      parameters:
        - {name: id, in: query, schema: {type: string}}
        - {name: _after, in: query, schema: {type: string}}
        - {name: "tags[]", in: query, schema: {type: array, items: {type: string}}}
        - {name: object, in: query, schema: {type: string}}
      responses: {"200": {description: ok, content: {application/json: {schema: {}}}}}
  /names/{name}:
    get:
      operationId: name
      parameters: [{name: name, in: path, required: true, schema: {type: string, nullable: true}}]
      responses: {"204": {description: ok}}
components:
  schemas:
    Pier: {type: object, required: [id], properties: {id: {type: string}}}
    NotFoundError: {type: object, properties: {"parts[]": {type: array, items: {type: string}}}}
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("acme"), SPEC, layout="fern") as result:
        yield result


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    importer = ImporterSettings(suffix_path_parameters=True)
    folder = tmp_path_factory.mktemp("newer")
    with bench(folder, SPEC, layout="fern", importer=importer) as result:
        yield result


def names(acme: Bench, method: str) -> list[str]:
    function = getattr(type(acme.client()), method)
    return [name for name in inspect.signature(function).parameters if name != "self"][:-1]


def sent(acme: Bench) -> Any:
    return acme.server.seen[-1]


def test_a_property_has_the_name_of_its_request_beside_a_path_parameter(acme: Bench) -> None:
    expected = ["id", "replace_request_id", "bytes", "str", "dict", "x_idempotency_key"]
    assert names(acme, "replace") == expected
    acme.server.replies = [Reply(body={"a": "b"})]
    answer = acme.client().replace("1", replace_request_id="2", bytes=3, str="4", dict={"c": "d"})
    assert answer == {"a": "b"}
    assert sent(acme).target == "/piers/1"
    assert sent(acme).json == {"id": "2", "bytes": 3, "str": "4", "dict": {"c": "d"}}


def test_a_path_parameter_has_an_underscore_beside_other_arguments(acme: Bench) -> None:
    assert names(acme, "extend") == ["id_", "id", "long_"]
    assert names(acme, "photograph") == ["id_", "id", "tags", "files_array"]
    assert names(acme, "find") == ["id_", "id", "after", "tags_array", "object"]


def test_in_newer_versions_path_parameters_have_a_suffix(newer: Bench) -> None:
    assert names(newer, "replace")[:2] == ["id_path_param", "id"]
    for method in ("extend", "photograph", "find"):
        assert names(newer, method)[:2] == ["id_path_param", "id"]
    assert names(newer, "name") == ["name"]
    newer.server.replies = [Reply(body=[1])]
    assert newer.client().find("7", id="8", object="o") == [1]
    assert sent(newer).target == "/piers/7?id=8&object=o"


def test_lists_of_an_upload_are_lists(acme: Bench) -> None:
    hints = typing.get_type_hints(type(acme.client()).photograph)
    assert hints["tags"] == list[str]


def test_a_path_parameter_that_may_be_null_is_required(acme: Bench) -> None:
    parameter = inspect.signature(type(acme.client()).name).parameters["name"]
    assert parameter.default is inspect.Parameter.empty
    assert typing.get_type_hints(type(acme.client()).name)["name"] == str | None


def test_idempotency_headers_are_optional(acme: Bench) -> None:
    acme.server.replies = [Reply(body={})] * 2
    acme.client().replace("1")
    assert "x-idempotency-key" not in sent(acme).headers
    acme.client().replace("1", x_idempotency_key="k")
    assert sent(acme).headers["x-idempotency-key"] == "k"


def test_no_schema_has_the_name_of_an_error(acme: Bench) -> None:
    assert list(acme.package.NotFoundErrorBody.model_fields) == ["parts_array"]
    assert not hasattr(acme.package, "NotFoundError")


@pytest.mark.parametrize(
    ("version", "constants", "suffix", "required"),
    [
        ("3.90.7", None, False, False),
        ("3.90.8", "literals", False, False),
        ("4.20.0", "literals", False, False),
        ("4.20.1", None, False, False),
        ("5.77.9", None, False, False),
        ("5.78.0", None, True, False),
        ("5.131.1", None, True, True),
        ("*", None, True, True),
    ],
)
def test_defaults_of_versions(
    version: str, constants: str | None, suffix: bool, required: bool
) -> None:
    importer = defaults(version)["importer"]
    assert isinstance(importer, dict)
    assert importer.get("coerce_consts_to") == constants
    assert importer["suffix_path_parameters"] is suffix
    assert importer["redeclared_properties_stay_required"] is required
