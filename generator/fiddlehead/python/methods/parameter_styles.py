"""The keywords of a call for the styles of parameters and form fields."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal

_DEPTH = 5
"""The maximum depth of nested unions that are searched for objects."""
_STYLED = ("path", "query", "cookie")
_FORM_STYLES = {"exploded": "", "deepObject": "brackets"}
_PART_STYLES = {
    "commas": "form",
    "properties": "",
    "deepObject": "brackets",
}


def of_parameter(api: ir.Api, parameter: ir.Parameter, *, numbered: bool) -> str | None:
    """The style of a parameter, if it is not the default.

    `numbered`: the items of an array of the style `deepObject` have numbers, as in forms.
    """
    if parameter.location not in _STYLED:
        return None
    if parameter.location == "path":
        return _of_path(api, parameter)
    style: str | None = parameter.style
    if style == "cookie":
        return "cookie" if parameter.explode else "cookie form"
    if style in ir.DELIMITERS and parameter.explode:
        style = None
    elif style == "deepObject" and numbered and _is_array(api, parameter):
        style = "brackets"
    elif style == "form":
        alone = _is_scalar(api, parameter.type) and not parameter.allow_multiple
        style = None if parameter.explode or alone else "form"
    if parameter.allow_reserved:
        return f"{style} reserved" if style is not None else "reserved"
    return style


def of_field(api: ir.Api, declared: ir.Field) -> str | None:
    """The style of a form field; None for the default of OpenAPI, which is JSON for objects."""
    style = declared.style
    has_style = style == "json" or declared.allow_reserved or not _is_scalar(api, declared.type)
    if style is None or not has_style:
        return None
    written = _FORM_STYLES.get(style, style)
    return f"{written} reserved".strip() if declared.allow_reserved else written


def of_part(declared: ir.Field) -> str | None:
    """The style of a part of a multipart body; None for the default, which is JSON for objects."""
    style = declared.style or ""
    return style if style in ir.DELIMITERS else _PART_STYLES.get(style)


def of_header(api: ir.Api, parameter: ir.Parameter) -> dict[str, str] | None:
    """The keywords of the runtime's `header_value`; None if the value is sent as it is."""
    if parameter.style in ir.DELIMITERS:
        return {"style": literal(parameter.style)}
    if not is_structured(api, parameter):
        return None
    return {"explode": "True"} if parameter.explode else {}


def is_structured(api: ir.Api, parameter: ir.Parameter) -> bool:
    """Whether a parameter may be an object that is not sent as JSON text."""
    return parameter.style != "json" and _may_be_object(api, parameter.type)


def _of_path(api: ir.Api, parameter: ir.Parameter) -> str | None:
    """The style of a path parameter that the template alone cannot express."""
    if parameter.style == "json" or parameter.style in ir.DELIMITERS:
        return parameter.style
    resolved = queries.resolved_non_null(api, parameter.type)
    exploded = parameter.explode and parameter.style in ("label", "matrix")
    # An empty text of style matrix has no `=` (RFC 6570, section 3.2.7).
    may_be_empty = parameter.style == "matrix" and _is_text(resolved)
    if (
        is_structured(api, parameter)
        or may_be_empty
        or (exploded and isinstance(resolved, ir.ListOf))
    ):
        return f"{parameter.style}*" if parameter.explode else parameter.style
    return None


def _may_be_object(api: ir.Api, type_: ir.Type, depth: int = 0) -> bool:
    resolved = queries.resolved_non_null(api, type_)
    members: list[ir.Type] = []
    match resolved:
        case ir.Model() | ir.MapOf() | ir.Unknown():
            return True
        case ir.UnionOf():
            members = [*resolved.members]
        case ir.Union():
            members = [variant.type for variant in resolved.variants if variant.type is not None]
        case _:
            return False
    return depth < _DEPTH and any(_may_be_object(api, member, depth + 1) for member in members)


def _is_scalar(api: ir.Api, type_: ir.Type) -> bool:
    """Whether a value is neither an array nor an object."""
    resolved = queries.resolved_non_null(api, type_)
    return isinstance(resolved, ir.Primitive | ir.Enum | ir.Literal)


def _is_array(api: ir.Api, parameter: ir.Parameter) -> bool:
    resolved = queries.resolved_non_null(api, parameter.type)
    return parameter.allow_multiple or isinstance(resolved, ir.ListOf)


def _is_text(resolved: object) -> bool:
    return isinstance(resolved, ir.Primitive) and resolved.kind == "string"
