"""Facts about a package for its documentation pages."""

from __future__ import annotations

from functools import cached_property

from ... import ir, markdown, queries
from ...config import Settings
from ...package import (
    Alias,
    Argument,
    ErrorClass,
    Example,
    Exports,
    Method,
    Package,
    Resource,
    Socket,
    TypeDef,
)
from ...queries import servers
from ...queries.lookup import fields, resolved_non_null
from .type_facts import TypeFacts


class Facts(TypeFacts):
    """Facts for the pages of one API and its package."""

    def __init__(self, api: ir.Api, package: Package, settings: Settings) -> None:
        super().__init__(api, package.types)
        self.package = package
        self.settings = settings
        self._endpoints = {request.id: request for request in queries.requests(api.root)}

    @property
    def title(self) -> str:
        return self.api.title

    @property
    def distribution(self) -> str:
        """The requirement for `pip install`."""
        return self.settings.distribution or self.package.name.replace("_", "-")

    @property
    def client(self) -> str:
        """The class that users construct."""
        return self.settings.python.exported_client_class_name or self.package.root.name

    def place(self, name: str, module: str) -> str:
        """The import path of a name of a module: the package itself, if it exports the name."""
        exported = {
            (name.name, name.module.lstrip("."))
            for one in self.package.modules
            if one.path == "__init__.py"
            for item in one.items
            if isinstance(item, Exports)
            for name in item.names
        }
        package = self.settings.import_name
        return package if (name, module) in exported else f"{package}.{module}"

    def importable(self, id_: str) -> str:
        """The outermost package that exports a type."""
        name, type_location = self.package.types[id_].name, self.package.type_modules[id_]
        folders = type_location.split("/")[:-1]
        for depth in range(len(folders) + 1):
            if name in self._exported.get("/".join(folders[:depth]), ()):
                return ".".join((self.settings.import_name, *folders[:depth]))
        return ".".join((self.settings.import_name, *type_location.removesuffix(".py").split("/")))

    @cached_property
    def _exported(self) -> dict[str, frozenset[str]]:
        """What each package exports, by its folder."""
        return {
            module.path.rpartition("/")[0]: frozenset(item.all_names)
            for module in self.package.modules
            for item in module.items
            if isinstance(item, Exports) and module.path.endswith("__init__.py")
        }

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """The groups with methods, the client itself first."""
        all_resources = (self.package.root.resource, *self.package.resources)
        return tuple(
            resource for resource in all_resources if any(not x.alias_of for x in resource.methods)
        )

    @cached_property
    def types(self) -> list[tuple[str, TypeDef]]:
        """Every type with its id, by name."""
        result = self.package.types.items()
        return sorted(result, key=lambda entry: (entry[1].name.lower(), entry[0]))

    def method_expression(self, resource: Resource, method: Method) -> str:
        """The expression for a method: `client.embed_jobs.get`."""
        return ".".join(("client", *resource.attribute, method.name))

    def endpoint(self, method: Method) -> ir.Endpoint | None:
        """The endpoint that a method calls; a waiter calls it repeatedly."""
        return self._endpoints.get(method.id.removesuffix("#wait"))

    def errors(self, method: Method) -> tuple[str, ...]:
        """The classes of the errors that the description lists for a method."""
        classes = self.error_classes
        endpoint = self.endpoint(method)
        listed = endpoint.errors if endpoint else ()
        return tuple(
            classes[error_response.error].name
            for error_response in listed
            if error_response.error in classes
        )

    @cached_property
    def error_classes(self) -> dict[str, ErrorClass]:
        """The classes of errors by the ids of the description."""
        return {error.id: error for error in self.package.errors}

    def error_place(self, method: Method, name: str) -> str:
        """The import path of the class of an error of a method."""
        endpoint = self.endpoint(method)
        listed = {error.error for error in endpoint.errors} if endpoint else set[str]()
        error_class = next(x for x in self.package.errors if x.name == name and x.id in listed)
        module = error_class.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return self.place(name, module)

    def address(self, method: Method, endpoint: ir.Endpoint) -> tuple[str, str]:
        """The HTTP method and the URL of a method, or "WebSocket" and its URL."""
        url = servers.url(self.api, endpoint)
        if method.kind != "socket":
            return endpoint.method, url
        # The server URL may have the scheme of HTTP.
        return "WebSocket", f"ws{url[4:]}" if url.startswith(("http://", "https://")) else url

    def socket(self, method: Method) -> tuple[Socket, Alias]:
        """The client of the WebSocket that a method opens, and the type of its messages."""
        items = {
            item.key: item
            for module in self.package.modules
            for item in module.items
            if isinstance(item, Socket | Alias)
        }
        socket, response = (items[f"{method.key}.{suffix}"] for suffix in ("socket", "response"))
        assert isinstance(socket, Socket)
        assert isinstance(response, Alias)
        return socket, response

    def client_argument(self, wire: str) -> Argument | None:
        """The argument of the client's constructor for an element of the description."""
        return next((x for x in self.package.root.arguments if x.wire == wire), None)

    def type_of_argument(self, endpoint: ir.Endpoint, argument: Argument) -> ir.Type | None:
        """The described type of the value of an argument."""
        if argument.location in ("body", "part", "file") and endpoint.body is not None:
            listed = {field.name: field.type for field in endpoint.body.fields}
            body_type = endpoint.body.type
            holder_type = resolved_non_null(self.api, body_type) if body_type is not None else None
            if isinstance(holder_type, ir.Model):
                listed = {field.name: field.type for field in fields(self.api, holder_type)}
            return listed.get(argument.wire)
        for parameter in (*endpoint.parameters, *self.api.idempotency_headers):
            if parameter.name == argument.wire and parameter.location == argument.location:
                return parameter.type
        return None

    def example_code(self, method: Method, is_async: bool = False) -> str:
        """The example of a method with its result printed."""
        if len(method.examples) < 2:
            return ""
        return self._with_result(method, method.examples[is_async], is_async)

    def shown_pair(self, method: Method, pair: tuple[Example, Example]) -> tuple[str, str]:
        """The same for one of several examples, synchronous and asynchronous."""
        return self._with_result(method, pair[0], False), self._with_result(method, pair[1], True)

    def _with_result(self, method: Method, example: Example, is_async: bool) -> str:
        lines = example.code.split("\n")
        start = "        await " if is_async else "client."
        returned = (method.async_returns if is_async else method.returns).head != "None"
        at = next((i for i, line in enumerate(lines) if line.startswith(start)), None)
        if at is not None and returned and method.kind in ("request", "wait"):
            pad = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
            end = next(i for i in range(at, len(lines)) if _closes(lines, i, pad))
            lines[at] = f"{pad}response = {lines[at].lstrip()}"
            lines.insert(end + 1, f"{pad}print(response)")
        return _with_blank_lines(lines) if is_async else "\n".join(lines)

    # --- authentication ---

    def authentication(self) -> tuple[str, ...]:
        """A list item for each authentication scheme of a call."""
        return tuple(
            f"- {self._scheme(scheme)}{_after(scheme.doc)}"
            for _, scheme in sorted(self.api.auth_schemes.items())
        )

    def auth_of(self, endpoint: ir.Endpoint) -> str:
        """The authentication of an endpoint; empty if it has none."""
        alternatives = self.api.auth if endpoint.auth is None else endpoint.auth
        sets = [
            " and ".join(auth_kind(self.api.auth_schemes[scheme_id]) for scheme_id in scheme_ids)
            for scheme_ids in alternatives
            if scheme_ids
        ]
        return ", or ".join(sets)

    def _scheme(self, scheme: ir.AuthScheme) -> str:
        description = " and ".join(
            self._credential(credential) for credential in scheme.credentials
        )
        return f"{auth_kind(scheme)}: {description}" if description else auth_kind(scheme)

    def _credential(self, credential: ir.Credential) -> str:
        argument = self.client_argument(credential.name)
        name = markdown.code(argument.name if argument else credential.name)
        if credential.env is None:
            return f"the argument {name} of the client"
        variable = markdown.code(credential.env)
        return f"the argument {name} of the client, or the environment variable {variable}"


_KINDS = {
    "bearer": "Bearer token in the header `Authorization`",
    "basic": "Basic authentication",
    "header": "Key in the header {key}",
    "query": "Key in the query parameter {key}",
    "cookie": "Key in the cookie {key}",
    "oauth": "OAuth 2.0 client credentials",
    "inferred": "Credentials that are exchanged for a token",
}


def auth_kind(scheme: ir.AuthScheme) -> str:
    """How a scheme authenticates, as Markdown."""
    return _KINDS[scheme.kind].format(key=markdown.code(scheme.key or ""))


def _closes(lines: list[str], index: int, pad: str) -> bool:
    """Whether a statement with the indentation `pad` ends on a line."""
    later = lines[index + 1] if index + 1 < len(lines) else ""
    return not later.startswith((f"{pad} ", f"{pad})"))


def _after(doc: str | None) -> str:
    prose = markdown.prose(doc or "")
    if "\n" in prose:
        return "\n\n" + markdown.indented(prose, 2)
    return f". {prose}" if prose else "."


def _with_blank_lines(lines: list[str]) -> str:
    """An example with a function, with the blank lines of PEP 8 around the function."""
    result: list[str] = []
    for line in lines:
        if line.startswith(("async def ", "asyncio.run(")) and result and not result[-1]:
            result.append("")
        result.append(line)
    return "\n".join(result)
