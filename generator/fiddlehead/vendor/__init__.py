"""A generated package inside somebody else's project: copied, upgraded and verified there."""

from __future__ import annotations

from .bundle import Bundle, VendorError, find_package, make_bundle
from .conflicts import Choices, parse_choices
from .upgrade import Change, Prepared, prepare, read_copy
from .verify import Finding, verify

__all__ = [
    "Bundle",
    "Change",
    "Choices",
    "Finding",
    "Prepared",
    "VendorError",
    "find_package",
    "make_bundle",
    "parse_choices",
    "prepare",
    "read_copy",
    "verify",
]
