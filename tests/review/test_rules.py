"""The table of rules and its page."""

from __future__ import annotations

from pathlib import Path

from fiddlehead.review import RULES
from fiddlehead.review.rules import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_the_table() -> None:
    """`python -m fiddlehead.review > docs/review-rules.md` writes it anew."""
    assert (DOCS / "review-rules.md").read_text(encoding="utf-8") == page()


def test_information_never_breaks_and_what_breaks_is_no_information() -> None:
    for rule in RULES.values():
        assert (rule.kind == "INFO") <= (rule.bump != "major")
        # Source that stops running and checkers that refuse it are never a small matter.
        assert (rule.kind in ("SOURCE", "TYPE")) <= (rule.bump == "major")


def test_a_rule_is_named_after_its_layer_and_says_what_it_means() -> None:
    for rule in RULES.values():
        assert rule.id.startswith("python-") == (rule.layer == "python")
        assert rule.meaning.endswith(".")
