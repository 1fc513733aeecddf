"""Layout `fern`: the asynchronous HTTP clients that Fern's packages export; one of them uses
aiohttp."""

from __future__ import annotations

from ...config import Settings
from ...package import Constant, DefaultClients, Import, Module

NAMES = ("DefaultAioHttpClient", "DefaultAsyncHttpxClient")
PATH = "_default_clients.py"
EXTRA = ("aiohttp", "httpx-aiohttp>=0.1.8,<1")
"""The extra of the package that installs aiohttp and its adapter."""


def has_them(settings: Settings) -> bool:
    """Whether a package has these clients: they are subclasses of httpx's, and require aiohttp's
    adapter."""
    return settings.layout == "fern" and settings.http_library == "httpx"


def module(settings: Settings) -> Module:
    constant = "SDK_DEFAULT_TIMEOUT"
    distribution = settings.distribution or settings.package.replace("_", "-")
    return Module(
        path=PATH,
        items=(
            Constant(
                name=constant,
                annotation="float | None",
                value=repr(settings.python.timeout),
                doc="The timeout in seconds; None means no timeout.",
            ),
            DefaultClients(
                constant=constant,
                missing=f"To use the aiohttp client, run: pip install {distribution}[aiohttp]",
            ),
        ),
        imports=(
            Import("typing", "Any"),
            Import("httpx"),
            Import(".core.lazy", "TYPE_CHECKING"),
        ),
    )


def limits_of(settings: Settings) -> dict[str, float] | None:
    """The seconds of each phase of a request that the settings limit; None if they limit none."""
    phases = settings.python.timeouts
    if phases is None:
        return None
    seconds = {name: getattr(phases, name) for name in ("connect", "read", "write")}
    return {name: value for name, value in seconds.items() if value is not None}


def request_rules(settings: Settings) -> Module | None:
    """The module of the runtime with the rules of requests that differ between versions and settings
    of Fern's generator; None if they are the defaults of the newest version."""
    python = settings.python
    is_legacy = python.retry_status_codes == "legacy"
    phases = limits_of(settings)
    usual = python.retry_connection_errors and python.send_empty_bodies and is_legacy
    if usual and phases is None:
        return None
    retried = 'frozenset({"ConnectError"})' if python.retry_connection_errors else "frozenset()"
    items = (
        Constant(name="RETRIED", annotation="frozenset[str]", value=retried),
        Constant(
            name="STATUSES",
            annotation="frozenset[int]",
            value=f"frozenset({{408, 409, 429, {'*range(500, 1000)' if is_legacy else '502, 503, 504'}}})",
        ),
        Constant(name="PHASES", annotation="dict[str, float] | None", value=repr(phases)),
        Constant(name="EMPTY_BODIES", annotation="bool", value=str(python.send_empty_bodies)),
    )
    return Module(path="core/request_rules.py", items=items)
