"""Questions about an API (`ir.Api`) that more than one stage asks."""

from __future__ import annotations

from .walk import called, declared, everything, fields, model_of, property_type, resolved

__all__ = [
    "called",
    "declared",
    "everything",
    "fields",
    "model_of",
    "property_type",
    "resolved",
]
