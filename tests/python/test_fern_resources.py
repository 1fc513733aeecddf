"""Layout `fern` with `improved-imports = false`: groups are in packages `resources`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..runtime.server import Reply
from ..support import checkers
from .workbench import Bench, bench, make

DEFINITION = {
    "api.yml": "name: acme\n",
    "boats/__package__.yml": """
types:
  Boat: {properties: {id: string, sails: optional<list<string>>}}
errors:
  SunkError: {status-code: 410, type: Boat}
service:
  auth: false
  base-path: /boats
  endpoints:
    list: {path: "", method: GET, response: list<Boat>, errors: [SunkError]}
""",
    "boats/sails.yml": """
imports: {boats: __package__.yml}
types:
  Cloth: {enum: [cotton, nylon]}
  Sail: {properties: {cloth: Cloth, boat: boats.Boat}}
service:
  auth: false
  base-path: /sails
  endpoints:
    get: {path: /one, method: GET, response: Sail}
""",
    "yard.yml": "types: {Rope: {properties: {length: integer}}}\n",
}
SETTINGS = 'layout = "fern"\n[python]\nimproved-imports = false\n'
USE = """
from typing_extensions import assert_type

from acme import AcmeClient, Boat
from acme.resources import boats
from acme.resources.boats.resources.sails.types.sail import Sail

def first(client: AcmeClient) -> Boat:
    return client.boats.list()[0]

sail = boats.sails.Sail(boat=Boat(id="a"), cloth="nylon")
assert_type(sail, Sail)
assert_type(sail.boat, Boat)
assert_type(sail.boat, int)  # expected: a mistake
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("acme"), DEFINITION, SETTINGS) as built:
        assert built.generated.diagnostics.reported == []
        yield built


def test_the_modules_of_groups(acme: Bench) -> None:
    files = acme.generated.files
    own = {
        "client.py",
        "errors/sunk_error.py",
        "raw_client.py",
        "resources/__init__.py",
        "resources/sails/client.py",
        "resources/sails/raw_client.py",
        "resources/sails/types/cloth.py",
        "types/boat.py",
    }
    assert {f"acme/resources/boats/{name}" for name in own} <= files.keys()
    assert "acme/resources/yard/types/rope.py" in files
    assert not any(
        path.startswith(("acme/boats", "acme/yard", "acme/types/boat")) for path in files
    )


def test_each_package_exports_what_is_below(acme: Bench) -> None:
    package = acme.package
    groups = importlib.import_module("acme.resources")
    boats = importlib.import_module("acme.resources.boats")
    sails = importlib.import_module("acme.resources.boats.resources.sails")
    assert {"boats", "yard", "Boat", "Rope", "SunkError"} <= set(package.__all__)
    assert set(groups.__all__) == {"boats", "yard", "Boat", "Rope", "SunkError"}
    assert {"sails", "Sail", "Cloth", "Boat", "SunkError", "BoatsClient"} <= set(boats.__all__)
    assert {"Sail", "Cloth", "SailsClient", "AsyncSailsClient"} <= set(sails.__all__)
    assert "sails" not in package.__all__ and "Sail" not in groups.__all__
    assert package.boats is groups.boats is boats
    assert boats.sails is sails
    assert package.Boat is groups.Boat is boats.Boat
    assert boats.Sail is sails.Sail
    errors = importlib.import_module("acme.resources.boats.errors.sunk_error")
    assert package.SunkError is errors.SunkError


def test_calls(acme: Bench) -> None:
    sails = importlib.import_module("acme.resources.boats.resources.sails")
    client = acme.client()
    acme.server.replies.append(Reply(body=[{"id": "a"}]))
    assert client.boats.list() == [acme.package.Boat(id="a")]
    acme.server.replies.append(Reply(body={"cloth": "nylon", "boat": {"id": "a"}}))
    assert isinstance(client.boats.sails.get(), sails.Sail)
    acme.server.replies.append(Reply(410, body={"id": "b"}))
    with pytest.raises(acme.package.SunkError):
        client.boats.list()


def test_the_names_and_examples_are_those_of_attributes(acme: Bench) -> None:
    reference = acme.generated.files["reference.md"]
    assert "client.boats.sails.get(" in reference
    assert "client.resources" not in reference
    assert "from acme.resources.boats.types" not in reference


def test_type_checkers_see_the_packages(tmp_path: Path) -> None:
    make(tmp_path, DEFINITION, SETTINGS).write(tmp_path / "out")
    (tmp_path / "out" / "user.py").write_text(USE)
    line = 1 + next(n for n, text in enumerate(USE.split("\n")) if "a mistake" in text)
    for checker in (checkers.mypy, checkers.pyright):
        errors = checker(tmp_path / "out", ["user.py", "acme"]).values()
        assert {text.split(": ")[0] for texts in errors for text in texts} == {f"user.py:{line}"}
