"""The entry point of the OpenAPI frontend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics, SourceFile, Span
from ..frontend_kit import integrity, shared_headers
from ..frozen import replace
from ..recording import Tracked
from ..source import Sources
from .document import root_file, undefined_styles
from .document.context import Context
from .document.keys import check_keys, check_unknown_keys
from .notes import Notes, altered
from .operations import (
    bodies,
    groups,
    headers,
    links,
    oauth_scopes,
    operations,
    security,
    servers,
    streaming,
    webhooks,
)
from .operations.endpoints import EndpointBuilder
from .operations.errors import Errors
from .operations.groups import Operation, base_words
from .schemas import conversion_beside, resolutions, usage_beside
from .schemas.converter import SchemaConverter
from .schemas.final_names import with_final_names
from .schemas.hierarchies import Hierarchies
from .schemas.queries import SchemaQueries
from .schemas.registry import Registry

_REFERRED = (
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "callbacks",
)
"""Groups of components that are read only through references."""


def read(
    settings: Settings,
    sources: Sources,
    diagnostics: Diagnostics,
    notes: Notes | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> ir.Api:
    """The API that the OpenAPI file of the settings describes; also fills `notes`.

    `meanwhile` is called at a time when a second process works.
    Problems go to `diagnostics`; the result is what could be read, and can be used only if there
    are no errors. Invalid files do not raise exceptions.
    """
    try:
        sources.start_at(settings.spec)
        root = root_file.load(settings, sources, diagnostics)
        if root is None:
            return _empty()
        reader = _Reader(Context(settings, sources, diagnostics, root), notes)
        return reader.read(meanwhile or (lambda: None))
    except RecursionError:
        # Every recursion has its own limit; this handles their combinations.
        name = sources.display_path(settings.spec)
        diagnostics.error(
            "too-deep",
            "references between schemas are nested too deeply",
            Span(SourceFile(name, ""), 1, 1, 1, 1),
        )
        return _empty()


def _empty() -> ir.Api:
    return ir.Api("", None, ir.Resource(""), {})


class _Reader:
    def __init__(self, context: Context, notes: Notes | None) -> None:
        self._context = context
        self._notes = notes
        self._hierarchies = Hierarchies(context)
        if notes is not None:
            context.references.reads = notes.reads
        self._registry = Registry(by_package=context.settings.layout == "fern")
        importer = context.importer
        self._only_used = bool(
            context.settings.audiences
            or importer.only_include_referenced_schemas
            or importer.endpoints
        )
        """Whether unused components are left out."""

    def read(self, meanwhile: Callable[[], None]) -> ir.Api:
        context = self._context
        with usage_beside.beside(context, self._hierarchies) as counted:
            operations_ = self._operations()
            meanwhile()
            usage = counted()
        schema_queries = SchemaQueries(context, self._hierarchies)
        inlined = bodies.find_inlinable(context, schema_queries, usage, operations_.operations)
        schemas = SchemaConverter(context, schema_queries, self._registry, usage, inlined)
        errors = Errors(context, schemas)
        resolutions.apply(context, schemas)
        context.event_data = streaming.event_data(context, operations_.operations)
        converting = (
            nullcontext(schemas.work) if self._only_used else conversion_beside.beside(schemas)
        )
        with converting as finish_schemas:
            if not self._only_used:
                oauth_scopes.declare(context, schemas)
            schemes = security.schemes(context)
            environments = servers.environments(context, operations_.operations)
            builder = EndpointBuilder(context, schemas, errors, schemes, environments)
            built, hooks = self._endpoints(builder, schemas, operations_)
            # With several descriptions, shared headers are determined for the whole client.
            endpoints, client_headers = shared_headers.promote(
                [endpoint for _, endpoint in built],
                0 if context.settings.one_of_several else len(operations_.operations),
                headers.global_headers(context, schemas),
            )
            variables = headers.variables(context, schemas)
            headers.check_variables(context, variables, endpoints)
            query = headers.global_query(context, schemas)
            keys = headers.idempotency_headers(context, schemas)
            finish_schemas()
        if self._notes is not None:
            self._notes.record_reference_inputs(context, schemas)
            self._notes.usage, self._notes.bodies = usage, inlined
            self._notes.subclasses = self._hierarchies.names()
        api = ir.Api(
            title=self._title(),
            version=self._version(),
            root=operations.tree(
                context,
                [(source[0], endpoint) for source, endpoint in zip(built, endpoints, strict=True)],
            ),
            declarations={},
            environments=environments,
            default_environment=environments[0].name if environments else None,
            auth_schemes=schemes,
            auth=self._auth(schemes, endpoints),
            headers=tuple(client_headers),
            query=tuple(query),
            idempotency_headers=tuple(keys),
            variables=variables,
            version_header=headers.version_header(context),
            webhooks=tuple(hooks),
            response_headers=_shared_headers(endpoints),
            doc=self._doc(),
            operations_found=len(operations_.operations),
            operations_left_out=operations_.left_out,
            span=context.root.span,
        )
        # Objects that are created from here on reuse the memory of the nodes.
        context.sources.forget()
        complete = self._finish(api, errors)
        # The readers refer to each other, so their results would stay in memory for the whole run.
        self._registry.entries.clear()
        schema_queries.release()
        context.references.release()
        return complete

    def _operations(self) -> operations.Operations:
        """The named operations of the description; its keys are checked first."""
        context = self._context
        check_keys(context, context.root, "an OpenAPI description")
        components = context.mapping(context.root, "components")
        if components is not None:
            check_keys(context, components, "the components")
            for section in _REFERRED:
                context.mapping(components, section)
        result = operations.find(context)
        operations.check_settings(context, result)
        groups.name_operations(context, result.operations)
        if context.settings.layout == "fern":
            result = operations.without_replaced(context, result)
        groups.duplicate_ids(context, result.operations)
        return result

    def _endpoints(
        self, builder: EndpointBuilder, schemas: SchemaConverter, operations_: operations.Operations
    ) -> tuple[list[tuple[Operation, ir.Endpoint]], list[ir.Webhook]]:
        """The endpoints of each operation, and all webhooks, including callbacks."""
        context = self._context
        built: list[tuple[Operation, ir.Endpoint]] = []
        hooks = list(webhooks.read_all(context, schemas, operations_.webhooks))
        for operation in operations_.operations:
            built += [(operation, endpoint) for endpoint in builder.build(operation)]
            hooks += webhooks.callbacks(context, schemas, operation, base_words(context, operation))
        links.check(context, operations_.operations)
        return built, hooks

    def _finish(self, api: ir.Api, collected: Errors) -> ir.Api:
        """Assign final names and ids, and remove unused declarations."""
        diagnostics = self._context.diagnostics
        api = replace(api, errors=collected.errors())
        api = with_final_names(api, self._registry, collected.names(), self._only_used, diagnostics)
        tracked = Tracked(api.declarations)
        undefined_styles.check(api, tracked, self._context.terms, diagnostics)
        complete = integrity.ensure(api, diagnostics)
        if self._notes is not None:
            self._notes.final = self._registry.final
            self._notes.shared = self._registry.shared
            self._notes.styled = tracked.read
            self._notes.altered = altered(api, complete)
        return complete

    def _title(self) -> str:
        info = self._context.mapping(self._context.root, "info")
        if info is None:
            self._context.warning(
                "missing-key", "'info' is missing: the API has no title", self._context.root.span
            )
            return "Api"
        check_unknown_keys(self._context, info, "the info")
        return (self._context.string(info, "title") or "Api").strip() or "Api"

    def _version(self) -> str | None:
        info = self._context.root.get("info")
        return self._context.string(info, "version") if info is not None else None

    def _doc(self) -> str | None:
        info = self._context.root.get("info")
        return self._context.doc(info) if info is not None else None

    def _auth(
        self, schemes: Mapping[str, ir.AuthScheme], endpoints: list[ir.Endpoint]
    ) -> tuple[tuple[str, ...], ...]:
        required = security.requirements(self._context, self._context.root, dict(schemes))
        if required is not None:
            return required
        if any(endpoint.auth is not None for endpoint in endpoints):
            return ()
        # Schemes that no requirement uses apply to all operations.
        return tuple((id,) for id in schemes)


def _shared_headers(endpoints: list[ir.Endpoint]) -> tuple[ir.Header, ...]:
    """The headers that all responses have."""
    if not endpoints:
        return ()
    first, *others = endpoints
    return tuple(
        header
        for header in first.result.headers
        if all(header in other.result.headers for other in others)
    )
