"""The servers of several merged APIs: each call goes to the server of its own description."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from .. import ir
from ..frozen import replace

Environments = tuple[ir.Environment, ...]
BASE = "base"
"""The name of the first description's server, if there are others."""


def of(apis: Sequence[tuple[str, ir.Api]]) -> list[ir.Api]:
    """The APIs, each with a word for its name, with their combined environments.

    If their servers differ, an environment has a URL for each description: `base`, and others named
    after the words. The first one, which calls without their own server use, is an API with HTTP
    endpoints, if there is one.
    """
    # Servers with WebSockets only come last, because HTTP requests do not use them.
    order = sorted(range(len(apis)), key=lambda index: not ir.operations(apis[index][1].root))
    result: Environments = ()
    default: str | None = None
    renamed: dict[int, Mapping[str, str]] = {}
    for index in order:
        word, api = apis[index]
        if not api.environments:
            continue
        if not result:
            result, default, renamed[index] = api.environments, api.default_environment, {}
            continue
        names = _names(result, api.environments, word)
        if any(names.values()) and _is_single(result):
            result = tuple(
                replace(environment, servers={BASE: server})
                for environment in result
                for server in environment.servers.values()
            )
            renamed = {known: {"": BASE} for known in renamed}
        if any(names.values()):
            result = _joined(result, default, api, names)
        renamed[index] = names
    if any(not api.environments and ir.operations(api.root) for _, api in apis):
        result = _over_http(result)
    return [
        replace(
            api,
            environments=result,
            default_environment=default,
            root=_served(api.root, renamed.get(index, {})),
        )
        for index, (_, api) in enumerate(apis)
    ]


def _names(combined: Environments, own: Environments, word: str) -> dict[str, str]:
    """The name of each server of an API in the combined environments; empty if there is only one
    server."""
    if _is_single(combined) and _urls(own) <= _urls(combined):
        return dict.fromkeys(_keys(own), "")
    taken = [key or BASE for key in _keys(combined)]
    if _is_single(own):
        for key in taken if not _is_single(combined) else ():
            if _urls(own) <= _urls(combined, key):
                return {"": key}
    names: dict[str, str] = {}
    for key in _keys(own):
        wanted = key or word
        candidates = itertools.chain([wanted], (f"{wanted}{n}" for n in itertools.count(2)))
        names[key] = next(
            candidate
            for candidate in candidates
            if candidate not in (*taken, *names.values())
            or (key and candidate in taken and _urls(own, key) <= _urls(combined, candidate))
        )
    return names


def _joined(
    combined: Environments, default: str | None, api: ir.Api, names: Mapping[str, str]
) -> Environments:
    """The environments of both, by name; one that only one of them has uses the other's default."""
    other = _default(api.environments, api.default_environment)
    counterparts = {_key(environment.name): environment for environment in api.environments}
    joined = [
        replace(
            environment,
            servers=_servers(environment, counterparts.pop(_key(environment.name), other), names),
        )
        for environment in combined
    ]
    first = _default(combined, default)
    joined += [
        replace(counterpart, servers=_servers(first, counterpart, names))
        for counterpart in counterparts.values()
        if counterpart is not other
    ]
    return tuple(joined)


def _servers(
    one: ir.Environment, other: ir.Environment, names: Mapping[str, str]
) -> dict[str, ir.Server]:
    more = {names[key]: server for key, server in other.servers.items()}
    return {
        **one.servers,
        **{key: server for key, server in more.items() if key not in one.servers},
    }


def _default(environments: Environments, name: str | None) -> ir.Environment:
    return next(
        (environment for environment in environments if environment.name == name), environments[0]
    )


def _over_http(environments: Environments) -> Environments:
    """The environments for an API whose HTTP endpoints have no server: those of its WebSockets. A
    WebSocket is opened over HTTP, so no other scheme is needed."""
    changed: list[ir.Environment] = []
    for environment in environments:
        (first, server), *others = environment.servers.items()
        url, template = (
            re.sub("^ws", "http", text) if text is not None else None
            for text in (server.url, server.default_url)
        )
        http = replace(server, url=url or server.url, default_url=template)
        changed.append(replace(environment, servers={first: http, **dict(others)}))
    return tuple(changed)


def _is_single(environments: Environments) -> bool:
    """Whether all servers are unnamed, because there is one in each environment."""
    return _keys(environments) == [""]


def _keys(environments: Environments) -> list[str]:
    return list(dict.fromkeys(key for environment in environments for key in environment.servers))


def _urls(environments: Environments, key: str | None = None) -> set[str]:
    """The URLs of an API. A WebSocket has the server of HTTP requests, with another scheme."""
    return {
        re.sub(r"^ws", "http", server.url)
        for environment in environments
        for name, server in environment.servers.items()
        if key is None or name == key
    }


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold() or name


def _served(resource: ir.Resource, names: Mapping[str, str]) -> ir.Resource:
    """The endpoints and channels with the new names of servers."""
    if all(key == name for key, name in names.items()):
        return resource
    return replace(
        resource,
        endpoints=tuple(
            replace(endpoint, server=names.get(endpoint.server or "", endpoint.server))
            for endpoint in resource.endpoints
        ),
        channels=tuple(
            replace(channel, server=names.get(channel.server or "", channel.server))
            for channel in resource.channels
        ),
        children=tuple(_served(child, names) for child in resource.children),
    )
