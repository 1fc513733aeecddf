"""Applies the API settings of generators.yml, which take precedence over the description."""

from __future__ import annotations

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics, Span
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_reader import nearest
from ..frozen import replace
from ..source import Node
from . import definition_files, environments, reference_cycles
from .auth_schemes import AuthSchemes
from .context import Context
from .declarations import Declarations
from .examples import Examples
from .parameters import headers
from .security import Security
from .type_uses import Scope
from .types import TypeTable
from .values import Values


def apply(api: ir.Api, settings: Settings, diagnostics: Diagnostics) -> ir.Api:
    """The API with the authentication, environments and headers of `settings.api`, if any.

    The keys are those of api.yml; a token endpoint is written as in OpenAPI, `POST /token`.
    Problems go to `diagnostics`.
    """
    if settings.api is None:
        return api
    return _Overrides(api, settings, settings.api, diagnostics).applied()


class _Overrides:
    def __init__(
        self, api: ir.Api, settings: Settings, node: Node, diagnostics: Diagnostics
    ) -> None:
        self._api = api
        self._settings = settings
        self._values = Values(diagnostics)
        self._node = node
        without_auth = {key: value for key, value in node.items() if key != "auth"}
        root = Node(dict(without_auth), node.span, node.file, node.pointer, node.keys)
        self._file = definition_files.DefinitionFile(node.file, (), root)
        self._definition = definition_files.Definition(self._file, [])
        self._table = TypeTable(self._definition, self._values, settings.audiences)

    def applied(self) -> ir.Api:
        api, root, values = self._api, self._file.node, self._values
        security = Security(self._file, values)
        own = security.schemes(
            AuthSchemes(self._file, self._table, values, self._endpoint, self._arguments)
        )
        # If a scheme is declared in both places, the settings take precedence.
        schemes = {**api.auth_schemes, **own}
        places = environments.environments(root, self._table, values)
        default = environments.default_environment(root, places or api.environments, values)
        environments.server_names(root, places or api.environments, values)
        own_headers = {header.name.casefold(): header for header in self._headers(places)}
        other_headers = tuple(
            header for header in api.headers if header.name.casefold() not in own_headers
        )
        return replace(
            api,
            auth_schemes=schemes,
            auth=self._auth(schemes),
            environments=places or api.environments,
            default_environment=default or (None if places else api.default_environment),
            headers=(*other_headers, *own_headers.values()),
        )

    def _auth(self, schemes: dict[str, ir.AuthScheme]) -> tuple[tuple[str, ...], ...]:
        raw_node = self._node.get("auth")
        if raw_node is None:
            return self._api.auth
        choices = [raw_node] if raw_node.mapping is None else self._values.elements(raw_node, "any")
        result: list[tuple[str, ...]] = []
        for choice in choices:
            name = self._values.as_string(choice, "the name of a scheme")
            if name in schemes:
                result.append((name,))
            elif name is not None:
                self._values.diagnostics.error(
                    "unreadable-auth",
                    f"unknown scheme '{name}', so no credential would be sent",
                    choice.span,
                    hint=nearest(name, schemes.keys()) or "declare it under 'auth-schemes'",
                )
        return tuple(result)

    def _endpoint(self, name: str, file: definition_files.DefinitionFile, span: Span) -> str | None:
        method, _, path = name.partition(" ")
        wanted = f"{method.upper()} /{path.strip().lstrip('/')}"
        ids = [endpoint.id for _, endpoint in ir.endpoints(self._api.root)]
        if wanted in ids:
            return wanted
        # The ids of endpoints of a description with a namespace contain the namespace.
        spaced = [id for id in ids if id.startswith(f"{wanted} (")]
        if len(spaced) == 1:
            return spaced[0]
        self._values.warning(
            "unresolved-reference",
            f"unknown endpoint '{name}'",
            span,
            hint=nearest(wanted, ids) or "write, for example, POST /oauth/token",
        )
        return None

    def _arguments(self, endpoint_id: str) -> tuple[ir.Credential, ...]:
        """The inputs of a token endpoint, as credentials of the client."""
        arguments: list[ir.Credential] = []
        for _, endpoint in ir.endpoints(self._api.root):
            if endpoint.id == endpoint_id:
                inputs: list[ir.Parameter | ir.Field] = list(endpoint.parameters)
                inputs += endpoint.body.fields if endpoint.body is not None else ()
                for parameter in inputs:
                    if not isinstance(parameter.type, ir.Literal):
                        name = parameter.rename or parameter.name
                        optional = not parameter.required
                        arguments.append(
                            ir.Credential(name, None, parameter.doc, optional, span=parameter.span)
                        )
        return tuple(arguments)

    def _headers(self, places: tuple[ir.Environment, ...]) -> tuple[ir.Parameter, ...]:
        values, table = self._values, self._table
        examples = Examples(table, values)
        declarations = Declarations(table, examples, values, reference_cycles.check(table, values))
        context = Context(
            settings=self._settings,
            definition=self._definition,
            values=values,
            table=table,
            examples=examples,
            declarations=declarations,
            servers=environments.server_names(self._file.node, places, values),
            default_server=None,
            pagination=None,
        )
        parameters = headers(
            self._file.node, "headers", context, Scope(self._file), NameContext((), ())
        )
        return tuple(parameters)
