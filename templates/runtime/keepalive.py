"""TCP keep-alive, for networks that drop idle connections."""

import socket
from collections.abc import Callable
from typing import Any


def transport(
    is_async: bool = False, *, idle: int, interval: int, count: int
) -> Callable[[Any], Any]:
    """The function that makes a transport; times as in `keepalive_options`."""
    kind = "AsyncHTTPTransport" if is_async else "HTTPTransport"
    options = keepalive_options(idle=idle, interval=interval, count=count)
    return lambda library: getattr(library, kind)(socket_options=options)


def keepalive_options(
    *, idle: int, interval: int, count: int
) -> list[tuple[int, int, int]]:
    """Socket options: ``idle`` s of silence, then ``count`` probes ``interval`` s apart."""
    wanted = [
        ("TCP_KEEPIDLE", idle),
        ("TCP_KEEPALIVE", idle),  # the name on macOS
        ("TCP_KEEPINTVL", interval),
        ("TCP_KEEPCNT", count),
    ]
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    for name, value in wanted:
        if hasattr(socket, name):
            options.append((socket.IPPROTO_TCP, getattr(socket, name), value))
    return options
