"""The settings of how OpenAPI is read, with their defaults."""

from __future__ import annotations

from typing import Literal

from ..frozen import dataclass


@dataclass(frozen=True)
class ImporterSettings:
    """How OpenAPI is read: Fern's `settings` of a spec (source: Fern's generators.yml)."""

    title_as_schema_name: bool = True
    type_dates_as_strings: bool = False
    object_query_parameters: bool = True
    idiomatic_request_names: bool = True
    respect_nullable_schemas: bool = True
    wrap_references_to_nullable_in_optional: bool = False
    coerce_optional_schemas_to_nullable: bool = False
    inline_path_parameters: bool = False
    inline_all_of_schemas: bool = False
    coerce_enums_to_literals: bool = True
    coerce_consts_to: Literal["literals", "enums", "enumsCoerceableToLiterals"] = (
        "enumsCoerceableToLiterals"
    )
    message_naming: Literal["v1", "v2"] = "v1"
    """AsyncAPI 2, layout `fern`: with `v2`, the variants of a message have the names of messages,
    and names of inline types do not begin with `websocket`."""
    suffix_path_parameters: bool = False
    """Layout `fern`: whether a path parameter with the name of another argument gets the suffix
    `_path_param`. Otherwise a property of the body gets the name of the request as a prefix."""
    type_names_begin_inline_names: bool = False
    annotated_all_of_is_type: bool = False
    """Layout `fern`: whether an `allOf` of a `$ref` and annotations is a type of its own."""
    prefer_undiscriminated_unions_with_literals: bool = False
    only_include_referenced_schemas: bool = False
    respect_readonly_schemas: bool = False
    respect_forward_compatible_enums: bool | None = None
    use_bytes_for_binary_response: bool = False
    default_form_parameter_encoding: Literal["json", "form"] = "json"
    preserve_single_schema_oneof: bool = False
    resolve_aliases: bool = False
    group_environments_by_host: bool = False
    remove_discriminants_from_schemas: Literal["always", "never"] = "always"
    path_parameter_order: Literal["urlOrder", "specOrder"] = "urlOrder"
    ignore_tags: bool = False
    optional_additional_properties: bool = True
    client_defaults: bool = True
    """Whether `x-fern-default` is a default that the client sends."""
    unknown_may_be_null: bool = False
    """Layout `fern`: whether a value without a type may be null too."""
    audiences_select_properties: bool = False
    """Layout `fern`: whether a schema with properties for one of the audiences loses all others,
    and any other schema none."""
    conditional_bodies_have_classes: bool = False
    """Layout `fern`: whether a component that is used only as the body of an operation with a
    stream condition has a class."""
    respect_parameter_content: bool = False
    """Layout `fern`: whether a header with `content` has the type of its schema."""
    required_applies_to_all_of: bool = True
    """Layout `fern`: whether `required` next to an `allOf` applies to the properties of its inline
    members."""
    redeclared_properties_stay_required: bool = False
    """Layout `fern`: whether a required property that an `allOf` declares again stays required."""
    endpoints: tuple[str, ...] = ()
    """Include only these operations, as `METHOD /path` (`filter.endpoints`); empty means all."""
