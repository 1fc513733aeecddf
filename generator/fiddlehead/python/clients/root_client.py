"""The root client: its constructor, and the arguments that it passes to the runtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ... import ir
from ...frozen import replace
from ...literals import literal
from ...naming import Named
from ...package import Argument, EnvironmentClass, Import, Keyword, Resource, RootClient
from ...typing_.types import BOOL, FLOAT, INT, STR, Type, imported, literals, optional
from .. import docs
from ..context import Context
from ..locations.namespace import Namespace
from ..methods import argument_names
from ..methods.argument_names import Claimant
from . import credentials, environments
from .client_arguments import client_argument, transport_arguments
from .client_setup import ClientValues, runtime_call
from .token_auth import Methods

_SCALARS: dict[type, Type] = {bool: BOOL, int: INT, float: FLOAT}


def names(context: Context) -> tuple[str, str, str]:
    """The generated client class, the class that users construct, and the module of the former."""
    settings = context.settings.python
    own = settings.client_class_name or _named_after(context)
    return own, settings.exported_client_class_name or own, settings.client_module


def _named_after(context: Context) -> str:
    """The default client class of the package `acme` is AcmeClient; the title is not used, because
    it may change."""
    name = context.names.class_name((context.settings.package,))
    return name if name.endswith("Client") else f"{name}Client"


def documented(context: Context, client: RootClient, resources: Sequence[Resource]) -> RootClient:
    """The client with its docstrings. The docstring of the asynchronous client has the shortest
    example; methods have the synchronous one."""
    methods = [method for one in resources for method in one.methods if method.kind == "request"]
    usable = [method for method in methods if method.examples and method.deprecated is None]
    shortest = min(
        usable, key=lambda method: (len(method.examples[1].code), method.key), default=None
    )
    title = _titled(context.api.title)
    return replace(
        client,
        doc=docs.method(f"The client of the {title}.", client.constructor(False).arguments),
        async_doc=docs.method(
            f"The asynchronous client of the {title}.",
            client.constructor(True).arguments,
            example=shortest.examples[1] if shortest is not None else None,
        ),
    )


def _titled(title: str) -> str:
    """A title after the word "the": `Plaid API` for `The Plaid API` and for `Plaid`."""
    words = title.split()
    words = words[1:] if len(words) > 1 and words[0].lower() == "the" else words
    return " ".join(words if words[-1:] and words[-1].lower() == "api" else [*words, "API"])


def build(
    context: Context,
    namespace: Namespace,
    resource: Resource,
    environment: EnvironmentClass | None,
    methods: Methods,
) -> RootClient:
    """`methods` are those of all groups: one of them may return the token that others need."""
    return _Builder(context, namespace, resource, environment, methods).build()


class _Builder:
    def __init__(
        self,
        context: Context,
        namespace: Namespace,
        resource: Resource,
        environment: EnvironmentClass | None,
        methods: Methods,
    ) -> None:
        self._context = context
        self._namespace = namespace
        self._resource = resource
        self._environment = environment
        self._methods = methods
        self._values = ClientValues()
        self._arguments: list[Argument] = []
        self._argument = partial(client_argument, namespace)
        self._named: dict[tuple[str, str], Named] = {}
        self._setup: list[str] = []
        """Statements before the call of the runtime."""

    def build(self) -> RootClient:
        self._named = argument_names.decide_of_client(
            self._context, [*self._claimants()], self._own_names()
        )
        base = self._base_url()
        self._sent_with_every_request()
        others = [*self._arguments, *transport_arguments(self._context, self._namespace, [])]
        auth = credentials.build(self._context, self._namespace, self._methods, others)
        late = [argument for argument in auth.arguments if argument.only == "async"]
        shared_arguments = [argument for argument in auth.arguments if argument.only is None]
        if len(shared_arguments) > 1:
            # Hand-written code reads them from the wrapper of layout `fern`.
            names = [argument.name for argument in shared_arguments]
            public = [(literal(name), name) for name in names if not name.startswith("_")]
            self._values.arguments += public
        arguments = [
            *self._arguments,
            *shared_arguments,
            *transport_arguments(self._context, self._namespace, late),
        ]
        arguments.sort(key=lambda argument: (argument.kind != "positional", not argument.required))
        runtime = partial(runtime_call, self._context, self._namespace, self._values)
        setup = runtime("Sync", base, auth.expression)
        async_setup = runtime("Async", base, auth.async_expression)
        return RootClient(
            resource=self._resource,
            arguments=tuple(arguments),
            setup=setup,
            async_setup=async_setup,
            setup_statements=(*self._setup, *auth.setup_statements),
            self=self._namespace.use(Import("typing_extensions", "Self")),
        )

    # --- names ---------------------------------------------------------------------------

    def _own_names(self) -> list[str]:
        """The arguments of the constructor that are not in the description."""
        names = [
            argument.name for argument in transport_arguments(self._context, self._namespace, [])
        ]
        names += ["base_url", *(["environment"] if self._environment is not None else [])]
        names += ["version"] if self._context.api.version_header is not None else []
        return [*names, *(["async_token"] if self._context.fern else [])]

    def _claimants(self) -> Iterator[Claimant]:
        """The arguments of the constructor, besides credentials."""
        api = self._context.api
        for parameter in (*api.headers, *api.query):
            if self._context.fern or self._constant(parameter) is None:
                yield Claimant.of(parameter.location, parameter)
        for shared in api.variables:
            yield Claimant("variable", shared.name, shared.span)
        if self._environment is not None:
            for variable in environments.variables(self._context):
                # Fern's rule for names that its clients already have.
                taken = variable.name in ("environment", "base_url")
                wanted = f"server_url_{variable.name}" if taken else None
                yield Claimant("server_url", variable.name, variable.span, wanted)

    # --- addresses -----------------------------------------------------------------------

    def _base_url(self) -> list[Keyword]:
        environment = self._environment
        if environment is None:
            self._arguments.append(
                self._argument("base_url", STR, None, "The base URL of the API.")
            )
            return [Keyword("base_url", "base_url")]
        name = self._namespace.local("environment.py", environment.name)
        type_ = imported("environment.py", environment.name)
        default = f"{name}.{environment.default}" if environment.default is not None else None
        if environment.servers:
            doc = "The environment of the API: one URL for each server."
            self._arguments.append(self._argument("environment", type_, default, doc))
            if environment.templated is not None:
                values = self._server_variables()
                self._setup.append(f"environment = environment.with_variables({values})")
            first = f"environment.{environment.servers[0]}"
            return [Keyword("base_url", first), Keyword("environment", "environment")]
        doc = "The base URL of the API, instead of `environment`."
        if environment.templated is not None:
            doc = f"{doc} The variables of its URL are not used then."
        self._arguments.append(self._argument("base_url", optional(STR), "None", doc))
        doc = "The environment of the API."
        chosen = "environment"
        if default is None:
            self._arguments.append(self._argument("environment", optional(type_), "None", doc))
            chosen = f"{self._namespace.core('environments', 'chosen')}(environment)"
        else:
            self._arguments.append(self._argument("environment", type_, default, doc))
        address = f"{chosen}.value"
        if environment.templated is not None:
            address = f"{chosen}.url({self._server_variables()})"
        return [Keyword("base_url", f"base_url if base_url is not None else {address}")]

    def _server_variables(self) -> str:
        """Declares an argument for each variable of a URL; a dictionary of their values."""
        entries: list[str] = []
        for variable in environments.variables(self._context):
            name = self._named["server_url", variable.name].name
            values = f"One of {', '.join(f'`{value}`' for value in variable.values)}."
            doc = variable.doc or (
                values if variable.values else f"The variable `{variable.name}` of the URL."
            )
            if variable.default is not None:
                doc = f"{doc.rstrip()}\n\nThe default is `{variable.default}`."
            # Fern's clients accept any text.
            limited = variable.values and not self._context.fern
            type_ = optional(literals(*variable.values) if limited else STR)
            self._arguments.append(
                self._argument(name, type_, "None", doc, wire=variable.name, span_of=variable)
            )
            entries.append(f"{literal(variable.name)}: {name}")
        return f"{{{', '.join(entries)}}}"

    # --- values of every request ---------------------------------------------------------

    def _sent_with_every_request(self) -> None:
        api, settings = self._context.api, self._context.settings
        if settings.python.fern_headers:
            version = self._namespace.local("version.py", "__version__")
            self._values.headers += [
                (literal("X-Fern-Language"), literal("Python")),
                (literal("X-Fern-SDK-Name"), literal(settings.distribution or settings.package)),
                (literal("X-Fern-SDK-Version"), version),
            ]
            if settings.python.platform_headers == "separate":
                callee = self._namespace.core("user_agent", "platform_headers")
                self._values.headers.append(("**", f"{callee}()"))
        for parameter in api.headers:
            self._parameter(parameter, self._values.headers)
        if api.version_header is not None:
            self._version(api.version_header)
        for parameter in api.query:
            self._parameter(parameter, self._values.params)
        for variable in api.variables:
            doc = variable.doc or f"The path parameter `{variable.name}` of all requests."
            named = self._named["variable", variable.name]
            argument = self._declared(named, variable.type, doc, variable)
            self._values.variables.append((literal(variable.name), argument))

    def _parameter(self, parameter: ir.Parameter, into: list[tuple[str, str]]) -> None:
        constant = self._constant(parameter)
        if constant is not None:
            into.append((literal(parameter.name), self._fixed(parameter, constant)))
            return
        absent = not parameter.required or parameter.env is not None
        type_ = parameter.type
        if absent and parameter.client_default is None:
            type_ = ir.Nullable(type_)
        default = parameter.client_default
        named = self._named[parameter.location, parameter.name]
        if default is not None and isinstance(default.value, str | bool):
            name = self._declared(named, type_, parameter.doc, parameter, literal(default.value))
        elif parameter.required and parameter.env is None:
            name = self._declared(named, type_, parameter.doc, parameter)
        else:
            name = self._declared(named, type_, parameter.doc, parameter, "None")
        expression = name
        if parameter.env is not None:
            # Read when a client is constructed, not when the module is imported.
            os = self._namespace.use(Import("os"))
            variable = f"{os}.environ.get({literal(parameter.env)})"
            expression = f"{name} if {name} is not None else {variable}"
        into.append((literal(parameter.name), expression))

    def _constant(self, parameter: ir.Parameter) -> ir.Literal | None:
        return (
            parameter.type
            if parameter.required and isinstance(parameter.type, ir.Literal)
            else None
        )

    def _fixed(self, parameter: ir.Parameter, constant: ir.Literal) -> str:
        """The value of a constant; in layout `fern`, an argument may replace it."""
        value = literal(constant.value)
        if not self._context.fern:
            return value
        type_ = _SCALARS.get(type(constant.value), STR)
        named = self._named[parameter.location, parameter.name]
        name = self._declared(named, optional(type_), parameter.doc, parameter, "None")
        return f"{name} if {name} is not None else {value}"

    def _version(self, declared: ir.VersionHeader) -> None:
        type_ = literals(*declared.values) if declared.values else STR
        type_ = type_ if declared.default is not None else optional(type_)
        default = literal(declared.default) if declared.default is not None else "None"
        doc = "The version of the API."
        self._arguments.append(
            self._argument("version", type_, default, doc, wire=declared.header, span_of=declared)
        )
        self._values.headers.append((literal(declared.header), "version"))
        self._values.arguments.append((literal("version"), "version"))

    def _declared(
        self,
        named: Named,
        type_: ir.Type | Type,
        doc: str | None,
        source: ir.Parameter | ir.Variable,
        default: str | None = None,
    ) -> str:
        self._arguments.append(
            self._argument(named.name, type_, default, doc, wire=source.name, span_of=source)
        )
        self._values.arguments.append((literal(named.name), named.name))
        self._arguments[-1] = replace(self._arguments[-1], old_names=named.old_names, key=named.key)
        return named.name
