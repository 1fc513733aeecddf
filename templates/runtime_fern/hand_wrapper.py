"""A hand-written `client_wrapper.py`: its headers and base URL apply to all requests.

The clients of the package send requests through their own wrapper. It takes headers and
the base URL from the one that is written by hand.
"""

# The class that is written by hand has any arguments and attributes.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import importlib
import inspect
from collections.abc import Mapping
from typing import Any

_CREDENTIALS = ("token", "api_key", "access_token", "api_token")


def hand_written_for(wrapper: Any, base: type[Any]) -> Any:
    """The wrapper that is written by hand, with the settings of ``wrapper``, or None."""
    module = importlib.import_module(".client_wrapper", __package__)
    names = ("AsyncClientWrapper", "SyncClientWrapper")
    wrapper_class: Any = getattr(module, names[0 if wrapper.is_async else 1], base)
    if not isinstance(wrapper_class, type) or issubclass(wrapper_class, base):
        return None
    settings: Mapping[str, Any] = wrapper.settings
    available: dict[str, Any] = {
        "timeout": settings.get("default_timeout"),
        **settings,
        "headers": settings.get("custom_headers"),
        "httpx_client": wrapper.client,
    }
    credential = getattr(wrapper.auth, "_value", None)
    arguments: dict[str, Any] = {}
    for name, parameter in _parameters(wrapper_class).items():
        if name in available:
            arguments[name] = available[name]
        elif name in _CREDENTIALS or parameter.default is parameter.empty:
            arguments[name] = credential
    return wrapper_class(**arguments)


def settings_of(by_hand: Any, client: type[Any]) -> dict[str, Any]:
    """The arguments of a ``client`` of the package, from a wrapper that is written by hand."""
    settings: dict[str, Any] = {}
    for name in _parameters(client).keys() - {"headers"}:  # read for each request
        getter = getattr(by_hand, f"get_{name}", None)
        if callable(getter):
            settings[name] = getter()
            continue
        for attribute in (f"_{name}", name):
            if hasattr(by_hand, attribute):
                settings[name] = getattr(by_hand, attribute)
                break
    settings["httpx_client"] = by_hand.httpx_client.httpx_client
    return settings


def _parameters(cls: type[Any]) -> dict[str, inspect.Parameter]:
    """The named parameters of a class, with those that ``**`` passes to its bases."""
    parameters: dict[str, inspect.Parameter] = {}
    for base in cls.__mro__:
        if "__init__" not in vars(base) or base is object:
            continue
        taken = inspect.signature(vars(base)["__init__"]).parameters.values()
        plain = (
            inspect.Parameter.KEYWORD_ONLY,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
        )
        named = {
            one.name: one for one in taken if one.kind in plain and one.name != "self"
        }
        parameters = {**named, **parameters}
        if all(one.kind is not inspect.Parameter.VAR_KEYWORD for one in taken):
            break
    return parameters
