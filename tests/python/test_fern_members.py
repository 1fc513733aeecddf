"""Fern definitions: members of unions that are in a property, and a file with the name `types`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

DEFINITION = {
    "api.yml": "name: acme\n",
    "types.yml": """
types:
  Boat: {properties: {size: integer}}
  Find:
    union:
      boat: {type: Boat, key: vessel}
      raft: Boat
      seen: optional<date>
      name: {type: string, key: called}
""",
    "sea.yml": """
imports: {types: types.yml}
service:
  auth: false
  base-path: /sea
  endpoints:
    look: {path: "", method: POST, request: types.Find, response: types.Find}
""",
}


@pytest.fixture(scope="module", params=["fern", "compact"])
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp(request.param)
    with bench(folder, DEFINITION, layout=request.param) as built:
        yield built


@pytest.mark.parametrize(
    "wire",
    [
        {"type": "boat", "vessel": {"size": 3}},
        {"type": "raft", "size": 3},
        {"type": "name", "called": "Anna"},
        {"type": "seen", "value": "2024-05-01"},
        {"type": "seen", "value": None},
        {"type": "seen"},
    ],
)
def test_a_member_is_in_the_property_of_its_key(acme: Bench, wire: dict[str, object]) -> None:
    acme.server.replies = [Reply(body=wire)] * 2
    answer = acme.client().sea.look(request={"type": "raft", "size": 1})
    assert answer.type == wire["type"]
    acme.client().sea.look(request=answer)
    assert acme.server.seen[-1].json == wire


def test_the_values_of_members(acme: Bench) -> None:
    kinds = [{"type": "boat", "vessel": {"size": 3}}, {"type": "raft", "size": 3}]
    acme.server.replies = [Reply(body=kind) for kind in kinds]
    client = acme.client()
    boat, raft = (client.sea.look(request={"type": "seen"}) for _ in kinds)
    assert boat.vessel.size == raft.size == 3


def test_a_file_named_types_is_the_package_types(tmp_path_factory: pytest.TempPathFactory) -> None:
    with bench(tmp_path_factory.mktemp("types"), DEFINITION, layout="fern") as acme:
        boat = acme.package.Boat
        assert acme.module("types").Boat is boat
        assert acme.module("types.types.boat").Boat is boat


def test_a_package_of_root_types_keeps_its_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {**DEFINITION, "__package__.yml": "types: {Port: {properties: {depth: integer}}}\n"}
    with bench(tmp_path_factory.mktemp("both"), files, layout="fern") as acme:
        assert acme.module("types").Port is acme.package.Port
        assert acme.module("types_").Boat is acme.package.Boat
