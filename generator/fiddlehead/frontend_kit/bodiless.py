"""Responses that HTTP sends without a body (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6)."""

from __future__ import annotations

from .. import ir
from ..frozen import replace
from .node_reader import LEFT_OUT, NodeReader

STATUSES = frozenset(["204", "205"])


def as_sent(reader: NodeReader, result: ir.Result, method: str) -> ir.Result:
    """The result of a method as HTTP sends it, with a warning if it is described with a body.

    The JSON of a 204 becomes optional instead, because the server may send it with another status.
    """
    is_head = method == "HEAD"
    if result.kind == "none" or not (is_head or result.status in STATUSES):
        return result
    message = f"a response {'to HEAD' if is_head else f'with status {result.status}'} has no body"
    if is_head or result.kind != "json":
        reader.warning("not-expressible", f"{message}{LEFT_OUT}", result.span)
        return replace(result, kind="none", type=None, content_type=None, unwrap=())
    hint = "remove the body, or use another status"
    reader.warning("not-expressible", f"{message}: the result may be None", result.span, hint)
    return replace(result, optional=True)
