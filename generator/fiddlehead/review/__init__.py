"""What changed between two descriptions of an API, for HTTP and for Python, and its reports."""

from __future__ import annotations

from collections.abc import Iterable

from .. import ir
from .api import compare_apis
from .causes import without_repeats
from .findings import Finding, Review, order
from .reports import FORMATS, report
from .rules import RULES, Rule
from .severities import apply_severities
from .suppressions import Accept, accept, load_accepts

__all__ = [
    "FORMATS",
    "RULES",
    "Accept",
    "Finding",
    "Review",
    "Rule",
    "accept",
    "apply_severities",
    "compare",
    "load_accepts",
    "report",
]


def compare(
    old: ir.Api,
    new: ir.Api,
    clients: Iterable[Finding] = (),
    *,
    labels: tuple[str, str] = ("old", "new"),
) -> Review:
    """Everything that changed, worst first: a function of its arguments and of nothing else.

    `clients` is what changed for the users of what was generated, as its target says.
    """
    found = without_repeats([*compare_apis(old, new), *clients])
    return Review(tuple(sorted(found, key=order)), *labels)
