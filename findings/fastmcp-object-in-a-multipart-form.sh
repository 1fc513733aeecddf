#!/bin/sh
# FastMCP: an object in a multipart form is sent as Python source, not as JSON.
#
# Seen with fastmcp 4.2.3 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: a part whose schema is an object is JSON with the type application/json (OpenAPI 3.1.1,
# Encoding Object). In a urlencoded form FastMCP writes JSON, too.
# Seen: the part is `repr()` of the dict, with single quotes, True and None, and has no Content-Type.
# A server that parses the part as JSON cannot read it.
#
# Output seen:
#   urlencoded: options={"fast": true, "limit": null}
#   multipart: Content-Disposition: form-data; name="options" | {'fast': True, 'limit': None}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet fastmcp==4.2.3 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
from urllib.parse import unquote_plus

import httpx2
from fastmcp import Client, FastMCP


async def answer(request):
    body = (await request.aread()).decode()
    lines = [line for line in body.splitlines() if line and not line.startswith("--")]
    print(f"{request.url.path[1:]}: {unquote_plus(' | '.join(lines))}")
    return httpx2.Response(200, json={})


def operation(name, media_type):
    options = {"type": "object", "additionalProperties": True}
    schema = {"type": "object", "properties": {"options": options}}
    return {
        "operationId": name,
        "requestBody": {"required": True, "content": {media_type: {"schema": schema}}},
        "responses": {"200": {"description": "OK"}},
    }


description = {
    "openapi": "3.1.0",
    "info": {"title": "Forms", "version": "1"},
    "paths": {
        "/urlencoded": {"post": operation("urlencoded", "application/x-www-form-urlencoded")},
        "/multipart": {"post": operation("multipart", "multipart/form-data")},
    },
}


async def main():
    http = httpx2.AsyncClient(
        base_url="http://api.example", transport=httpx2.MockTransport(answer)
    )
    async with Client(FastMCP.from_openapi(description, client=http)) as client:
        for name in ("urlencoded", "multipart"):
            await client.call_tool(name, {"options": {"fast": True, "limit": None}})


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
urlencoded: options={"fast": true, "limit": null}
multipart: Content-Disposition: form-data; name="options" | {'fast': True, 'limit': None}
EXPECTED
