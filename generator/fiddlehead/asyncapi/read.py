"""The entry point of the AsyncAPI frontend."""

from __future__ import annotations

from .. import ir, queries
from ..config import Settings
from ..diagnostics import Diagnostics, SourceFile, Span
from ..frontend_kit import integrity
from ..frozen import replace
from ..openapi.document.context import Context
from ..openapi.operations import security as openapi_security
from ..openapi.schemas import usage
from ..openapi.schemas.converter import SchemaConverter
from ..openapi.schemas.final_names import with_final_names
from ..openapi.schemas.hierarchies import Hierarchies
from ..openapi.schemas.queries import SchemaQueries
from ..openapi.schemas.registry import Registry
from ..source import Sources
from . import document, security
from .channels import PERSPECTIVE, Channels
from .servers import Servers


def read(settings: Settings, sources: Sources, diagnostics: Diagnostics) -> ir.Api:
    """The API that the AsyncAPI file of the settings describes: its channels over WebSockets.

    Problems go to `diagnostics`. Invalid files do not raise exceptions.
    """
    try:
        sources.start_at(settings.spec)
        root = document.load(settings, sources, diagnostics)
        if root is None:
            return ir.Api("", None, ir.Resource(""), {})
        return _read(Context(settings, sources, diagnostics, root))
    except RecursionError:
        name = sources.display_path(settings.spec)
        span = Span(SourceFile(name, ""), 1, 1, 1, 1)
        diagnostics.error("too-deep", "references between schemas are nested too deeply", span)
        return ir.Api("", None, ir.Resource(""), {})


_EXTENSIONS = frozenset(
    {
        *security.EXTENSIONS,
        "x-fern-channel-address",
        "x-fern-display-name",
        "x-fern-optional",
        PERSPECTIVE,
    }
)
"""Extensions of AsyncAPI that OpenAPI does not have."""


def _read(context: Context) -> ir.Api:
    hierarchies = Hierarchies(context)
    counted = usage.count(context, hierarchies, _EXTENSIONS)
    registry, schema_queries = Registry(), SchemaQueries(context, hierarchies)
    schemas = SchemaConverter(context, schema_queries, registry, counted)
    only_used = bool(context.settings.audiences or context.importer.only_include_referenced_schemas)
    if not only_used:
        schemas.open_all()
        schemas.work()
    servers = Servers(context)
    reader = Channels(context, schemas, servers)
    channel_servers = [*reader.read()]
    environments = servers.environments(
        {channel.id: server for _, channel, server in channel_servers}
    )
    channels = [
        (group, replace(channel, server=servers.key(server, environments)))
        for group, channel, server in channel_servers
    ]
    described = replace(context, root=security.in_openapi(context))
    schemes = openapi_security.schemes(described)
    required = openapi_security.requirements(described, described.root, dict(schemes))
    schemas.work()
    info = context.mapping(context.root, "info")
    api = ir.Api(
        title=((context.string(info, "title") if info is not None else None) or "Api").strip(),
        version=context.string(info, "version") if info is not None else None,
        root=queries.with_channels(ir.Resource("", span=context.root.span), channels),
        declarations={},
        environments=environments,
        default_environment=environments[0].name if environments else None,
        auth_schemes=schemes,
        auth=required if required is not None else tuple((id,) for id in schemes),
        doc=context.doc(info) if info is not None else None,
        operations_left_out=reader.left_out,
        span=context.root.span,
    )
    api = with_final_names(api, registry, set(), only_used, context.diagnostics)
    registry.entries.clear()
    schema_queries.release()
    return integrity.ensure(api, context.diagnostics)
