"""Credentials of a client: its arguments, and the expression of its `auth` keyword."""

from __future__ import annotations

from collections.abc import Sequence

from ... import ir
from ...frozen import dataclass
from ...literals import literal
from ...package import Argument
from ..context import Context
from ..locations.namespace import Namespace
from ..methods import operation_auth
from .credential_arguments import TOKEN_OVERRIDE, credential_arguments
from .token_auth import Exchange, Methods


@dataclass(frozen=True)
class Credentials:
    """Arguments, and the expression of the `auth` keyword for both kinds of client."""

    arguments: tuple[Argument, ...] = ()
    expression: str | None = None
    async_expression: str | None = None
    setup_statements: tuple[str, ...] = ()
    """Statements of the constructor before the client wrapper is created."""


def build(
    context: Context, namespace: Namespace, methods: Methods, others: Sequence[Argument] = ()
) -> Credentials:
    """`methods` are all methods of the client, because one of them may return the token; `others`
    are the other arguments of the constructor, which keep their names."""
    return _Builder(context, namespace, methods, others).build()


class _Builder:
    def __init__(
        self,
        context: Context,
        namespace: Namespace,
        methods: Methods,
        others: Sequence[Argument],
    ) -> None:
        self._context = context
        self._namespace = namespace
        self._methods = methods
        self._alternatives = [
            requirement for requirement in operation_auth.requirements(context.api) if requirement
        ]
        self._alone = len(self._alternatives) == 1
        self._schemes = [
            context.api.auth_schemes[id_]
            for id_ in dict.fromkeys(
                id_ for alternative in self._alternatives for id_ in alternative
            )
        ]
        self._declared = credential_arguments(
            context, namespace, self._schemes, others, alone=self._alone
        )
        self._setup_statements: dict[str, None] = {}

    def build(self) -> Credentials:
        if not self._alternatives:
            return Credentials()
        return Credentials(
            self._declared.arguments,
            self._expression(asynchronous=False),
            self._expression(asynchronous=True),
            tuple(self._setup_statements),
        )

    @property
    def _optional(self) -> bool:
        # If some endpoints need no credential, a client without one is useful.
        api = self._context.api
        if self._context.fern and self._alone:
            anonymous = not operation_auth.is_mandatory(api)
        else:
            anonymous = not api.auth or () in api.auth
        return self._context.settings.python.optional_auth or anonymous

    def _expression(self, *, asynchronous: bool) -> str:
        if self._context.routed:
            return self._routed(asynchronous)
        texts: list[str] = []
        for alternative in self._alternatives:
            schemes = [
                self._scheme(self._context.api.auth_schemes[id_], asynchronous)
                for id_ in alternative
            ]
            if len(schemes) > 1:
                callee = self._namespace.core("auth_schemes", "AllAuth")
                schemes = [f"{callee}({', '.join(schemes)})"]
            texts += schemes
        if len(texts) == 1:
            return texts[0]
        choice = ", ".join(f"lambda: {text}" for text in texts)
        optional = ", optional=True" if self._optional else ""
        return f"{self._namespace.core('auth_schemes', 'AnyAuth')}({choice}{optional})"

    def _routed(self, asynchronous: bool) -> str:
        """All schemes by name, for APIs in which each call selects its own."""
        api = self._context.api
        entries = ", ".join(
            f"{literal(scheme.id)}: lambda: {self._scheme(scheme, asynchronous)}"
            for scheme in self._schemes
        )
        arguments = [f"{{{entries}}}", operation_auth.python_source(api.auth)]
        if self._context.settings.python.optional_auth:
            arguments.append("optional=True")
        return (
            f"{self._namespace.core(operation_auth.MODULE, 'EndpointAuth')}({', '.join(arguments)})"
        )

    def _scheme(self, scheme: ir.AuthScheme, asynchronous: bool) -> str:
        names = self._declared.of(scheme)
        match scheme.kind:
            case "bearer":
                value = names[0]
                if asynchronous and value == self._declared.token:
                    value = f"async_token if async_token is not None else {value}"
                return self._header(scheme, "Authorization", scheme.prefix or "Bearer ", value)
            case "header":
                return self._header(scheme, scheme.key or "Authorization", scheme.prefix, names[0])
            case "query" | "cookie":
                function = {"query": "QueryAuth", "cookie": "CookieAuth"}[scheme.kind]
                expression = self._namespace.core("auth_schemes", function)
                return f"{expression}({literal(scheme.key or '')}, {self._credential(scheme, 0)})"
            case "basic":
                expression = self._namespace.core("auth_schemes", "BasicAuth")
                return f"{expression}({self._credential(scheme, 0)}, {self._credential(scheme, 1)})"
            case "oauth" | "inferred":
                return self._oauth(scheme, names, asynchronous)

    def _header(self, scheme: ir.AuthScheme, header: str, prefix: str, value: str) -> str:
        auth = self._namespace.core("auth", "Auth")
        prefix_argument = f", {literal(prefix)}" if prefix else ""
        return f"{auth}({literal(header)}, {self._credential(scheme, 0, value)}{prefix_argument})"

    def _credential(self, scheme: ir.AuthScheme, index: int, value: str | None = None) -> str:
        """The expression for a credential; its default is the argument."""
        name, env = self._declared.names[scheme.id, index], scheme.credentials[index].env
        arguments = [value or name, literal(name)]
        if env is not None:
            arguments.append(literal(env))
        if self._is_optional(scheme):
            arguments.append("optional=True")
        source = ("auth", "credential")
        if scheme.kind == "basic":
            source = ("auth_schemes", "basic_credential")
        return f"{self._namespace.core(*source)}({', '.join(arguments)})"

    def _is_optional(self, scheme: ir.AuthScheme) -> bool:
        # Alternatives are selected by the credentials that are set.
        optional = self._optional and self._alone
        return optional or any(credential.optional for credential in scheme.credentials)

    def _oauth(self, scheme: ir.AuthScheme, names: tuple[str, ...], asynchronous: bool) -> str:
        accepts_token = scheme.kind == "oauth" and self._context.fern
        alone = self._alone and not accepts_token
        exchange = Exchange(self._context, self._namespace, scheme, names, self._methods, alone)
        expression = exchange.expression(asynchronous)
        if expression is not None and accepts_token:
            header = literal(scheme.key or "Authorization")
            prefix = literal(f"{(scheme.prefix or 'Bearer').rstrip()} ")
            override = TOKEN_OVERRIDE
            if asynchronous and self._declared.token == "token":
                override = f"async_token if async_token is not None else {TOKEN_OVERRIDE}"
            arguments = f"{header}, {prefix}, {override}, token"
            token = self._namespace.core("token_override", "token_or")
            return f"{token}({arguments}, lambda: {expression})"
        if expression is not None:
            self._setup_statements.update(dict.fromkeys(exchange.setup_statements))
            return expression
        self._context.diagnostics.warning(
            "not-expressible",
            f"cannot fetch a token for scheme '{scheme.id}' automatically; pass it to the client",
            scheme.span,
        )
        return self._header(scheme, "Authorization", "Bearer ", names[0])
