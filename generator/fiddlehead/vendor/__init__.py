"""Copies a generated package into another project, and upgrades and verifies the copy."""

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
