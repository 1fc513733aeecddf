"""Types, from a description to classes that decode what a server sends."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from .workbench import bench, make

EMPTY = "paths: {}\n"


def schemas(text: str) -> str:
    """A description with schemas, each used by an endpoint, so that none can be left out."""
    return f"{EMPTY}components:\n  schemas:\n{text}"


def test_an_object_and_its_inline_types_share_a_module(tmp_path: Path) -> None:
    text = schemas("""
    Job:
      type: object
      description: A job.
      required: [id, state, at, from]
      properties:
        id: {type: string, description: "Which one."}
        state: {type: string, enum: [done, lost]}
        at: {type: string, format: date-time}
        from: {type: string}
        "class": {type: integer}
        parts: {type: array, items: {type: object, properties: {n: {type: integer}}}}
""")
    with bench(tmp_path, text) as it:
        job = it.module("types.job")
        assert job.Job is it.package.Job is it.package.types.Job
        assert it.package.JobPartsItem is job.JobPartsItem
        assert sorted(path for path in it.generated.files if "/types/" in path) == [
            "acme/types/__init__.py",
            "acme/types/job.py",
        ]
        built = job.Job(id="a", state="done", at=dt.datetime(2024, 1, 1), from_="b", class_=3)
        assert built.model_dump(by_alias=True, exclude_unset=True, mode="json") == {
            "id": "a",
            "state": "done",
            "at": "2024-01-01T00:00:00Z",
            "from": "b",
            "class": 3,
        }
        assert get_type_hints(job.Job)["class_"] == int | None
        assert job.JobState == it.package.JobState


def test_types_that_refer_to_each_other_have_their_own_modules(tmp_path: Path) -> None:
    text = schemas("""
    Tree: {type: object, properties: {left: {$ref: "#/components/schemas/Leaf"}}}
    Leaf: {type: object, properties: {tree: {$ref: "#/components/schemas/Tree"}}}
    Json:
      oneOf: [{type: string}, {type: array, items: {$ref: "#/components/schemas/Json"}}]
    Other: {type: object, properties: {tree: {$ref: "#/components/schemas/Tree"}}}
""")
    with bench(tmp_path, text) as it:
        assert it.package.Tree.__module__ == "acme.types.tree"
        assert it.package.Leaf.__module__ == "acme.types.leaf"
        assert it.package.Other.__module__ == "acme.types.other"
        construct = it.module("core.unchecked_base_model").construct_type
        tree = construct(type_=it.package.Tree, object_={"left": {"tree": {"left": {}}}})
        assert type(tree.left.tree.left) is it.package.Leaf
        assert construct(type_=it.package.Json, object_=["a", ["b"]]) == ["a", ["b"]]


def test_a_union_adds_its_discriminator_to_its_variants(tmp_path: Path) -> None:
    text = schemas("""
    Cat: {type: object, required: [lives], properties: {lives: {type: integer}}}
    Dog: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator:
        propertyName: kind
        mapping: {cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"}
""")
    with bench(tmp_path, text) as it:
        acme, construct = it.package, it.module("core.unchecked_base_model").construct_type
        assert issubclass(acme.CatPet, acme.Cat)
        cat = construct(type_=acme.Pet, object_={"kind": "cat", "lives": 9})
        assert (type(cat), cat.kind, cat.lives) == (acme.CatPet, "cat", 9)
        dog = construct(type_=acme.Pet, object_={"kind": "dog", "name": "Rex"})
        assert (type(dog), dog.name) == (acme.DogPet, "Rex")
        bird = construct(type_=acme.Pet, object_={"kind": "bird", "wings": 2})
        assert type(bird).__name__ == "UnknownVariant" and bird.wings == 2
        assert acme.CatPet(lives=1).model_dump() == {"kind": "cat", "lives": 1}


TAKEN = """
paths:
  /things:
    get:
      operationId: things_list
      tags: [things]
      parameters:
        - {name: list, in: query, schema: {type: array, items: {type: string}}}
        - {name: str, in: query, schema: {type: string}}
        - {name: self, in: header, schema: {type: string}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {
          type: array, items: {$ref: "#/components/schemas/Any"}}}}}
  /texts:
    get:
      operationId: things_str
      tags: [things]
      responses:
        "200": {description: ok, content: {application/json: {schema: {
          type: array, items: {$ref: "#/components/schemas/RequestOptions"}}}}}
components:
  schemas:
    Any: {type: object, properties: {literal: {type: string, enum: [a, b]}}}
    Literal: {type: string, enum: [x, y]}
    UncheckedBaseModel: {type: object, properties: {any: {$ref: "#/components/schemas/Any"}}}
    RequestOptions: {type: object, properties: {dt: {type: string, format: date-time}}}
    Sequence:
      type: object
      properties:
        literal: {$ref: "#/components/schemas/Literal"}
        free: {}
        str: {type: string}
        dict: {type: object, additionalProperties: {type: string}}
        pydantic: {type: string}
        copy: {type: string}
        later: {type: array, items: {type: string}}
"""


def test_names_of_ours_and_of_python_can_be_taken(tmp_path: Path) -> None:
    with bench(tmp_path, TAKEN) as it:
        it.server.default.body = [{"literal": "a"}]
        [results] = it.client().things.list(list_=["x"], str_="y", self_="z")
        assert type(results) is it.package.Any and results.literal == "a"
        assert it.server.seen[-1].target == "/things?list=x&str=y"
        assert it.server.seen[-1].headers["self"] == "z"
        sequence = it.package.Sequence(str_="a", dict_={"b": "c"}, copy_="d")
        assert sequence.model_dump(by_alias=True, exclude_unset=True) == {
            "str": "a",
            "dict": {"b": "c"},
            "copy": "d",
        }


def test_two_groups_may_have_a_type_of_one_name(tmp_path: Path) -> None:
    endpoint = """
    get:
      operationId: {0}_read
      tags: [{0}]
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{
          title: {1}, type: object, properties: {{x: {{type: string}}}}}}}}}}}}
"""
    text = f"paths:\n  /a:{endpoint.format('a', 'Own')}\n  /b:{endpoint.format('b', 'Other')}"
    with bench(tmp_path, text) as it:
        names = {name for export in it.generated.package.exports().values() for name in export}
        assert {"Own", "Other"} <= names


ENUM = schemas("""
    Color: {type: string, enum: [dark-red, "2d", ">"]}
    Size: {type: integer, enum: [1, 2]}
    Car: {type: object, required: [color], properties: {
      color: {$ref: "#/components/schemas/Color"}, size: {$ref: "#/components/schemas/Size"}}}
""")


def test_enums_are_open_literals(tmp_path: Path) -> None:
    with bench(tmp_path, ENUM) as it:
        literal, unknown = get_args(it.package.Color)
        assert get_args(literal) == ("dark-red", "2d", ">") and unknown.__name__ == "UnknownStr"
        construct = it.module("core.unchecked_base_model").construct_type
        car = construct(type_=it.package.Car, object_={"color": "blue", "size": 7})
        assert (car.color, type(car.color).__name__, car.size) == ("blue", "UnknownStr", 7)


@pytest.mark.parametrize("kind", ["python_enums", "forward_compatible_python_enums"])
def test_enums_can_be_classes(tmp_path: Path, kind: str) -> None:
    settings = f'[python.pydantic]\nenum_type = "{kind}"\n'
    with bench(tmp_path, ENUM, settings) as it:
        color = it.package.Color
        assert {value.name: value.value for value in color} == {
            "DARK_RED": "dark-red",
            "TWO_D": "2d",
            "GREATER_THAN": ">",
        }
        construct = it.module("core.unchecked_base_model").construct_type
        assert construct(type_=it.package.Car, object_={"color": "2d"}).color is color.TWO_D
        unknown = construct(type_=it.package.Car, object_={"color": "blue"}).color
        assert unknown == "blue"
        assert isinstance(unknown, color) == (kind != "python_enums")


def test_extended_objects_are_base_classes_where_types_allow_it(tmp_path: Path) -> None:
    text = schemas("""
    Named: {type: object, properties: {name: {type: string}}}
    Aged: {type: object, required: [age], properties: {age: {type: integer}}}
    Cat: {allOf: [{$ref: "#/components/schemas/Named"}, {$ref: "#/components/schemas/Aged"}]}
    Kitten:
      allOf: [{$ref: "#/components/schemas/Cat"}]
      properties: {weeks: {type: integer}}
""")
    with bench(tmp_path, text) as it:
        acme = it.package
        assert issubclass(acme.Cat, acme.Named) and issubclass(acme.Cat, acme.Aged)
        assert issubclass(acme.Kitten, acme.Cat)
        assert set(acme.Kitten.model_fields) == {"name", "age", "weeks"}


def test_deprecated_elements_are_documented(tmp_path: Path) -> None:
    text = """
paths:
  /old:
    get:
      operationId: old
      deprecated: true
      x-fern-availability: {status: deprecated, message: "Use `fresh`."}
      responses: {"204": {description: none}}
components:
  schemas:
    Old: {type: object, deprecated: true, properties: {was: {type: string, deprecated: true}}}
"""
    with bench(tmp_path, text) as it:
        it.server.default.status = 204
        with pytest.warns(DeprecationWarning, match="Use `fresh`"):
            it.client().old()
        assert "Deprecated" in (it.package.Old.__doc__ or "")
        assert "Deprecated" in it.generated.files["acme/types/old.py"].partition("was:")[2]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            it.package.Old(was="x")


RENAMED = """
paths:
  /jobs/{id}:
    get:
      operationId: jobs_fetch
      tags: [jobs]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {
          $ref: "#/components/schemas/Job"}}}}
        "404": {description: no}
components:
  schemas:
    Job: {type: object, properties: {st: {type: string}}}
"""
RENAMES = """
[naming.rename]
"types.Job" = "Task"
"types.Job.st" = "state"
"jobs.fetch" = "get"
"jobs.fetch.limit" = "size"
"errors.NotFoundError" = "GoneError"
[naming.aliases]
"types.Job" = ["Job"]
"types.Job.st" = ["st"]
"jobs.fetch" = ["fetch"]
"jobs.fetch.limit" = ["limit"]
"errors.NotFoundError" = ["NotFoundError"]
"""


def test_old_names_stay_and_warn(tmp_path: Path) -> None:
    with bench(tmp_path, RENAMED, RENAMES) as it:
        acme: Any = it.package
        it.server.default.body = {"st": "done"}
        jobs = it.client().jobs
        task = jobs.get("a", size=3)
        assert (type(task), task.state) == (acme.Task, "done")
        assert it.server.seen[-1].target == "/jobs/a?limit=3"
        with pytest.warns(DeprecationWarning, match="size"):
            jobs.get("a", limit=3)
        assert it.server.seen[-1].target == "/jobs/a?limit=3"
        with pytest.warns(DeprecationWarning, match="Use `get`"):
            assert type(jobs.fetch("a")) is acme.Task
        with pytest.warns(DeprecationWarning, match="Task"):
            assert acme.Job is acme.Task
        with pytest.warns(DeprecationWarning, match="GoneError"):
            assert acme.NotFoundError is acme.GoneError
        with pytest.warns(DeprecationWarning, match="Use `state`"):
            assert task.st == "done"
        assert "Job" in acme.__all__


def test_a_setting_for_an_unknown_element_is_reported(tmp_path: Path) -> None:
    built = make(tmp_path, RENAMED, '[naming.rename]\n"types.Nothing" = "X"\n')
    assert [warning.code for warning in built.diagnostics.warnings] == ["unused-setting"]


RENAMED_GROUP = '[naming.rename]\njobs = "tasks"\n[naming.aliases]\njobs = ["jobs"]\n'


def test_a_group_that_is_renamed_takes_its_classes_along(tmp_path: Path) -> None:
    with bench(tmp_path, RENAMED, RENAMED_GROUP) as it:
        it.server.default.body = {"st": "done"}
        client = it.client()
        assert type(client.tasks) is it.module("tasks").TasksClient
        assert client.tasks.fetch("a").st == "done"
        with pytest.warns(DeprecationWarning, match="Use `tasks`"):
            assert client.jobs is client.tasks
        for name in ("tasks", "jobs"):
            with pytest.warns(DeprecationWarning, match="TasksClient"):
                assert it.module(name).JobsClient is type(client.tasks)
        with pytest.warns(DeprecationWarning, match="AsyncTasksClient"):
            assert it.package.jobs.AsyncJobsClient is it.package.tasks.AsyncTasksClient


def test_a_group_that_is_renamed_has_no_class_of_the_old_name(tmp_path: Path) -> None:
    built = make(tmp_path, RENAMED, '[naming.rename]\njobs = "tasks"\n')
    assert {*built.package.exports()["tasks"]} == {"AsyncTasksClient", "TasksClient"}
    assert "jobs" not in built.package.exports()
