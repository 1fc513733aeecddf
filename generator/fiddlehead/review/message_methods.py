"""The methods that send WebSocket messages, in the form that the review compares."""

from __future__ import annotations

from .. import package as py
from ..typing_.types import NONE


def message_methods(package: py.Package) -> dict[str, py.Method]:
    """The methods by path, such as `RealtimeSocketClient.send_say`."""
    return {
        f"{socket.name}.{sender.name}": py.Method(
            name=sender.name,
            arguments=(sender.argument,),
            returns=NONE,
            async_returns=NONE,
            call=py.Call(sender.sends, (sender.argument.name,)),
            http_method="SEND",
            key=sender.key,
            id=f"{socket.key} {sender.argument.wire}",
            span=sender.span,
        )
        for module in package.modules
        for socket in module.items
        if isinstance(socket, py.Socket)
        for sender in socket.senders
    }
