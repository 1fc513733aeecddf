"""A release of a generated client: its next version, and its section in the CHANGELOG."""

from __future__ import annotations

from .changelog import add_section, section
from .versions import Version, next_version

__all__ = ["Version", "add_section", "next_version", "section"]
