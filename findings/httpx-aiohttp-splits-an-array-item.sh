#!/bin/sh
# httpx-aiohttp: a comma inside an item of a comma-separated array becomes a separator.
#
# Seen with httpx-aiohttp 0.2.0, aiohttp 3.14.5 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: the request line has the bytes of `request.url.raw_path`. OpenAPI's `explode: false`
# writes an array as `ids=a,b` and relies on `%2C` for a comma that belongs to an item.
# Seen: the URL is normalized on its way to aiohttp, after the hooks of the client have seen it:
# `%2C`, `%2F` and `%3A` are written out. The server reads three items for two. Signatures over the
# request line do not match either. `%2B`, `%20` and `%2F` in the path stay.
#
# Output seen:
#   AsyncClient: asked /a%2Fb?ids=x%2Cy,z, on the wire /a%2Fb?ids=x%2Cy,z
#   Httpx2AiohttpClient: asked /a%2Fb?ids=x%2Cy,z, on the wire /a%2Fb?ids=x,y,z
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet 'httpx-aiohttp[httpx2]==0.2.0' aiohttp==3.14.5 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio

import httpx2
from httpx_aiohttp.httpx2 import Httpx2AiohttpClient

targets = []


async def answer(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    targets.append(head.split()[1].decode())
    writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
    writer.close()


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    for client_class in (httpx2.AsyncClient, Httpx2AiohttpClient):
        async with client_class(trust_env=False) as client:
            response = await client.get(f"{base}/a%2Fb?ids=x%2Cy,z")
        asked = response.request.url.raw_path.decode()
        print(f"{client_class.__name__}: asked {asked}, on the wire {targets[-1]}")


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
AsyncClient: asked /a%2Fb?ids=x%2Cy,z, on the wire /a%2Fb?ids=x%2Cy,z
Httpx2AiohttpClient: asked /a%2Fb?ids=x%2Cy,z, on the wire /a%2Fb?ids=x,y,z
EXPECTED
