"""The table of rules and its page."""

from __future__ import annotations

from pathlib import Path

from fiddlehead.review import RULES
from fiddlehead.review.rules import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_the_table() -> None:
    """`python -m fiddlehead.review > docs/review-rules.md` writes it."""
    assert (DOCS / "review-rules.md").read_text(encoding="utf-8") == page()


def test_a_finding_is_breaking_or_information() -> None:
    for rule in RULES.values():
        assert (rule.kind == "INFO") <= (rule.bump != "major")
        # Source that stops running and checkers that refuse it are never a small matter.
        assert (rule.kind in ("SOURCE", "TYPE")) <= (rule.bump == "major")


def test_a_rule_has_the_prefix_of_its_layer_and_a_meaning() -> None:
    for rule in RULES.values():
        assert rule.id.startswith("python-") == (rule.layer == "python")
        assert rule.meaning.endswith(".")
