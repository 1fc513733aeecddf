"""The methods that send WebSocket messages, in the form that the review compares."""

from __future__ import annotations

from .. import package as py

_NONE = py.Annotation("None", "None")


def message_methods(package: py.Package) -> dict[str, py.Method]:
    """The methods by path, such as `RealtimeSocketClient.send_say`."""
    return {
        f"{socket.name}.{each.name}": py.Method(
            name=each.name,
            arguments=(each.argument,),
            returns=_NONE,
            async_returns=_NONE,
            call=py.Call(each.sends, (each.argument.name,)),
            http_method="SEND",
            key=each.key,
            id=f"{socket.key} {each.argument.wire}",
            span=each.span,
        )
        for module in package.modules
        for socket in module.items
        if isinstance(socket, py.Socket)
        for each in socket.senders
    }
