"""Enums: open literals, or enum classes if the settings enable them."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal
from ...naming import Claim, distance
from ...package import Alias, EnumClass, TypeDef, Value
from ...typing_ import Type, definitions
from ...typing_.types import FLOAT, core, literals, union
from ..context import Context, deprecation
from ..locations.namespace import Namespace
from ..locations.placement import TypeLocation
from .declared import declared, documentation

_OPEN_STR = core("unchecked_base_model", "OpenStr")
_OPEN_INT = core("unchecked_base_model", "OpenInt")
_UNKNOWN_STR = core("unchecked_base_model", "UnknownStr")
_UNKNOWN_INT = core("integers", "UnknownInt")


def enum(
    context: Context, declaration: ir.Enum, type_location: TypeLocation, namespace: Namespace
) -> TypeDef:
    """The type of an enum.

    The annotation includes a `str` subclass for unknown values, so that a typo in an argument is a
    type error, and a new value of the server is not an error.
    """
    kind = context.settings.python.pydantic.enum_type
    texts = all(isinstance(value.value, str) for value in declaration.values)
    if kind != "literals" and texts:
        return _class(context, declaration, type_location, namespace, kind != "python_enums")
    values: dict[str, Value] = {}
    for value in declaration.values:
        if not isinstance(value.value, float):
            expression = literal(value.value)
            values.setdefault(expression, _value(value, expression))
    described = declared(declaration, type_location)
    described["doc"] = _doc(context, declaration)
    return Alias(
        name=type_location.class_name,
        value=definitions.alias(
            declaration.id,
            type_location.class_name,
            namespace.annotation(_open(context, declaration)),
        ),
        kind="enum",
        values=tuple(values.values()),
        **described,
    )


def _value(value: ir.EnumValue, expression: str, name: str | None = None) -> Value:
    return Value(
        expression=expression,
        name=name,
        doc=value.doc,
        deprecated=deprecation(value.availability),
        span=value.span,
    )


def _doc(context: Context, declaration: ir.Enum) -> str | None:
    """The documentation of an enum; None if the only field with this enum has the same text."""
    text = documentation(declaration)
    owner = context.api.declarations.get(declaration.owner or "")
    if isinstance(owner, ir.Model) and text is not None:
        same = (field.type for field in owner.fields if field.doc == declaration.doc)
        if any(ir.Ref(declaration.id) in queries.references(type_) for type_ in same):
            return None
    return text


def _open(context: Context, declaration: ir.Enum) -> Type:
    """The type of the known values, and of unknown values from the server.

    In layout `fern`, type checkers accept any value, as in Fern's packages: callers pass plain
    strings.
    """
    known = list(dict.fromkeys(value.value for value in declaration.values))
    listed = [value for value in known if not isinstance(value, float)]
    members: list[Type] = []
    if listed:
        members.append(literals(*listed))
    if any(isinstance(value, str) for value in known):
        members.append(_OPEN_STR if context.fern else _UNKNOWN_STR)
    if any(isinstance(value, int) for value in known):
        members.append(_OPEN_INT if context.fern else _UNKNOWN_INT)
    if len(listed) < len(known):
        members.append(FLOAT)  # PEP 586 does not allow literals of floats.
    return union(*members)


def _class(
    context: Context,
    declaration: ir.Enum,
    type_location: TypeLocation,
    namespace: Namespace,
    open_: bool,
) -> EnumClass:
    distinct: dict[str, ir.EnumValue] = {}
    for value in declaration.values:
        distinct.setdefault(literal(str(value.value)), value)
    claims = [_claim(context, value, type_location) for value in distinct.values()]
    named = context.names.assign(claims, f"the members of {type_location.class_name}")
    pairs = zip([member.name for member in named], distinct, strict=True)
    base = namespace.core("enums", "OpenEnum" if open_ else "StrEnum")
    base, members = definitions.enum(declaration.id, type_location.class_name, base, pairs)
    values = tuple(_value(distinct[expression], expression, name) for name, expression in members)
    return EnumClass(
        name=type_location.class_name,
        base=base,
        values=values,
        open=open_,
        **declared(declaration, type_location),
    )


def _claim(context: Context, value: ir.EnumValue, type_location: TypeLocation) -> Claim:
    text = str(value.value)
    names = context.names.member_names(text, value.name)
    return Claim(
        names,
        text,
        value.span,
        rank=(0 if value.name is not None else distance(names[0], text),),
        key=f"{type_location.key}.{text}",
        kind="enum value",
    )
