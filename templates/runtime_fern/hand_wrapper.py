"""A `client_wrapper.py` that a team keeps: what it changed of Fern's holds for requests.

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


def made_for(wrapper: Any, base: type[Any]) -> Any:
    """The wrapper that is written by hand, with the settings of ``wrapper``, or None."""
    module = importlib.import_module(".client_wrapper", __package__)
    names = ("AsyncClientWrapper", "SyncClientWrapper")
    made: Any = getattr(module, names[0 if wrapper.is_async else 1], base)
    if not isinstance(made, type) or issubclass(made, base):
        return None
    settings: Mapping[str, Any] = wrapper.settings
    given: dict[str, Any] = {
        "timeout": settings.get("default_timeout"),
        **settings,
        "headers": settings.get("custom_headers"),
        "httpx_client": wrapper.client,
    }
    credential = getattr(wrapper.auth, "_value", None)
    found: dict[str, Any] = {}
    for name, parameter in _parameters(made).items():
        if name in given:
            found[name] = given[name]
        elif name in _CREDENTIALS or parameter.default is parameter.empty:
            found[name] = credential
    return made(**found)


def settings_of(by_hand: Any, client: type[Any]) -> dict[str, Any]:
    """The arguments of a ``client`` of the package, from a wrapper that is written by hand."""
    found: dict[str, Any] = {}
    for name in _parameters(client):
        getter = getattr(by_hand, f"get_{name}", None)
        if callable(getter):
            found[name] = getter()
            continue
        for attribute in (f"_{name}", name):
            if hasattr(by_hand, attribute):
                found[name] = getattr(by_hand, attribute)
                break
    found.pop("headers", None)  # they are read for each request
    found["httpx_client"] = by_hand.httpx_client.httpx_client
    return found


def _parameters(cls: type[Any]) -> dict[str, inspect.Parameter]:
    """The named parameters of a class, with those that ``**`` passes to its bases."""
    found: dict[str, inspect.Parameter] = {}
    for each in cls.__mro__:
        if "__init__" not in vars(each) or each is object:
            continue
        taken = inspect.signature(vars(each)["__init__"]).parameters.values()
        plain = (
            inspect.Parameter.KEYWORD_ONLY,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
        )
        named = {
            one.name: one for one in taken if one.kind in plain and one.name != "self"
        }
        found = {**named, **found}
        if all(one.kind is not inspect.Parameter.VAR_KEYWORD for one in taken):
            break
    return found
