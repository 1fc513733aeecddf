"""What a description or the settings ask for and the package does not have, said aloud."""

from __future__ import annotations

from .. import ir, queries
from .context import Context


def report(context: Context) -> None:
    """Warns of each thing that nothing is generated for."""
    for channel in context.api.channels:
        context.diagnostics.warning(
            "not-expressible",
            f"the channel '{'.'.join(channel.name)}' gets no client: only the types of its messages"
            " are generated",
            channel.span,
        )
    if not context.settings.importer.object_query_parameters:
        _objects_in_queries(context)


def _objects_in_queries(context: Context) -> None:
    """Says where `object-query-parameters: false` cannot be honoured."""
    for _, endpoint in ir.endpoints(context.api.root):
        for parameter in endpoint.parameters:
            found = queries.resolved_non_null(context.api, parameter.type)
            if parameter.location == "query" and isinstance(found, ir.Model | ir.MapOf):
                context.diagnostics.warning(
                    "unused-setting",
                    "'object-query-parameters: false' cannot be honoured:"
                    f" '{parameter.name}' is an object, and is one argument",
                    parameter.span,
                    hint="describe its properties as query parameters",
                )
