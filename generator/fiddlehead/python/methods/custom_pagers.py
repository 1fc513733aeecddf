"""Custom pagers: the initial content of a hand-written module."""

from __future__ import annotations

from ... import ir
from ...package import CustomPagers, Import, Module
from ..context import Context

PATH = "core/custom_pagination.py"


def names(context: Context) -> tuple[str, str]:
    """The pager classes of the two clients: `SyncCustomPager` and `AsyncCustomPager`."""
    name = context.settings.python.custom_pager_name or "CustomPager"
    return f"Sync{name}", f"Async{name}"


def build(context: Context) -> Module | None:
    """The module; None if no endpoint has custom pagination."""
    paginations = (
        endpoint.pagination
        for _, endpoint in ir.endpoints(context.api.root)
        if endpoint.pagination is not None
    )
    if not any(pagination.kind == "custom" for pagination in paginations):
        return None
    namespace = context.namespace(PATH, (*names(context), "T", "R"))
    for name in ("AsyncIterator", "Iterator"):
        namespace.use(Import("collections.abc", name))
    for name in ("Generic", "TypeVar"):
        namespace.use(Import("typing", name))
    sync, asynchronous = names(context)
    pagers = CustomPagers(
        sync=sync,
        asynchronous=asynchronous,
        wrapper=namespace.core("connection", "ClientWrapper"),
        hint=f"write {PATH}: it implements the pagination of this API",
    )
    return Module(
        path=PATH,
        items=(pagers,),
        imports=namespace.imports,
        doc="The pagination of this API. Implement it, and add this file to the setting `keep` or to"
        " .fernignore.",
    )
