#!/bin/sh
# FastMCP: a query parameter whose content is JSON is sent without its name.
#
# Seen with fastmcp 4.2.3 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: a parameter with `content` and the type application/json is one query parameter, and its
# value is JSON text (OpenAPI 3.1.1, Parameter Object): `filter=%7B%22name%22%3A%22x%22%7D`.
# Seen: it is serialized like a parameter with `schema` and the style `form`. The name `filter` is not
# in the request: the properties of the object become parameters of their own. An array becomes one
# parameter per item, and nothing says that the array was JSON.
#
# Output seen:
#   object: /search?name=x
#   array: /search?filter=a&filter=b
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet fastmcp==4.2.3 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio

import httpx2
from fastmcp import Client, FastMCP


def answer(request):
    print(f"{label}: {request.url.raw_path.decode()}")
    return httpx2.Response(200, json={})


content = {"application/json": {"schema": {"type": ["object", "array"]}}}
description = {
    "openapi": "3.1.0",
    "info": {"title": "Search", "version": "1"},
    "paths": {
        "/search": {
            "get": {
                "operationId": "search",
                "parameters": [{"name": "filter", "in": "query", "content": content}],
                "responses": {"200": {"description": "OK"}},
            }
        }
    },
}


async def main():
    global label
    http = httpx2.AsyncClient(
        base_url="http://api.example", transport=httpx2.MockTransport(answer)
    )
    async with Client(FastMCP.from_openapi(description, client=http)) as client:
        for label, value in (("object", {"name": "x"}), ("array", ["a", "b"])):
            await client.call_tool("search", {"filter": value})


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
object: /search?name=x
array: /search?filter=a&filter=b
EXPECTED
