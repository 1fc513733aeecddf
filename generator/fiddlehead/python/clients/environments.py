"""The environments of the API: an enum of URLs, or a class with several named URLs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ... import ir
from ...diagnostics import Span
from ...frozen import replace
from ...literals import literal
from ...naming import Claim
from ...package import EnvironmentClass, EnvironmentMember, Import, Module
from ..context import Context
from ..locations.namespace import in_order


def build(context: Context, client_name: str) -> EnvironmentClass | None:
    """The class; None if the API has no URL."""
    environments = context.api.environments
    if not environments:
        return None
    servers = list(
        dict.fromkeys(name for environment in environments for name in environment.servers)
    )
    several = len(servers) > 1
    key = "environment"
    generated = context.settings.python.environment_class_name or f"{client_name}Environment"
    named = context.names.decide(generated, key, "environment", environments[0].span)
    called = _names(
        context,
        f"the members of {named.name}",
        [
            (environment.name, environment.span, f"{key}.{environment.name}")
            for environment in environments
        ],
        context.names.member_names,
    )
    urls = _names(
        context,
        f"the servers of {named.name}",
        [(name, environments[0].span, f"{key}.server:{name}") for name in servers],
        lambda name: context.names.argument_names(name, name),
    )
    members = [
        EnvironmentMember(
            name=called[environment.name],
            urls=tuple(
                (urls[name] if several else "", literal(_url(environment.servers[name])))
                for name in servers
                if name in environment.servers
            ),
            templates=tuple(
                (urls[name] if several else "", _template(environment.servers[name]))
                for name in servers
                if name in environment.servers and environment.servers[name].variables
            ),
            doc=environment.doc,
        )
        for environment in environments
    ]
    default = context.api.default_environment
    if default not in called and not context.fern:
        # A single environment needs no choice; the default is the first one.
        default = environments[0].name
    return EnvironmentClass(
        name=named.name,
        members=tuple(members),
        servers=tuple(urls.values()) if several else (),
        default=called.get(default) if default is not None else None,
        templated="templated" if any(member.templates for member in members) else None,
        key=key,
    )


def _names(
    context: Context,
    what: str,
    declared: Sequence[tuple[str, Span, str]],
    names_of: Callable[[str], tuple[str, ...]],
) -> dict[str, str]:
    """The identifier of each element, which has a name, a location and a key."""
    claims: list[Claim] = []
    for name, span, key in declared:
        names = names_of(name)
        claims.append(Claim(names, name, span, rank=(int(names[0] != name), name), key=key))
    assigned = context.names.assign(claims, what)
    return {name: named.name for (name, _, _), named in zip(declared, assigned, strict=True)}


def module(environment: EnvironmentClass) -> Module:
    """The file of the class."""
    needed = [Import("typing", "ClassVar") if environment.servers else Import("enum")]
    if environment.templated is not None:
        needed.append(Import("collections.abc", "Mapping"))
        needed.append(Import(".core.environments", environment.templated))
    return Module(path="environment.py", items=(environment,), imports=in_order(needed))


def variables(context: Context) -> list[ir.ServerVariable]:
    """The variables of URLs, without duplicates. One that several URLs have has the values of all."""
    result: dict[str, ir.ServerVariable] = {}
    for environment in context.api.environments:
        for server in environment.servers.values():
            for variable in server.variables:
                known = result.setdefault(variable.name, variable)
                is_limited = known.values and variable.values
                values = dict.fromkeys((*known.values, *variable.values)) if is_limited else ()
                result[variable.name] = replace(known, values=tuple(values))
    return list(result.values())


def _url(server: ir.Server) -> str:
    """The URL with the defaults of its variables."""
    if server.default_url is not None:
        return server.default_url
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", _default(variable))
    return url


def _default(variable: ir.ServerVariable) -> str:
    """The value of a variable that is not set; a variable without any keeps its place in the URL."""
    if variable.default is not None:
        return variable.default
    return variable.values[0] if variable.values else f"{{{variable.name}}}"


def _template(server: ir.Server) -> str:
    """A URL with its variables as Python: their defaults, or all values where one of these differs
    in its structure from the default."""
    defaults = ", ".join(
        f"{literal(variable.name)}: {_values(variable)}" for variable in server.variables
    )
    return f"({literal(server.url)}, {{{defaults}}})"


_STRUCTURE = frozenset("/?#@\\:%{}")
"""What the runtime accepts in a value only where the default has it, too (`environments.py`)."""


def _values(variable: ir.ServerVariable) -> str:
    default = _default(variable)
    if all(value and _STRUCTURE.isdisjoint({*value} - {*default}) for value in variable.values):
        return literal(default)
    values = dict.fromkeys((default, *variable.values))
    return f"({', '.join(map(literal, values))}{',' * (len(values) == 1)})"
