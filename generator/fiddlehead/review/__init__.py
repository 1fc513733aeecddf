"""What changed between two descriptions of an API, for HTTP and for Python, and its reports."""

from __future__ import annotations

from .. import ir
from ..package import Package
from .api import compare_apis
from .causes import said_once
from .findings import Finding, Review, order
from .python import compare_packages
from .reports import FORMATS, report
from .rules import RULES, Rule
from .suppressions import Accept, accept, load_accepts

__all__ = [
    "FORMATS",
    "RULES",
    "Accept",
    "Finding",
    "Review",
    "Rule",
    "accept",
    "compare",
    "load_accepts",
    "report",
]


def compare(
    old: ir.Api,
    new: ir.Api,
    old_package: Package | None = None,
    new_package: Package | None = None,
    *,
    labels: tuple[str, str] = ("old", "new"),
) -> Review:
    """Everything that changed, worst first: a function of its arguments and of nothing else.

    Without the packages, only the API layer is compared.
    """
    found = compare_apis(old, new)
    if old_package is not None and new_package is not None:
        found = said_once([*found, *compare_packages(old, new, old_package, new_package)])
    return Review(tuple(sorted(found, key=order)), *labels)
