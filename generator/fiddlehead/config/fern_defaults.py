"""The defaults of a version of Fern's CLI, which fern.config.json gives, and of a version of its
Python generator, which generators.yml gives. They apply to settings that the files do not have.

Sources: the migrations of Fern's CLI, which write the older defaults into generators.yml, and the
changelogs of the CLI and the Python generator.
"""

from __future__ import annotations

import re

from .fields import Layer

_BEFORE_1: Layer = {
    "title_as_schema_name": True,
    "type_dates_as_strings": True,
    "object_query_parameters": False,
    "idiomatic_request_names": False,
    "respect_nullable_schemas": False,
    "wrap_references_to_nullable_in_optional": True,
    "coerce_optional_schemas_to_nullable": True,
}
_SINCE_1: Layer = {
    "title_as_schema_name": False,
    "type_dates_as_strings": False,
    "object_query_parameters": True,
    "idiomatic_request_names": True,
    "respect_nullable_schemas": True,
    "wrap_references_to_nullable_in_optional": False,
    "coerce_optional_schemas_to_nullable": False,
}


def defaults(version: str | None) -> Layer:
    """The defaults of settings that generators.yml does not have.

    `None` means there is no fern.config.json; then the defaults of fiddlehead apply. A text that is
    not a version (`*`) means the newest version.
    """
    if version is None:
        return {}
    built = _numbers(version)
    major, first, next_ = built[0], *_CONSTANT_LITERALS
    literals: Layer = {"coerce_consts_to": "literals"} if first <= built < next_ else {}
    return {
        "importer": {
            **(_SINCE_1 if major >= 1 else _BEFORE_1),
            **literals,
            "coerce_enums_to_literals": major < 2,
            "suffix_path_parameters": built >= _SUFFIXES,
            "audiences_select_properties": major < 5,
            "conditional_bodies_have_classes": built >= _CONDITIONAL_CLASSES,
            "required_applies_to_all_of": built >= _REQUIRED_BESIDE,
            "redeclared_properties_stay_required": built >= _REDECLARED,
            "type_names_begin_inline_names": major >= 5,
            "annotated_all_of_is_type": major >= 5,
        },
        "naming": {"smart_casing": major >= 3},
    }


_CONSTANT_LITERALS = ((3, 90, 8), (4, 20, 1))
"""The first version of the CLI since 2.0 in which a `const` is a literal, and the next one in which
it is an enum."""

_SUFFIXES = (5, 78, 0)
"""The first version of the CLI that renames path parameters which are called like another
argument."""

_CONDITIONAL_CLASSES = (4, 54, 1)
"""The first known version of the CLI that keeps the class of a component which is used only as the
body of an operation with a stream condition."""

_REQUIRED_BESIDE = (4, 42, 0)
"""The first known version of the CLI in which `required` next to an `allOf` applies to the
properties of its inline members; the last one in which it does not is 3.98.5."""

_REDECLARED = (5, 131, 1)
"""The first known version of the CLI in which required properties stay required when an `allOf`
declares them again."""

_NEWEST = (999, 0, 0)

_NULLABLE_ANY = ((3, 4, 2), (4, 35, 3))
"""The first version with `Optional[Any]` for values without a type, and the next one with `Any`."""

_GROUP_UNDERSCORES = (5, 18, 2)
"""The first version that keeps underscores around the names of groups."""

_CLIENT_DEFAULTS = (5, 13, 1)
"""The first version that gets the value of `x-fern-default` from the CLI."""

_PAGE_TYPES = (4, 37, 0)
"""The first version whose pagers have the type of a page."""

_PLATFORM_HEADERS = (4, 47, 0)
"""The first version whose clients send X-Fern-Runtime and X-Fern-Platform."""

_EMPTY_BODIES = (4, 46, 3)
"""The first version that sends a JSON body without properties."""

_CONNECTION_ERRORS = (5, 1, 3)
"""The first version whose clients send a request again after a connection error."""


def generator_defaults(version: str | None) -> Layer:
    """The defaults of a version of Fern's Python generator. `None`, and a text that is not a
    version, mean the newest version."""
    built = _numbers(version or "")
    first, next_ = _NULLABLE_ANY
    return {
        "importer": {
            "unknown_may_be_null": first <= built < next_,
            "client_defaults": built >= _CLIENT_DEFAULTS,
        },
        "naming": {"group_underscores": built >= _GROUP_UNDERSCORES},
        "python": {
            "pager_has_page_type": built >= _PAGE_TYPES,
            "platform_headers": "separate" if built >= _PLATFORM_HEADERS else "none",
            "send_empty_bodies": built >= _EMPTY_BODIES,
            "retry_connection_errors": built >= _CONNECTION_ERRORS,
        },
    }


def _numbers(version: str) -> tuple[int, int, int]:
    """The three numbers of a version; a text that is not a version is newer than all versions."""
    match = re.match(r"(\d+)\.(?:(\d+)(?:\.(\d+))?)?", version)
    if match is None:
        return _NEWEST
    major, minor, patch = (int(number or 0) for number in match.groups())
    return major, minor, patch
