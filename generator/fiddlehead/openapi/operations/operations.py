"""Finds the operations of a description, and puts their endpoints into groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ... import ir
from ...frozen import dataclass, replace
from ...source import Node
from ..document.context import Context, virtual
from ..document.extensions import is_wanted
from ..document.keys import METHODS, check_keys
from .groups import Operation
from .path_items import path_item_of


@dataclass(frozen=True)
class Operations:
    """The operations of a description: included and excluded ones."""

    operations: list[Operation]
    webhooks: list[Operation]
    left_out: int


def find(context: Context) -> Operations:
    """All operations for the audiences of this run."""
    wanted: list[Operation] = []
    webhooks: list[Operation] = []
    left_out = 0
    base = (context.string(context.root, "x-fern-base-path") or "").rstrip("/")
    if base and not base.startswith("/"):
        base = f"/{base}"
    for operation, is_item_wanted in _all(context, base):
        if (
            not is_item_wanted
            or not is_wanted(context, operation.node)
            or not _is_selected(context, operation)
        ):
            left_out += 1
        elif context.boolean(operation.node, "x-fern-webhook"):
            webhooks.append(operation)
        else:
            wanted.append(operation)
    return Operations(wanted, webhooks, left_out)


def _all(context: Context, base: str) -> Iterator[tuple[Operation, bool]]:
    for path, raw_node in context.entries(context.root, "paths"):
        path_item = path_item_of(context, raw_node)
        if path_item is None:
            continue
        span = (context.root.get("paths") or raw_node).key_span(path)
        if not path.startswith("/"):
            context.warning(
                "bad-path", f"the path '{path}' does not start with '/'; it is added", span
            )
            path = f"/{path}"
        check_keys(context, path_item, "a path item")
        if re.search(r"[{}]", re.sub(r"\{[^{}/]+\}", "", path)):
            context.warning(
                "bad-path", f"the path '{path}' has invalid braces", span, "write {name}"
            )
        for method in METHODS:
            node = path_item.get(method)
            if node is None or node.value is None:
                continue
            target = _operation(context, node)
            if target is not None:
                where = path_item.key_span(method)
                operation = Operation(target, path_item, base + path, method.upper(), where, base)
                yield operation, is_wanted(context, path_item)
        for method, node in context.entries(path_item, "additionalOperations"):
            target = _operation(context, node)
            if target is not None:
                where = node.span
                yield Operation(target, path_item, base + path, method.upper(), where, base), True


def _operation(context: Context, node: Node) -> Node | None:
    """An operation; a reference is resolved, although OpenAPI does not allow it here. The keys next
    to it are kept, and have precedence."""
    reference = node.get("$ref")
    if reference is not None:
        context.warning(
            "misplaced-reference",
            "OpenAPI allows no '$ref' for an operation; it is resolved anyway",
            reference.span,
            "refer to the whole path item, or bundle the description",
        )
    target = context.follow(node, "an operation")
    if target is None:
        return None
    if reference is not None:
        own = {key: child for key, child in node.items() if key != "$ref"}
        target = virtual(target, {**(target.mapping or {}), **own}, node.keys)
    check_keys(context, target, "an operation")
    return target


def _is_selected(context: Context, operation: Operation) -> bool:
    """Whether `filter.endpoints` of the settings is empty or has an operation."""
    selected = context.importer.endpoints
    return not selected or operation.id in selected


def without_replaced(context: Context, operations: Operations) -> Operations:
    """The operations without those whose explicit name a later one has too: in layout `fern`, as in
    Fern, the last one of a group is the method."""
    last = {
        (operation.group, operation.name): operation
        for operation in operations.operations
        if operation.chosen
    }
    remaining: list[Operation] = []
    for operation in operations.operations:
        replacement = last.get((operation.group, operation.name)) if operation.chosen else None
        if replacement is None or replacement is operation:
            remaining.append(operation)
            continue
        context.diagnostics.warning(
            "duplicate-operation",
            f"'{replacement.id}' has the same method name '{operation.name}'; '{operation.id}' is"
            " left out, as in Fern",
            operation.span,
            hint="give one of them another x-fern-sdk-method-name",
            related=[("the other operation is defined here", replacement.span)],
        )
    left_out = operations.left_out + len(operations.operations) - len(remaining)
    return replace(operations, operations=remaining, left_out=left_out)


def check_settings(context: Context, operations: Operations) -> None:
    """Warn about settings of the importer that are not supported."""
    known = {operation.id for operation in (*operations.operations, *operations.webhooks)}
    for endpoint in context.importer.endpoints:
        if endpoint not in known:
            context.warning(
                "unused-setting",
                f"unknown operation '{endpoint}' in the filter",
                context.root.span,
                "write METHOD /path",
            )


def tree(context: Context, operations: list[tuple[Operation, ir.Endpoint]]) -> ir.Resource:
    """The endpoints in their groups, in the order of the description."""
    docs = _group_docs(context)
    endpoints: dict[ir.Words, list[ir.Endpoint]] = {(): []}
    spans: dict[ir.Words, ir.Endpoint] = {}
    for operation, endpoint in operations:
        for depth in range(len(operation.group) + 1):
            endpoints.setdefault(operation.group[:depth], [])
            spans.setdefault(operation.group[:depth], endpoint)
        endpoints[operation.group].append(endpoint)

    def resource(words: ir.Words) -> ir.Resource:
        children = [
            resource(endpoint)
            for endpoint in endpoints
            if len(endpoint) == len(words) + 1 and endpoint[: len(words)] == words
        ]
        first = spans.get(words)
        return ir.Resource(
            words[-1] if words else "",
            doc=docs.get(words[-1]) if words else None,
            endpoints=tuple(endpoints[words]),
            children=tuple(children),
            span=first.span if first is not None and words else context.root.span,
        )

    return resource(())


def _group_docs(context: Context) -> dict[str, str]:
    """The descriptions of groups, from tags and `x-fern-groups`."""
    docs: dict[str, str] = {}
    for tag in context.elements(context.root, "tags"):
        if context.is_mapping(tag, "a tag"):
            name, doc = context.string(tag, "name"), context.doc(tag)
            if name is not None and doc is not None:
                docs[name] = doc
    for name, node in context.entries(context.root, "x-fern-groups"):
        if context.is_mapping(node, "a group"):
            doc = context.doc(node) or context.doc(node, "summary")
            if doc is not None:
                docs[name] = doc
    return docs
