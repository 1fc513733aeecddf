"""Assigns every identifier of the generated package, by Fern's rules."""

from __future__ import annotations

from .clashes import Claim, Rank, assign, distance
from .names import Named, Names, rename_hint

__all__ = ["Claim", "Named", "Names", "Rank", "assign", "distance", "rename_hint"]
