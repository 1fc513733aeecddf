"""Examples of calls: Python that a user can copy, run and type-check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import ir, queries
from ...examples.example_calls import PLACEHOLDER_URL, ExampleCalls, RequestSample
from ...examples.shortened_values import shortened
from ...frozen import dataclass, replace
from ...line_breaks import Atom, Expression, Group
from ...literals import literal
from ...package import (
    Argument,
    EnvironmentClass,
    Example,
    Exports,
    Method,
    Module,
    Resource,
    RootClient,
    TypeDef,
)
from ...queries.value_matching import mapping
from ..context import Context
from .example_code import Parts, async_code, sync_code
from .value_expressions import Expressions, Imports, View, content, plain

MOST_EXAMPLES = 8
"""The maximum number of examples of a method."""


@dataclass(frozen=True)
class Root:
    """The client that examples construct: a class that `package` exports, and its arguments.
    `environments` are those of an API without a default one."""

    package: str
    client: str
    arguments: tuple[Argument, ...]
    environments: EnvironmentClass | None = None


def build(
    context: Context,
    client: RootClient,
    types: Mapping[str, TypeDef],
    exported: Sequence[Module],
    environment: EnvironmentClass | None = None,
) -> Examples:
    """The examples of a package: `types` by id, `exported` are the `__init__` modules."""
    settings = context.settings
    name = settings.python.exported_client_class_name or client.name
    choice = environment if environment is not None and environment.default is None else None
    root = Root(settings.import_name, name, client.arguments, choice)
    at_root = {
        tuple(star.module.strip(".").split(".")[:-1])
        for module in exported
        for item in module.items
        if module.path == "__init__.py" and isinstance(item, Exports)
        for star in item.stars
    }
    public = {
        id_: "" if type_location.package in at_root else ".".join((*type_location.package, "types"))
        for id_, type_location in context.type_locations.types.items()
    }
    return Examples(context, root, types, public)


class Examples:
    """Writes the examples of one package; `types` and `public` are described at View."""

    def __init__(
        self,
        context: Context,
        root: Root,
        types: Mapping[str, TypeDef],
        public: Mapping[str, str],
    ) -> None:
        self._api = api = context.api
        self._routed = context.routed
        self._root = root
        dicts = context.fern and context.settings.python.use_typeddict_requests
        self._view = View(root.package, types, public, dicts)
        self.example_calls = ExampleCalls(api)
        self._endpoints = {request.id: request for request in queries.requests(api.root)}
        self._channels = {channel.id: channel for _, channel in ir.channels(api.root)}

    def resource(self, resource: Resource) -> Resource:
        """A resource whose methods have their examples."""
        methods = tuple(self._documented(resource, method) for method in resource.methods)
        return replace(resource, methods=methods)

    def _documented(self, resource: Resource, method: Method) -> Method:
        endpoint = self._endpoints.get(method.id.removesuffix("#wait"))
        if endpoint is None or method.alias_of is not None:
            return method
        calls = [example for example in endpoint.examples if example.error is None]
        # A waiter has one example, with the request of the method that it calls.
        further = calls[1:MOST_EXAMPLES] if method.kind != "wait" else []
        path = ".".join((*resource.attribute, method.name))
        first, *others = (
            self.examples(method, path, variant)
            for variant in (endpoint, *(replace(endpoint, examples=(call,)) for call in further))
        )
        return replace(method, examples=first, more_examples=tuple(others))

    def examples(self, method: Method, path: str, endpoint: ir.Endpoint) -> tuple[Example, Example]:
        """A synchronous and an asynchronous example of one method; `path` leads to it from the
        client."""
        call = self.example_calls.call(endpoint)
        # Both count towards the limit of a value (`Samples`): a very large one is shown once.
        sync = sync_code(self._parts(method, path, endpoint), method)
        other = async_code(self._parts(method, path, endpoint), method)
        return Example(sync, call.name, call.doc), Example(other, call.name, call.doc)

    def _parts(self, method: Method, path: str, endpoint: ir.Endpoint) -> Parts:
        imports = Imports()
        expressions = Expressions(self.example_calls.matcher, self._view, imports)
        items = self._arguments(endpoint, method.arguments, expressions)
        return Parts(
            package=self._root.package,
            client=self._root.client,
            construction=self._construction(endpoint, expressions, imports),
            call=Group(f"client.{path}(", items, ")"),
            sent=self._sent(endpoint.id, method.sender, expressions),
            imports=imports,
        )

    def _sent(self, id_: str, sender: str | None, expressions: Expressions) -> Expression | None:
        """The call that sends the first message of a channel."""
        channel = self._channels.get(id_)
        if channel is None or sender is None:
            return None
        message = next(message for message in channel.messages if message.origin == "client")
        value = self.example_calls.samples.value(message.type, message.name, "request")
        result = expressions.value(shortened(value), message.type)
        if message.format == "binary":
            result = content("Hello, world!")
        return Group(f"socket.{sender}(", (("", result),), ")")

    def call(
        self,
        endpoint: ir.Endpoint,
        arguments: tuple[Argument, ...],
        path: str,
        imports: Imports,
    ) -> Group:
        """A call with the arguments of the example; `path` is the method."""
        expressions = Expressions(self.example_calls.matcher, self._view, imports)
        return Group(f"{path}(", self._arguments(endpoint, arguments, expressions), ")")

    # --- the client ---

    def _construction(
        self, endpoint: ir.Endpoint, expressions: Expressions, imports: Imports
    ) -> tuple[tuple[str, Expression], ...]:
        """The required arguments of the client: others have a default, or come from environment
        variables."""
        choice = self._root.environments
        parameters = {header.name: header for header in (*self._api.headers, *self._api.query)}
        types: dict[str, ir.Type] = {
            parameter.name: parameter.type for parameter in parameters.values()
        }
        types |= {variable.name: variable.type for variable in self._api.variables}
        routed = self._routed and endpoint.auth is not None
        alternatives = (endpoint.auth or ()) if routed else self._api.auth
        wanted = {
            credential.name
            for scheme in (alternatives[0] if alternatives else ())
            for credential in self._api.auth_schemes[scheme].credentials
            if credential.env is None and not credential.optional
        }
        items: list[tuple[str, Expression]] = []
        for argument in self._root.arguments:
            if argument.name == "environment" and choice is not None:
                imports.name(self._root.package, choice.name)
                expression: Expression = Atom(f"{choice.name}.{choice.members[0].name}")
                items.append((f"{argument.name}=", expression))
                continue
            if argument.only == "async" or (not argument.required and argument.wire not in wanted):
                continue
            if argument.wire in types:
                value = self.example_calls.samples.value(
                    types[argument.wire], argument.name, "request"
                )
                expression = expressions.value(value, types[argument.wire])
            elif argument.name == "base_url":
                expression = Atom(literal(PLACEHOLDER_URL))
            else:
                expression = Atom(literal(f"YOUR_{argument.name.strip('_').upper()}"))
            items.append((f"{argument.name}=", expression))
        return tuple(items)

    # --- the call ---

    def _arguments(
        self, endpoint: ir.Endpoint, arguments: tuple[Argument, ...], expressions: Expressions
    ) -> tuple[tuple[str, Expression], ...]:
        sample = self.example_calls.request(endpoint)
        items: list[tuple[str, Expression]] = []
        for argument in arguments:
            expression = self._argument(endpoint, argument, sample, expressions)
            if expression is not None:
                prefix = "" if argument.kind == "positional" else f"{argument.name}="
                items.append((prefix, expression))
        return tuple(items)

    def _argument(
        self,
        endpoint: ir.Endpoint,
        argument: Argument,
        sample: RequestSample,
        expressions: Expressions,
    ) -> Expression | None:
        location = argument.location
        if location in ("options", "client"):
            return None
        if location == "request" and endpoint.body is not None:
            return self._whole_body(endpoint.body, argument, sample, expressions)
        if location in ("body", "part", "file"):
            fields = endpoint.body.fields if endpoint.body else ()
            field = next((field for field in fields if field.name == argument.wire), None)
            values = mapping(sample.body.value if sample.body else None)
            if field is None or (field.name not in values and not argument.required):
                return None
            if location == "file":
                return self._file(argument.wire, values.get(field.name), field.type)
            type_, value = field.type, values.get(field.name)
        else:
            parameter = self._parameter(endpoint, argument)
            values = {"path": sample.path, "query": sample.query}.get(location, sample.headers)
            if parameter is None or (argument.wire not in values and not argument.required):
                return None
            type_, value = parameter.type, values.get(argument.wire)
        if value is None and argument.required and not isinstance(type_, ir.Nullable):
            value = self.example_calls.samples.value(type_, argument.wire, "request")
        return expressions.value(shortened(value), type_)

    def _file(self, name: str, value: ir.Json, type_: ir.Type) -> Expression:
        """A file to upload, as a pair of a name and content, so that no file on disk is needed."""
        file_type = self.example_calls.matcher.resolved(type_)
        if isinstance(file_type, ir.Nullable):
            return self._file(name, value, file_type.item)
        if isinstance(file_type, ir.UnionOf):
            return self._file(name, value, file_type.members[0])
        if isinstance(file_type, ir.ListOf):
            return Group("[", (("", self._file(name, None, file_type.item)),), "]")
        has_text = isinstance(value, str) and value != name
        held = content(value if has_text and isinstance(value, str) else "Hello, world!")
        return Group("(", (("", plain(f"{name}.txt")), ("", held)), ")")

    def _parameter(self, endpoint: ir.Endpoint, argument: Argument) -> ir.Parameter | None:
        for parameter in (*endpoint.parameters, *self._api.idempotency_headers):
            if parameter.name == argument.wire and parameter.location == argument.location:
                return parameter
        return None

    def _whole_body(
        self,
        body: ir.Body,
        argument: Argument,
        sample: RequestSample,
        expressions: Expressions,
    ) -> Expression | None:
        if sample.body is None and not argument.required:
            return None
        value = sample.body.value if sample.body else None
        if body.encoding == "bytes":
            return content(value if isinstance(value, str) else "Hello, world!")
        if body.encoding == "text" or body.type is None:
            return plain(value)
        return expressions.value(shortened(value), body.type)
