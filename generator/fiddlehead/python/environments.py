"""Where the API runs: an enum of URLs, or a class with several named URLs."""

from __future__ import annotations

from .. import ir
from ..literals import literal
from ..naming import rename_hint
from ..package import EnvironmentClass, EnvironmentMember, Import, Module
from .context import Context


def build(context: Context, client_name: str) -> EnvironmentClass | None:
    """The class; None where the API says no URL."""
    found = context.api.environments
    if not found:
        return None
    servers = list(dict.fromkeys(name for each in found for name in each.servers))
    several = len(servers) > 1
    key = "environment"
    generated = context.settings.python.environment_class_name or f"{client_name}Environment"
    named = context.names.decide(generated, key, "environment", found[0].span)
    scope = context.names.scope(f"the members of {named.name}")
    members: list[EnvironmentMember] = []
    names: dict[str, str] = {}
    for each in found:
        member = context.names.member(each.name)
        member_key = f"{key}.{each.name}"
        member = context.names.decide(member, member_key, each.name, each.span).name
        scope.claim(member, each.name, each.span, hint=rename_hint(member_key))
        names[each.name] = member
        urls = tuple(
            (context.names.argument(name) if several else "", literal(_url(each.servers[name])))
            for name in servers
            if name in each.servers
        )
        members.append(EnvironmentMember(name=member, urls=urls, doc=each.doc))
    default = context.api.default_environment
    if default not in names:
        # One place to run needs no choice; of several, the first is what the description shows.
        default = found[0].name
    return EnvironmentClass(
        name=named.name,
        members=tuple(members),
        servers=tuple(context.names.argument(name) for name in servers) if several else (),
        default=names[default],
        key=key,
    )


def module(environment: EnvironmentClass) -> Module:
    """The file of the class."""
    needed = Import("typing", "ClassVar") if environment.servers else Import("enum")
    return Module(path="environment.py", items=(environment,), imports=(needed,))


def variables(context: Context) -> list[ir.ServerVariable]:
    """The parts of URLs that a user can give, each once."""
    found: dict[str, ir.ServerVariable] = {}
    for environment in context.api.environments:
        for server in environment.servers.values():
            for each in server.variables:
                found.setdefault(each.name, each)
    return list(found.values())


def _url(server: ir.Server) -> str:
    """The URL with the defaults of its variables."""
    if server.default_url is not None:
        return server.default_url
    url = server.url
    for each in server.variables:
        if each.default is not None:
            url = url.replace(f"{{{each.name}}}", each.default)
    return url
