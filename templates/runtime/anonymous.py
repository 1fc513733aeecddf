"""Calls without the client's credentials, such as calls that fetch a token."""

import copy
from typing import Any

from .auth import Auth
from .connection import ClientWrapper


def anonymous(wrapper: ClientWrapper) -> ClientWrapper:
    """The settings without credentials, which are not even made.

    No header of theirs is sent, whoever gave it.
    """
    made, names = copy.copy(wrapper), wrapper.auth.names
    made.auth = Auth("", None)
    get_headers = made.async_get_headers

    async def kept() -> dict[str, Any]:
        headers = await get_headers()
        return {k: v for k, v in headers.items() if k.lower() not in names}

    vars(made)["async_get_headers"] = kept
    return made
