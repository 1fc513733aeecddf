"""A name that belongs to another element now, and other breaks that old code would not notice."""

from __future__ import annotations

from pathlib import Path

from .clients import compared
from .descriptions import client, get, post, reviewed, schemas


def test_an_argument_that_gives_its_name_away(tmp_path: Path) -> None:
    """`id` was a property of the body and is a query parameter: calls send it elsewhere."""
    old = post("{type: object, properties: {id: {type: string}}}")
    query = "parameters: [{name: id, in: query, schema: {type: string}}], "
    new = old.replace("requestBody", query + "requestBody")
    results = [
        finding for finding in reviewed(old, new, tmp_path).breaking if finding.layer == "python"
    ]
    assert [(finding.rule, finding.before, finding.after) for finding in results] == [
        ("python-argument-renamed", "id", "body_id")
    ]
    assert results[0].setting == '[naming.rename]\n"pots.add.body:id" = "id"'
    naming = {"rename": {"pots.add.body:id": "id"}}
    remaining = compared(client(old, tmp_path / "a"), client(new, tmp_path / "b", naming=naming))
    assert not remaining.breaking
    assert {"pots.add.query_id"} == {
        finding.location
        for finding in remaining.infos
        if finding.rule == "python-argument-added-optional"
    }


def test_a_field_that_gives_its_name_away(tmp_path: Path) -> None:
    """`roomName` was `room_name`, which is the name of a new property."""
    one = "roomName: {type: string}"
    old, new = (
        get("{$ref: '#/components/schemas/Room'}")
        + schemas(Room=f"{{type: object, properties: {{{item}}}}}")
        for item in (one, f"{one}, room_name: {{type: string}}")
    )
    results = [
        finding for finding in reviewed(old, new, tmp_path).breaking if finding.layer == "python"
    ]
    assert [diagnostic.message for diagnostic in results] == [
        "types.Room.room_name is now types.Room.roomName"
    ]
    assert results[0].setting == '[naming.rename]\n"types.Room.roomName" = "room_name"'
    naming = {"rename": {"types.Room.roomName": "room_name"}}
    remaining = compared(client(old, tmp_path / "a"), client(new, tmp_path / "b", naming=naming))
    assert not remaining.breaking


def test_a_further_message_of_a_websocket(tmp_path: Path) -> None:
    """Code that reads the attributes of the only message does not type-check any more."""

    def notice(name: str) -> str:
        return (
            f"{{name: {name}, payload: {{type: object, properties: {{{name}: {{type: string}}}}}}}}"
        )

    def api(*names: str) -> str:
        messages = ", ".join(map(notice, names))
        return (
            'asyncapi: 2.6.0\ninfo: {title: Kiln, version: "1"}\n'
            f"channels: {{/fire: {{subscribe: {{message: {{oneOf: [{messages}]}}}}}}}}\n"
        )

    def changes(old: str, new: str, folder: Path) -> set[str]:
        findings = reviewed(old, new, folder)
        return {
            f"{finding.level} {finding.rule}"
            for finding in findings.findings
            if finding.location == "FireSocketClientResponse"
        }

    one, two = api("heat"), api("heat", "smoke")
    assert changes(one, two, tmp_path / "there") == {"breaking python-type-changed"}
    assert changes(two, one, tmp_path / "back") == {"info python-type-member-no-longer-received"}
