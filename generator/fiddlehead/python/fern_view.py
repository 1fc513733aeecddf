"""Layout `fern`: changes an API to Fern's rules for optional and nullable values.

A property that is `readOnly` or nullable has a default, even if it is required. Unless
`respect-readonly-schemas` is set, a `readOnly` property of a body is an argument. The values of a
nullable map are nullable too. A body that is one argument is required, unless it may be null. With
some versions of Fern's generator, every value without a type may be null.
"""

from __future__ import annotations

from .. import ir, queries
from ..config import Settings
from ..frontends import frontend_of
from ..frozen import replace


def with_fern_optionality(api: ir.Api, settings: Settings) -> ir.Api:
    """The API with Fern's rules."""
    importer = settings.importer
    imported = frontend_of(settings.spec).patchable
    read_only_is_optional = imported and not importer.respect_readonly_schemas
    always_sent = not settings.python.respect_optional_request_body
    null_in_maps = (
        # Only Fern's OpenAPI importer does this, not its definition reader, and only for an
        # explicit `nullable`.
        imported
        and importer.optional_additional_properties
        and importer.respect_nullable_schemas
        and not importer.coerce_optional_schemas_to_nullable
    )

    def change(value: object) -> object:
        match value:
            case ir.Field(access="read-only") if read_only_is_optional:
                return replace(value, required=False, access=None)
            case ir.Field(required=True):
                if _may_be_null(api, value.type):
                    return replace(value, required=False)
            case ir.Parameter(required=True) if value.location != "path":
                if value.nullable or _may_be_null(api, value.type):
                    return replace(value, required=False)
            case ir.Body(type=type_) if imported and type_ is not None:
                resolved, nullable = queries.resolved_with_null(api, type_)
                if value.required and nullable:
                    return replace(value, required=False)
                if always_sent and not nullable and not isinstance(resolved, ir.Unknown):
                    return replace(value, required=True)
            case ir.Unknown() if importer.unknown_may_be_null:
                return ir.Nullable(value, span=value.span)
            case ir.Nullable(item=ir.Nullable() as item):
                return item
            case ir.Nullable(item=ir.MapOf() as item) if null_in_maps:
                if not isinstance(item.value, ir.Nullable | ir.Unknown):
                    null = ir.Nullable(item.value, span=item.value.span)
                    return replace(value, item=replace(item, value=null))
            case _:
                pass
        return value

    return queries.transformed(api, change)


def _may_be_null(api: ir.Api, type_: ir.Type) -> bool:
    return queries.resolved_with_null(api, type_)[1]
