"""Keys in the `config` of Fern's Python generator, from the folder to calls of the client."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import tomli

from ..runtime.server import Reply, Server
from ..support import checkers
from .conftest import Project
from .fern_folder import Folder

OPENAPI = """
openapi: 3.1.0
info: {title: Docks, version: "1"}
paths:
  /boats/{id}:
    get:
      operationId: boats_get
      tags: [boats]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Lost"}}}}
  /trips:
    post:
      operationId: trips_add
      tags: [trips]
      parameters: [{name: after, in: query, schema: {type: string, format: date-time}}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [start, legs]
              properties:
                start: {type: string, format: date-time}
                legs: {type: array, items: {$ref: "#/components/schemas/Leg"}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Leg"}}}}
components:
  schemas:
    Boat:
      type: object
      required: [id]
      properties:
        id: {type: string}
        names: {type: array, items: {type: string}}
        hull: {$ref: "#/components/schemas/Hull"}
    Hull:
      type: object
      required: [hullLength, kind]
      properties: {hullLength: {type: number}, note: {type: string}, kind: {const: steel}, deck: {$ref: "#/components/schemas/Leg"}}
    Yacht: {allOf: [{$ref: "#/components/schemas/Hull"}, {type: object, required: [name], properties: {name: {type: string}}}]}
    Leg: {type: object, required: [end], properties: {end: {type: string, format: date-time}}}
    Lost: {type: object, properties: {message: {type: string}}}
"""
GENERATORS = """
api: {specs: [{openapi: openapi.yml}]}
groups:
  sdk:
    generators:
      - name: fernapi/fern-python-sdk
        version: 5.40.0
        output: {location: local-file-system, path: ../sdk/docks}
        config:
          client_class_name: Docks
"""


@pytest.fixture
def docks(project: Project) -> Folder:
    folder = Folder(project, "docks")
    folder.put("fern/openapi.yml", OPENAPI)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def configure(folder: Folder, config: str, *options: str) -> None:
    """Generates the package with additional keys, without warnings."""
    folder.put("fern/generators.yml", GENERATORS + config)
    outcome = folder.generate(*options)
    assert "warning" not in outcome.err, outcome.err


def test_types_are_not_exported_from_the_root(docks: Folder) -> None:
    configure(docks, "          exclude_types_from_init_exports: true\n")
    with docks.imported():
        package = importlib.import_module("docks")
        assert not {"Boat", "Hull", "Lost"} & {*dir(package), *package.__all__}
        assert {"Docks", "AsyncDocks", "NotFoundError", "boats"} <= {*package.__all__}
        with pytest.raises(AttributeError, match="Boat"):
            getattr(package, "Boat")  # noqa: B009
        types = importlib.import_module("docks.types")
        assert types.Boat is importlib.import_module("docks.types.boat").Boat
    # Examples import types from where they are exported.
    text = docks.text("trips/client.py")
    assert "from larder_inc.types import Leg" in text


@pytest.mark.parametrize(
    ("config", "statuses"),
    [
        ("retry_status_codes: recommended", [502, 503, 504]),
        ("retryStatusCodes: recommended", [502, 503, 504]),
        ("retry-status-codes: legacy", [500, 501, 502, 503, 504, 599]),
        ("max_retries: 1", [500, 501, 502, 503, 504, 599]),
    ],
)
def test_statuses_that_are_retried(
    docks: Folder, server: Server, config: str, statuses: list[int]
) -> None:
    configure(docks, f"          default_max_retries: 1\n          {config}\n")
    with docks.imported():
        package = importlib.import_module("docks")
        importlib.import_module("docks.core.http_client").INITIAL_RETRY_DELAY_SECONDS = 0
        with package.Docks(base_url=server.url) as client:
            for by_hand in (False, True):
                retried: list[int] = []
                for status in (408, 409, 429, 500, 501, 502, 503, 504, 599):
                    server.seen.clear()
                    server.handler = _failing(status)
                    if by_hand:
                        client._client_wrapper.httpx_client.request("boats/1", method="GET")
                    else:
                        with pytest.raises(package.ApiError):
                            client.boats.get("1")
                    if len(server.seen) > 1:
                        retried.append(status)
                assert retried == [408, 409, 429, *statuses]


def _failing(status: int) -> Any:
    return lambda _: Reply(status, {}, {"retry-after-ms": "1"})


@pytest.mark.parametrize("config", ["datetime_milliseconds: false", "timeout: 9"])
def test_datetimes_have_no_milliseconds(docks: Folder, server: Server, config: str) -> None:
    configure(docks, f"          {config}\n")
    server.handler = lambda _: Reply(body={"end": "2020-01-01T00:00:00.123456Z"})
    start = dt.datetime(2008, 1, 2, tzinfo=dt.timezone.utc)
    with docks.imported():
        package = importlib.import_module("docks")
        with package.Docks(base_url=server.url) as client:
            leg = client.trips.add(start=start, legs=[package.Leg(end=start)])
            client.trips.add(start=start, legs=[leg])
    texts = [(sent.json["start"], sent.json["legs"][0]["end"]) for sent in server.seen]
    text = "2008-01-02T00:00:00Z"
    assert texts == [(text, text), (text, "2020-01-01T00:00:00.123456Z")]


def test_datetimes_have_milliseconds(docks: Folder, server: Server) -> None:
    configure(docks, "          datetime_milliseconds: true\n")
    server.handler = lambda _: Reply(body={"end": "2020-01-01T00:00:00.123456Z"})
    start = dt.datetime(2008, 1, 2, tzinfo=dt.timezone.utc)
    with docks.imported():
        package = importlib.import_module("docks")
        with package.Docks(base_url=server.url) as client:
            leg = client.trips.add(start=start, after=start, legs=[package.Leg(end=start)])
            client.trips.add(start=start, legs=[leg, package.Leg(end="2020-01-01T00:00:00Z")])
        utilities = importlib.import_module("docks.core.datetime_utils")
        assert utilities.serialize_datetime(start) == "2008-01-02T00:00:00.000Z"
    first, second = server.seen
    assert first.target == "/trips?after=2008-01-02T00%3A00%3A00.000Z"
    text = "2008-01-02T00:00:00.000Z"
    assert first.json == {"start": text, "legs": [{"end": text}]}
    # Each is three digits long; a response that is sent back is so, too.
    ends = [leg["end"] for leg in second.json["legs"]]
    assert ends == ["2020-01-01T00:00:00.123Z", "2020-01-01T00:00:00.000Z"]


@pytest.mark.parametrize("validates", [True, False])
def test_numbers_are_converted_to_strings(docks: Folder, server: Server, validates: bool) -> None:
    configure(
        docks,
        "          pydantic_config: {coerce_numbers_to_str: true, "
        f"skip_validation: {json.dumps(not validates)}}}\n",
    )
    server.handler = lambda _: Reply(body={"id": 12, "names": [1.5, "two", 3]})
    with docks.imported():
        package = importlib.import_module("docks")
        with package.Docks(base_url=server.url) as client:
            boat = client.boats.get("1")
        assert (boat.id, boat.names) == ("12", ["1.5", "two", "3"])
        assert package.Boat(id=4).id == "4"
        with pytest.raises(ValueError, match="valid string"):
            package.Boat(id=True)


def test_models_are_made_from_attributes(docks: Folder) -> None:
    configure(docks, "          pydantic_config: {orm_mode: true}\n")
    with docks.imported():
        types = importlib.import_module("docks.types")
        row = SimpleNamespace(
            id="1",
            names=None,
            hull=SimpleNamespace(hull_length=3.5, note=None, kind="steel", deck=None),
        )
        boat = types.Boat.model_validate(row)
        assert (boat.id, boat.hull) == ("1", types.Hull(hull_length=3.5))


@pytest.mark.parametrize("frozen", [True, False])
def test_the_only_required_field_is_positional(docks: Folder, server: Server, frozen: bool) -> None:
    configure(
        docks,
        "          pydantic_config: {positional_single_property_constructors: true, "
        f"frozen: {json.dumps(frozen)}}}\n",
    )
    raw = {"id": "1", "hull": {"hullLength": 2.5, "kind": "steel", "depth": 7}}
    server.handler = lambda _: Reply(body=raw)
    with docks.imported():
        types = importlib.import_module("docks.types")
        hull = types.Hull(3.5)
        assert (hull.hull_length, hull.kind, hull.note) == (3.5, "steel", None)
        assert hull == types.Hull(hull_length=3.5) == types.Hull(hullLength=3.5)
        assert types.Boat("1", hull=types.Hull(2, note="n")).dict() == {
            "id": "1",
            "hull": {"hullLength": 2, "note": "n", "kind": "steel"},
        }
        for arguments in ((), (1, 2)):
            with pytest.raises((TypeError, ValueError)):
                types.Hull(*arguments)
        with pytest.raises(TypeError, match="Yacht accepts keyword arguments only"):
            types.Yacht(1)  # it has two required fields
        with pytest.raises(TypeError):
            types.Hull(1, hull_length=2)
        with pytest.raises(ValueError, match="valid number"):
            types.Hull("long")
        package = importlib.import_module("docks")
        with package.Docks(base_url=server.url) as client:
            boat = client.boats.get("1")
        assert type(boat.hull) is types.Hull
        assert boat.dict() == raw
    checked = """
from docks.types import Boat, Hull, Yacht
Boat("1", hull=Hull(3.5, note="n"))
Hull(hull_length=1)
Yacht(hull_length=1, name="n")
Hull("long")
Boat()
Boat("1", note=1)
Yacht("n")
"""
    docks.put("sdk/caller/__init__.py", checked)
    docks.put("sdk/caller/py.typed", "")
    for errors in (checkers.mypy, checkers.pyright):
        listed = errors(docks.top / "sdk", ["docks", "caller"])
        assert not listed["docks"]
        lines = {int(re.findall(r":(\d+):", text)[0]) for text in listed["caller"]}
        assert lines == {6, 7, 8, 9}, listed["caller"]


def test_additional_fields_are_forbidden(docks: Folder) -> None:
    configure(docks, "          pydantic_config: {forbid_extra_fields: true}\n")
    with docks.imported():
        types = importlib.import_module("docks.types")
        with pytest.raises(ValueError, match="Extra inputs"):
            types.Hull(hull_length=1, width=2)


@pytest.mark.parametrize(
    "place", ["recursion_limit: 4321", "pydantic_config: {recursion_limit: 4321}"]
)
def test_the_recursion_limit_is_raised(docks: Folder, place: str) -> None:
    configure(docks, f"          {place}\n")
    code = "import sys; sys.setrecursionlimit({}); import docks; print(sys.getrecursionlimit())"
    for before, after in ((1000, 4321), (9000, 9000)):
        printed = subprocess.check_output(
            [sys.executable, "-c", code.format(before)], cwd=docks.top / "sdk", text=True
        )
        assert int(printed) == after


@pytest.mark.parametrize("path", ["sub/dir", "./sub/dir/"])
def test_the_package_is_inside_another_one(docks: Folder, server: Server, path: str) -> None:
    configure(docks, f"          package_name: docks\n          package_path: {path}\n")
    assert "client.py" in docks.files("sdk/docks/sub/dir")
    assert "client.py" not in docks.files("sdk/docks")
    server.handler = lambda _: Reply(body={"id": "1"})
    with docks.imported():
        package = importlib.import_module("docks.sub.dir")
        with package.Docks(base_url=server.url) as client:
            assert client.boats.get("1").id == "1"
    text = docks.text("sub/dir/boats/client.py")
    assert "from docks.sub.dir import Docks" in text


def test_the_settings_of_a_package_inside_another_one(docks: Folder) -> None:
    config = "          package_path: sub/dir\n          custom_readme_sections: [{title: a, content: b}]\n"
    docks.put("fern/generators.yml", GENERATORS + config)
    outcome = docks.run("init", "--from", "fern")
    assert outcome.code == 0, outcome.err
    outcome = docks.run("generate")
    assert outcome.code == 0 and outcome.err.startswith("sdk/docks/sub/dir: "), outcome.err
    assert docks.run("check").code == 0


def test_a_project_whose_package_is_inside_another_one(docks: Folder) -> None:
    configure(
        docks,
        "          package_path: sub/dir\n          mypy_exclude: [legacy, tests/old]\n"
        "          custom_readme_sections:\n"
        "            - {title: Sails, content: 'How {{ packageName }} sails.'}\n",
        *("--output", "out", "--package", "docks", "--project"),
    )
    out = docks.top / "out/docks/sub"
    assert (out / "dir/client.py").is_file()
    project = tomli.loads((out / "pyproject.toml").read_text())
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"] == {
        "packages": ["dir"],
        "sources": {"": "docks/sub"},
    }
    assert project["tool"]["mypy"] == {"exclude": ["legacy", "tests/old"]}
    readme = (out / "README.md").read_text()
    assert readme.endswith("\n## Sails\n\nHow docks sails.\n")
    assert "- [Sails](#sails)\n" in readme
    assert "from docks.sub.dir import Docks" in readme


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ("package_path: ../up", "'../up' is not a path of packages"),
        ("recursion_limit: 0", "the recursion limit must be at least 1"),
        ("retry_status_codes: all", "'retry_status_codes' must be one of 'legacy', 'recommended'"),
    ],
)
def test_invalid_values_are_warnings(docks: Folder, config: str, problem: str) -> None:
    docks.put("fern/generators.yml", GENERATORS + f"          {config}\n")
    outcome = docks.run("generate", "fern")
    assert outcome.code == 0
    assert f"warning[ignored-setting]: {problem}" in outcome.err
    assert "client.py" in docks.files("sdk/docks")


@pytest.mark.parametrize(
    ("exclusions", "tested"),
    [("[]", {"boats", "trips"}), ("[Boats.get]", {"trips"}), ("['trips.*', other.get]", {"boats"})],
)
def test_methods_without_a_wire_test(docks: Folder, exclusions: str, tested: set[str]) -> None:
    configure(docks, f"          wire_tests: {{enabled: true, exclusions: {exclusions}}}\n")
    files = {path.name for path in (docks.top / "sdk/tests").glob("test_*.py")}
    assert files == {f"test_{name}.py" for name in tested}


def test_a_license_header(docks: Folder) -> None:
    configure(
        docks, "          license_header: |\n            Copyright 2024 Acme\n\n            MIT\n"
    )
    for name in ("client.py", "types/boat.py", "core/decode.py", "core/http_sse/_api.py"):
        text = (docks.top / "sdk/docks" / name).read_text()
        assert text.startswith("# Copyright 2024 Acme\n#\n# MIT\n\n"), name
        assert text.count("Copyright") == 1
    # A change of one type prints its module again.
    openapi = OPENAPI.replace("note: {type: string}", "note: {type: integer}")
    docks.put("fern/openapi.yml", openapi)
    assert docks.run("generate", "fern").code == 0
    text = docks.text("types/hull.py")
    assert text.startswith("# Copyright 2024 Acme\n#\n# MIT\n\n# Code generated")
    with docks.imported():
        importlib.import_module("docks.client")


UPLOAD = """
  /photos:
    post:
      operationId: photos_add
      tags: [photos]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, hull]
              properties: {file: {type: string, format: binary}, hull: {$ref: "#/components/schemas/Hull"}}
      responses: {"204": {description: done}}
"""


def test_dicts_are_parts_of_an_upload(docks: Folder, server: Server) -> None:
    docks.put("fern/openapi.yml", OPENAPI.replace("paths:\n", f"paths:{UPLOAD}", 1))
    configure(
        docks,
        "          use_typeddict_requests: true\n"
        "          use_typeddict_requests_for_file_upload: true\n",
    )
    server.handler = lambda _: Reply(204)
    with docks.imported():
        package = importlib.import_module("docks")
        method = package.photos.PhotosClient.add
        assert method.__annotations__["hull"] == "_requests.HullParams"
        with package.Docks(base_url=server.url) as client:
            client.photos.add(file=b"x", hull={"hull_length": 2, "kind": "steel"})
    assert b'{"hullLength": 2, "kind": "steel"}' in server.seen[-1].body


def test_the_readme_of_generators_yml(docks: Folder) -> None:
    readme = """
readme:
  introduction: "Docks, **moored**."
  customSections:
    - {title: Sails, language: python, content: Base sails.}
    - {title: Ropes, content: "Ropes of {{ packageName }}."}
    - {title: Anchors, language: typescript, content: no}
"""
    own = "          custom_readme_sections: [{title: Sails, content: Own sails.}]\n"
    docks.put("fern/generators.yml", GENERATORS + own + readme)
    options = ("--output", "out", "--package", "docks", "--project")
    outcome = docks.run("generate", "fern", *options)
    assert (outcome.code, "warning" in outcome.err) == (0, False), outcome.err
    text = (docks.top / "out/README.md").read_text()
    assert "\n# docks\n\nDocks, **moored**.\n" in text
    assert text.endswith("\n## Ropes\n\nRopes of docks.\n\n## Sails\n\nOwn sails.\n")
    assert "Anchors" not in text and "Base sails" not in text


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        ("timeout: 9", "src/docks"),
        ("flat_layout: true", "docks"),
        ("output_directory: source-root", "docks"),
        ("output_directory: project-root", "src/docks"),
        ("{flat_layout: true, output_directory: project-root}", "src/docks"),
    ],
)
def test_a_project_without_a_source_folder(docks: Folder, config: str, folder: str) -> None:
    lines = "".join(f"          {line}\n" for line in config.strip("{}").split(", "))
    text = GENERATORS.replace("../sdk/docks", "..") + "          package_name: docks\n" + lines
    docks.put("fern/generators.yml", text)
    outcome = docks.run("generate", "fern")
    assert (outcome.code, "warning" in outcome.err) == (0, False), outcome.err
    assert (docks.top / folder / "client.py").is_file()
