"""The connection of a client, with the names that Fern's packages have."""

import copy
import functools
import importlib
import importlib.util
import inspect
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from ._connection import ClientWrapper as PlainClientWrapper
from ._connection import maybe_await as maybe_await
from ._connection import run as run
from .auth import Auth
from .hand_wrapper import hand_written_for, settings_of
from .http_library import Response
from .http_parts import merge_headers
from .http_responses import AsyncHttpResponse, HttpResponse
from .request import Call

T = TypeVar("T")
_OTHER_ARGUMENTS = {
    *("base_url", "environment", "headers", "timeout", "max_retries", "httpx_client"),
    *("stream_reconnection_enabled", "max_stream_reconnection_attempts"),
    *("follow_redirects", "logging", "http_client", "app_info"),
}


class ClientWrapper(PlainClientWrapper):
    """The settings of a client, and its HTTP client.

    The clients of the package construct it with all settings. Hand-written code passes
    the arguments of Fern's packages, which are those of the client itself.
    """

    _arguments: Mapping[str, Any] = {}
    by_hand: Any = None
    """The wrapper of a `client_wrapper.py` that is written by hand."""

    def __init__(self, **settings: Any) -> None:
        if getattr(settings.get("logging"), "is_default", False):
            del settings["logging"]
        self._arguments = settings.pop("arguments", None) or {}
        clients = root_clients()
        if "default_timeout" in settings or clients is None:
            super().__init__(**settings)
            self.by_hand = hand_written_for(self, ClientWrapper)
            return
        own = {name: settings.pop(name, None) for name in ("user_agent", "is_async")}
        http = settings.get("httpx_client")
        is_async = own["is_async"] or hasattr(http, "aclose")
        cls = clients.AsyncRootClient if is_async else clients.RootClient
        taken = inspect.signature(cls).parameters
        if "base_url" not in taken:
            settings.pop("base_url", None)
        _allow_no_credentials(settings, taken)
        wrapper = cls(**settings)._client_wrapper
        self.__class__, self.__dict__ = type(wrapper), vars(wrapper)
        if own["user_agent"] is not None:
            self.settings["user_agent"] = own["user_agent"]

    @classmethod
    def around(cls, by_hand: Any) -> "ClientWrapper":
        """``by_hand`` itself, or a wrapper that has its headers and settings."""
        clients = root_clients()
        if isinstance(by_hand, ClientWrapper) or not hasattr(by_hand, "httpx_client"):
            return cast("ClientWrapper", by_hand)
        is_async = hasattr(by_hand.httpx_client.httpx_client, "aclose")
        client = clients.AsyncRootClient if is_async else clients.RootClient
        settings = settings_of(by_hand, client)
        _allow_no_credentials(settings, inspect.signature(client).parameters)
        wrapper: ClientWrapper = client(**settings)._client_wrapper
        # It sends the credentials itself.
        wrapper.by_hand, wrapper.auth = by_hand, Auth("Authorization", None)
        return wrapper

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_get_") and name[5:] == _token_argument():
            return self._get_token
        # Hand-written code reads the arguments of the client, as Fern's wrappers have them.
        argument, arguments = name.removeprefix("_"), self._arguments
        if argument in arguments:
            return arguments[argument]
        if name.startswith("_get_") and name[5:] in arguments:
            value = arguments[name[5:]]
            return value if callable(value) else lambda: value
        if argument == _token_argument():
            return getattr(self.auth, "_value", None)
        if name.startswith("__") or self.by_hand is None:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        return getattr(self.by_hand, name)

    def get_headers(self, *arguments: Any, **more: Any) -> dict[str, Any]:
        """The headers of every request. A value may be a coroutine.

        The arguments are those of a wrapper that is written by hand.
        """
        if arguments or more:
            by_hand: dict[str, Any] = self.by_hand.get_headers(*arguments, **more)
            return by_hand
        own = super().get_headers()
        if self.by_hand is None:
            return own
        return merge_headers(own, self.by_hand.get_headers())

    @functools.cached_property
    def client(self) -> Any:
        """The HTTP client; on aiohttp if that is installed, as in Fern's packages."""
        chosen = self.settings.keys() & {"httpx_client", "transport"}
        if chosen or not self.is_async or self.library.__name__ != "httpx":
            return super().client
        default = importlib.import_module(".default_client", __package__)
        follow = self.settings.get("follow_redirects", True)
        return default.make_default_async_client(
            self.settings.get("default_timeout"), follow
        )

    async def request(
        self, returns: type[T] | object, method: str, path: str, call: Call, raw: bool
    ) -> T:
        """The body as ``returns``, or a response of the client's kind if ``raw``."""
        result: Any = await super().request(returns, method, path, call, True)
        result.__class__ = AsyncHttpResponse if self.is_async else HttpResponse
        if self.settings.get("validate"):
            result.check()
        return cast("T", result if raw else result.data)

    async def send(self, method: str, path: str, call: Call) -> Response:
        """The response. The methods below are called for each request."""
        # Hand-written code may replace the client of `httpx_client`.
        replaced = vars(self).get("httpx_client")
        opened = self.client if replaced is None else replaced.httpx_client
        wrapper = copy.copy(self)
        vars(wrapper).update(client=opened, get_headers=self.async_get_headers)
        call.setdefault("base", self.get_base_url())
        return await PlainClientWrapper.send(wrapper, method, path, call)

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, including those that are coroutines."""
        later = getattr(self.by_hand, "async_get_headers", None)
        own = self.get_headers() if later is None else super().get_headers()
        headers = {k: await maybe_await(v) for k, v in own.items()}
        return headers if later is None else merge_headers(headers, await later())

    def get_custom_headers(self) -> dict[str, str] | None:
        """The headers that the client was given."""
        return cast("dict[str, str] | None", self.settings.get("custom_headers"))

    def get_base_url(self) -> str:
        """The base URL, unless a call overrides it."""
        return str(self.settings["base_url"])

    def get_environment(self) -> Any:
        """The environment of an API with several base URLs."""
        return self.settings.get("environment")

    def get_timeout(self) -> Any:
        """The timeout of a request, in seconds."""
        return self.settings.get("timeout", self.settings.get("default_timeout"))

    def get_max_retries(self) -> int:
        """The maximum number of retries."""
        return int(self.settings["max_retries"])

    def get_stream_reconnection_enabled(self) -> bool | None:
        """Whether a stream that breaks off is resumed."""
        return cast("bool | None", self.settings.get("stream_reconnection_enabled"))

    def get_max_stream_reconnection_attempts(self) -> int | None:
        """How many times a stream is resumed at most."""
        return cast("int | None", self.settings.get("max_stream_reconnection_attempts"))

    def _get_token(self) -> str | None:
        """The bearer token; that of a token endpoint is fetched where it expired."""
        for name, value in self.auth.headers().items():
            if inspect.isawaitable(value):  # only a request can wait for it
                if inspect.iscoroutine(value):
                    value.close()
            elif name.lower() == "authorization":
                return str(value).partition(" ")[2] or str(value)
        return None

    @property
    def _base_url(self) -> str:
        return str(self.settings["base_url"])

    @_base_url.setter
    def _base_url(self, url: str) -> None:
        self.settings["base_url"] = url

    @property
    def _timeout(self) -> Any:
        return self.get_timeout()

    @property
    def _headers(self) -> dict[str, str] | None:
        return self.get_custom_headers()

    @functools.cached_property
    def httpx_client(self) -> Any:
        """Makes requests that no method of the client makes."""
        module = importlib.import_module(".http_client", __package__)
        make = module.AsyncHttpClient if self.is_async else module.HttpClient
        later = self.async_get_headers if self.is_async else None
        arguments = {
            "httpx_client": self.client,
            "base_timeout": self.get_timeout,
            "base_headers": self.get_headers,
            "base_url": self.get_base_url,
            "base_max_retries": self.get_max_retries(),
            "async_base_headers": later,
        }
        # A module that is written by hand may be one of an older version.
        taken = inspect.signature(make).parameters.keys()
        return make(**{name: arguments[name] for name in arguments.keys() & taken})


def _allow_no_credentials(settings: dict[str, Any], taken: Mapping[str, Any]) -> None:
    """Hand-written code may send the credentials itself, or fetch a token without any."""
    name = "token" if "_token_getter_override" in taken else _token_argument()
    others = {settings.get("client_id"), settings.get("_token_getter_override")}
    if name is not None and settings.get(name) is None and others == {None}:
        settings[name] = str  # an empty token is not sent


@functools.cache
def _token_argument() -> str | None:
    """The argument of the client that is its only credential."""
    clients = root_clients()
    taken = inspect.signature(clients.RootClient).parameters if clients else ()
    others = {*_OTHER_ARGUMENTS, *(clients.DECLARED if clients else ())}
    names = [name for name in taken if name not in others]
    return names[0] if len(names) == 1 else None


def root_clients() -> Any:
    """The module that names the clients of the package, if there is one."""
    spec = importlib.util.find_spec(f"{__package__}.root_clients")
    return importlib.import_module(f"{__package__}.root_clients") if spec else None
