"""JSON files to nodes with locations."""

from __future__ import annotations

from .nodes import JSON_SPANS, later_parts, span_at
from .reader import JsonReader, is_large
from .scanning import NotJson

__all__ = ["JSON_SPANS", "JsonReader", "NotJson", "is_large", "later_parts", "span_at"]
