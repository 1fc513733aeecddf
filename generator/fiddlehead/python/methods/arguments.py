"""The arguments of a method, from the parameters and the body of its endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from ... import ir, queries
from ...literals import literal
from ...package import Argument
from ...typing_.types import Type, core, sequence_of, union
from ..context import Context
from ..locations.namespace import Namespace
from ..types.defaults import constant
from . import argument_names, operation_auth, parameter_styles
from .argument_names import Claimant
from .body_arguments import BodyArguments, body_field, file_forms
from .method_parts import ArgumentBuilder, Parts, constant_text, fixed_value

_KEYWORDS = {"path": "path", "query": "params", "header": "headers", "cookie": "cookies"}
_STYLES = {"path": "path_styles", "query": "styles", "cookie": "cookie_styles"}


class Arguments:
    """Builds the parts of one endpoint's method."""

    def __init__(
        self, context: Context, namespace: Namespace, endpoint: ir.Endpoint, method_key: str
    ) -> None:
        self._context = context
        self._namespace = namespace
        self._endpoint = endpoint
        self.parts = Parts()
        named = argument_names.decide(context, method_key, self._claimants())
        namespace.set_arguments(argument.name for argument in named.values())
        self._builder = ArgumentBuilder(context, namespace, endpoint, named)

    def build(self) -> Parts:
        for location in ("path", "query", "header", "cookie"):
            for parameter in self._endpoint.parameters:
                if parameter.location == location:
                    self._parameter(parameter)
        self._cookies()
        own = {
            parameter.name
            for parameter in self._endpoint.parameters
            if parameter.location == "query"
        }
        for parameter in self._context.api.query:
            if parameter.name not in own:
                self.parts.put("params", parameter.name, client_setting("params", parameter.name))
        if self._endpoint.body is not None:
            BodyArguments(self._builder, self.parts).add(self._endpoint.body)
        for parameter in self._idempotency_headers():
            self._parameter(parameter)
        others = (*self.parts.positional, *self.parts.keywords)
        # Only Fern's packages have other arguments of this name.
        taken = any(argument.name == "request_options" for argument in others)
        name = "_request_options" if taken else "request_options"
        self.parts.keywords.append(request_options(self._namespace, name))
        return self.parts

    def _claimants(self) -> Iterator[Claimant]:
        """The elements that become arguments, with their locations."""
        for parameter in (*self._endpoint.parameters, *self._idempotency_headers()):
            fixed = parameter.required and isinstance(parameter.type, ir.Literal)
            if parameter.variable is None and not fixed:
                yield Claimant.of(parameter.location, parameter)
        body = self._endpoint.body
        if body is None:
            return
        if body.type is not None or body.encoding in ("bytes", "text"):
            yield Claimant.of("request", body_field(body))
        if body.encoding in ("bytes", "text") or (body.type and body.encoding != "multipart"):
            return
        for declared in body.fields:
            if body.encoding == "multipart" and file_forms(self._context, declared) is not None:
                yield Claimant.of("file", declared)
            elif fixed_value(self._endpoint, declared) is None:
                yield Claimant.of("part" if body.encoding == "multipart" else "body", declared)

    def _idempotency_headers(self) -> list[ir.Parameter]:
        """The headers of every idempotent operation, without those that the operation has itself."""
        if not self._endpoint.idempotent:
            return []
        own = {
            parameter.name.lower()
            for parameter in self._endpoint.parameters
            if parameter.location == "header"
        }
        idempotency_headers = self._context.api.idempotency_headers
        return [parameter for parameter in idempotency_headers if parameter.name.lower() not in own]

    def _parameter(self, parameter: ir.Parameter) -> None:
        keyword = _KEYWORDS[parameter.location]
        if parameter.variable is not None:
            self.parts.put(keyword, parameter.name, client_setting("variables", parameter.variable))
            return
        if parameter.required and isinstance(parameter.type, ir.Literal):
            self.parts.put(keyword, parameter.name, literal(parameter.type.value))
            return
        argument = self._parameter_argument(parameter)
        value = argument.name
        if parameter.location == "header":
            value = self._header_value(parameter, value)
        self.parts.put(keyword, parameter.name, value)
        numbered = not self._context.fern
        style = parameter_styles.of_parameter(self._context.api, parameter, numbered=numbered)
        if style is not None:
            self.parts.put(_STYLES[parameter.location], parameter.name, literal(style))
        into = self.parts.positional if argument.kind == "positional" else self.parts.keywords
        into.append(argument)

    def _header_value(self, parameter: ir.Parameter, argument: str) -> str:
        if parameter.style == "json":
            return f"{self._namespace.core('styles', 'json_header')}({argument})"
        options = parameter_styles.of_header(self._context.api, parameter)
        if options is None:
            return argument
        texts = [argument, *(f"{name}={value}" for name, value in options.items())]
        return f"{self._namespace.core('styles', 'header_value')}({', '.join(texts)})"

    def _parameter_argument(self, parameter: ir.Parameter) -> Argument:
        settings = self._context.settings.python
        absent = parameter.client_default is not None or not parameter.required
        type_: ir.Type | Type = parameter.type
        if parameter.allow_multiple:
            non_null = queries.non_null(parameter.type)
            one = self._context.types.type_of(non_null, argument=True)
            type_ = union(one, sequence_of(one))
        annotation = self._builder.annotation(type_, none=absent)
        default: str | None = None
        if parameter.client_default is not None:
            default = constant_text(parameter.client_default.value)
        elif not parameter.required:
            default = "None"
        if default is not None:
            wanted = parameter.default if settings.use_request_defaults != "none" else None
            default = constant(self._context, parameter.type, wanted) or default
        positional = parameter.location == "path" and not settings.inline_path_params
        return self._builder.argument(
            parameter,
            parameter.location,
            "positional" if positional else "keyword",
            annotation,
            default,
        )

    def _cookies(self) -> None:
        """Combine the cookies into their header."""
        keywords = [self.parts.calls.pop(name, None) for name in ("cookies", "cookie_styles")]
        texts = [
            f"{{{', '.join(f'{name}: {value}' for name, value in keyword.entries)}}}"
            for keyword in keywords
            if keyword is not None
        ]
        if texts:
            callee = self._namespace.core(operation_auth.MODULE, "Cookies")
            self.parts.put("headers", "Cookie", f"{callee}({', '.join(texts)})")


def client_setting(kind: str, name: str) -> str:
    """Values that the client sends with every request: its `variables`, its query `params`."""
    return f"self._client_wrapper.settings[{literal(kind)}][{literal(name)}]"


def request_options(namespace: Namespace, name: str = "request_options") -> Argument:
    """The last argument of every method."""
    return Argument(
        name=name,
        wire="",
        location="options",
        kind="keyword",
        annotation=namespace.annotation(core("request_options", "RequestOptions"), none=True),
        default="None",
        doc="Overrides for this request.",
    )
