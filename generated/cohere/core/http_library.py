"""The HTTP library: httpx2 or httpx. No other module imports either of them."""

import contextlib
import importlib
import re
import sys
from collections.abc import Mapping
from typing import Any, Protocol, cast

_NAMES = ("httpx2", "httpx")
# Headers that may be credentials: all but those that describe the request itself.
SECRET = re.compile(r"(?i)(?!accept|content-|if-|transfer-|(host|range|user-agent)$)")
OF_BODY = re.compile(r"(?i)content-|transfer-|digest$")  # RFC 9110, section 15.4


class Client(Protocol):
    """An `httpx2.Client` or an `httpx.Client`."""

    def build_request(self, method: str, url: str) -> object: ...
    def close(self) -> None: ...


class AsyncClient(Protocol):
    """An `httpx2.AsyncClient` or an `httpx.AsyncClient`."""

    def build_request(self, method: str, url: str) -> object: ...
    async def aclose(self) -> None: ...


class Timeout(Protocol):
    """An `httpx2.Timeout` or an `httpx.Timeout`."""

    def as_dict(self) -> dict[str, float | None]: ...


class Response(Protocol):
    """An `httpx2.Response` or an `httpx.Response`."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    text: str


def library_of(client: object, is_async: bool, preferred: str | None) -> Any:
    """The module of ``client``, for None an installed one. TypeError or ImportError."""
    kind = "AsyncClient" if is_async else "Client"
    for module in map(sys.modules.get, _NAMES):
        if isinstance(client, getattr(module, kind, ())):
            return module
    if client is not None:
        accepted = f"httpx2.{kind} or httpx.{kind}"
        raise TypeError(f"httpx_client: expected {accepted}, found {type(client)}")
    for name in sorted(_NAMES, key=lambda name: name != preferred):
        with contextlib.suppress(ImportError):
            return importlib.import_module(name)
    raise ImportError("no HTTP library: pip install httpx2 (for Python 3.10: httpx)")


def timeout_of(library: Any, value: Any) -> Any:
    """``value`` as a timeout of ``library``; TypeError if it is not a timeout."""
    if hasattr(value, "as_dict"):
        return library.Timeout(**value.as_dict())
    if not isinstance(value, (int, float, tuple, type(None))):
        raise TypeError(f"timeout: expected seconds or a Timeout, found {value!r}")
    return cast("Any", value)


def same_origin(url: Any, target: Any) -> bool:
    """Whether ``target`` has the origin of ``url``, or is its https form."""
    upgrade = (url.scheme, target.scheme, url.port) == ("http", "https", None)
    same = (url.host, url.port) == (target.host, target.port)
    return same and (upgrade or url.scheme == target.scheme)
