"""Clashes of Python names are resolved by fixed rules, and wire names are unchanged."""

from __future__ import annotations

import inspect
import json
import random
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml
from fiddlehead.naming import reserved

from ..laws.documents import shuffled
from ..runtime.server import Reply
from .workbench import HEAD, bench, make

ROOM = """
paths:
  /rooms/{id}:
    put:
      operationId: changeRoom
      parameters:
        - {name: id, in: cookie, schema: {type: string}}
        - {name: id, in: header, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: pageSize, in: query, schema: {type: integer}}
        - {name: page_size, in: query, schema: {type: integer}}
      requestBody:
        content:
          application/json:
            schema: {properties: {id: {type: string}, aB: {type: string}, a_b: {type: string}}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Room"}}}
components:
  schemas:
    Room:
      type: object
      properties:
        a-b: {type: integer}
        a_b: {type: integer}
        aB: {type: integer}
        class: {type: string}
        class_: {type: string}
        "***": {type: string}
        bed: {$ref: "#/components/schemas/Bed"}
    Named: {type: object, properties: {bed_name: {type: string}}}
    Called: {type: object, properties: {bedName: {type: string}}}
    Bed: {allOf: [{$ref: "#/components/schemas/Named"}, {$ref: "#/components/schemas/Called"}]}
"""


def test_each_argument_is_sent_in_its_location_and_each_field_has_its_value(tmp_path: Path) -> None:
    sent = {
        "a-b": 1,
        "a_b": 2,
        "aB": 3,
        "class": "x",
        "class_": "y",
        "***": "z",
        "bed": {"bed_name": "n", "bedName": "c"},
    }
    with bench(tmp_path, ROOM) as it:
        it.server.default = Reply(200, sent)
        room = it.client().change_room(
            "p",
            query_id="q",
            header_id="h",
            cookie_id="c",
            body_id="b",
            pageSize=1,
            page_size=2,
            aB="x",
            a_b="y",
        )
        seen = it.server.seen[-1]
        assert seen.target == "/rooms/p?id=q&pageSize=1&page_size=2"
        assert (seen.headers["id"], seen.headers["cookie"]) == ("h", "id=c")
        assert seen.json == {"id": "b", "aB": "x", "a_b": "y"}
        assert (room.a_dash_b, room.a_b, room.aB, room.class__, room.class_) == (1, 2, 3, "x", "y")
        assert (room.bed.bed_name, room.bed.bedName) == ("n", "c")
        assert room.model_dump(by_alias=True, mode="json") == sent
        assert {diagnostic.severity for diagnostic in it.generated.diagnostics.reported} == {
            "warning"
        }


SHAPES = """
paths:
  /shape:
    post:
      operationId: echo
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Shape"}}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Shape"}}}
components:
  schemas:
    Shape:
      oneOf:
        - $ref: "#/components/schemas/CircleShape"
        - $ref: "#/components/schemas/SquareShape"
      discriminator:
        propertyName: kind
        mapping:
          circle: "#/components/schemas/CircleShape"
          square: "#/components/schemas/SquareShape"
    CircleShape:
      {type: object, required: [kind, radius], properties: {kind: {enum: [circle]}, radius: {type: number}}}
    SquareShape:
      {type: object, required: [kind, side], properties: {kind: {enum: [square]}, side: {type: number}}}
"""


def test_a_path_parameter_gives_way_in_layout_fern(tmp_path: Path) -> None:
    """As in Fern's clients: to query parameters; a property of the body gives way to both."""
    paths = """
paths:
  /rooms/{id}/{kind}:
    put:
      operationId: changeRoom
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: kind, in: path, required: true, schema: {type: string}}
        - {name: kind, in: query, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Room"}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Room: {type: object, properties: {id: {type: string}, kind: {type: string}, name: {type: string}}}
"""
    with bench(tmp_path, paths, layout="fern") as it:
        it.server.default = Reply(204)
        it.client().change_room("p1", "p2", kind="q", room_id="b1", room_kind="b2", name="n")
        (seen,) = it.server.seen
        assert seen.target == "/rooms/p1/p2?kind=q"
        assert seen.json == {"id": "b1", "kind": "b2", "name": "n"}
        method = it.package.AcmeClient.change_room
        assert [*inspect.signature(method).parameters][1:3] == ["id", "kind_"]


@pytest.mark.parametrize("settings", ["", '[naming.rename]\n"types.CircleShape" = "Ring"\n'])
def test_a_component_keeps_its_name_and_the_variant_decodes(tmp_path: Path, settings: str) -> None:
    with bench(tmp_path, SHAPES, settings) as it:
        it.server.default = Reply(200, {"kind": "circle", "radius": 1.5})
        shape = it.client().echo(request={"kind": "square", "side": 2})
        assert (shape.kind, shape.radius) == ("circle", 1.5)
        it.client().echo(request=shape)
        assert it.server.seen[-1].json == {"kind": "circle", "radius": 1.5}
        component = it.package.Ring if settings else it.package.CircleShape
        assert isinstance(shape, component) and "kind" not in component.model_fields
        assert len(it.generated.diagnostics.reported) == (1 if settings else 2)


OK = '{responses: {"204": {description: Nothing.}}, '


def operations(*described: tuple[str, str]) -> str:
    """Operations as (METHOD /path, further keys)."""
    lines = ["paths:"]
    for route, text in described:
        method, path = route.split()
        lines += [f"  {path}:", f"    {method.lower()}: {OK}{text}}}"]
    return "\n".join(lines)


METHODS = {
    # The same operationId in two groups is not a clash.
    "two groups": (
        [("GET /apples", "operationId: list, tags: [Apples]"), ("GET /pears", "operationId: list, tags: [Pears]")],
        {"GET /apples": "apples.list", "GET /pears": "pears.list"},
    ),
    # In one group, the first one by path and method keeps it.
    "one group": (
        [
            ("GET /pears", "operationId: list, tags: [Fruit]"),
            ("GET /apples", "operationId: list, tags: [Fruit]"),
            ("POST /berries", "operationId: List, tags: [Fruit]"),
        ],
        {"GET /apples": "fruit.list", "GET /pears": "fruit.get_pears", "POST /berries": "fruit.post_berries"},
    ),
    "no group": (
        [("GET /b", "operationId: go"), ("GET /a", "operationId: go"), ("GET /c", "operationId: go")],
        {"GET /a": "go", "GET /b": "get_b", "GET /c": "get_c"},
    ),
    # The operationId that is the Python name keeps it.
    "an operationId in snake case": (
        [
            ("DELETE /a", "operationId: get-seat"),
            ("GET /b", "operationId: getSeat"),
            ("PUT /c", "operationId: get_seat"),
        ],
        {"DELETE /a": "delete_a", "GET /b": "get_b", "PUT /c": "get_seat"},
    ),
    # An exact name takes precedence over one without its tag.
    "without a tag": (
        [
            ("GET /a", "operationId: users_getSeat, tags: [users]"),
            ("GET /b", "operationId: getSeat, tags: [users]"),
        ],
        {"GET /a": "users.users_get_seat", "GET /b": "users.get_seat"},
    ),
    "a group and a method": (
        [("GET /a", "operationId: getSeat"), ("GET /b", "operationId: go, tags: [getSeat]")],
        {"GET /a": "get_a", "GET /b": "get_seat.go"},
    ),
    "case": (
        [("GET /a", "operationId: a, tags: [Tin Lids]"), ("GET /b", "operationId: b, tags: [tin_lids]"),
         ("GET /c", "operationId: c, tags: [TIN LIDS]")],
        {"GET /a": "tin_lids.a", "GET /b": "tin_lids.b", "GET /c": "tin_lids.c"},
    ),
    "scripts": (
        [
            ("GET /a", "operationId: list, tags: [库存]"),
            ("GET /b", "operationId: list, tags: [Склад]"),
            ("GET /c", 'operationId: list, tags: ["***"]'),
            ("GET /d", 'operationId: list, tags: ["🚀"]'),
            ("GET /e", "operationId: list, tags: [สินค้า]"),
            ("GET /f", "operationId: list, tags: [माल]"),
        ],
        {
            "GET /a": "库存.list",
            "GET /b": "склад.list",
            "GET /c": "star_star_star.list",
            "GET /d": "rocket.list",
            "GET /e": "สินค้า.list",
            "GET /f": "माल.list",
        },
    ),
    "path templates": (
        [("GET /users/{id}", "tags: [x], parameters: [{name: id, in: path, required: true}]"), ("GET /users/id", "tags: [x]")],
        {"GET /users/id": "x.get_users_id", "GET /users/{id}": "x.get_users_by_id"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("order", [1, -1])
def test_every_operation_has_its_own_method(tmp_path: Path, name: str, order: int) -> None:
    described, expected = METHODS[name]
    with bench(tmp_path, operations(*described[::order])) as it:
        assert it.generated.diagnostics.errors == []
        for route, path in expected.items():
            called: Any = it.client()
            for word in path.split("."):
                called = getattr(called, word)
            called(**{item: "1" for item in ["id"] if "{id}" in route})
            assert it.server.seen[-1].target == route.split()[1].replace("{id}", "1")


def test_a_duplicate_operation_id_is_reported_at_its_location(tmp_path: Path) -> None:
    for name, codes in (
        ("two groups", ["duplicate-operation-id"]),
        ("one group", ["duplicate-operation"] * 2),
    ):
        problems = make(tmp_path, operations(*METHODS[name][0])).diagnostics.reported
        assert [diagnostic.code for diagnostic in problems] == codes
        assert all(item.span is not None and item.related for item in problems)


def names(package: Any) -> set[tuple[str, str]]:
    """Every class and every field by its name in the description."""
    return {(id_, type_.name) for id_, type_ in package.package.types.items()} | {
        (method.id, ".".join((*resource.attribute, method.name)))
        for resource, method in package.package.methods()
    }


def written(version: str, document: dict[str, Any]) -> str:
    return f"openapi: {version}\n{yaml.safe_dump(document, sort_keys=False)}"


@pytest.mark.parametrize("text", [ROOM, SHAPES, operations(*METHODS["one group"][0])])
def test_the_order_of_the_description_decides_nothing(tmp_path: Path, text: str) -> None:
    document = yaml.safe_load(HEAD + text)
    version = document.pop("openapi")
    first = make(tmp_path / "a", written(version, document))
    for seed in range(3):
        other = shuffled(document, random.Random(seed))
        again = make(tmp_path / str(seed), written(version, other))
        assert names(again) == names(first)


COMPONENTS = {
    "two": (["seat_map", "SeatMap"], {"seat_map": "Seat_map", "SeatMap": "SeatMap"}),
    "three": (
        ["user-profile", "user_profile", "UserProfile"],
        {
            "user-profile": "UserDashProfile",
            "user_profile": "User_profile",
            "UserProfile": "UserProfile",
        },
    ),
    "dot": (["Seat.Map", "SeatMap"], {"Seat.Map": "SeatDotMap", "SeatMap": "SeatMap"}),
    "none is the name": (
        ["seat_map", "seat-map"],
        {"seat-map": "SeatMap", "seat_map": "Seat_map"},
    ),
}
KINDS = {
    "model": ("{type: object, properties: {%s: {type: integer}}}", lambda key: {key: 1}),
    "enum": ("{type: string, enum: [%s, other]}", lambda key: key),
    "alias": ("{type: array, items: {type: object, properties: {%s: {type: integer}}}}", lambda key: [{key: 1}]),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.parametrize("order", [1, -1])
def test_components_of_one_class_name(tmp_path: Path, name: str, kind: str, order: int) -> None:
    keys, expected = COMPONENTS[name]
    schema, value = KINDS[kind]
    lines = ["paths:"]
    for index, key in enumerate(sorted(keys)):
        content = (
            f'content: {{application/json: {{schema: {{$ref: "#/components/schemas/{key}"}}}}}}'
        )
        responses = f'responses: {{"200": {{description: ok, {content}}}}}'
        lines.append(f"  /{index}: {{get: {{operationId: get{index}x, {responses}}}}}")
    lines += ["components:", "  schemas:"]
    lines += [f"    {key}: {schema % key}" for key in keys[::order]]
    with bench(tmp_path, "\n".join(lines)) as it:
        assert len(it.generated.diagnostics.reported) == len(keys) - 1
        for index, key in enumerate(sorted(keys)):
            it.server.default = Reply(200, value(key))
            got = getattr(it.client(), f"get{index}x")()
            assert hasattr(it.package, expected[key])
            if kind == "model":
                assert type(got) is getattr(it.package, expected[key])
                assert got.model_dump(by_alias=True) == value(key)


FOLDED = """
paths:
  /jar:
    post:
      operationId: putJar
      requestBody:
        required: true
        content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Jar-Input"}}}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Jar-Output"}}}
components:
  schemas:
    Jar-Input: {x-fern-type-name: Jar, type: object, properties: {a: {type: string}}}
    Jar-Other: {x-fern-type-name: Jar, type: object, properties: {z: {type: string}}}
    Jar-Output: {x-fern-type-name: Jar, type: object, properties: {a: {type: string}, b: {type: string}}}
"""


def test_the_last_schema_of_one_type_name_stands_for_all(tmp_path: Path) -> None:
    with bench(tmp_path, FOLDED) as it:
        it.server.default = Reply(200, {"a": "x", "b": "y"})
        jar = it.client().put_jar(request=[it.package.Jar(a="x", b="y")])
        assert type(jar) is it.package.Jar and (jar.a, jar.b) == ("x", "y")
        assert [diagnostic.code for diagnostic in it.generated.diagnostics.reported] == [
            "duplicate-name"
        ] * 2


TITLES = """
paths:
  /seat:
    get:
      operationId: getSeat
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {title: Found, type: object, properties: {row: {type: integer}}}
components:
  schemas:
    Hall: {type: object, properties: {name: {type: string}}}
"""


def test_a_component_with_a_duplicate_title_is_named_after_its_key(tmp_path: Path) -> None:
    more = "    Umbrella: {title: Found, type: object, properties: {colour: {type: string}}}\n"
    for text in (TITLES, TITLES + more):
        results = {type_.name: type_ for type_ in make(tmp_path, text).package.types.values()}
        assert [field.name for field in results["Found"].fields] == ["row"]  # type: ignore[union-attr]
    assert "Umbrella" in results


HIDDEN = {
    "method": [("GET /a", "operationId: NAME"), ("GET /b", "operationId: list, tags: [other]"),
               ("GET /c", "operationId: zoo, deprecated: true")],
    "group": [("GET /a", "operationId: go, tags: [NAME]"), ("GET /b", "operationId: list, tags: [other]"),
              ("GET /c", "operationId: zoo, deprecated: true")],
    "argument": [("GET /a", "operationId: go, parameters: [{name: NAME, in: query, schema: {type: string}}]")],
}  # fmt: skip


@pytest.mark.parametrize("name", ["functools", "deprecated", "httpx", "builtins", "typing", "raw"])
@pytest.mark.parametrize("place", HIDDEN)
def test_names_of_imports_hide_nothing(tmp_path: Path, name: str, place: str) -> None:
    described = [(route, text.replace("NAME", name)) for route, text in HIDDEN[place]]
    with bench(tmp_path, operations(*described)) as it:
        client = it.client()
        if place == "argument":
            client.go(**{next(iter(inspect.signature(client.go).parameters)): "x"})
            assert it.server.seen[-1].target == f"/a?{name}=x"
            return
        if place == "method":
            getattr(client, name)()
        else:
            getattr(client, name).go()
        assert it.server.seen[-1].target == "/a"
        client.other.list()
        with pytest.deprecated_call():
            client.zoo()


CLIENT = """
x-fern-global-headers:
  - {header: X-Timeout, name: timeout}
  - {header: potSize, name: potSize}
  - {header: pot_size, name: pot_size}
security: [{Key: []}]
paths:
  /jobs/{interval}:
    get:
      operationId: getJob
      x-fiddlehead-waiter: {property: $response.state, success: [done], failure: [lost], interval: 0.01}
      parameters:
        - {name: interval, in: path, required: true, schema: {type: string}}
        - {name: timeout, in: query, schema: {type: integer}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Job"}}}}
components:
  securitySchemes: {Key: {type: apiKey, in: query, name: key, x-fern-header: {name: timeout}}}
  schemas: {Job: {type: object, properties: {state: {type: string}}}}
"""


def test_arguments_of_the_client_and_of_waiting_reach_their_places(tmp_path: Path) -> None:
    with bench(tmp_path, CLIENT) as results:
        results.server.replies = [Reply(body={"state": "done"})]
        client = results.client(
            header_timeout="1", pot_size="2", potSize="3", query_timeout="k", timeout=9
        )
        job = client.wait("a/b", query_timeout=7, interval=0.01, timeout=5)
        seen = results.server.seen[-1]
        assert job.state == "done" and seen.target == "/jobs/a%2Fb?key=k&timeout=7"
        sent = [seen.headers[name] for name in ("x-timeout", "pot_size", "potsize")]
        assert sent == ["1", "2", "3"]
        codes = {diagnostic.code for diagnostic in results.generated.diagnostics.reported}
        assert codes == {"duplicate-argument"}
        renamed = make(
            tmp_path / "again", CLIENT, '[naming.rename]\n"client.X-Timeout" = "patience"\n'
        )
        assert "patience: str" in renamed.files["acme/client.py"]


def test_a_property_called_register_warns_of_nothing(tmp_path: Path) -> None:
    fields = "{register: {type: string}, mro: {type: string}, json: {type: string}}"
    text = f"""
paths: {{}}
components:
  schemas:
    Sale: {{type: object, properties: {fields}}}
    Extra: {{type: object, additionalProperties: {{type: string}}}}
    More: {{type: object, properties: {{a: {{}}}}, additionalProperties: {{type: string}}}}
"""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with bench(tmp_path, text) as it:
            sale = it.package.Sale(register_="1", mro_="2", json_="3")
            bases = [it.module("core.unchecked_base_model").UncheckedBaseModel, type(sale)]
            bases.append(it.module("core.extras").ExtraModel)
    for base in bases:
        public = {text for text in dir(base) + dir(type(base)) if not text.startswith("_")}
        assert public - {"register_", "mro_", "json_"} <= reserved.FIELD
    assert sale.model_dump(by_alias=True) == {"register": "1", "mro": "2", "json": "3"}


@pytest.mark.parametrize("title", ["Plaid", "Plaid API", "The Plaid API", "the plaid api"])
def test_a_title_reads_right_behind_the(tmp_path: Path, title: str) -> None:
    text = f"openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\n{operations(('GET /a', ''))}"
    client = make(tmp_path, text.replace(", }", "}")).files["acme/client.py"]
    assert "the client of the plaid api." in client.lower()


def test_a_type_name_of_two_groups_affects_only_that_name(tmp_path: Path) -> None:
    service = "service: {{auth: false, base-path: /{0}, endpoints: {{get: {{method: GET, path: '', response: {1}}}}}}}\n"
    types = "types: {{Label: string, {0}: {{properties: {{label: Label}}}}}}\n"
    files = {
        "api.yml": "name: larder\n",
        "jars.yml": types.format("Jar") + service.format("jars", "Jar"),
        "tins.yml": types.format("Tin") + service.format("tins", "Tin"),
        "boxes.yml": "types: {Box: {properties: {size: integer}}}\n"
        + service.format("boxes", "Box"),
    }
    with bench(tmp_path, files) as it:
        assert {"Jar", "Tin", "Box"} <= set(it.package.__all__)
        assert "Label" not in it.package.__all__
        assert it.package.jars.Label is str and it.module("tins").Label is str


LONG = "listRepositoryEnvironmentDeploymentBranchPolicyCustomProtectionRuleIntegrations"
READABLE = {
    "getUser_a8f3c2d1e4b5f607": "get_user",
    "getUser_3f2504e0-4f89-11d3-9a0c-0305e82c3301": "get_user",
    LONG: "list_repository_environment_protection_rule_integrations",
    # Words that only look like hexadecimal digits are kept, and so are names that consist of digits
    # only.
    "getFeedbeef": "get_feedbeef",
    "a8f3c2d1e4b5f607": "a8f3c2d1e4b5f607",
}


@pytest.mark.parametrize("settings", ["", "[naming]\nshort_names = false\n", 'layout = "fern"\n'])
@pytest.mark.parametrize("name", READABLE)
def test_hashed_and_long_names_are_readable(tmp_path: Path, name: str, settings: str) -> None:
    built = make(tmp_path, operations(("GET /a", f"operationId: {name}")), settings)
    ((_, method),) = built.package.methods()
    assert (method.name == READABLE[name]) == (
        not settings or name in ("getFeedbeef", "a8f3c2d1e4b5f607")
    )
    assert settings or len(method.name) <= 60


def test_long_class_names_are_shortened_alike(tmp_path: Path) -> None:
    long = LONG[:1].upper() + LONG[1:]
    text = f"paths: {{}}\ncomponents:\n  schemas:\n    {long}: {{type: object}}\n"
    for more in ("", "    Other: {type: object}\n", f"    {long}More: {{type: object}}\n"):
        results = {
            type_.id: type_.name for type_ in make(tmp_path, text + more).package.types.values()
        }
        assert results[long] == "ListRepositoryEnvironmentProtectionRuleIntegrations"
        assert len(results[long]) <= 60 and len(set(results.values())) == len(results)
    chosen = text.replace("{type: object}", "{type: object, x-fern-type-name: " + long + "}")
    assert [type_.name for type_ in make(tmp_path, chosen).package.types.values()] == [long]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_field_that_is_called_as_the_class_of_another_one(tmp_path: Path, layout: str) -> None:
    schemas = {
        "Room": {
            "type": "object",
            "properties": {
                name: {"$ref": f"#/components/schemas/{name}"} for name in ("FooBar", "foo_bar")
            },
        },
        "FooBar": {"type": "object", "properties": {"a": {"type": "string"}}},
        "foo_bar": {"type": "object", "properties": {"b": {"type": "string"}}},
    }
    text = yaml.safe_dump({"paths": {}, "components": {"schemas": schemas}})
    with bench(tmp_path, text, f'layout = "{layout}"') as it:
        room = it.package.Room.model_validate({"FooBar": {"a": "x"}, "foo_bar": {"b": "y"}})
        assert (room.FooBar.a, room.foo_bar.b) == ("x", "y")
        assert type(room.FooBar) is it.package.FooBar


def test_a_property_without_a_name_keeps_its_key(tmp_path: Path) -> None:
    text = """
paths:
  /sales:
    post:
      operationId: add
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Sale"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Sale"}}}}}
components:
  schemas:
    Sale: {type: object, properties: {"": {type: string}, price: {type: integer}}}
"""
    sale = {"": "jam", "price": 3}
    with bench(tmp_path, text) as it:
        it.server.default = Reply(200, sale)
        result = it.client().add(request=it.package.Sale(unnamed_="jam", price=3))
        assert result.unnamed_ == "jam"
        assert it.module("core.encode").encode(result) == sale
        assert json.loads(it.module("core.encode").to_json(result)) == sale
        assert it.server.seen[-1].json == sale
