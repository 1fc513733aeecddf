"""Reads security schemes and requirements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ... import ir
from ...frontend_kit.node_reader import LEFT_OUT
from ...frozen import replace
from ...source import Node
from ..document.context import Context
from ..document.extensions import is_for_audience

_COMPUTED_SCHEMES = re.compile(
    "aws|aws4-.+|concealed|digest|dpop|gnap|hawk|hoba|kerberos|mac|mutual|negotiate|ntlm|oauth"
    "|privatetoken|scram-.+|sharedkey(lite)?|signature|(.+-)?hmac(-.+)?"
)
"""HTTP schemes whose credentials are computed for each request, from a challenge or as a signature of
the request (IANA, HTTP Authentication Scheme Registry, and some that are not registered). A value
from the caller must not be sent unchanged."""


def schemes(context: Context) -> dict[str, ir.AuthScheme]:
    """The authentication schemes that the generated client supports, by their key."""
    result: dict[str, ir.AuthScheme] = {}
    holder = context.mapping(context.root, "components")
    for id, raw_node in context.entries(holder, "securitySchemes") if holder is not None else ():
        node = context.follow(raw_node, "a security scheme")
        if node is None or not is_for_audience(context, node):
            continue
        scheme = _scheme(context, id, node)
        if scheme is not None:
            result[id] = scheme
    uses = _Uses(context, result)
    return {id: _named(scheme, uses.needs_own_names(scheme)) for id, scheme in result.items()}


class _Uses:
    """The combinations of schemes in the requirements of a description."""

    def __init__(self, context: Context, schemes: Mapping[str, ir.AuthScheme]) -> None:
        self._schemes = schemes
        self._root = _required(context.root)
        self._lists = [self._root]
        for _, item in context.entries(context.root, "paths"):
            self._lists += [_required(node) for _, node in item.items()]

    def needs_own_names(self, scheme: ir.AuthScheme) -> bool:
        """Whether the arguments for a scheme need distinct names from those of another.

        Explicit names are used as they are. The only scheme, or alternatives with the same
        credential (a bearer token, and that of OAuth), have the plain names; if there are others,
        those of the API as a whole.
        """
        rivals = [other for other in self._schemes.values() if self._clash(scheme, other)]
        if self._is_general(scheme):
            rivals = [rival for rival in rivals if self._is_general(rival)]
        return bool(rivals)

    def _clash(self, one: ir.AuthScheme, other: ir.AuthScheme) -> bool:
        names = {
            credential.name for credential in one.credentials if isinstance(credential, _Unnamed)
        }
        same = {credential.name for credential in other.credentials} & names
        return one is not other and bool(same) and not self._share(one, other)

    def _share(self, one: ir.AuthScheme, other: ir.AuthScheme) -> bool:
        """Whether two schemes are sent alike, and a requirement accepts either."""
        alike = (one.kind, one.key) == (other.kind, other.key)
        return alike and any({one.id, other.id} <= ids for ids in self._lists)

    def _is_general(self, scheme: ir.AuthScheme) -> bool:
        return scheme.id in self._root or any(
            self._share(scheme, self._schemes[id]) for id in self._root if id in self._schemes
        )


def _required(holder: Node) -> set[str]:
    """The schemes in the `security` of the root or an operation; invalid ones are reported
    elsewhere."""
    written = holder.get("security")
    return {name for node in (written.list or () if written else ()) for name, _ in node.items()}


def _named(scheme: ir.AuthScheme, by_id: bool) -> ir.AuthScheme:
    alone = len(scheme.credentials) == 1
    credentials: list[ir.Credential] = []
    for credential in scheme.credentials:
        name = credential.name
        if by_id and isinstance(credential, _Unnamed):
            name = scheme.id if alone else f"{scheme.id} {name}"
        credentials.append(
            ir.Credential(
                name, credential.env, credential.doc, credential.optional, span=credential.span
            )
        )
    return replace(scheme, credentials=tuple(credentials))


class _Unnamed(ir.Credential):
    """A credential without a name in the description."""


def _scheme(context: Context, id: str, node: Node) -> ir.AuthScheme | None:
    type_ = context.string(node, "type")
    doc = context.doc(node)
    if type_ == "http":
        return _http(context, id, node, doc)
    if type_ == "apiKey":
        return _api_key(context, id, node, doc)
    if type_ in ("oauth2", "openIdConnect"):
        # The client sends the token. The description has the URLs of the flows, but not the inputs
        # of the token request, so the token is an argument (as in Fern).
        scopes = {
            scope
            for _, flow in context.entries(node, "flows")
            for scope, _ in context.entries(flow, "scopes")
        }
        token = _credential(context, node, "x-fern-bearer", "token", "x-fern-token-variable-name")
        return ir.AuthScheme(
            id, "bearer", (token,), doc=doc, scopes=tuple(sorted(scopes)), span=node.span
        )
    if type_ == "mutualTLS":
        context.warning(
            "not-expressible",
            f"'{id}' is left out: pass an HTTP client with the certificate",
            node.span,
        )
        return None
    if type_ is None:
        context.warning(
            "bad-security-scheme", f"the security scheme '{id}' has no 'type'{LEFT_OUT}", node.span
        )
        return None
    context.warning(
        "bad-security-scheme",
        f"'{type_}' is not a type of security schemes{LEFT_OUT}",
        (node.get("type") or node).span,
        f"write one of {context.terms.scheme_types}",
    )
    return None


def _http(context: Context, id: str, node: Node, doc: str | None) -> ir.AuthScheme | None:
    name = (context.string(node, "scheme") or "").lower()
    if name == "basic":
        written = context.mapping(node, "x-fern-basic")
        parts = [
            _credential(
                context,
                written if written is not None else node,
                part,
                part,
                extension,
                outer=node,
            )
            for part, extension in (
                ("username", "x-fern-username-variable-name"),
                ("password", "x-fern-password-variable-name"),
            )
        ]
        return ir.AuthScheme(id, "basic", tuple(parts), doc=doc, span=node.span)
    if _COMPUTED_SCHEMES.fullmatch(name):
        context.warning(
            "not-expressible",
            f"'{id}' is left out: the client cannot compute credentials of the scheme '{name}'",
            (node.get("scheme") or node).span,
            "pass an HTTP client that supports it: httpx_client=httpx.Client(auth=…)",
        )
        return None
    token = _credential(context, node, "x-fern-bearer", "token", "x-fern-token-variable-name")
    if name == "bearer":
        return ir.AuthScheme(id, "bearer", (token,), doc=doc, span=node.span)
    if not name:
        context.warning(
            "bad-security-scheme",
            f"the security scheme '{id}' has no 'scheme'{LEFT_OUT}",
            node.span,
        )
        return None
    # RFC 9110, section 11.4: any other scheme is sent as its name and the value from the caller.
    return ir.AuthScheme(
        id,
        "header",
        (token,),
        key="Authorization",
        prefix=f"{context.string(node, 'scheme')} ",
        doc=doc,
        span=node.span,
    )


def _api_key(context: Context, id: str, node: Node, doc: str | None) -> ir.AuthScheme | None:
    key, where = context.string(node, "name"), context.string(node, "in")
    if key is None or where is None:
        missing_key = "name" if key is None else "in"
        context.warning(
            "bad-security-scheme",
            f"the security scheme '{id}' has no '{missing_key}'{LEFT_OUT}",
            node.span,
        )
        return None
    if where not in ("header", "query", "cookie"):
        context.warning(
            "bad-security-scheme",
            f"an API key must be in {context.terms.key_places}, not in '{where}'{LEFT_OUT}",
            (node.get("in") or node).span,
        )
        return None
    credential = _credential(
        context, node, "x-fern-header", "apiKey", "x-fern-header-variable-name"
    )
    extension = context.mapping(node, "x-fern-header")
    prefix = context.string(extension, "prefix") if extension is not None else None
    kind = "header" if where == "header" else "query" if where == "query" else "cookie"
    if key.lower() == "authorization" and kind == "header" and extension is None:
        prefix = prefix or ""
    return ir.AuthScheme(
        id,
        kind,  # type: ignore[arg-type]  # one of the three, checked above
        (credential,),
        key=key,
        prefix=prefix or "",
        doc=doc,
        span=node.span,
    )


def _credential(
    context: Context,
    node: Node,
    key: str,
    default: str,
    older: str,
    outer: Node | None = None,
) -> ir.Credential:
    """An argument of the client, named by an extension in its newer or older form."""
    written = context.mapping(node, key)
    name = context.string(outer if outer is not None else node, older)
    if written is None:
        class_ = ir.Credential if name else _Unnamed
        return class_(name or default, span=node.span)
    chosen = context.string(written, "name") or name
    class_ = ir.Credential if chosen else _Unnamed
    return class_(
        chosen or default,
        env=context.string(written, "env"),
        doc=context.doc(written),
        optional=bool(context.boolean(written, "omit")),
        span=written.span,
    )


def is_credential(
    context: Context,
    operation: Node,
    known: Mapping[str, ir.AuthScheme],
    parameter: ir.Parameter,
) -> bool:
    """Whether a parameter is an API key of the operation, which the client sends (layout `compact`)."""
    own = operation.get("security")
    holder = context.root if own is None or own.value is None else operation
    place = _place(parameter.location, parameter.name)
    return context.settings.layout != "fern" and any(
        scheme.kind == parameter.location and _place(scheme.kind, scheme.key or "") == place
        for scheme in (known[id] for id in _required(holder) if id in known)
    )


def _place(location: str, name: str) -> tuple[str, str]:
    """The place of a credential; names of headers are not case-sensitive."""
    return location, name.lower() if location == "header" else name


def requirements(
    context: Context, holder: Node, known: dict[str, ir.AuthScheme]
) -> tuple[tuple[str, ...], ...] | None:
    """The alternatives of a `security`; () means no authentication, None means not specified."""
    written = holder.get("security")
    if written is None or written.value is None:
        return None
    result: list[tuple[str, ...]] = []
    for requirement in context.elements(holder, "security"):
        if not context.is_mapping(requirement, "a security requirement"):
            continue
        names: list[str] = []
        complete = True
        for name, _ in requirement.items():
            context.elements(requirement, name)
            if name in known:
                names.append(name)
            elif _is_declared(context, name):
                # This scheme is handled by the HTTP client; other schemes are still sent.
                complete = complete and len(requirement.mapping or {}) > 1
            else:
                context.warning(
                    "unknown-security-scheme",
                    f"unknown security scheme '{name}'; no credential is sent for it",
                    requirement.key_span(name),
                    f"declare it in {context.terms.security_schemes}",
                )
                complete = False
        _warn_about_shared_places(context, requirement, [known[name] for name in names])
        complete = complete and bool(names or not requirement.mapping)
        if complete and tuple(names) not in result:
            result.append(tuple(names))
    if result == [()] and context.settings.layout != "fern":
        return ()  # no credential is sent; Fern's clients send the ones they have
    # An empty requirement makes authentication optional (OpenAPI 3.1, section 4.8.30).
    return tuple(result)


def _warn_about_shared_places(
    context: Context, requirement: Node, schemes: Iterable[ir.AuthScheme]
) -> None:
    """A header, a cookie or a query parameter has one value: of two schemes, the last is sent."""
    taken: dict[tuple[str, str], str] = {}
    for scheme in schemes:
        where = scheme.kind if scheme.kind in ("query", "cookie") else "header"
        name = scheme.key or "Authorization"
        place = _place(where, name)
        if place in taken:
            context.warning(
                "not-expressible",
                f"'{taken[place]}' and '{scheme.id}' are both sent as the {where} {name}:"
                f" only '{scheme.id}' is",
                requirement.key_span(scheme.id),
                "write two requirements where either will do",
            )
        taken[place] = scheme.id


def _is_declared(context: Context, name: str) -> bool:
    components = context.root.get("components")
    declared = components.get("securitySchemes") if components is not None else None
    return declared is not None and declared.get(name) is not None
