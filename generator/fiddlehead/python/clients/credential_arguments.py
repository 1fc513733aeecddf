"""The arguments of the constructor for credentials, and their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import ir
from ...diagnostics import NOWHERE
from ...frozen import dataclass, replace
from ...naming import Claim
from ...package import Argument
from ...typing_.types import AWAITABLE, STR, Type, function, generic, union
from ..context import Context
from ..locations.namespace import Namespace
from ..methods import operation_auth

_SUPPLIER = function(returns=STR)
_ASYNC_SUPPLIER = function(returns=generic(AWAITABLE, STR))

TOKEN_OVERRIDE = "_token_getter_override"
"""An argument that hand-written clients of Fern's packages pass to their base class."""

_RANKS = ("bearer", "basic", "oauth", "inferred", "header", "query", "cookie")
"""The kinds of schemes by priority: the first one keeps a contested name."""


@dataclass(frozen=True)
class CredentialArguments:
    """The arguments, and the name of the one for each credential (by scheme and position)."""

    arguments: tuple[Argument, ...]
    names: Mapping[tuple[str, int], str]
    token: str | None
    """The argument that `async_token` replaces in the asynchronous client of layout `fern`."""

    def of(self, scheme: ir.AuthScheme) -> tuple[str, ...]:
        """The names of the arguments for a scheme."""
        return tuple(self.names[scheme.id, index] for index in range(len(scheme.credentials)))


def credential_arguments(
    context: Context,
    namespace: Namespace,
    schemes: Sequence[ir.AuthScheme],
    others: Sequence[Argument],
    *,
    alone: bool,
) -> CredentialArguments:
    """The arguments for the credentials of all schemes.

    `others` are the other arguments of the constructor, which keep their names. `alone` is whether
    the API has no alternatives for the same call.
    """
    return _Builder(context, namespace, others, alone).build(schemes)


class _Builder:
    def __init__(
        self, context: Context, namespace: Namespace, others: Sequence[Argument], alone: bool
    ) -> None:
        self._context = context
        self._namespace = namespace
        self._others = others
        self._alone = alone
        self._arguments: dict[str, Argument] = {}
        self._names: dict[tuple[str, int], str] = {}

    def build(self, schemes: Sequence[ir.AuthScheme]) -> CredentialArguments:
        self._name(schemes)
        for scheme in schemes:
            self._declare(scheme)
        single = len(self._arguments) == 1 and not self._context.fern
        arguments = [
            replace(argument, kind="positional") if single else argument
            for argument in self._arguments.values()
        ]
        if self._token is not None:
            arguments.append(self._async_token())
        return CredentialArguments(tuple(arguments), self._names, self._token)

    def _name(self, schemes: Sequence[ir.AuthScheme]) -> None:
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
        other_claims = [
            Claim((other.name,), other.wire or other.name, other.span, fixed=True, silent=True)
            for other in self._others
        ]
        named = names.assign(
            [*claims.values(), *other_claims],
            "the arguments of the client",
            code="duplicate-argument",
        )
        chosen = {
            slot: named_argument.name for slot, named_argument in zip(claims, named, strict=False)
        }
        self._names = {credential: chosen[slot] for credential, slot in slots.items()}

    def _declare(self, scheme: ir.AuthScheme) -> None:
        for index, credential in enumerate(scheme.credentials):
            name = self._names[scheme.id, index]
            type_ = STR
            other: Type | None = None
            # Fern's clients take a string for a header.
            callables = ("bearer", "basic") if self._context.fern else ("bearer", "basic", "header")
            if scheme.kind in callables:
                type_ = union(STR, _SUPPLIER)
            none = not self._is_required(scheme, index)
            if scheme.kind == "bearer":
                either = union(STR, _SUPPLIER, _ASYNC_SUPPLIER)
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
        either = union(STR, _SUPPLIER)
        for name, type_, async_type, doc in (
            (
                "token",
                either,
                union(STR, _SUPPLIER, _ASYNC_SUPPLIER),
                "A token, or a function that returns it, instead of the credentials.",
            ),
            (
                TOKEN_OVERRIDE,
                _SUPPLIER,
                None,
                "Called for the token of each request; replaces all other credentials.",
            ),
        ):
            other = (
                self._namespace.annotation(async_type, none=True)
                if async_type is not None
                else None
            )
            self._arguments.setdefault(
                name,
                Argument(
                    name=name,
                    wire="",
                    location="client",
                    kind="keyword",
                    annotation=self._namespace.annotation(type_, none=True),
                    async_annotation=other,
                    default="None",
                    doc=doc,
                    key=f"client.{name}",
                    span=scheme.span,
                ),
            )

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

    @property
    def _token(self) -> str | None:
        """The argument that `async_token` replaces in layout `fern`."""
        bearer = [
            argument.name for argument in self._arguments.values() if argument.async_annotation
        ]
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
