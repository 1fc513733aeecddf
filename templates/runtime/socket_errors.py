"""How a WebSocket ends. This module and `sockets` alone import the library `websockets`."""

from websockets.exceptions import (
    ConnectionClosed,
    ConnectionClosedError,
    ConnectionClosedOK,
)
from websockets.frames import Close

# RFC 6455, section 7.4.1: normal closure, going away, a close frame without a code.
_NORMAL, _LOST, _TOO_BIG = frozenset({1000, 1001, 1005}), 1006, 1009


class SocketClosed(ConnectionClosed):
    """The connection is closed.

    ``code`` and ``reason`` are those of the server's close frame, or of the client's if
    it closed the connection because of an error. The code is 1006 for a lost connection,
    and 1005 for a close frame without a code.
    """

    def __init__(self, cause: ConnectionClosed) -> None:
        super().__init__(cause.rcvd, cause.sent, cause.rcvd_then_sent)
        failed = cause.sent is not None and cause.sent.code not in _NORMAL
        self._frame = cause.rcvd or (cause.sent if failed else None)

    @property
    def code(self) -> int:
        """The code of RFC 6455, section 7.4."""
        return int(self._frame.code) if self._frame else _LOST

    @property
    def reason(self) -> str:
        """The reason in words, which may be empty."""
        return self._frame.reason if self._frame else ""


class SocketClosedOK(SocketClosed, ConnectionClosedOK):
    """The connection ended as it should."""


class SocketClosedError(SocketClosed, ConnectionClosedError):
    """The connection ended with an error."""


class MessageTooBigError(SocketClosedError):
    """A message of the server is larger than ``limit``, a number of bytes."""

    def __init__(self, cause: ConnectionClosed, limit: int | None) -> None:
        super().__init__(cause)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"a message is larger than the limit of {self.limit} bytes; pass request_options="
            '{"max_message_size": …} to raise the limit, or None there to lift it'
        )


def closed(cause: ConnectionClosed, limit: int | None) -> SocketClosed:
    """The exception for the end of a connection that accepts messages of ``limit`` bytes."""
    sent = cause.sent
    if cause.rcvd is not None and cause.rcvd.code in _NORMAL:
        return SocketClosedOK(cause)
    ours = sent is not None and not cause.rcvd_then_sent
    if sent and ours and sent.code == _TOO_BIG and "fragments" not in sent.reason:
        return MessageTooBigError(cause, limit)
    return SocketClosedError(cause)


def closed_normally() -> ConnectionClosedOK:
    """The library's exception for the end of a connection that the server closed."""
    return ConnectionClosedOK(Close(1000, ""), Close(1000, ""), True)
