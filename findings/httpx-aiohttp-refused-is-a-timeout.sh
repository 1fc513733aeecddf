#!/bin/sh
# httpx-aiohttp: a refused connection is reported as a timeout.
#
# Seen with httpx-aiohttp 0.2.0, aiohttp 3.14.5 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: the same exceptions as from httpx2's own transport.
# Seen: a refused connection, an unknown host and a server that closes without an answer all raise
# ConnectTimeout, at once, even without a timeout. `except TimeoutException` catches them and
# `except ConnectError` does not, so code that handles the two differently does the wrong thing.
#
# Output seen:
#   AsyncClient, refused: ConnectError, a timeout: False
#   AsyncClient, closed without an answer: RemoteProtocolError, a timeout: False
#   Httpx2AiohttpClient, refused: ConnectTimeout, a timeout: True
#   Httpx2AiohttpClient, closed without an answer: ConnectTimeout, a timeout: True
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet 'httpx-aiohttp[httpx2]==0.2.0' aiohttp==3.14.5 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
import socket

import httpx2
from httpx_aiohttp.httpx2 import Httpx2AiohttpClient


async def close(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def main():
    bound = socket.socket()  # bound and not listening: connections are refused
    bound.bind(("127.0.0.1", 0))
    server = await asyncio.start_server(close, "127.0.0.1", 0)
    ports = {"refused": bound, "closed without an answer": server.sockets[0]}
    for client_class in (httpx2.AsyncClient, Httpx2AiohttpClient):
        async with client_class(timeout=None, trust_env=False) as client:
            for case, listener in ports.items():
                try:
                    await client.get(f"http://127.0.0.1:{listener.getsockname()[1]}/")
                except httpx2.TransportError as error:
                    timeout = isinstance(error, httpx2.TimeoutException)
                    print(f"{client_class.__name__}, {case}: {type(error).__name__}, a timeout: {timeout}")


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
AsyncClient, refused: ConnectError, a timeout: False
AsyncClient, closed without an answer: RemoteProtocolError, a timeout: False
Httpx2AiohttpClient, refused: ConnectTimeout, a timeout: True
Httpx2AiohttpClient, closed without an answer: ConnectTimeout, a timeout: True
EXPECTED
