"""The accept file: accepted findings, their end dates, and invalid files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.review import Accept, Review, accept, load_accepts

from .reviews import finding, review

TODAY = date(2026, 6, 1)

FILE = """\
- rule: python-class-removed
  where: types.Job
  reason: it was never documented
  until: 2026-06-01
"""


def loaded(text: str, tmp_path: Path) -> tuple[tuple[Accept, ...], Diagnostics]:
    path = tmp_path / "fiddlehead-accept.yaml"
    path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    return load_accepts(path, diagnostics, tmp_path), diagnostics


def accepted(text: str, results: Review, tmp_path: Path, today: date = TODAY) -> Review:
    entries, diagnostics = loaded(text, tmp_path)
    assert diagnostics.reported == []
    return accept(results, entries, today)


def broken(location: str = "types.Job") -> Review:
    return review(finding("python-class-removed", location), finding("endpoint-added"))


def test_an_entry_accepts_one_finding_with_a_reason(tmp_path: Path) -> None:
    result = accepted(FILE, broken(), tmp_path)
    assert not result.breaks
    assert result.accepted[0].accepted is not None
    assert result.accepted[0].accepted.reason == "it was never documented"
    assert result.accepted[0].accepted.until == "2026-06-01"
    # It breaks all the same: the version has to say so.
    assert result.bump == "major"
    assert result.notes == ()


def test_another_place_or_rule_is_not_accepted(tmp_path: Path) -> None:
    assert accepted(FILE, broken("types.Jobs"), tmp_path).breaks
    other = review(finding("python-class-renamed", "types.Job"))
    assert accepted(FILE, other, tmp_path).breaks


def test_an_expired_entry_accepts_nothing_and_is_reported(tmp_path: Path) -> None:
    result = accepted(FILE, broken(), tmp_path, date(2026, 6, 2))
    assert result.breaks
    assert result.notes == (
        "fiddlehead-accept.yaml:1:3: the entry for python-class-removed at types.Job expired on "
        "2026-06-01 and no longer has an effect",
    )


def test_an_entry_without_a_match_is_reported(tmp_path: Path) -> None:
    result = accepted(FILE, review(finding("endpoint-added", "types.Job")), tmp_path)
    assert "matches no breaking change" in result.notes[0]
    late = accepted(FILE, review(), tmp_path, date(2026, 7, 1))
    assert "expired on 2026-06-01 and is no longer needed" in late.notes[0]


@pytest.mark.parametrize(
    ("where", "covers"),
    [
        ("types.*", True),
        ("*", True),
        ("*.Job", True),
        ("types.Jo?", False),
        ("types.[J]ob", False),
        ("types", False),
    ],
)
def test_a_star_stands_for_any_text_and_nothing_else_does(
    where: str, covers: bool, tmp_path: Path
) -> None:
    text = f"- {{rule: python-class-removed, where: '{where}', reason: r}}"
    assert accepted(text, broken(), tmp_path).breaks is not covers


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("rule: x", "1:1", "an accept file is a list of entries"),
        ("- x", "1:3", "an entry must be a mapping with rule, where and reason"),
        ("- {rule: python-class-removed, where: x}", "1:3", "an entry requires 'reason'"),
        ("- {rule: nope, where: x, reason: y}", "1:10", "unknown rule 'nope'"),
        ("- {rule: 3, where: x, reason: y}", "1:10", "'rule' must be a string"),
        (
            "- {rule: endpoint-added, where: x, reason: y, until: soon}",
            "1:54",
            "'until' must be a date such as 2030-12-31",
        ),
        (
            "- {rule: endpoint-added, where: x, reason: y, until: 2026-02-30}",
            "1:54",
            "'until' must be a date such as 2030-12-31",
        ),
        (
            "- {rule: endpoint-added, where: x, reason: y, untill: z}",
            "1:47",
            "unknown key 'untill'",
        ),
    ],
)
def test_problems_have_a_location(text: str, place: str, message: str, tmp_path: Path) -> None:
    _, diagnostics = loaded(text, tmp_path)
    rendered = diagnostics.errors[0].render()
    assert rendered.startswith(f"fiddlehead-accept.yaml:{place}: error")
    assert message in rendered


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert loaded("# nothing yet\n", tmp_path)[0] == ()


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert load_accepts(tmp_path / "gone.yaml", diagnostics, tmp_path) == ()
    assert "'gone.yaml': no such file" in diagnostics.errors[0].message
