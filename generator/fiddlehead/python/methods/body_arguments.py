"""The arguments of a method for its request body."""

from __future__ import annotations

from ... import ir, queries
from ...frozen import replace
from ...literals import literal
from ...package import Argument, Keyword, Location
from ...typing_.types import (
    ANY,
    ASYNC_ITERATOR,
    BYTES,
    ITERATOR,
    MAPPING,
    STR,
    Type,
    core,
    dict_of,
    generic,
    list_of,
    union,
)
from ..context import Context
from ..types.defaults import constant
from . import parameter_styles
from .method_parts import ArgumentBuilder, Parts, fixed_value

OMIT = ("resource", "OMIT")


class BodyArguments:
    """Adds the arguments of a body to the parts of a method."""

    def __init__(self, builder: ArgumentBuilder, parts: Parts) -> None:
        self._builder = builder
        self._parts = parts
        self._context, self._namespace = builder.context, builder.namespace
        self._endpoint = builder.endpoint

    def add(self, body: ir.Body) -> None:
        """Add the arguments of a body to the parts."""
        match body.encoding:
            case "json" | "form":
                if body.type is not None:
                    self._single_argument(body, body.type, body.encoding)
                else:
                    self._fields(body, body.encoding)
                standard = {
                    "json": "application/json",
                    "form": "application/x-www-form-urlencoded",
                }
                if body.content_type not in (standard[body.encoding], "", "*/*"):
                    self._parts.set("content_type", literal(body.content_type))
            case "multipart":
                if not body.required and body.type is None:
                    self._parts.set("optional", "True")
                if body.type is not None:
                    files = _with_files(self._context, body.type)
                    self._single_argument(body, body.type, "data", files)
                # A body is multipart because it may have files.
                self._parts.calls.setdefault("files", Keyword("files"))
                for field in body.fields:
                    self._part(field)
                kind = body.content_type.partition(";")[0].strip().lower()
                if kind not in ("multipart/form-data", "multipart/*"):
                    self._parts.set("content_type", literal(kind))
            case "bytes" | "text":
                self._content(body)

    def _single_argument(
        self, body: ir.Body, type_: ir.Type, keyword: str, label: Type | None = None
    ) -> None:
        none = not body.required or isinstance(type_, ir.Nullable)
        annotation = self._builder.annotation(label or type_, none=none)
        default = None if body.required else self._namespace.core(*OMIT)
        self._add_request(body, annotation, default)
        self._parts.set(keyword, self._builder.sent_value(type_, self._parts.keywords[-1].name))

    def _content(self, body: ir.Body) -> None:
        absent = not body.required
        annotation, other = self._builder.annotation(STR, none=absent), None
        if body.encoding == "bytes":
            content, chunks = generic(ITERATOR, BYTES), generic(ASYNC_ITERATOR, BYTES)
            other = self._builder.annotation(union(BYTES, content, chunks), none=absent)
            # Fern's synchronous and asynchronous clients have the same annotation.
            sync_type = union(BYTES, content)
            annotation = (
                other if self._context.fern else self._builder.annotation(sync_type, none=absent)
            )
        self._add_request(body, annotation, "None" if absent else None, other)
        self._parts.set("content", self._parts.keywords[-1].name)
        if body.content_type not in ("application/octet-stream", "", "*/*"):
            self._parts.set("content_type", literal(body.content_type))

    def _add_request(
        self,
        body: ir.Body,
        annotation: Type,
        default: str | None,
        other: Type | None = None,
    ) -> None:
        argument = self._builder.argument(
            body_field(body), "request", "keyword", annotation, default
        )
        self._parts.keywords.append(replace(argument, async_annotation=other))

    def _fields(self, body: ir.Body, keyword: str) -> None:
        # A body without properties is sent as an empty object.
        self._parts.calls.setdefault(keyword, Keyword(keyword))
        for field in body.fields:
            fixed = fixed_value(self._endpoint, field)
            if fixed is not None:
                self._parts.put(keyword, field.name, literal(fixed.value))
                continue
            argument = self._field(field, "body")
            self._parts.keywords.append(argument)
            self._parts.put(
                keyword, field.name, self._builder.sent_value(field.type, argument.name)
            )
            style = None
            if keyword == "form":
                style = parameter_styles.of_field(self._context.api, field)
            if style is not None:
                self._parts.put("form_styles", field.name, literal(style))

    def _field(self, declared: ir.Field, location: Location) -> Argument:
        none = not declared.required
        settings = self._context.settings.python
        models = self._context.fern and not settings.use_typeddict_requests_for_file_upload
        if location == "part" and models:
            annotation = self._namespace.annotation(declared.type, none=none)
        else:
            annotation = self._builder.annotation(declared.type, none=none)
        default: str | None = None
        if not declared.required:
            default = self._namespace.core(*OMIT)
            if settings.use_request_defaults == "all":
                default = constant(self._context, declared.type, declared.default) or default
        return self._builder.argument(declared, location, "keyword", annotation, default)

    def _part(self, declared: ir.Field) -> None:
        """A part of a multipart body: a file, several files, either, or another value."""
        many = file_forms(self._context, declared)
        if many is None:
            fixed = fixed_value(self._endpoint, declared)
            if fixed is not None:
                self._parts.put("data", declared.name, literal(fixed.value))
                return
            argument = self._field(declared, "part")
            self._parts.keywords.append(argument)
            self._parts.put(
                "data", declared.name, self._builder.sent_value(declared.type, argument.name)
            )
            content_type = declared.content_type
            if content_type is None and declared.style == "json":
                content_type = "application/json"
            style = parameter_styles.of_part(declared)
            if style is not None:
                self._parts.put("form_styles", declared.name, literal(style))
        else:
            file = core("file", "File")
            files = union(*(list_of(file) if is_list else file for is_list in many))
            annotation = self._builder.annotation(files, none=not declared.required)
            default = None if declared.required else self._namespace.core(*OMIT)
            argument = self._builder.argument(declared, "file", "keyword", annotation, default)
            self._parts.keywords.append(argument)
            self._parts.put("files", declared.name, argument.name)
            content_type = declared.content_type
        if content_type is not None:
            self._parts.put("content_types", declared.name, literal(content_type))


def body_field(body: ir.Body) -> ir.Field:
    """A body that is one argument."""
    return ir.Field("request", ir.Unknown(), body.required, body.doc, span=body.span)


def file_forms(context: Context, declared: ir.Field) -> list[bool] | None:
    """For each possible form of a part, whether it is a list of files; None if it may be
    something else."""
    type_ = queries.non_null(declared.type)
    forms = type_.members if isinstance(type_, ir.UnionOf) else (type_,)
    many = [isinstance(form, ir.ListOf) and _is_file(context, form.item) for form in forms]
    pairs = zip(many, forms, strict=True)
    return many if all(is_list or _is_file(context, form) for is_list, form in pairs) else None


def _with_files(context: Context, type_: ir.Type) -> Type | None:
    """The type of a multipart body that is one argument, with its files; None for another type.

    The fields of a model cannot be files, so a mapping is accepted, too.
    """
    resolved = queries.resolved_non_null(context.api, type_)
    if not isinstance(resolved, ir.MapOf):
        if not isinstance(resolved, ir.Model | ir.Union | ir.UnionOf):
            return None
        model = context.types.type_of(queries.non_null(type_), argument=True)
        return union(model, generic(MAPPING, STR, ANY))
    file, is_list = core("file", "File"), isinstance(resolved.value, ir.ListOf)
    item = resolved.value.item if isinstance(resolved.value, ir.ListOf) else resolved.value
    if not _is_file(context, item):
        return None
    return dict_of(STR, list_of(file) if is_list else file)


def _is_file(context: Context, type_: ir.Type) -> bool:
    resolved = queries.resolved_non_null(context.api, type_)
    return isinstance(resolved, ir.Primitive) and resolved.kind == "bytes"
