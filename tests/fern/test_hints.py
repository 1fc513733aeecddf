"""Hints about a definition use Fern's syntax, and following them removes the problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead import frontends

from ..support import pipeline

CASE = Path(__file__).parents[1] / "cases" / "name-clashes-fern"

FOLLOWED = {
    "property": ("wing_span: integer", "wing_span: {type: integer, name: span}"),
    "parameter": (
        "page_size: optional<integer>",
        "page_size: {type: optional<integer>, name: size}",
    ),
    "enum value": ("- up_beat", "- {value: up_beat, name: OFF_BEAT}"),
    "method": ("find_all:", "findSecond:"),
}


def problems(folder: Path, replaced: list[tuple[str, str]]) -> list[str]:
    (folder / "api.yml").write_text("name: aviary\n", encoding="utf-8")
    text = (CASE / "definition" / "birds.yml").read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    (folder / "birds.yml").write_text(text, encoding="utf-8")
    # Members of enums have names where enums are classes.
    built = pipeline.make(folder, "acme", python={"pydantic": {"enum_type": "python_enums"}})
    return [diagnostic.render() for diagnostic in built.diagnostics.reported]


def test_hints_name_nothing_of_openapi(tmp_path: Path) -> None:
    reported_problems = problems(tmp_path, [])
    assert len(reported_problems) >= len(FOLLOWED)
    assert not any("x-fern-" in item for item in reported_problems)


@pytest.mark.parametrize("kind", FOLLOWED)
def test_following_a_hint_ends_the_problem(kind: str, tmp_path: Path) -> None:
    hint = frontends.frontend_of(tmp_path).renames[kind]
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    before, after = problems(first, []), problems(second, [FOLLOWED[kind]])
    assert sum(hint in item for item in before) > sum(hint in item for item in after)
    assert len(after) == len(before) - 1


def test_all_frontends_rename_the_same_kinds() -> None:
    first, *others = frontends.FRONTENDS
    assert all(other.renames.keys() == first.renames.keys() for other in others)
