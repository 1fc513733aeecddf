"""Overlays: what their targets select, what their actions change, and where problems are."""

from __future__ import annotations

import textwrap

import pytest
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.openapi import jsonpath, overlays
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
    found = sources.load(FOLDER / name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("$", [""]),
        ("$.store", ["store"]),
        ("$['store']", ["store"]),
        ('$["store"]["odd-key"]', ["store/odd-key"]),
        ("$.store.odd-key.title", ["store/odd-key/title"]),
        ("$.store.books[0]", ["store/books/0"]),
        ("$.store.books[-1].title", ["store/books/2/title"]),
        ("$.store.books[3]", []),
        ("$.store.books[0,2]", ["store/books/0", "store/books/2"]),
        ("$.store.*", ["store/books", "store/odd-key"]),
        ("$.store.books[*].price", [f"store/books/{index}/price" for index in range(3)]),
        ("$..price", [f"store/books/{index}/price" for index in range(3)]),
        ("$..[0]", ["store/books/0", "store/books/0/tags/0"]),
        ("$..*.tags", ["store/books/0/tags"]),
        ("$.store.books[?(@.price==8)]", ["store/books/0", "store/books/2"]),
        ("$.store.books[?@.price != 8]", ["store/books/1"]),
        ("$.store.books[?@.sale == false].title", ["store/books/1/title"]),
        ("$.store.books[?@.title == 'It\\'s']", ["store/books/2"]),
        ("$.store.books[?@.tags[0] == 'a']", ["store/books/0"]),
        ("$.store.books[?@.tags]", ["store/books/0"]),
        ("$.store.books[?!@.tags && @.price==8]", ["store/books/2"]),
        ("$.store.books[?(@.price==12 || @.tags)]", ["store/books/0", "store/books/1"]),
        ("$.store[?@.title=='Deep']", ["store/odd-key"]),
        ("$.nothing.at.all", []),
        ("$.store.books.title", []),
    ],
)
def test_queries(query: str, found: list[str]) -> None:
    places = jsonpath.find(node(BOOKS), query)
    assert ["/".join(map(str, place)) for place in places] == found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "store",
        "$.",
        "$.a[",
        "$[1:2]",
        "$[?length(@.a)==1]",
        "$['a",
        "$.a b",
        "$[?@.a==]",
        "$..",
        "$[x]",
    ],
)
def test_queries_that_are_none(query: str) -> None:
    with pytest.raises(jsonpath.BadQuery):
        jsonpath.find(node(BOOKS), query)


def changed(*actions: str, base: str = BOOKS) -> tuple[Node, list[str]]:
    diagnostics = Diagnostics()
    lines = "".join(f"  - {each}\n" for each in actions)
    overlay = node(f"overlay: 1.0.0\nactions:\n{lines}", "over.yaml")
    made = overlays.apply(node(base), overlay, diagnostics)
    return made, [f"{each.span}: {each.severity}[{each.code}]" for each in diagnostics.found]


def test_actions_in_their_order() -> None:
    made, problems = changed(
        "{target: $.store, update: {open: true, odd-key: {title: New, more: [1]}}}",
        "{target: $.store.books, update: {title: Four}}",
        "{target: '$.store.books[?@.price==8]', remove: true, update: {ignored: true}}",
        "{target: '$.store.books[*]', update: {tags: [x]}}",
        "{target: '$.store.books[0].tags', update: [y]}",
        "{target: $..more, remove: true}",
    )
    assert problems == []
    assert made.json() == {
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
    made, _ = changed("{target: '$.store.books[0]', update: {tags: [b]}}")
    assert made.json()["store"]["books"][0]["tags"] == ["a", "b"]  # type: ignore[index, call-overload]  # known here


def test_an_alias_is_changed_in_one_place() -> None:
    made, _ = changed("{target: $.one, update: {b: 2}}", base="one: &it {a: 1}\ntwo: *it\n")
    assert made.json() == {"one": {"a": 1, "b": 2}, "two": {"a": 1}}


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        ("{update: {}}", "3:5: error[missing-key]"),
        ("{target: $.store}", "3:5: error[missing-key]"),
        ("{target: store, update: {}}", "3:14: error[bad-value]"),
        ("{target: $.shop, update: {}}", "3:14: warning[unused-setting]"),
        ("{target: $, remove: true}", "3:14: error[bad-value]"),
        ("{target: '$..title', update: {a: 1}}", "3:34: error[bad-value]"),
        ("{target: $.store, update: 3}", "3:31: error[bad-value]"),
        ("{target: $.store, update: {books: none}}", "3:39: error[bad-value]"),
        ("{target: $.store, updates: {}, remove: true}", "3:23: warning[unknown-key]"),
        ("{target: $.store, copy: $.shop}", "3:23: warning[not-expressible]"),
        ("3", "3:5: error[missing-key]"),
    ],
)
def test_problems_have_their_places(action: str, problem: str) -> None:
    _, problems = changed(action)
    assert problems == [f"over.yaml:{problem}"]


@pytest.mark.parametrize(
    ("overlay", "problem"),
    [
        ("actions: []", "1:1: error[missing-key]"),
        ("{overlay: 2.0.0, actions: []}", "1:11: error[unsupported-version]"),
        ("overlay: 1.0.0", "1:1: error[missing-key]"),
        ("[]", "1:1: error[missing-key]"),
    ],
)
def test_what_is_no_overlay(overlay: str, problem: str) -> None:
    diagnostics = Diagnostics()
    overlays.apply(node(BOOKS), node(overlay, "over.yaml"), diagnostics)
    (found,) = diagnostics.found
    assert f"{found.span}: {found.severity}[{found.code}]" == f"over.yaml:{problem}"


API = """
paths:
  /users:
    get: {operationId: list_users, responses: {}}
    post: {operationId: create_user, responses: {}}
"""


def test_a_description_with_overlays() -> None:
    found = Read(
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
    assert [*found.endpoints] == ["users.list"]
    assert [each.split(":", 3)[:3] for each in found.problems] == [["types.yaml", "5", "50"]]
