"""Objects: pydantic classes with their fields."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal
from ...naming import Named
from ...package import Field, Import, Model, Parameter
from ...typing_ import definitions
from .. import docs
from ..context import Context, deprecation
from ..locations.namespace import Namespace
from ..locations.placement import TypeLocation
from .class_bases import base_classes, bases_of, extra_of, names_of
from .declared import declared
from .defaults import constant


def model(
    context: Context, declaration: ir.Model, type_location: TypeLocation, namespace: Namespace
) -> Model:
    """The class of an object."""
    bases = bases_of(context, declaration)
    repeated = declaration.fields if bases else queries.fields(context.api, declaration)
    own = {field.name for field in repeated}
    built = _fields(context, declaration, own, namespace)
    extra = extra_of(context, declaration)
    if any(extra_of(context, base) for base in bases):
        extra = None  # It is inherited.
    extended = {namespace.ref(base.id): base.id for base in bases}
    printed, references = definitions.model(
        declaration.id,
        type_location.class_name,
        extended or dict.fromkeys(base_classes(context, namespace, extra is not None), ""),
        ((field.name, field.annotation, field.default) for field in built if not field.inherited),
    )
    options = {} if bases else _config(context)
    if options or extra is not None:
        namespace.use(Import("pydantic"))
    return Model(
        name=type_location.class_name,
        bases=printed,
        base_ids=tuple(base.id for base in bases),
        references=references,
        fields=built,
        config=tuple(options.items()),
        extra=None if extra is None else namespace.annotation(extra),
        parameters=_parameters(context, declaration, built, namespace),
        **declared(declaration, type_location),
    )


def _config(context: Context) -> dict[str, str]:
    """The configuration that differs from the runtime's base class, which keeps additional
    properties and is mutable; a subclass of a model inherits it."""
    wanted = context.settings.python.pydantic
    extra = {} if wanted.extra_fields == "allow" else {"extra": literal(wanted.extra_fields)}
    chosen = {
        "coerce_numbers_to_str": wanted.coerce_numbers_to_str,
        "from_attributes": wanted.orm_mode,
        "frozen": wanted.frozen,
    }
    return extra | {name: "True" for name, is_set in chosen.items() if is_set}


def _parameters(
    context: Context, declaration: ir.Model, fields: tuple[Field, ...], namespace: Namespace
) -> tuple[Parameter, ...]:
    """The parameters of a constructor that accepts the only required field by position."""
    required = [field for field in fields if field.default is None]
    wanted = context.settings.python.pydantic.positional_single_property_constructors
    if not wanted or len(required) != 1:
        return ()
    namespace.use(Import("typing", "TYPE_CHECKING"))
    types = {field.name: field for field in queries.fields(context.api, declaration)}
    parameters: list[Parameter] = []
    for field in sorted(fields, key=lambda field: field.default is not None):
        declared_field = types[field.wire]
        type_ = declared_field.type
        if not declared_field.required:
            type_ = ir.Nullable(type_)
        annotation = namespace.annotation(type_)
        parameters.append(Parameter(name=field.name, annotation=annotation, default=field.default))
    return tuple(parameters)


def _fields(
    context: Context, declaration: ir.Model, own: set[str], namespace: Namespace
) -> tuple[Field, ...]:
    """The fields of a model's class; those that are not `own` are inherited."""
    # Fields that the class does not print need no import.
    namespaces = {True: namespace, False: namespace.without_imports()}
    named = names_of(context, declaration)
    return tuple(
        _field(context, field, named[field.name], namespaces[field.name in own], field.name in own)
        for field in queries.fields(context.api, declaration)
    )


def _field(
    context: Context, declared: ir.Field, named: Named, namespace: Namespace, own: bool
) -> Field:
    """One attribute, with its wire name."""
    type_ = declared.type if declared.required else ir.Nullable(declared.type)
    alias = literal(declared.name) if named.name != declared.name else None
    full = context.types.with_metadata(type_, alias, declared.may_be_missing) if own else type_
    annotation = namespace.annotation(full)
    default = definitions.field_default(named.name, annotation, _default(context, declared))
    return Field(
        name=named.name,
        wire=declared.name,
        annotation=annotation,
        default=default,
        required=declared.required,
        doc=docs.with_note(declared.doc, deprecation(declared.availability)) or None,
        alias=alias,
        inherited=not own,
        deprecated=deprecation(declared.availability),
        access=declared.access,
        old_names=named.old_names,
        key=named.key,
        span=declared.span,
    )


def _default(context: Context, declared: ir.Field) -> str | None:
    """The default as source code; an optional field is None if it is omitted."""
    if declared.required:
        # As in Fern, also where a type of its own is the constant.
        type_ = queries.resolved(context.api, declared.type) if context.fern else declared.type
        fixed = type_.value if isinstance(type_, ir.Literal) else None
        return None if fixed is None or isinstance(fixed, float) else literal(fixed)
    wanted = context.settings.python.pydantic
    default = constant(context, declared.type, declared.default)
    if wanted.use_provided_defaults and default is not None:
        return default
    return None if wanted.require_optional_fields else "None"
