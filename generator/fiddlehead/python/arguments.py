"""The arguments of a method, and how the call uses them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from .. import ir, queries
from ..literals import literal
from ..naming import Named
from ..package import Annotation, Argument, Keyword, Location
from ..type_expressions import (
    ASYNC_ITERATOR,
    BYTES,
    ITERATOR,
    STR,
    Call,
    Expression,
    Generic,
    Literals,
    Name,
    OneOf,
    core,
    list_of,
    sequence_of,
)
from . import argument_names, operation_auth, parameter_styles, typed_dicts
from .argument_names import Claimant
from .context import Context, deprecation, in_body
from .defaults import constant
from .namespace import Namespace

OMIT = ("resource", "OMIT")

_KEYWORDS = {"path": "path", "query": "params", "header": "headers", "cookie": "cookies"}
_STYLES = {"path": "path_styles", "query": "styles", "cookie": "cookie_styles"}


@dataclass
class Parts:
    """The arguments of a method, and the keywords of its call in the order in which they are
    printed."""

    positional: list[Argument] = field(default_factory=list[Argument])
    keywords: list[Argument] = field(default_factory=list[Argument])
    calls: dict[str, Keyword] = field(default_factory=dict[str, Keyword])

    def put(self, keyword: str, wire: str, expression: str) -> None:
        """Add an entry to a keyword whose value is a dict."""
        before = self.calls.get(keyword, Keyword(keyword))
        entries = (*before.entries, (literal(wire), expression))
        self.calls[keyword] = replace(before, entries=entries)

    def set(self, keyword: str, expression: str) -> None:
        self.calls[keyword] = Keyword(keyword, expression)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        # In Python, arguments without a default come first.
        ordered = sorted(self.positional, key=lambda each: not each.required)
        return (*ordered, *self.keywords)


class Arguments:
    """Builds the parts of one endpoint's method."""

    def __init__(
        self, context: Context, namespace: Namespace, endpoint: ir.Endpoint, method_key: str
    ) -> None:
        self._context = context
        self._namespace = namespace
        self._endpoint = endpoint
        self._key = method_key
        self._named: dict[tuple[str, str], Named] = {}
        self.parts = Parts()

    def build(self) -> Parts:
        self._named = argument_names.decide(self._context, self._key, self._claimants())
        for location in ("path", "query", "header", "cookie"):
            for parameter in self._endpoint.parameters:
                if parameter.location == location:
                    self._parameter(parameter)
        self._cookies()
        own = {each.name for each in self._endpoint.parameters if each.location == "query"}
        for parameter in self._context.api.query:
            if parameter.name not in own:
                self.parts.put("params", parameter.name, kept("params", parameter.name))
        if self._endpoint.body is not None:
            self._body(self._endpoint.body)
        for parameter in self._idempotency_headers():
            self._parameter(parameter)
        self.parts.keywords.append(request_options(self._namespace))
        return self.parts

    # --- names ---------------------------------------------------------------------------

    def _claimants(self) -> Iterator[Claimant]:
        """The elements that become arguments, with their locations."""
        for each in (*self._endpoint.parameters, *self._idempotency_headers()):
            fixed = each.required and isinstance(each.type, ir.Literal)
            if each.variable is None and not fixed:
                yield Claimant.of(each.location, each)
        body = self._endpoint.body
        if body is None:
            return
        if body.type is not None or body.encoding in ("bytes", "text"):
            yield Claimant.of("request", _request(body))
        if body.encoding in ("bytes", "text") or (body.type and body.encoding != "multipart"):
            return
        for declared in body.fields:
            if body.encoding == "multipart" and self._files(declared) is not None:
                yield Claimant.of("file", declared)
            elif fixed_value(self._endpoint, declared) is None:
                yield Claimant.of("part" if body.encoding == "multipart" else "body", declared)

    def _idempotency_headers(self) -> list[ir.Parameter]:
        """The headers of every idempotent operation, without those that the operation has itself."""
        if not self._endpoint.idempotent:
            return []
        own = {each.name.lower() for each in self._endpoint.parameters if each.location == "header"}
        found = self._context.api.idempotency_headers
        return [each for each in found if each.name.lower() not in own]

    # --- parameters ----------------------------------------------------------------------

    def _parameter(self, parameter: ir.Parameter) -> None:
        keyword = _KEYWORDS[parameter.location]
        if parameter.variable is not None:
            self.parts.put(keyword, parameter.name, kept("variables", parameter.variable))
            return
        if parameter.required and isinstance(parameter.type, ir.Literal):
            self.parts.put(keyword, parameter.name, literal(parameter.type.value))
            return
        argument = self._parameter_argument(parameter)
        value = argument.name
        if parameter.location == "header" and parameter_styles.is_structured(
            self._context.api, parameter
        ):
            explode = ", explode=True" if parameter.explode else ""
            value = f"{self._namespace.core('styles', 'header_value')}({value}{explode})"
        self.parts.put(keyword, parameter.name, value)
        style = parameter_styles.of_parameter(self._context.api, parameter)
        if style is not None:
            self.parts.put(_STYLES[parameter.location], parameter.name, literal(style))
        into = self.parts.positional if argument.kind == "positional" else self.parts.keywords
        into.append(argument)

    def _parameter_argument(self, parameter: ir.Parameter) -> Argument:
        settings = self._context.settings.python
        absent = parameter.client_default is not None or not parameter.required
        type_: Expression = parameter.type
        if parameter.allow_multiple:
            one = queries.non_null(parameter.type)
            type_ = OneOf((one, sequence_of(one)))
        annotation = self._annotation(type_, none=absent)
        default: str | None = None
        if parameter.client_default is not None:
            default = _constant(parameter.client_default.value)
        elif not parameter.required:
            default = "None"
        if default is not None:
            wanted = parameter.default if settings.use_request_defaults != "none" else None
            default = constant(self._context, parameter.type, wanted) or default
        positional = parameter.location == "path" and not settings.inline_path_params
        return self._argument(
            parameter,
            parameter.location,
            "positional" if positional else "keyword",
            annotation,
            default,
        )

    def _cookies(self) -> None:
        """Combine the cookies into their header."""
        found = [self.parts.calls.pop(name, None) for name in ("cookies", "cookie_styles")]
        texts = [
            f"{{{', '.join(f'{name}: {value}' for name, value in each.entries)}}}"
            for each in found
            if each is not None
        ]
        if texts:
            made = self._namespace.core(operation_auth.MODULE, "Cookies")
            self.parts.put("headers", "Cookie", f"{made}({', '.join(texts)})")

    # --- body ----------------------------------------------------------------------------

    def _body(self, body: ir.Body) -> None:
        match body.encoding:
            case "json" | "form":
                if body.type is not None:
                    self._whole(body, body.type, body.encoding)
                else:
                    self._fields(body, body.encoding)
                standard = {
                    "json": "application/json",
                    "form": "application/x-www-form-urlencoded",
                }
                if body.content_type not in (standard[body.encoding], "", "*/*"):
                    self.parts.set("content_type", literal(body.content_type))
            case "multipart":
                if not body.required and body.type is None:
                    self.parts.set("optional", "True")
                if body.type is not None:
                    self._whole(body, body.type, "data", self._map_of_files(body.type))
                # A body is multipart because it may have files.
                self.parts.calls.setdefault("files", Keyword("files"))
                for each in body.fields:
                    self._part(each)
                kind = body.content_type.partition(";")[0].strip().lower()
                if kind not in ("multipart/form-data", "multipart/*"):
                    self.parts.set("content_type", literal(kind))
            case "bytes" | "text":
                self._content(body)

    def _whole(
        self, body: ir.Body, type_: ir.Type, keyword: str, shown: Expression | None = None
    ) -> None:
        annotation = self._annotation(shown or type_, none=not body.required)
        default = None if body.required else self._namespace.core(*OMIT)
        self._request(body, annotation, default)
        self.parts.set(keyword, self._sent(type_))

    def _content(self, body: ir.Body) -> None:
        absent = not body.required
        annotation, other = self._annotation(STR, none=absent), None
        if body.encoding == "bytes":
            content, chunks = Generic(ITERATOR, (BYTES,)), Generic(ASYNC_ITERATOR, (BYTES,))
            other = self._annotation(OneOf((BYTES, content, chunks)), none=absent)
            # Fern's synchronous and asynchronous clients have the same annotation.
            one = OneOf((BYTES, content))
            annotation = other if self._context.fern else self._annotation(one, none=absent)
        self._request(body, annotation, "None" if absent else None, other)
        self.parts.set("content", self.parts.keywords[-1].name)
        if body.content_type not in ("application/octet-stream", "", "*/*"):
            self.parts.set("content_type", literal(body.content_type))

    def _request(
        self,
        body: ir.Body,
        annotation: Annotation,
        default: str | None,
        other: Annotation | None = None,
    ) -> None:
        argument = self._argument(_request(body), "request", "keyword", annotation, default)
        self.parts.keywords.append(replace(argument, async_annotation=other))

    def _fields(self, body: ir.Body, keyword: str) -> None:
        # A body without properties is sent as an empty object.
        self.parts.calls.setdefault(keyword, Keyword(keyword))
        for each in body.fields:
            settled = fixed_value(self._endpoint, each)
            if settled is not None:
                self.parts.put(keyword, each.name, literal(settled.value))
                continue
            self.parts.keywords.append(self._field(each, "body"))
            self.parts.put(keyword, each.name, self._sent(each.type))
            style = None
            if keyword == "form":
                style = parameter_styles.of_field(self._context.api, each)
            if style is not None:
                self.parts.put("form_styles", each.name, literal(style))

    def _field(self, declared: ir.Field, location: Location) -> Argument:
        annotation = self._annotation(declared.type, none=not declared.required)
        default: str | None = None
        if not declared.required:
            default = self._namespace.core(*OMIT)
            if self._context.settings.python.use_request_defaults == "all":
                default = constant(self._context, declared.type, declared.default) or default
        return self._argument(declared, location, "keyword", annotation, default)

    def _files(self, declared: ir.Field) -> list[bool] | None:
        """For each possible form of a part, whether it is a list of files; None if it may be
        something else."""
        type_ = queries.non_null(declared.type)
        forms = type_.members if isinstance(type_, ir.UnionOf) else (type_,)
        many = [
            isinstance(each, ir.ListOf) and _is_file(self._context, each.item) for each in forms
        ]
        pairs = zip(many, forms, strict=True)
        return many if all(each or _is_file(self._context, form) for each, form in pairs) else None

    def _map_of_files(self, type_: ir.Type) -> Expression | None:
        """The type of files by name; None for a body that is another one."""
        found = queries.resolved_non_null(self._context.api, type_)
        if not isinstance(found, ir.MapOf):
            return None
        file, many = core("file", "File"), isinstance(found.value, ir.ListOf)
        item = found.value.item if isinstance(found.value, ir.ListOf) else found.value
        if not _is_file(self._context, item):
            return None
        return Generic(Name("dict"), (STR, list_of(file) if many else file))

    def _part(self, declared: ir.Field) -> None:
        """A part of a multipart body: a file, several files, either, or another value."""
        many = self._files(declared)
        if many is None:
            settled = fixed_value(self._endpoint, declared)
            if settled is not None:
                self.parts.put("data", declared.name, literal(settled.value))
                return
            self.parts.keywords.append(self._field(declared, "part"))
            self.parts.put("data", declared.name, self._sent(declared.type))
            content_type = declared.content_type
            if content_type is None and declared.style == "json":
                content_type = "application/json"
        else:
            file = core("file", "File")
            files = OneOf(tuple(list_of(file) if each else file for each in many))
            annotation = self._annotation(files, none=not declared.required)
            default = None if declared.required else self._namespace.core(*OMIT)
            argument = self._argument(declared, "file", "keyword", annotation, default)
            self.parts.keywords.append(argument)
            self.parts.put("files", declared.name, argument.name)
            content_type = declared.content_type
        if content_type is not None:
            self.parts.put("content_types", declared.name, literal(content_type))

    # --- both ----------------------------------------------------------------------------

    def _sent(self, type_: ir.Type) -> str:
        """The value of the last argument; keys of a dict may have to be renamed for the wire."""
        name = self.parts.keywords[-1].name
        if not typed_dicts.needs_names(self._context, type_):
            return name
        made = self._namespace.core("params", "by_name")
        return f"{made}({in_body(type_, self._namespace)}, {name})"

    def _annotation(self, type_: Expression, *, none: bool = False) -> Annotation:
        dicts = self._context.settings.python.use_typeddict_requests
        if dicts and not isinstance(type_, Name | Generic | OneOf | Call | Literals):
            type_ = typed_dicts.of(self._context, type_)
        return self._namespace.annotation(type_, argument=True, none=none)

    def _argument(
        self,
        declared: ir.Parameter | ir.Field,
        location: Location,
        kind: Literal["positional", "keyword"],
        annotation: Annotation,
        default: str | None,
    ) -> Argument:
        named = self._named[location, declared.name]
        return Argument(
            name=named.name,
            wire=declared.name,
            location=location,
            kind=kind,
            annotation=annotation,
            default=default,
            doc=declared.doc,
            server_default=_constant(declared.default.value) if declared.default else None,
            deprecated=deprecation(declared.availability),
            old_names=named.old_names,
            key=named.key,
            span=declared.span,
        )


def _request(body: ir.Body) -> ir.Field:
    """A body that is one argument."""
    return ir.Field("request", ir.Unknown(), body.required, body.doc, span=body.span)


def kept(kind: str, name: str) -> str:
    """Values that the client sends with every request: its `variables`, its query `params`."""
    return f"self._client_wrapper.settings[{literal(kind)}][{literal(name)}]"


def request_options(namespace: Namespace) -> Argument:
    """The last argument of every method."""
    return Argument(
        name="request_options",
        wire="",
        location="options",
        kind="keyword",
        annotation=namespace.annotation(core("request_options", "RequestOptions"), none=True),
        default="None",
        doc="Overrides for this request.",
    )


def _is_file(context: Context, type_: ir.Type) -> bool:
    found = queries.resolved_non_null(context.api, type_)
    return isinstance(found, ir.Primitive) and found.kind == "bytes"


def fixed_value(endpoint: ir.Endpoint, declared: ir.Field) -> ir.Literal | None:
    """The only value of a field: a required constant, or one that requests the stream that the
    method reads (`stream: {const: true, default: true}`)."""
    if not isinstance(declared.type, ir.Literal):
        return None
    default = declared.default.value if declared.default is not None else None
    asks = endpoint.streaming is not None and declared.type.value is True is default
    return declared.type if declared.required or asks else None


def _constant(value: ir.Json) -> str | None:
    """A scalar as a Python literal; None if it is not a constant."""
    if value is None or isinstance(value, str | int | float):
        return literal(value)
    return None
