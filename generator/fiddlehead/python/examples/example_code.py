"""The code of an example: it constructs the client, calls a method, and uses the result."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ...frozen import dataclass
from ...line_breaks import Expression, Group, expression_lines
from ...package import Method
from .value_expressions import Imports

WIDTH = 76
"""The width of an example inside the docstring of a method."""

Kind: TypeAlias = Literal[
    "request", "stream", "download", "pages", "wait", "socket", "custom_pages"
]


@dataclass(frozen=True)
class Parts:
    """The parts of an example, synchronous or asynchronous."""

    package: str
    client: str
    """The class of the synchronous client."""
    construction: tuple[tuple[str, Expression], ...]
    """The arguments of the client."""
    call: Expression
    sent: Expression | None
    """The call that sends the first message of a channel."""
    imports: Imports
    """The imports that these expressions need."""


def sync_code(parts: Parts, method: Method) -> str:
    """A synchronous example of a method."""
    imports = parts.imports
    imports.name(parts.package, parts.client)
    construct = Group(f"{parts.client}(", parts.construction, ")")
    body = expression_lines(construct, WIDTH, before="client = ")
    body += _used(parts.call, method.kind, parts.sent)
    return "\n".join([*imports.lines(), "", *body])


def async_code(parts: Parts, method: Method) -> str:
    """An asynchronous example of a method."""
    client = f"Async{parts.client}"
    imports = parts.imports
    imports.name(parts.package, client)
    imports.modules.add("import asyncio")
    construct = Group(f"{client}(", parts.construction, ")")
    body = [
        "async def main() -> None:",
        *expression_lines(construct, WIDTH, 4, "async with ", " as client:"),
        *_used_async(parts.call, method.kind, method.call.awaited, parts.sent),
        "",
        "asyncio.run(main())",
    ]
    return "\n".join([*imports.lines(), "", *body])


def _used(call: Expression, kind: Kind, sent: Expression | None) -> list[str]:
    """The lines of a synchronous example that use the result of a call; `sent` sends the first
    message."""
    if kind == "socket":
        lines = expression_lines(call, WIDTH, before="with ", after=" as socket:")
        lines += expression_lines(sent, WIDTH, 4) if sent is not None else []
        return [*lines, "    for message in socket:", "        print(message)"]
    if kind in ("stream", "pages", "custom_pages"):
        name = "event" if kind == "stream" else "item"
        return [
            *expression_lines(call, WIDTH, before=f"for {name} in ", after=":"),
            f"    print({name})",
        ]
    if kind == "download":
        opened = 'with open("download", "wb") as file:'
        return [
            opened,
            *expression_lines(call, WIDTH, 4, "for chunk in ", ":"),
            "        file.write(chunk)",
        ]
    return expression_lines(call, WIDTH)


def _used_async(call: Expression, kind: Kind, awaited: bool, sent: Expression | None) -> list[str]:
    """The same lines of an asynchronous example, inside `main` and `async with`."""
    if kind == "socket":
        lines = expression_lines(call, WIDTH, 8, "async with ", " as socket:")
        lines += expression_lines(sent, WIDTH, 12, "await ") if sent is not None else []
        return [
            *lines,
            "            async for message in socket:",
            "                print(message)",
        ]
    wait = "await " if awaited else ""
    if kind in ("stream", "pages", "custom_pages"):
        name = "event" if kind == "stream" else "item"
        lines = expression_lines(call, WIDTH, 8, f"async for {name} in {wait}", ":")
        return [*lines, f"            print({name})"]
    if kind == "download":
        lines = expression_lines(call, WIDTH, 12, f"async for chunk in {wait}", ":")
        opened = '        with open("download", "wb") as file:'
        return [opened, *lines, "                file.write(chunk)"]
    return expression_lines(call, WIDTH, 8, "await ")
