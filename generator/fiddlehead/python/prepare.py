"""The context of a package: names, groups and type locations, before anything is built."""

from __future__ import annotations

from .. import ir, queries
from ..config import Settings
from ..diagnostics import Diagnostics
from ..frontends import frontend_of
from ..frozen import replace
from ..naming import Names
from ..recording import Tracked, part
from ..request_bodies.inline_request_bodies import Inlining, inline_request_bodies
from ..typing_ import TypeBuilder
from .context import Context
from .fern_view import with_fern_optionality
from .locations import placement
from .locations.folders import folders
from .locations.group_tree import arranged
from .methods import operation_auth
from .types import errors, typed_dicts

PLACEMENT = "placement"
"""The attributes that determine the locations of types: names, owners and references."""


def names_of(settings: Settings, diagnostics: Diagnostics) -> Names:
    """The naming rules of the settings."""
    return Names(
        diagnostics,
        smart_casing=settings.naming.smart_casing,
        digit_word_boundary=settings.naming.digit_word_boundary,
        group_underscores=settings.naming.group_underscores,
        short=settings.naming.short_names and settings.layout != "fern",
        fern=settings.layout == "fern",
        rename=settings.naming.rename,
        aliases=settings.naming.aliases,
        places=settings.places,
        renames=frontend_of(settings.spec).renames,
    )


def prepared(api: ir.Api, settings: Settings, diagnostics: Diagnostics) -> Context:
    """The API in the form from which methods are built, with its names and the locations of its
    types."""
    names = names_of(settings, diagnostics)
    declarations = api.declarations
    if settings.layout == "fern":
        api = with_fern_optionality(api, settings)
    inlining = Inlining(
        models=settings.python.inline_request_params,
        optional=settings.layout == "fern" and not settings.python.respect_optional_request_body,
        request_names=settings.layout == "fern",
        unions=settings.python.flatten_union_request_bodies,
        class_name=names.class_name,
    )
    if not settings.python.websocket_clients:
        api = replace(api, root=queries.without_channels(api.root))
    api = inline_request_bodies(api, inlining)
    dissolve = settings.naming.dissolve_title_groups and settings.layout != "fern"
    api = arranged(api, names, settings.package if dissolve else None)
    nested = settings.layout == "fern" and not settings.python.improved_imports
    result = folders(api, names, "resources" if nested else "")
    v0 = settings.python.pydantic.union_naming == "v0"
    if isinstance(declarations, Tracked) and api.declarations is not declarations:
        api = replace(api, declarations=declarations.with_values(api.declarations))
    with part(api.declarations, PLACEMENT):
        uses = {
            id_: frozenset(reference.id for reference in queries.references(declaration))
            for id_, declaration in api.declarations.items()
        }
        type_locations = placement.find(
            api,
            uses,
            names,
            result,
            v0=v0,
            fern=settings.layout == "fern",
            is_protected=settings.is_protected,
        )
    if settings.layout == "fern" and settings.python.use_typeddict_requests:
        type_locations = typed_dicts.with_params(api, type_locations)
    types = TypeBuilder(
        {id_: type_location.class_name for id_, type_location in type_locations.types.items()},
        any_or_none=settings.layout == "fern",
    )
    return Context(
        api=api,
        settings=settings,
        diagnostics=diagnostics,
        names=names,
        type_locations=type_locations,
        errors=errors.places(api, names, result, settings.layout == "fern", settings.is_protected),
        folders=result,
        types=types,
        routed=operation_auth.is_routed(api),
        uses=uses,
    )
