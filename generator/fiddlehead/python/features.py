"""Which optional parts of the runtime a package needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .. import ir
from ..package import Alias, EnumClass, Model, Module, Resource, RootClient
from . import walk
from .context import Context, unwrapped

# The runtime's optional modules; an import of one asks for the feature of that name.
_OPTIONAL = frozenset(
    {
        "auth_schemes",
        "downloads",
        "enums",
        "extras",
        "file",
        "keepalive",
        "logging",
        "oauth",
        "pagination",
        "per_call",
        "renamed",
        "streaming",
        "styles",
        "unions",
        "waiter",
        "webhooks",
    }
)
_FORMATS = re.compile(r"\buuid\.UUID\b|\bdt\.date\b|\bset\[|\bdict\[(?!str\b)")


def features(
    context: Context, modules: Iterable[Module], resources: Iterable[Resource]
) -> tuple[str, ...]:
    """Names of features, sorted."""
    modules = list(modules)
    found = {"fern"} if context.fern else set[str]()
    for module in modules:
        for each in (*module.imports, *module.typing_imports):
            _, core, name = each.module.rpartition("core.")
            if core and name in _OPTIONAL:
                found.add(name)
    if "per_call" in found:
        found.add("auth_schemes")
    if _has_unions(context):
        found.add("unions")
    if _has_formats(modules):
        found.add("formats")
    calls = {
        (keyword.name, keyword.expression)
        for resource in resources
        for method in resource.methods
        for keyword in method.call.keywords
    }
    keywords = {name for name, _ in calls}
    # A page at another host is asked for without the credentials.
    if ("auth", "False") in calls or "next_uri" in keywords:
        found.add("anonymous")
    if keywords & {"form", "data", "files", "content"}:
        found.add("bodies")
    if keywords & {"styles", "form_styles", "path_styles"} or _has_objects_in_queries(context):
        found.add("styles")
    return tuple(sorted(found))


def _has_unions(context: Context) -> bool:
    declarations = context.api.declarations.values()
    return any(isinstance(each, ir.Union) for each in declarations) or any(
        _contains_union(each) for each in context.spelled
    )


def _contains_union(type_: ir.Type) -> bool:
    match type_:
        case ir.UnionOf():
            return True
        case ir.ListOf() | ir.Nullable():
            return _contains_union(type_.item)
        case ir.MapOf():
            return _contains_union(type_.value)
        case _:
            return False


def _has_formats(modules: Iterable[Module]) -> bool:
    for module in modules:
        for item in module.items:
            texts: list[str] = []
            match item:
                case EnumClass():
                    return True
                case Model():
                    texts = [item.extra or "", *(each.annotation for each in item.fields)]
                case Alias():
                    if item.recursive:
                        return True
                    texts = [item.value]
                case Resource():
                    texts = [each.returns for each in item.methods]
                    texts += (each.annotation for one in item.methods for each in one.arguments)
                case RootClient():
                    texts = [each.annotation for each in item.arguments]
                    texts += (one.returns for one in item.resource.methods)
                case _:
                    pass
            if any(_FORMATS.search(text) for text in texts):
                return True
    return False


def _has_objects_in_queries(context: Context) -> bool:
    """Whether a query parameter may be more than a scalar or a list of scalars."""
    return any(
        _is_structured(context, parameter.type)
        for parameter in (
            *context.api.query,
            *(each for _, one in ir.endpoints(context.api.root) for each in one.parameters),
        )
        if parameter.location == "query"
    )


def _is_structured(context: Context, type_: ir.Type) -> bool:
    found = walk.resolved(context.api, unwrapped(type_))
    if isinstance(found, ir.ListOf):
        found = walk.resolved(context.api, unwrapped(found.item))
    return not isinstance(found, ir.Primitive | ir.Enum | ir.Literal)
