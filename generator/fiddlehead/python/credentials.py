"""Credentials: the arguments of the constructor, and the value for the runtime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .. import ir
from ..diagnostics import NOWHERE
from ..literals import literal
from ..naming import Claim
from ..package import Annotation, Argument
from ..type_expressions import AWAITABLE, CALLABLE, STR, Expression, Generic, OneOf
from . import operation_auth
from .context import Context
from .namespace import Namespace
from .token_auth import Exchange, Methods

_SUPPLIER = Generic(CALLABLE, (Generic(None, ()), STR))
_ASYNC_SUPPLIER = Generic(CALLABLE, (Generic(None, ()), Generic(AWAITABLE, (STR,))))

_OVERRIDE = "_token_getter_override"
"""The arguments that hand-written clients of Fern's packages pass to their base class."""

_RANKS = ("bearer", "basic", "oauth", "inferred", "header", "query", "cookie")
"""The kinds of schemes by priority: the first one keeps a contested name."""


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
        self._others = others
        self._context = context
        self._namespace = namespace
        self._methods = methods
        self._alone = True
        self._setup_statements: dict[str, None] = {}
        self._arguments: dict[str, Argument] = {}
        self._names: dict[tuple[str, int], str] = {}

    def build(self) -> Credentials:
        alternatives = [each for each in operation_auth.requirements(self._context.api) if each]
        self._alone = len(alternatives) == 1
        if not alternatives:
            return Credentials()
        schemes = [
            self._context.api.auth_schemes[id_]
            for id_ in dict.fromkeys(id_ for each in alternatives for id_ in each)
        ]
        self._name(schemes)
        for scheme in schemes:
            self._declare(scheme)
        single = len(self._arguments) == 1 and not self._context.fern
        arguments = [
            replace(each, kind="positional") if single else each
            for each in self._arguments.values()
        ]
        if self._late is not None:
            arguments.append(self._async_token())
        return Credentials(
            tuple(arguments),
            self._expression(alternatives, asynchronous=False),
            self._expression(alternatives, asynchronous=True),
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

    def _declare(self, scheme: ir.AuthScheme) -> None:
        for index, credential in enumerate(scheme.credentials):
            name = self._names[scheme.id, index]
            type_: Expression = STR
            other: Annotation | None = None
            # Fern's clients take a string for a header.
            callables = ("bearer", "basic") if self._context.fern else ("bearer", "basic", "header")
            if scheme.kind in callables:
                type_ = OneOf((STR, _SUPPLIER))
            none = not self._is_required(scheme, index)
            if scheme.kind == "bearer":
                either = OneOf((STR, _SUPPLIER, _ASYNC_SUPPLIER))
                other = self._namespace.annotation(either, none=none)
            self._arguments.setdefault(
                name,
                Argument(
                    name=name,
                    wire=credential.name,
                    location="client",
                    kind="keyword",
                    annotation=self._namespace.annotation(type_, none=none),
                    async_annotation=other,
                    default="None" if none else None,
                    doc=_doc(scheme, index, self._context.routed),
                    key=f"client.{credential.name}",
                    span=credential.span,
                ),
            )

        if scheme.kind == "oauth" and self._context.fern:
            self._declare_tokens(scheme)

    def _declare_tokens(self, scheme: ir.AuthScheme) -> None:
        """The arguments of Fern's clients that replace the credentials of a token endpoint."""
        either = OneOf((STR, _SUPPLIER))
        for name, type_, doc in (
            (
                "token",
                either,
                "A token, or a function that returns it, instead of the credentials.",
            ),
            (
                _OVERRIDE,
                _SUPPLIER,
                "Called for the token of each request; replaces all other credentials.",
            ),
        ):
            self._arguments.setdefault(
                name,
                Argument(
                    name=name,
                    wire="",
                    location="client",
                    kind="keyword",
                    annotation=self._namespace.annotation(type_, none=True),
                    default="None",
                    doc=doc,
                    key=f"client.{name}",
                    span=scheme.span,
                ),
            )

    def _name(self, schemes: list[ir.AuthScheme]) -> None:
        """The argument of each credential; names are unique.

        A bearer token keeps a contested name, and the others get their location as a prefix. In
        Fern's clients, schemes that are sent in the same way share an argument.
        """
        names = self._context.names
        claims: dict[tuple[object, ...], Claim] = {}
        slots: dict[tuple[str, int], tuple[object, ...]] = {}
        for scheme in schemes:
            place = scheme.kind
            for index, credential in enumerate(scheme.credentials):
                plain = credential.name
                slot: tuple[object, ...] = (scheme.id, index)
                if self._context.fern:
                    slot = (plain, index, place, (scheme.key or "").lower(), scheme.prefix)
                slots[scheme.id, index] = slot
                wire = scheme.key or scheme.id
                claim = Claim(
                    (
                        *names.argument_names(plain, plain)[:1],
                        names.argument(f"{place}_{plain}"),
                        names.argument(f"{place}_{wire}_{plain if index else ''}"),
                        names.argument(f"{scheme.id}_{plain}"),
                    ),
                    f"{scheme.id} ({place})",
                    credential.span if credential.span is not NOWHERE else scheme.span,
                    rank=(_RANKS.index(scheme.kind), names.argument(plain) != plain, scheme.id),
                    key=f"client.{plain}",
                    other_keys=(f"client.{place}:{plain}",),
                )
                claims.setdefault(slot, claim)
        kept = [
            Claim((each.name,), each.wire or each.name, each.span, fixed=True, silent=True)
            for each in self._others
        ]
        named = names.assign(
            [*claims.values(), *kept], "the arguments of the client", code="duplicate-argument"
        )
        chosen = {slot: each.name for slot, each in zip(claims, named, strict=False)}
        self._names = {credential: chosen[slot] for credential, slot in slots.items()}

    @property
    def _late(self) -> str | None:
        """The argument after `async_token` in layout `fern`."""
        bearer = [each.name for each in self._arguments.values() if each.async_annotation]
        if not self._context.fern or (len(bearer) > 1 and "token" not in bearer):
            return None
        return "token" if "token" in bearer else next(iter(bearer), None)

    def _async_token(self) -> Argument:
        return Argument(
            name="async_token",
            wire="",
            location="client",
            kind="keyword",
            annotation=self._namespace.annotation(_ASYNC_SUPPLIER, none=True),
            default="None",
            doc="Called and awaited for the token of each request.",
            only="async",
            key="client.async_token",
        )

    def _expression(self, alternatives: list[tuple[str, ...]], *, asynchronous: bool) -> str:
        if self._context.routed:
            return self._routed(alternatives, asynchronous)
        texts: list[str] = []
        for alternative in alternatives:
            schemes = [
                self._scheme(self._context.api.auth_schemes[id_], asynchronous)
                for id_ in alternative
            ]
            if len(schemes) > 1:
                every = self._namespace.core("auth_schemes", "AllAuth")
                schemes = [f"{every}({', '.join(schemes)})"]
            texts += schemes
        if len(texts) == 1:
            return texts[0]
        choice = ", ".join(f"lambda: {text}" for text in texts)
        optional = ", optional=True" if self._optional else ""
        return f"{self._namespace.core('auth_schemes', 'AnyAuth')}({choice}{optional})"

    def _routed(self, alternatives: list[tuple[str, ...]], asynchronous: bool) -> str:
        """All schemes by name, for APIs in which each call selects its own."""
        api = self._context.api
        entries = ", ".join(
            f"{literal(id_)}: lambda: {self._scheme(api.auth_schemes[id_], asynchronous)}"
            for id_ in dict.fromkeys(id_ for each in alternatives for id_ in each)
        )
        given = [f"{{{entries}}}", operation_auth.python_source(api.auth)]
        if self._context.settings.python.optional_auth:
            given.append("optional=True")
        return f"{self._namespace.core(operation_auth.MODULE, 'EndpointAuth')}({', '.join(given)})"

    def _scheme(self, scheme: ir.AuthScheme, asynchronous: bool) -> str:
        names = [self._names[scheme.id, index] for index in range(len(scheme.credentials))]
        match scheme.kind:
            case "bearer":
                value = names[0]
                if asynchronous and value == self._late:
                    value = f"async_token if async_token is not None else {value}"
                return self._header(scheme, "Authorization", scheme.prefix or "Bearer ", value)
            case "header":
                return self._header(scheme, scheme.key or "Authorization", scheme.prefix, names[0])
            case "query" | "cookie":
                function = {"query": "QueryAuth", "cookie": "CookieAuth"}[scheme.kind]
                made = self._namespace.core("auth_schemes", function)
                return f"{made}({literal(scheme.key or '')}, {self._credential(scheme, 0)})"
            case "basic":
                made = self._namespace.core("auth_schemes", "BasicAuth")
                return f"{made}({self._credential(scheme, 0)}, {self._credential(scheme, 1)})"
            case "oauth" | "inferred":
                return self._oauth(scheme, names, asynchronous)

    def _header(self, scheme: ir.AuthScheme, header: str, prefix: str, value: str) -> str:
        made = self._namespace.core("auth", "Auth")
        prefix_argument = f", {literal(prefix)}" if prefix else ""
        return f"{made}({literal(header)}, {self._credential(scheme, 0, value)}{prefix_argument})"

    def _credential(self, scheme: ir.AuthScheme, index: int, value: str | None = None) -> str:
        """The expression for a credential; its default is the argument."""
        name, env = self._names[scheme.id, index], scheme.credentials[index].env
        given = [value or name, literal(name)]
        if env is not None:
            given.append(literal(env))
        if self._is_optional(scheme):
            given.append("optional=True")
        return f"{self._namespace.core('auth', 'credential')}({', '.join(given)})"

    def _is_optional(self, scheme: ir.AuthScheme) -> bool:
        # Alternatives are selected by the credentials that are set.
        optional = self._optional and self._alone
        return optional or any(each.optional for each in scheme.credentials)

    def _is_required(self, scheme: ir.AuthScheme, index: int) -> bool:
        """Whether a client cannot be created without the credential, as in Fern's clients: every
        endpoint needs it, and no environment variable has it."""
        credential = scheme.credentials[index]
        return (
            self._context.fern
            and self._alone
            and scheme.kind in ("bearer", "basic", "header")
            and credential.env is None
            and not credential.optional
            and not self._context.settings.python.optional_auth
            and operation_auth.is_mandatory(self._context.api)
        )

    def _oauth(self, scheme: ir.AuthScheme, names: list[str], asynchronous: bool) -> str:
        given = scheme.kind == "oauth" and self._context.fern
        alone = self._alone and not given
        exchange = Exchange(
            self._context, self._namespace, scheme, tuple(names), self._methods, alone
        )
        expression = exchange.expression(asynchronous)
        if expression is not None and given:
            header = literal(scheme.key or "Authorization")
            prefix = literal(f"{(scheme.prefix or 'Bearer').rstrip()} ")
            arguments = f"{header}, {prefix}, {_OVERRIDE}, token"
            made = self._namespace.core("given_tokens", "token_or")
            return f"{made}({arguments}, lambda: {expression})"
        if expression is not None:
            self._setup_statements.update(dict.fromkeys(exchange.setup_statements))
            return expression
        self._context.diagnostics.warning(
            "not-expressible",
            f"cannot fetch a token for scheme '{scheme.id}' automatically; pass it to the client",
            scheme.span,
        )
        return self._header(scheme, "Authorization", "Bearer ", names[0])


def _doc(scheme: ir.AuthScheme, index: int, routed: bool) -> str:
    credential = scheme.credentials[index]
    descriptions = {
        "bearer": (
            "The token that is sent with every request"
            f"{' that requires one' if routed else ''}.",
        ),
        "basic": ("The user name.", "The password."),
        "header": (f"The credential that is sent as the header `{scheme.key}`.",),
        "query": (f"The credential that is sent as the query parameter `{scheme.key}`.",),
        "cookie": (f"The credential that is sent as the cookie `{scheme.key}`.",),
        "oauth": ("The OAuth client id.", "The OAuth client secret."),
        "inferred": (),
    }[scheme.kind]
    default = (
        descriptions[index] if index < len(descriptions) else "A property of the token request."
    )
    text = credential.doc or (scheme.doc if len(scheme.credentials) == 1 else None) or default
    if credential.env is None:
        return text
    env = f"The default is the environment variable `{credential.env}`."
    return f"{text.rstrip()}\n\n{env}"
