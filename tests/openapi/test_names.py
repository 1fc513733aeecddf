"""Names of inline schemas and of operations, and clashes of names."""

from __future__ import annotations

import random

import pytest
import yaml
from fiddlehead.config import ImporterSettings

from .descriptions import HEAD, Read, components, read, schemas, show


def test_inline_schemas_are_named_after_their_place() -> None:
    result = schemas("""
        plant_owner:
          properties:
            home: {type: object, properties: {a: {type: string}}}
            pots: {type: array, items: {type: object, properties: {b: {type: string}}}}
            by_name: {additionalProperties: {type: object, properties: {c: {type: string}}}}
            kind:
              oneOf:
                - {type: string}
                - {type: array, items: {type: object, properties: {d: {type: string}}}}
        """)
    assert sorted(result.names) == [
        "plant_owner",
        "plant_owner.by_name.Value",
        "plant_owner.home",
        "plant_owner.kind",
        "plant_owner.kind.One.Item",
        "plant_owner.pots.Item",
    ]


def test_names_that_somebody_chose() -> None:
    result = schemas("""
        A: {x-fern-type-name: Chosen, properties: {a: {enum: [x, y], x-fern-type-name: Letter}}}
        b: {title: Titled, properties: {a: {type: string}}}
        c: {title: Two words, properties: {a: {type: string}}}
        D:
          properties:
            size: {title: Size, enum: [s, m]}
            color: {title: Paint, enum: [r, g]}
        """)
    assert sorted(result.names) == ["Chosen", "D", "D.size", "Letter", "Paint", "Titled", "c"]
    assert (result["Chosen"].name.exact, result["Titled"].name.exact) == (True, False)
    plain = ImporterSettings(title_as_schema_name=False)
    assert "b" in schemas("b: {title: Titled, properties: {}}", importer=plain).names


def test_a_title_that_two_schemas_have_names_neither() -> None:
    result = schemas("""
        a: {title: Thing, properties: {x: {type: string}}}
        b: {title: Thing, properties: {y: {type: string}}}
        """)
    assert result.names == ["a", "b"]


def test_equal_inline_schemas_of_one_name_are_one() -> None:
    result = schemas("""
        A: {properties: {x: {enum: [a, b], x-fern-type-name: Letter, description: One.}}}
        B: {properties: {x: {enum: [a, b], x-fern-type-name: Letter, description: Two.}}}
        C: {properties: {x: {enum: [a, b], x-fern-type-name: D}}}
        D: {enum: [a, b]}
        """)
    assert sorted(result.names) == ["A", "B", "C", "D", "Letter"]
    assert show(result["C"]) == {"x~": "D"}


def test_an_inline_schema_steps_back_before_a_component() -> None:
    result = schemas("""
        User: {properties: {settings: {properties: {a: {type: string}}}}}
        UserSettings: {properties: {b: {type: string}}}
        """)
    assert sorted(result.names) == ["User", "User.settings.Property", "UserSettings"]


def test_one_type_name_for_two_schemas_means_the_last() -> None:
    result = Read(components("""
        A: {x-fern-type-name: Same, properties: {a: {type: string}}}
        B: {x-fern-type-name: Same, properties: {b: {type: string}}}
        """))
    assert result.problems == [
        "openapi.yaml:6:8: warning[duplicate-name]: 'Same' is the x-fern-type-name of several "
        "schemas: the last one is used for all of them",
    ]


def test_an_error_takes_its_name_from_a_schema() -> None:
    result = read("""
        paths:
          /a:
            get:
              operationId: a
              responses:
                '404': {description: No., content: {application/json: {schema: {$ref: '#/components/schemas/NotFoundError'}}}}
        components: {schemas: {NotFoundError: {properties: {message: {type: string}}}}}
        """)
    assert result.names == ["NotFoundError.Body"]


def test_groups_keep_their_own_types() -> None:
    result = schemas("""
        Status: {enum: [a, b]}
        Other: {x-fern-sdk-group-name: [jobs, inner], x-fern-type-name: Status, enum: [c, d]}
        """)
    assert list(result.api.declarations) == ["Status", "jobs/inner/Status"]


# --- operations --------------------------------------------------------------------------------


def operation(extra: str = "", path: str = "/users/{id}", method: str = "get") -> str:
    parameters = "".join(
        f"{{name: {name}, in: path, required: true, schema: {{type: string}}}}, "
        for name in ("id",)
        if "{id}" in path
    )
    return f"""
    {path}:
      {method}: {{parameters: [{parameters}], responses: {{'204': {{description: Ok.}}}}{extra}}}"""


def methods(*operations: str, **settings: bool) -> list[str]:
    importer = ImporterSettings(**settings)  # type: ignore[arg-type]  # booleans
    return list(read(f"{HEAD}paths:" + "".join(operations), importer=importer).endpoints)


def test_the_extensions_name_a_method() -> None:
    both = ", x-fern-sdk-group-name: [users, notes], x-fern-sdk-method-name: send"
    assert methods(operation(both)) == ["users.notes.send"]
    assert methods(operation(", x-fern-sdk-method-name: send, tags: [users]")) == ["send"]
    group = ", x-fern-sdk-group-name: users, operationId: users_get, tags: [users]"
    assert methods(operation(group)) == ["users.users_get"]


def test_the_tag_and_the_operation_id_name_a_method() -> None:
    assert methods(operation(", operationId: users_get, tags: [users]")) == ["users.get"]
    assert methods(operation(", operationId: getUser, tags: [users]")) == ["users.getUser"]
    assert methods(operation(", operationId: getUser")) == ["getUser"]
    assert methods(operation(", operationId: health, tags: [health]")) == ["health"]
    assert methods(operation(", operationId: users_get, tags: [x]"), ignore_tags=True) == [
        "users.get"
    ]


def test_operations_without_an_id_are_named_after_method_and_path() -> None:
    assert methods(operation()) == ["getUsersId"]
    assert methods(operation(", tags: [Users]")) == ["Users.getUsersId"]


def test_a_route_that_fastapi_appends_is_no_part_of_a_name() -> None:
    id = ", operationId: read_user_users__id__get, tags: [users]"
    assert methods(operation(id)) == ["users.read_user"]


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("UsersIdGetUser", "users.GetUser"),
        ("UsersIdGet", "users.Get"),
        ("UsersIdentify", "users.identify"),
        ("UsersController_getUser", "users.getUser"),
        ("UsersController_", "users.controller"),
        ("AdminController_v1_list", "users.v1_list"),
    ],
)
def test_the_path_of_litestar_and_the_class_of_nestjs_are_no_part_of_a_name(
    id: str, name: str
) -> None:
    assert methods(operation(f", operationId: {id}, tags: [users]")) == [name]
    assert methods(operation(f", operationId: {id}")) == [id]


def test_the_class_of_nestjs_may_also_be_the_path() -> None:
    id = ", operationId: UsersController_create, tags: [users]"
    assert methods(operation(id, "/users", "post")) == ["users.create"]


def test_other_operations_rename_nothing() -> None:
    chosen = [
        operation(", operationId: users_get, tags: [users]"),
        operation(", tags: [users]", "/users", "post"),
        operation("", "/health"),
    ]
    more = [
        operation(", operationId: get, tags: [teams]", "/teams"),
        operation(", operationId: teams_get_all, tags: [teams]", "/all", "put"),
    ]
    alone = methods(*chosen)
    assert [name for name in methods(*more, *chosen) if name in alone] == alone


def test_tags_that_differ_in_spelling_are_one_group() -> None:
    result = methods(
        operation(", operationId: a, tags: [Audit Logs]"),
        operation(", operationId: b, tags: [audit-logs]", "/b"),
    )
    assert result == ["Audit Logs.a", "Audit Logs.b"]


def test_only_navigation_tags_of_openapi_3_2_are_groups() -> None:
    result = read(f"""
tags: [{{name: internal, kind: audience}}, {{name: users, kind: nav, description: People.}}]
paths:{operation(", operationId: a, tags: [internal, users]")}
""")
    assert list(result.endpoints) == ["users.a"]
    assert result.api.root.children[0].doc == "People."


def test_request_names() -> None:
    enum = "parameters: [{name: sort, in: query, schema: {enum: [a, b]}}], responses: {}"

    def name(extension: str, **settings: bool) -> str:
        text = f"{HEAD}paths: {{/users: {{get: {{{extension}{enum}}}}}}}"
        importer = ImporterSettings(**settings)  # type: ignore[arg-type]  # booleans
        return read(text, importer=importer).names[0]

    chosen = "x-fern-sdk-group-name: [x, users], x-fern-sdk-method-name: list, "
    assert name(chosen) == "list.users.Request.sort"
    assert name(chosen, idiomatic_request_names=False) == "users.list.Request.sort"
    assert name("operationId: listUsers, ") == "listUsers.Request.sort"
    assert name("") == "getUsers.Request.sort"
    assert name("x-fern-request-name: Search, ") == "Search.sort"


def test_the_order_of_a_description_changes_no_name() -> None:
    text = components("""
        A: {properties: {x: {properties: {q: {type: string}}}, kind: {title: T, enum: [a, b]}}}
        B: {properties: {x: {properties: {p: {type: string}}}, kind: {title: T, enum: [c, d]}}}
        AX: {properties: {z: {type: string}}}
        """)
    expected = sorted(Read(text).api.declarations)
    loaded = yaml.safe_load(text)
    for seed in range(5):
        shuffled = list(loaded["components"]["schemas"].items())
        random.Random(seed).shuffle(shuffled)
        loaded["components"]["schemas"] = dict(shuffled)
        assert sorted(Read(yaml.safe_dump(loaded, sort_keys=False)).api.declarations) == expected
