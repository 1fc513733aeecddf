"""The table of extensions has exactly the extensions that are read, and the page shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fiddlehead.fern import keys as fern_keys
from fiddlehead.openapi.document.extension_table import EXTENSIONS, SILENT, UNSUPPORTED, page

from .descriptions import Read

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "generator" / "fiddlehead"


def mentioned() -> set[str]:
    texts = (
        path.read_text(encoding="utf-8")
        for path in [*SOURCE.glob("openapi/**/*.py"), *SOURCE.glob("frontend_kit/*.py")]
        if path.name != "extension_table.py"
    )
    return {
        name for text in texts for name in re.findall(r'"(x-(?:fern|fiddlehead)-[a-z-]+)"', text)
    }


def test_every_extension_that_is_read_is_in_the_table() -> None:
    assert mentioned() <= {*EXTENSIONS, *SILENT, *UNSUPPORTED}


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_extension_of_the_table_is_read(name: str) -> None:
    assert name in mentioned()


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (
            "/a: {x-fern-sdk-method-name: f, get: {operationId: a, responses: {}}}",
            "'x-fern-sdk-method-name' has no effect on a path item",
        ),
        (
            "/a: {get: {x-fern-parameter-name: b, operationId: a, responses: {}}}",
            "'x-fern-parameter-name' has no effect on an operation",
        ),
        (
            "/a: {get: {operationId: a, responses: {}, parameters: "
            "[{name: q, in: query, schema: {type: string}, x-fern-property-name: b}]}}",
            "'x-fern-property-name' has no effect on a parameter",
        ),
        ("/a: {x-fern-ignore: false, get: {operationId: a, responses: {}}}", None),
        ("/a: {get: {x-fern-sdk-method-name: b, operationId: a, responses: {}}}", None),
    ],
)
def test_an_extension_without_effect_is_a_warning(paths: str, message: str | None) -> None:
    results = [
        problem for problem in Read(f"paths:\n  {paths}\n").problems if "misplaced" in problem
    ]
    assert len(results) == (message is not None)
    assert message is None or message in results[0]


@pytest.mark.parametrize("key", ["x-fern-retry", "x-fiddlehead-waitr"])
def test_an_unknown_extension_is_a_warning_with_the_nearest_name(key: str) -> None:
    read = Read(f"paths:\n  /a: {{get: {{operationId: a, responses: {{}}, {key}: {{}}}}}}\n")
    (problem,) = [problem for problem in read.problems if key in problem]
    nearest = {"x-fern-retry": "x-fern-retries", "x-fiddlehead-waitr": "x-fiddlehead-waiter"}[key]
    assert "unknown-key" in problem
    assert [item.hint for item in read.diagnostics.reported if key in item.message] == [
        f"did you mean '{nearest}'?"
    ]


@pytest.mark.parametrize("name", [name for name in EXTENSIONS if "fiddlehead" in name])
def test_a_value_of_another_type_is_reported_once(name: str) -> None:
    read = Read(f"paths:\n  /a: {{get: {{operationId: a, responses: {{}}, {name}: [1]}}}}\n")
    (problem,) = [problem for problem in read.problems if name in problem]
    assert f"expected a mapping for '{name}', found a list" in problem


def test_the_page_matches_the_table() -> None:
    """`make docs` writes it."""
    assert (ROOT / "docs" / "extensions.md").read_text(encoding="utf-8") == page()


def test_the_page_of_fern_keys_matches_the_table() -> None:
    assert (ROOT / "docs" / "fern-keys.md").read_text(encoding="utf-8") == fern_keys.page()
    assert fern_keys.places("stream-condition") == ["an endpoint"]
    assert fern_keys.places("docs") == []
