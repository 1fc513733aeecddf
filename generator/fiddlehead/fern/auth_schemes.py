"""Reads the authentication schemes of api.yml."""

from __future__ import annotations

from collections.abc import Callable

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.node_values import HEADER_NAME
from ..source import Node
from . import keys
from .definition_files import DefinitionFile
from .pagination import words
from .type_uses import Scope
from .types import TypeTable
from .values import Values

EndpointId = Callable[[str, DefinitionFile, Span], str | None]
Arguments = Callable[[str], tuple[ir.Credential, ...]]


class AuthSchemes:
    """Reads the schemes of `auth-schemes`."""

    def __init__(
        self,
        root: DefinitionFile,
        table: TypeTable,
        values: Values,
        endpoint_id: EndpointId,
        arguments: Arguments,
    ) -> None:
        """`endpoint_id` returns the id of the endpoint that a reference in a file names; `arguments`
        the credentials that are the arguments of an endpoint that returns a token."""
        self._root = root
        self._table = table
        self._values = values
        self._endpoint_id = endpoint_id
        self._arguments = arguments

    def read(self, name: str, span: Span, node: Node) -> ir.AuthScheme | None:
        """A declared scheme; None, and a warning, if it cannot be read."""
        values = self._values
        if node.mapping is None:
            values.wrong_type(node, f"the scheme '{name}'", "a mapping")
            return None
        doc = values.doc(node)
        if values.get(node, "header") is not None:
            return self._header(name, span, node, doc)
        kind = values.choice(node, "scheme", ("bearer", "basic", "header", "oauth", "inferred"))
        if kind == "basic":
            values.is_mapping(node, "a basic scheme", keys.BASIC)
            pair = (self._credential(node, "username"), self._credential(node, "password"))
            credentials = tuple(credential for credential in pair if credential is not None)
            return ir.AuthScheme(
                name,
                "basic",
                credentials,
                doc=doc,
                # An omitted part is sent empty (RFC 7617, section 2, allows this).
                properties=(
                    {"omit": "username" if pair[0] is None else "password"}
                    if len(credentials) == 1
                    else {}
                ),
                span=span,
            )
        inferred = kind == "inferred" or (kind == "bearer" and node.get("get-token") is not None)
        if inferred:
            return self._inferred(name, span, node, doc)
        if kind == "bearer":
            values.is_mapping(node, "a bearer scheme", keys.BEARER)
            token = self._credential(node, "token")
            return ir.AuthScheme(
                name, "bearer", (token or ir.Credential("token"),), doc=doc, span=span
            )
        if kind == "oauth":
            return self._oauth(name, span, node, doc)
        if kind == "header" or values.get(node, "scheme") is None:
            values.warning(
                "missing-key", f"the scheme '{name}' requires 'scheme' or 'header'", span
            )
        return None

    def _credential(self, node: Node, key: str) -> ir.Credential | None:
        """A credential; None if it is omitted (`omit`)."""
        values = self._values
        raw_node = values.mapping(node, key)
        if raw_node is None:
            return ir.Credential(key)
        values.is_mapping(raw_node, f"'{key}'", keys.CREDENTIAL)
        if values.boolean(raw_node, "omit"):
            return None
        return ir.Credential(
            values.string(raw_node, "name") or key,
            values.string(raw_node, "env"),
            span=raw_node.span,
        )

    def _header(self, name: str, span: Span, node: Node, doc: str | None) -> ir.AuthScheme | None:
        values = self._values
        values.is_mapping(node, "a header scheme", keys.HEADER_AUTH)
        key = values.string(node, "header")
        if key is None or not HEADER_NAME.fullmatch(key):
            values.warning("bad-value", f"{key!r} is not a header name", node.key_span("header"))
            return None
        typed = values.get(node, "type")
        optional = typed is not None and self._table.use(typed, Scope(self._root)).optional
        credential = ir.Credential(
            values.string(node, "name") or key,
            values.string(node, "env"),
            optional=optional,
            span=span,
        )
        prefix = values.string(node, "prefix") or ""
        return ir.AuthScheme(name, "header", (credential,), key, prefix, doc, span=span)

    def _oauth(self, name: str, span: Span, node: Node, doc: str | None) -> ir.AuthScheme | None:
        values = self._values
        values.is_mapping(node, "an oauth scheme", keys.OAUTH)
        flow = values.string(node, "type") or "client-credentials"
        token = values.mapping(node, "get-token")
        if flow != "client-credentials" or token is None:
            code = "not-expressible" if flow != "client-credentials" else "missing-key"
            message = (
                f"the OAuth flow '{flow}' requires a browser, which the client does not have"
                if flow != "client-credentials"
                else f"the scheme '{name}' requires 'get-token'"
            )
            values.warning(code, message, span)
            return None
        properties: dict[str, ir.Json] = {}
        endpoints: dict[str, str | None] = {}
        for key in ("get-token", "refresh-token"):
            raw_node = values.mapping(node, key)
            if raw_node is None:
                continue
            values.is_mapping(raw_node, f"'{key}'", keys.GET_TOKEN)
            endpoints[key] = self._endpoint(raw_node)
            if key == "get-token":
                properties.update(
                    self._paths(raw_node, "request-properties", keys.REQUEST_PROPERTIES)
                )
                properties.update(
                    self._paths(raw_node, "response-properties", keys.RESPONSE_PROPERTIES)
                )
            else:
                sent = self._paths(raw_node, "request-properties", keys.REQUEST_PROPERTIES)
                if "refresh-token" in sent:
                    properties["refresh-request-token"] = sent["refresh-token"]
        if endpoints.get("get-token") is None:
            return None
        return ir.AuthScheme(
            name,
            "oauth",
            (
                ir.Credential("client_id", values.string(node, "client-id-env")),
                ir.Credential("client_secret", values.string(node, "client-secret-env")),
            ),
            values.string(node, "token-header"),
            values.string(node, "token-prefix") or "",
            doc,
            endpoints.get("get-token"),
            endpoints.get("refresh-token"),
            scopes=tuple(text for text, _ in values.located_strings(node, "scopes")),
            properties=properties,
            span=span,
        )

    def _paths(self, node: Node, key: str, known: frozenset[str]) -> dict[str, ir.Json]:
        raw_node = self._values.mapping(node, key)
        if raw_node is None:
            return {}
        self._values.is_mapping(raw_node, f"'{key}'", known)
        texts = (
            (name, self._values.string(raw_node, name))
            for name, _ in raw_node.items()
            if name in known
        )
        return {name: ".".join(words(text)) for name, text in texts if text is not None}

    def _endpoint(self, node: Node) -> str | None:
        raw_node = self._values.required(node, "endpoint", "a token")
        text = self._values.as_string(raw_node, "'endpoint'") if raw_node is not None else None
        return self._endpoint_id(text, self._root, raw_node.span) if raw_node and text else None

    def _inferred(
        self,
        name: str,
        span: Span,
        node: Node,
        doc: str | None,
    ) -> ir.AuthScheme | None:
        values = self._values
        values.is_mapping(node, "an inferred scheme", keys.INFERRED)
        raw_node = values.required(node, "get-token", f"the scheme '{name}'")
        if raw_node is None:
            return None
        properties: dict[str, ir.Json] = {}
        if raw_node.mapping is not None:
            values.is_mapping(raw_node, "'get-token'", keys.INFERRED_TOKEN)
            endpoint = self._endpoint(raw_node)
            expiry = values.string(raw_node, "expiry-response-property")
            if expiry is not None:
                properties["expires-in"] = ".".join(words(expiry))
            for item in values.elements(raw_node, "authenticated-request-headers"):
                properties.update(self._token_header(item))
        else:
            text = values.as_string(raw_node, "'get-token'") or ""
            endpoint = self._endpoint_id(text, self._root, raw_node.span)
        if endpoint is None:
            return None
        return ir.AuthScheme(
            name,
            "inferred",
            self._arguments(endpoint),
            doc=doc,
            token_endpoint=endpoint,
            properties=properties or {"Authorization": ("access_token", "Bearer ")},
            span=span,
        )

    def _token_header(self, item: Node) -> dict[str, ir.Json]:
        values = self._values
        if not values.is_mapping(item, "a header", keys.TOKEN_HEADER):
            return {}
        values.required(item, "header-name", "a header")
        values.required(item, "response-property", "a header")
        header, path = values.string(item, "header-name"), values.string(item, "response-property")
        if header is None or path is None:
            return {}
        return {header: (".".join(words(path)), values.string(item, "value-prefix") or "")}
