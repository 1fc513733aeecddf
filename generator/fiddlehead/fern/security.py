"""Reads the authentication schemes of api.yml, and those that an endpoint requires."""

from __future__ import annotations

from collections.abc import Callable

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
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


class Security:
    """Reads `auth:` and `auth-schemes:`."""

    def __init__(self, root: DefinitionFile, table: TypeTable, values: Values) -> None:
        self._root = root
        self._table = table
        self._values = values
        self._nodes = {
            name: (span, node) for name, span, node in values.entries(root.node, "auth-schemes")
        }
        for built_in in ("bearer", "basic"):
            self._nodes.setdefault(built_in, (root.node.span, root.node))
        self._declared = {name for name, _, _ in values.entries(root.node, "auth-schemes")}
        self._used: set[str] = set()
        """The schemes that `auth` names."""
        self._named_somewhere: set[str] = set()
        self._by_endpoint = False
        self._failed = False
        self.auth = self._read_auth()
        self._check_auth()
        """Alternatives of sets of scheme ids, for endpoints without their own authentication."""

    def _read_auth(self) -> tuple[tuple[str, ...], ...]:
        values = self._values
        raw_node = values.get(self._root.node, "auth")
        if raw_node is None:
            return ()
        if raw_node.mapping is None:
            return self._named([raw_node], "auth")
        values.is_mapping(raw_node, "'auth'", keys.AUTH)
        if (
            values.get(raw_node, "endpoint-security") is not None
            or "endpoint-security" in raw_node.keys
        ):
            self._by_endpoint = True
            return ()
        if values.get(raw_node, "any") is not None:
            return tuple(
                requirement
                for node in values.elements(raw_node, "any")
                for requirement in self._named([node], "auth")
            )
        if values.get(raw_node, "all") is not None:
            return self._named(values.elements(raw_node, "all"), "auth")
        scheme = values.required(raw_node, "scheme", "'auth'")
        return self._named([scheme], "auth") if scheme is not None else ()

    def _check_auth(self) -> None:
        """An `auth` without a known scheme is an error, because no credential would be sent."""
        raw_node = self._values.get(self._root.node, "auth")
        if raw_node is not None and not self._by_endpoint and not (self.auth or self._failed):
            self._unreadable("'auth' has no scheme", raw_node.span)

    def _unreadable(self, message: str, span: Span) -> None:
        self._failed = True
        self._values.diagnostics.error(
            "unreadable-auth",
            f"{message}, so no credential would be sent",
            span,
            hint="correct the scheme, or remove it from 'auth'",
        )

    def _named(self, nodes: list[Node], holder: str = "") -> tuple[tuple[str, ...], ...]:
        """One alternative that requires all of some schemes; `holder` is "auth" for api.yml."""
        names: list[str] = []
        for node in nodes:
            named = node.get("scheme") if node.mapping is not None else node
            name = self._values.as_string(named or node, "the name of a scheme")
            if name is not None and self._known(name, (named or node).span, holder):
                names.append(name)
        return (tuple(names),) if names else ()

    def _known(self, name: str, span: Span, holder: str = "") -> bool:
        if name in self._nodes:
            if holder:
                self._used.add(name)
            self._named_somewhere.add(name)
            return True
        if holder:
            self._unreadable(f"unknown scheme '{name}'", span)
            return False
        self._values.warning(
            "unresolved-reference",
            f"unknown authentication scheme '{name}'",
            span,
            hint=nearest(name, self._nodes.keys()) or "declare it under 'auth-schemes' of api.yml",
        )
        return False

    def of_endpoint(self, service: Node, node: Node) -> tuple[tuple[str, ...], ...] | None:
        """The authentication of an endpoint; None means that of the API, () means none."""
        for owner in (node, service):
            for key in ("security", "auth"):
                value = self._values.get(owner, key)
                if value is None:
                    continue
                if value.list is not None:
                    return tuple(
                        requirement
                        for item in value.list
                        for requirement in self._alternative(item)
                    )
                if value.value is False:
                    return ()
                if value.value is not True:
                    self._values.wrong_type(value, f"'{key}'", "true, false or a list")
                elif self._by_endpoint:
                    return tuple((name,) for name in self._nodes if name in self._declared)
                elif not self.auth:
                    self._values.warning(
                        "missing-key",
                        "this requires authentication, but api.yml has no 'auth'",
                        value.span,
                    )
                return None
        return None

    def _alternative(self, item: Node) -> tuple[tuple[str, ...], ...]:
        if item.mapping is None:
            return self._named([item])
        names = [name for name, _ in item.items() if self._known(name, item.key_span(name))]
        return (tuple(names),) if names or not item.mapping else ()

    # --- schemes ----------------------------------------------------------------------------

    def schemes(self, endpoint_id: EndpointId, arguments: Arguments) -> dict[str, ir.AuthScheme]:
        """The declared schemes, and the built-in ones that are used."""
        schemes: dict[str, ir.AuthScheme] = {}
        for name, (span, node) in self._nodes.items():
            if name in self._declared:
                scheme = self._scheme(name, span, node, endpoint_id, arguments)
                if scheme is not None:
                    schemes[name] = scheme
                elif name in self._used or self._by_endpoint:
                    self._unreadable(f"the scheme '{name}' cannot be read", span)
            elif name in self._named_somewhere and name == "bearer":
                schemes[name] = ir.AuthScheme(name, "bearer", (ir.Credential("token"),))
            elif name in self._named_somewhere:
                both = (ir.Credential("username"), ir.Credential("password"))
                schemes[name] = ir.AuthScheme(name, "basic", both)
        return schemes

    def _scheme(
        self, name: str, span: Span, node: Node, endpoint_id: EndpointId, arguments: Arguments
    ) -> ir.AuthScheme | None:
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
            return self._inferred(name, span, node, doc, endpoint_id, arguments)
        if kind == "bearer":
            values.is_mapping(node, "a bearer scheme", keys.BEARER)
            token = self._credential(node, "token")
            return ir.AuthScheme(
                name, "bearer", (token or ir.Credential("token"),), doc=doc, span=span
            )
        if kind == "oauth":
            return self._oauth(name, span, node, doc, endpoint_id)
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

    def _oauth(
        self, name: str, span: Span, node: Node, doc: str | None, endpoint_id: EndpointId
    ) -> ir.AuthScheme | None:
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
            endpoints[key] = self._endpoint(raw_node, endpoint_id)
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

    def _endpoint(self, node: Node, endpoint_id: EndpointId) -> str | None:
        raw_node = self._values.required(node, "endpoint", "a token")
        text = self._values.as_string(raw_node, "'endpoint'") if raw_node is not None else None
        return endpoint_id(text, self._root, raw_node.span) if raw_node and text else None

    def _inferred(
        self,
        name: str,
        span: Span,
        node: Node,
        doc: str | None,
        endpoint_id: EndpointId,
        arguments: Arguments,
    ) -> ir.AuthScheme | None:
        values = self._values
        values.is_mapping(node, "an inferred scheme", keys.INFERRED)
        raw_node = values.required(node, "get-token", f"the scheme '{name}'")
        if raw_node is None:
            return None
        properties: dict[str, ir.Json] = {}
        if raw_node.mapping is not None:
            values.is_mapping(raw_node, "'get-token'", keys.INFERRED_TOKEN)
            endpoint = self._endpoint(raw_node, endpoint_id)
            expiry = values.string(raw_node, "expiry-response-property")
            if expiry is not None:
                properties["expires-in"] = ".".join(words(expiry))
            for item in values.elements(raw_node, "authenticated-request-headers"):
                properties.update(self._token_header(item))
        else:
            text = values.as_string(raw_node, "'get-token'") or ""
            endpoint = endpoint_id(text, self._root, raw_node.span)
        if endpoint is None:
            return None
        return ir.AuthScheme(
            name,
            "inferred",
            arguments(endpoint),
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
