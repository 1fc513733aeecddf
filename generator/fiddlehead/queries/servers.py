"""The URL of an endpoint."""

from __future__ import annotations

from .. import ir


def url(api: ir.Api, endpoint: ir.Endpoint) -> str:
    """The URL of an endpoint in the default environment; only its path if there is none."""
    server = _server(api, endpoint.server or "")
    base = (server.default_url or server.url) if server else ""
    for part in server.variables if server else ():
        base = base.replace(f"{{{part.name}}}", part.default or f"{{{part.name}}}")
    return f"{base.rstrip('/')}/{endpoint.path.lstrip('/')}"


def _server(api: ir.Api, name: str) -> ir.Server | None:
    """The server with a name, or else the first one."""
    environments = sorted(
        api.environments,
        key=lambda environment: environment.name != api.default_environment,
    )
    for environment in environments[:1]:
        return environment.servers.get(name) or next(iter(environment.servers.values()), None)
    return None
