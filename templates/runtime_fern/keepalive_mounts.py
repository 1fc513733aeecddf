"""Proxies of the environment for a hand-written HTTP client with TCP keep-alive.

httpx ignores these proxies if it is given a transport.
"""

import importlib
import ipaddress
import urllib.request
from typing import Any

from .keepalive import keepalive_options


def get_keepalive_proxy_mounts(
    idle: int = 60, intvl: int = 30, cnt: int = 5
) -> dict[str, Any]:
    """The argument ``mounts`` of an `httpx.Client`. None means no proxy."""
    return _mounts("HTTPTransport", idle, intvl, cnt)


def get_async_keepalive_proxy_mounts(
    idle: int = 60, intvl: int = 30, cnt: int = 5
) -> dict[str, Any]:
    """The argument ``mounts`` of an `httpx.AsyncClient`. None means no proxy."""
    return _mounts("AsyncHTTPTransport", idle, intvl, cnt)


def _mounts(transport: str, idle: int, interval: int, count: int) -> dict[str, Any]:
    make = getattr(importlib.import_module("httpx"), transport)
    options = keepalive_options(idle=idle, interval=interval, count=count)
    return {
        pattern: None if url is None else make(proxy=url, socket_options=options)
        for pattern, url in _get_environment_proxies().items()
    }


def _get_environment_proxies() -> dict[str, str | None]:
    """The URL of a proxy by the pattern of URLs, as httpx reads the environment."""
    proxies = urllib.request.getproxies()
    mounts: dict[str, str | None] = {
        f"{scheme}://": url if "://" in url else f"http://{url}"
        for scheme, url in proxies.items()
        if scheme in ("http", "https", "all") and url
    }
    for host in filter(None, map(str.strip, proxies.get("no", "").split(","))):
        if host == "*":
            return {}
        mounts[_pattern(host)] = None
    return mounts


def _pattern(host: str) -> str:
    """The pattern of the URLs of a host, and of its subdomains."""
    if "://" in host:
        return host
    try:
        version = ipaddress.ip_address(host.strip("[]").partition("/")[0]).version
    except ValueError:
        return f"all://{host}" if host.lower() == "localhost" else f"all://*{host}"
    return f"all://[{host.strip('[]')}]" if version == 6 else f"all://{host}"
