"""Credentials that an endpoint exchanges for a token: OAuth client credentials, and Fern's inferred
auth."""

from __future__ import annotations

from collections.abc import Mapping

from ... import ir
from ...frozen import dataclass
from ...literals import literal
from ...package import Argument, Method
from ..context import Context
from ..locations.namespace import Namespace
from ..methods import pagination
from ..methods.body_arguments import OMIT

Methods = Mapping[str, tuple[tuple[str, ...], Method]]
"""Every method by the id of its endpoint, with the attributes from the client to it."""


@dataclass(frozen=True)
class Exchange:
    """A scheme whose token an endpoint returns; `names` are the arguments of its credentials.

    `alone` means that there is no alternative scheme, so its credentials are required:
    `setup_statements` check them and narrow their types.
    """

    context: Context
    namespace: Namespace
    scheme: ir.AuthScheme
    names: tuple[str, ...]
    methods: Methods
    alone: bool

    @property
    def setup_statements(self) -> tuple[str, ...]:
        """Statements of the constructor before the client wrapper is created."""
        if not self.alone:
            return ()
        return tuple(
            f"{name} = {self._required(name)}"
            for name, credential in zip(self.names, self.scheme.credentials, strict=True)
            if not credential.optional
        )

    def expression(self, asynchronous: bool) -> str | None:
        """The value of the `auth` keyword; None if the endpoint requires an unknown value."""
        fetch = self._call(self.scheme.token_endpoint, self._sent())
        response = self._response()
        if fetch is None or response is None:
            return None
        callee = self.namespace.core("oauth", "AsyncTokenAuth" if asynchronous else "TokenAuth")
        headers = ", ".join(
            f"{literal(header)}: ({literal(prefix)}, {literal(path)})"
            for header, (prefix, path) in self._headers(response).items()
        )
        parts = [f"lambda: {fetch}", f"headers={{{headers}}}"]
        expires = self._attributes(response, "expires-in")
        if expires is not None:
            parts.append(f"expires_in={literal(expires)}")
        token = self._attributes(response, "refresh-token")
        refresh = self._call(
            self.scheme.refresh_endpoint,
            {
                **self._sent(),
                self._wire("grant-type", "grant_type"): literal("refresh_token"),
                self._wire("refresh-request-token", "refresh_token"): "token",
            },
        )
        if token is not None and refresh is not None:
            parts += [f"refresh_token={literal(token)}", f"refresh=lambda token: {refresh}"]
        text = f"{callee}({', '.join(parts)})"
        if self.alone:
            return text
        # Checked first, so that an alternative scheme is used if one is missing.
        required_credentials = [
            self._required(name)
            for name, credential in zip(self.names, self.scheme.credentials, strict=True)
            if not credential.optional
        ]
        return f"({', '.join((*required_credentials, text))})[-1]" if required_credentials else text

    def _required(self, name: str) -> str:
        credential = self.scheme.credentials[self.names.index(name)]
        env = f", {literal(credential.env)}" if credential.env is not None else ""
        return f"{self.namespace.core('oauth', 'required')}({name}, {literal(name)}{env})"

    def _sent(self) -> dict[str, str]:
        """The values that are sent to the endpoint, by name."""
        credentials = self.scheme.credentials
        values = [
            name if self.alone or credential.optional else self._required(name)
            for name, credential in zip(self.names, credentials, strict=True)
        ]
        if self.scheme.kind == "inferred":
            sent = dict(zip((credential.name for credential in credentials), values, strict=True))
            by_argument = {self.context.names.argument(name): sent[name] for name in sent}
            return {**by_argument, **sent}
        result = {self._wire("grant-type", "grant_type"): literal("client_credentials")}
        for part, value in zip(("client-id", "client-secret"), values, strict=False):
            result[self._wire(part, part.replace("-", "_"))] = value
        if self.scheme.scopes:
            result[self._wire("scopes", "scope")] = literal(" ".join(self.scheme.scopes))
        return result

    def _wire(self, part: str, default: str) -> str:
        return str(self.scheme.properties.get(part, default))

    def _call(self, endpoint: str | None, sent: Mapping[str, str]) -> str | None:
        target = self.methods.get(endpoint or "")
        if target is None:
            return None
        attributes, method = target
        arguments: list[str] = []
        for argument in method.arguments:
            value = sent.get(argument.wire) or sent.get(argument.name)
            if value is not None:
                arguments.append(f"{argument.name}={self._unless_none(value, argument)}")
            elif argument.required:
                return None
        return f"{'.'.join(('self', *attributes, method.name))}({', '.join(arguments)})"

    def _unless_none(self, value: str, argument: Argument) -> str:
        """An optional credential: in a body, None would be sent as null."""
        optional = {
            name
            for name, credential in zip(self.names, self.scheme.credentials, strict=True)
            if credential.optional
        }
        if value not in optional or argument.default in (None, "None"):
            return value
        return f"{value} if {value} is not None else {self.namespace.core(*OMIT)}"

    def _response(self) -> ir.Type | None:
        for _, endpoint in ir.endpoints(self.context.api.root):
            if endpoint.id == self.scheme.token_endpoint:
                return endpoint.result.type
        return None

    def _headers(self, response: ir.Type) -> dict[str, tuple[str, str]]:
        """Header to (prefix, attributes in the response)."""
        if self.scheme.kind == "oauth":
            prefix = (self.scheme.prefix or "Bearer").rstrip()
            path = self._attributes(response, "access-token") or "access_token"
            return {self.scheme.key or "Authorization": (f"{prefix} ", path)}
        headers: dict[str, tuple[str, str]] = {}
        for header, value in self.scheme.properties.items():
            if isinstance(value, tuple) and len(value) == 2:
                wire, prefix = str(value[0]), str(value[1])
                headers[header] = (prefix, self._path(response, wire) or wire)
        return headers

    def _attributes(self, response: ir.Type, part: str) -> str | None:
        wire = self.scheme.properties.get(part)
        return self._path(response, wire) if isinstance(wire, str) else None

    def _path(self, response: ir.Type, wire: str) -> str | None:
        attributes = pagination.attributes(self.context, response, tuple(wire.split(".")))
        return ".".join(attributes[0]) if attributes is not None else None
