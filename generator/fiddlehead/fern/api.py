"""Reads a definition into an `ir.Api`: api.yml, and then the other files in order."""

from __future__ import annotations

import json

from .. import ir, queries
from ..config import Settings
from ..diagnostics import Diagnostics
from ..frontend_kit import integrity
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_values import freeze
from ..queries.value_matching import ValueMatcher
from ..source import Node, Sources
from . import (
    channels,
    definition_files,
    environments,
    keys,
    ownership,
    pagination,
    reference_cycles,
)
from .auth_schemes import AuthSchemes
from .context import Context
from .declarations import Declarations
from .errors import Errors
from .examples import Examples
from .parameters import headers
from .security import Security
from .services import Services
from .type_uses import Scope
from .types import TypeTable
from .values import Values
from .webhooks import read_webhooks


def read(settings: Settings, sources: Sources, diagnostics: Diagnostics) -> ir.Api:
    """The API that a Fern definition describes.

    `settings.spec` is the folder with api.yml, or a folder that contains `definition/`. Problems go
    to `diagnostics`; invalid parts are omitted from the result, or their type is `Unknown`.
    """
    definition = definition_files.load(settings.spec, sources, diagnostics)
    if definition is None:
        return ir.Api("", None, ir.Resource(""), {})
    api = _Reading(settings, definition, Values(diagnostics)).api()
    return integrity.ensure(api, diagnostics)


class _Reading:
    """The steps of one run, each of which needs the results of the previous ones."""

    def __init__(
        self, settings: Settings, definition: definition_files.Definition, values: Values
    ) -> None:
        self._definition = definition
        self._values = values
        self._root = definition.root.node
        self._table = TypeTable(definition, values, settings.audiences)
        examples = Examples(self._table, values)
        has_loops = reference_cycles.check(self._table, values)
        self._declarations = Declarations(self._table, examples, values, has_loops)
        self._declarations.read_all()
        self._security = Security(definition.root, values)
        self._environments = environments.environments(self._root, self._table, values)
        self._context = Context(
            settings=settings,
            definition=definition,
            values=values,
            table=self._table,
            examples=examples,
            declarations=self._declarations,
            servers=environments.server_names(self._root, self._environments, values),
            default_server=values.string(self._root, "default-url"),
            pagination=self._pagination(),
        )

    def api(self) -> ir.Api:
        values, root, scope = self._values, self._root, Scope(self._definition.root)
        context, place = self._context, NameContext((), ())
        error_property = self._error_property()
        errors = Errors(context, error_property is not None)
        services = Services(context, errors, self._security)
        tree = queries.with_channels(services.read(), channels.channels(context))
        tree = services.order(tree)
        webhooks = tuple(read_webhooks(context))
        client_headers = tuple(headers(root, "headers", context, scope, place))
        idempotency = tuple(headers(root, "idempotency-headers", context, scope, place))
        global_headers, global_query = self._global_parameters()
        values.required(root, "name", "api.yml")
        self._warn_about_unsupported_keys()
        endpoints = [endpoint for _, endpoint in ir.endpoints(tree)]
        arguments = _Arguments(endpoints, context)
        schemes = self._security.schemes(
            AuthSchemes(self._definition.root, self._table, values, services.endpoint_id, arguments)
        )
        for node, type_ in self._declarations.properties.defaults:
            if not ValueMatcher(context.declarations).fits(freeze(node.json()), type_):
                text = json.dumps(node.json(), ensure_ascii=False)
                excerpt = text if len(text) <= 60 else f"{text[:60]}…"
                values.warning("bad-default", f"{excerpt} is not valid for its type", node.span)
        return ir.Api(
            title=values.string(root, "display-name") or values.string(root, "name") or "",
            version=None,
            root=tree,
            declarations=ownership.assign(
                self._declarations.declarations, endpoints, self._table, values
            ),
            errors=errors.by_id,
            environments=self._environments,
            default_environment=environments.default_environment(root, self._environments, values),
            auth_schemes=schemes,
            auth=self._security.auth,
            headers=(*client_headers, *global_headers),
            query=global_query,
            idempotency_headers=idempotency,
            variables=environments.variables(self._definition.root, self._table, values),
            version_header=environments.version_header(root, values),
            error_property=error_property,
            webhooks=webhooks,
            response_headers=services.response_headers,
            doc=values.doc(root) or values.doc(root, "description"),
            operations_found=services.included,
            operations_left_out=services.left_out,
            span=root.span,
        )

    def _pagination(self) -> ir.Pagination | None:
        raw_node = self._values.get(self._root, "pagination")
        return pagination.read_pagination(raw_node, self._values) if raw_node is not None else None

    def _error_property(self) -> str | None:
        values = self._values
        raw_node = values.get(self._root, "error-discrimination")
        if raw_node is None or not values.is_mapping(
            raw_node, "'error-discrimination'", keys.DISCRIMINATION
        ):
            return None
        if values.choice(raw_node, "strategy", ("status-code", "property")) != "property":
            return None
        values.required(raw_node, "property-name", "'error-discrimination'")
        return values.string(raw_node, "property-name")

    def _global_parameters(self) -> tuple[tuple[ir.Parameter, ...], tuple[ir.Parameter, ...]]:
        """`global-parameters:` in headers and the query, which apply to every request."""
        values, scope = self._values, Scope(self._definition.root)
        in_headers: list[ir.Parameter] = []
        in_query: list[ir.Parameter] = []
        for name, span, node in values.entries(self._root, "global-parameters"):
            if not values.is_mapping(node, f"the parameter '{name}'", keys.GLOBAL_PARAMETER):
                continue
            place = values.choice(node, "in", ("body", "query", "header", "path")) or "body"
            explicit = values.choice(node, "apply", ("explicit", "auto")) == "explicit"
            if explicit or place not in ("query", "header"):
                values.warning(
                    "not-expressible",
                    f"the parameter '{name}' is left out: only headers and query parameters "
                    "of all requests can be arguments of the client",
                    span,
                )
                continue
            typed, default = values.get(node, "type"), values.get(node, "default")
            use = self._table.use(typed, scope) if typed is not None else None
            optional = values.boolean(node, "optional") or default is not None
            parameter = ir.Parameter(
                values.string(node, "target") or name,
                "header" if place == "header" else "query",
                use.type if use is not None else ir.Primitive("string"),
                not optional and not (use is not None and use.optional),
                doc=values.doc(node),
                rename=values.string(node, "parameter-name") or name,
                client_default=ir.Default(freeze(default.json())) if default is not None else None,
                style="simple" if place == "header" else "form",
                explode=place == "query",
                env=values.string(node, "env"),
                span=span,
            )
            (in_headers if place == "header" else in_query).append(parameter)
        return tuple(in_headers), tuple(in_query)

    def _warn_about_unsupported_keys(self) -> None:
        """Warn about known keys that the client does not support."""
        self._warn(self._root, "base-url-env", "base URLs are not read from the environment")
        self._warn(self._root, "product", "products are not supported")
        for file in self._definition.files:
            self._warn(file.node, "export", "types of other packages are generated in this package")

    def _warn(self, node: Node, key: str, message: str) -> None:
        if self._values.get(node, key) is not None:
            self._values.warning("not-expressible", message, node.key_span(key))


class _Arguments:
    """The inputs of a token endpoint, as credentials of the client."""

    def __init__(self, endpoints: list[ir.Endpoint], context: Context) -> None:
        self._endpoints = {endpoint.id: endpoint for endpoint in endpoints}
        self._declarations = context.declarations

    def __call__(self, endpoint_id: str) -> tuple[ir.Credential, ...]:
        endpoint = self._endpoints.get(endpoint_id)
        if endpoint is None:
            return ()
        inputs: list[ir.Parameter | ir.Field] = list(endpoint.parameters)
        inputs += endpoint.body.fields if endpoint.body is not None else ()
        return tuple(
            ir.Credential(
                parameter.rename or parameter.name,
                doc=parameter.doc,
                optional=not parameter.required,
                span=parameter.span,
            )
            for parameter in inputs
            if not isinstance(
                queries.resolved_non_null(self._declarations, parameter.type), ir.Literal
            )
        )
