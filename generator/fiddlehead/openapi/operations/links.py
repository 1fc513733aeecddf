"""Checks the links of responses. Clients have no code for them, so only their targets are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...source import Node
from ..document.context import Context
from ..document.keys import METHODS
from . import responses
from .groups import Operation

_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def check(context: Context, operations: list[Operation]) -> None:
    """Warn about links to operations that do not exist (OpenAPI 3.1, section 4.8.20)."""
    ids: set[str] | None = None
    for operation in operations:
        for response in responses.responses(context, operation):
            for name, node in context.entries(response.node, "links"):
                link = context.follow(node, "a link")
                if link is None:
                    continue
                ids = set(_operation_ids(context)) if ids is None else ids
                _check_link(context, name, link, ids)


def _check_link(context: Context, name: str, link: Node, ids: set[str]) -> None:
    id_, reference = context.string(link, "operationId"), context.string(link, "operationRef")
    if id_ is not None and id_ not in ids:
        context.warning(
            "unresolved-reference",
            f"the link '{name}' refers to an unknown operation '{id_}'",
            (link.get("operationId") or link).span,
            "write the operationId of an operation of this description",
        )
    elif id_ is None and reference is None:
        context.warning(
            "missing-key", f"the link '{name}' requires 'operationId' or 'operationRef'", link.span
        )
    elif reference is not None and not _HAS_SCHEME.match(reference):
        base = link.get("operationRef") or link
        context.sources.resolve(reference, base, base.span)


def _operation_ids(context: Context) -> Iterator[str]:
    """The ids of all operations, also of those that are left out."""
    for _, item in context.entries(context.root, "paths"):
        target = context.references.final(item)
        for key, operation in target.items() if target is not None else ():
            id_ = operation.get("operationId")
            if key in METHODS and id_ is not None and id_.string is not None:
                yield id_.string
