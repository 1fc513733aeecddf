"""Queries about an API (`ir.Api`) that several stages need."""

from __future__ import annotations

from .channels import handshake, requests, with_channels, without_channels
from .cycles import cycles, same_value, strongly_connected
from .lookup import (
    Declares,
    Resolved,
    additional_properties,
    ancestors,
    discriminators,
    fields,
    model_of,
    non_null,
    property_names,
    property_type,
    resolved,
    resolved_non_null,
    resolved_with_null,
)
from .pagination import is_item_offset
from .variants import classed, has_classes, narrows, variant_id, variant_model
from .visitor import parts, reachable, references, rewritten, transformed, types, with_endpoints

__all__ = [
    "Declares",
    "Resolved",
    "additional_properties",
    "ancestors",
    "classed",
    "cycles",
    "discriminators",
    "fields",
    "handshake",
    "has_classes",
    "is_item_offset",
    "model_of",
    "narrows",
    "non_null",
    "parts",
    "property_names",
    "property_type",
    "reachable",
    "references",
    "requests",
    "resolved",
    "resolved_non_null",
    "resolved_with_null",
    "rewritten",
    "same_value",
    "strongly_connected",
    "transformed",
    "types",
    "variant_id",
    "variant_model",
    "with_channels",
    "with_endpoints",
    "without_channels",
]
