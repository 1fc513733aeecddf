"""Classes that inherit fields whose types are defined later in the module of the base class."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from ..support import checkers
from .workbench import bench

MORE = (
    "{type: object, properties: {more: {$ref: '#/components/schemas/Person/properties/profile'}}}"
)
API = f"""
paths:
  /admin:
    get: {{operationId: admin, responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Admin"}}}}}}}}}}}}
  /mine:
    get: {{operationId: mine, tags: [people], responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{allOf: [{{$ref: "#/components/schemas/Person"}}, {MORE}]}}}}}}}}}}}}
components:
  schemas:
    Person:
      type: object
      required: [id]
      properties:
        id: {{type: string}}
        role: {{type: string, enum: [owner, guest]}}
        profile: {{type: object, properties: {{friends: {{type: array, items: {{$ref: "#/components/schemas/Person"}}}}}}}}
        manager: {{$ref: "#/components/schemas/Person"}}
    Admin: {{allOf: [{{$ref: "#/components/schemas/Person"}}, {{type: object, properties: {{level: {{type: integer}}}}}}]}}
    Chief: {{allOf: [{{$ref: "#/components/schemas/Admin"}}, {{type: object, properties: {{staff: {{type: array, items: {{$ref: "#/components/schemas/Admin"}}}}}}}}]}}
"""
PERSON = {
    "id": "a",
    "role": "owner",
    "profile": {"friends": [{"id": "b"}]},
    "manager": {"id": "c"},
}


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_class_inherits_from_one_that_refers_to_itself(layout: str, tmp_path: Path) -> None:
    with bench(tmp_path, API, layout=layout) as acme:
        package = acme.package
        acme.server.replies = [
            Reply(body={**PERSON, "level": 1}),
            Reply(body={**PERSON, "more": {"friends": [{"id": "d"}]}}),
        ]
        admin, mine = acme.client().admin(), acme.client().people.mine()
        assert type(admin) is package.Admin
        assert type(mine.more) is package.PersonProfile
        for person in (admin, mine):
            assert (person.role, type(person.manager)) == ("owner", package.Person)
            assert type(person.profile.friends[0]) is package.Person
        chief = package.Chief(id="e", staff=[package.Admin(id="f", role="guest")])
        assert chief.staff[0].role == "guest"
        with pytest.raises(ValueError, match="role"):
            package.Admin(id="g", role=1)
    assert not any(checkers.mypy(tmp_path / "out", ["acme"]).values())
