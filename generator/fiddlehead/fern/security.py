"""Reads which authentication schemes the API and its endpoints require."""

from __future__ import annotations

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
from ..source import Node
from . import keys
from .auth_schemes import AuthSchemes
from .definition_files import DefinitionFile
from .values import Values


class Security:
    """Reads `auth:` and `auth-schemes:`."""

    def __init__(self, root: DefinitionFile, values: Values) -> None:
        self._root = root
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
        """Alternatives of sets of scheme ids, for endpoints without their own authentication."""
        self._check_auth()

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
                    named = [one for item in value.list for one in self._alternative(item)]
                    # If no scheme is known, the credential of the API is sent.
                    return tuple(named) if named or not value.list else None
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

    def schemes(self, declared: AuthSchemes) -> dict[str, ir.AuthScheme]:
        """The declared schemes, and the built-in ones that are used."""
        schemes: dict[str, ir.AuthScheme] = {}
        for name, (span, node) in self._nodes.items():
            if name in self._declared:
                scheme = declared.read(name, span, node)
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
