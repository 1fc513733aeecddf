"""Overlays: targets, actions, and the locations of problems."""

from __future__ import annotations

import textwrap

import jsonpath_rfc9535
import pytest
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.openapi.document import overlays
from fiddlehead.source import Node, Sources

from .descriptions import FOLDER, Read

BOOKS = """
store:
  books:
    - {title: One, price: 8, tags: [a]}
    - {title: Two, price: 12, sale: false}
    - {title: "It's", price: 8}
  "odd-key": {title: Deep}
"""


def node(text: str, name: str = "doc.yaml") -> Node:
    sources = Sources(Diagnostics(), FOLDER, {FOLDER / name: textwrap.dedent(text)})
    result = sources.load(FOLDER / name)
    assert result is not None
    return result


def changed(*actions: str, base: str = BOOKS, version: str = "1.0.0") -> tuple[Node, list[str]]:
    diagnostics = Diagnostics()
    lines = "".join(f"  - {action}\n" for action in actions)
    overlay = node(f"overlay: {version}\nactions:\n{lines}", "over.yaml")
    built = overlays.apply(node(base), overlay, diagnostics)
    return built, [
        f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.code}]"
        for diagnostic in diagnostics.reported
    ]


def test_actions_in_their_order() -> None:
    built, problems = changed(
        "{target: $.store, update: {open: true, odd-key: {title: New, more: [1]}}}",
        "{target: $.store.books, update: {title: Four}}",
        "{target: '$.store.books[?@.price==8]', remove: true, update: {ignored: true}}",
        "{target: '$.store.books[*]', update: {tags: [x]}}",
        "{target: '$.store.books[0].tags', update: [y]}",
        "{target: $..more, remove: true}",
    )
    assert problems == []
    assert built.json() == {
        "store": {
            "books": [
                {"title": "Two", "price": 12, "sale": False, "tags": ["x", ["y"]]},
                {"title": "Four", "tags": ["x"]},
            ],
            "odd-key": {"title": "New"},
            "open": True,
        }
    }


def test_lists_in_updates_are_put_behind_each_other() -> None:
    built, _ = changed("{target: '$.store.books[0]', update: {tags: [b]}}")
    assert built.json()["store"]["books"][0]["tags"] == ["a", "b"]  # type: ignore[index, call-overload]  # known here


@pytest.mark.parametrize(
    ("action", "place", "value"),
    [
        ("{target: '$.store.books[0].title', update: Un}", "$.store.books[0].title", "Un"),
        ("{target: '$.store.books[?@.sale == false].price', update: 9.5}", "$..[?@ == 9.5]", 9.5),
        ("{target: '$.store.books[1].sale', update: true}", "$.store.books[1].sale", True),
        ("{target: $..tags, update: [b, c]}", "$..tags", ["a", "b", "c"]),
        ("{target: $..tags, update: b}", "$..tags", ["a", "b"]),
        ("{target: $..tags, update: {b: 1}}", "$..tags", ["a", {"b": 1}]),
        ("{target: $..tags, copy: $..tags}", "$..tags", ["a", "a"]),
        (
            "{target: \"$.store['odd-key']\", copy: '$.store.books[?match(@.title, \"T.*\")]'}",
            "$.store['odd-key']",
            {"title": "Two", "price": 12, "sale": False},
        ),
    ],
)
def test_results_of_actions_of_version_1_1(action: str, place: str, value: object) -> None:
    built, problems = changed(action, version="1.1.0")
    assert problems == []
    assert jsonpath_rfc9535.find(place, built.json()).values() == [value]  # type: ignore[arg-type]  # JSON


def test_a_copy_is_changed_on_its_own() -> None:
    built, problems = changed(
        "{target: $.store, update: {second: {}}}",
        "{target: $.store.second, copy: '$.store.books[0]'}",
        "{target: $.store.second, update: {title: Second}}",
        version="1.1.0",
    )
    assert problems == []
    titles = jsonpath_rfc9535.find("$..title", built.json()).values()  # type: ignore[arg-type]  # JSON
    assert sorted(titles, key=str) == ["Deep", "It's", "One", "Second", "Two"]


def test_an_alias_is_changed_in_one_place() -> None:
    built, _ = changed("{target: $.one, update: {b: 2}}", base="one: &it {a: 1}\ntwo: *it\n")
    assert built.json() == {"one": {"a": 1, "b": 2}, "two": {"a": 1}}


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        ("{update: {}}", "3:5: error[bad-overlay]"),
        ("{target: $.store}", "3:5: error[bad-overlay]"),
        ("{target: store, update: {}}", "3:14: error[bad-overlay]"),
        ("{target: $.shop, update: {}}", "3:14: warning[unused-setting]"),
        ("{target: $, remove: true}", "3:14: error[bad-overlay]"),
        ("{target: '$..books[0].title', update: {a: 1}}", "3:43: error[bad-overlay]"),
        ("{target: $.store.odd-key, update: {}}", "3:14: error[bad-overlay]"),
        ("{target: '$[?@.a==]', update: {}}", "3:14: error[bad-overlay]"),
        ("{target: $.store, update: 3}", "3:31: error[bad-overlay]"),
        ("{target: $.store, update: {books: none}}", "3:39: error[bad-overlay]"),
        ("{target: $.store, updates: {}, remove: true}", "3:23: warning[unknown-key]"),
        ("{target: $.store, copy: $.shop}", "3:29: error[bad-overlay]"),
        ("{target: $.store, copy: $..title}", "3:29: error[bad-overlay]"),
        ("{target: $.store, copy: $..tags}", "3:29: error[bad-overlay]"),
        ("{target: $.store, copy: $, update: {}}", "3:23: warning[unused-setting]"),
        ("3", "3:5: error[bad-overlay]"),
    ],
)
def test_problems_have_their_places(action: str, problem: str) -> None:
    _, problems = changed(action)
    assert problems == [f"over.yaml:{problem}"]


@pytest.mark.parametrize(
    ("overlay", "problem"),
    [
        ("actions: []", "1:1: error[bad-overlay]"),
        ("{overlay: 2.0.0, actions: []}", "1:11: error[bad-overlay]"),
        ("overlay: 1.0.0", "1:1: error[bad-overlay]"),
        ("[]", "1:1: error[bad-overlay]"),
    ],
)
def test_invalid_overlays(overlay: str, problem: str) -> None:
    diagnostics = Diagnostics()
    overlays.apply(node(BOOKS), node(overlay, "over.yaml"), diagnostics)
    (problems,) = diagnostics.reported
    assert f"{problems.span}: {problems.severity}[{problems.code}]" == f"over.yaml:{problem}"


def test_a_copy_that_is_no_text() -> None:
    diagnostics = Diagnostics()
    overlay = "{overlay: 1.1.0, actions: [{target: $.store, copy: 3}]}"
    overlays.apply(node(BOOKS), node(overlay, "over.yaml"), diagnostics)
    (problem,) = diagnostics.reported
    assert problem.message == "expected a JSONPath for 'copy', found a number"


API = """
paths:
  /users:
    get: {operationId: list_users, responses: {}}
    post: {operationId: create_user, responses: {}}
"""


def test_a_description_with_overlays() -> None:
    result = Read(
        API,
        files={
            "names.yaml": """
                overlay: 1.0.0
                info: {title: Names, version: "1"}
                actions:
                  - target: $.paths['/users'].get
                    update:
                      x-fern-sdk-group-name: users
                      x-fern-sdk-method-name: list
                      responses: {"200": {description: Ok, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}
                  - target: $.paths['/users'].post
                    remove: true
                """,
            "types.yaml": """
                overlay: 1.1.0
                actions:
                  - target: $
                    update: {components: {schemas: {User: {type: objekt}}}}
                """,
        },
        overlays=(FOLDER / "names.yaml", FOLDER / "types.yaml"),
    )
    assert [*result.endpoints] == ["users.list"]
    assert [problem.split(":", 3)[:3] for problem in result.problems] == [["types.yaml", "5", "50"]]
