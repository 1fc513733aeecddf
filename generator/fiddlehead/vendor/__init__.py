"""A generated package inside somebody else's project: copied, upgraded and verified there."""

from __future__ import annotations

from .bundle import Bundle, VendorError, find_package, make_bundle
from .upgrade import Change, Prepared, prepare
from .verify import Finding, verify

__all__ = [
    "Bundle",
    "Change",
    "Finding",
    "Prepared",
    "VendorError",
    "find_package",
    "make_bundle",
    "prepare",
    "verify",
]
