"""Questions about the pagination of an endpoint."""

from __future__ import annotations

import re

from .. import ir

_ITEM_OFFSET = re.compile(r"offset|skip|start(_?(at|index))?$", re.IGNORECASE)
"""Names of parameters that count items; others, such as `page`, count pages."""


def is_item_offset(pagination: ir.Pagination) -> bool:
    """Whether the parameter of an offset pagination counts items, judging by its name."""
    return bool(pagination.parameter and _ITEM_OFFSET.search(pagination.parameter[-1]))
