"""The keys in the `config` of Fern's Python generator: those that become settings, and why others do not."""

from __future__ import annotations

SAME_NAME = [
    "client_class_name",
    "environment_class_name",
    "inline_request_params",
    "inline_path_params",
    "flatten_union_request_bodies",
    "respect_optional_request_body",
    "use_typeddict_requests",
    "use_typeddict_requests_for_file_upload",
    "pyproject_toml",
    "stream_abstraction",
    "default_bytes_stream_chunk_size",
    "auto_generate_idempotency_key",
    "optional_auth",
    "use_request_defaults",
    "custom_pager_name",
    "offset_semantics",
    "user_agent",
    "timeouts",
    "custom_transport",
    "import_paths",
    "exclude_types_from_init_exports",
    "retry_status_codes",
    "datetime_milliseconds",
    "recursion_limit",
    "license_header",
    "mypy_exclude",
    "improved_imports",
]
"""Keys with the same name in PythonSettings."""

RENAMED = {
    "timeout": "timeout",
    "timeout_in_seconds": "timeout",
    "default_max_retries": "max_retries",
    "follow_redirects_by_default": "follow_redirects",
    "should_generate_websocket_clients": "websocket_clients",
    "max_retries": "max_retries",
    "allow_user_agent_app_info": "user_agent_app_info",
    "custom_readme_sections": "readme_sections",
}

SILENT = frozenset(
    {
        # Packaging options that fiddlehead decides itself, and options that the output always
        # satisfies.
        "encode_path_params",
        "use_inheritance_for_extended_models",
        "extra_dev_dependencies",
        "generate_availability_annotations",
        "generate_endpoint_availability",
        "include_legacy_wire_tests",
        "flat_layout",
        "lazy_imports",
        "output_directory",
        "prefer_explicit_auth",
        "pyproject_format",
        "pyproject_python_version",
        "skip_formatting",
    }
)

NO_EFFECT = {
    "license": "no licence file is written",
    "refresh_auth_on_failed_permissions": "only a 401 makes the client fetch another token",
    "use_api_name_in_package": "'package_name' is the name of the package",
}
"""Keys that have no effect, with the reasons."""

REFUSED = {
    "inline_undiscriminated_union_request_params": "literals keep their own types in unions",
    "include_union_utils": "unions have no wrapper classes with `visit` and `factory`",
}
"""Keys that would change the interface of the client and are not supported; each use is a warning.
"""

PYDANTIC_SAME_NAME = [
    "frozen",
    "extra_fields",
    "enum_type",
    "union_naming",
    "require_optional_fields",
    "use_provided_defaults",
    "skip_validation",
    "coerce_numbers_to_str",
    "orm_mode",
    "positional_single_property_constructors",
]

PYDANTIC_SILENT = frozenset(
    {
        "package_name",
        "skip_formatting",
        "smart_union",
        "use_annotated_field_aliases",
        "use_inheritance_for_extended_models",
        "use_pydantic_field_aliases",
    }
)

PYDANTIC_REFUSED = {
    "include_union_utils": REFUSED["include_union_utils"],
    "include_validators": "models have no custom validators",
    "wrapped_aliases": "an alias is its target type",
}
