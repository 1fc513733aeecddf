#!/bin/sh
# httpx-sse turns the pings of sse-starlette into empty messages, but only after an event that had an id.
#
# Seen with httpx-sse 0.4.3, httpx 0.28.1, sse-starlette 3.7.0 and starlette 1.10.0 on CPython 3.11, and
# with the parser of httpx2 2.16.2 for comparison.
#
# Expected: a comment is ignored, and a blank line without data before it dispatches no event (HTML Standard,
# section 9.2.6). sse-starlette sends comments as pings, every 15 seconds by default.
# Seen: the decoder keeps the last id, as it must, and takes it for a part of the next event. From the first id on
# each ping is a message with empty data, at which `json.loads(event.data)` fails. A stream without ids, or
# a test that ends before the first ping, shows nothing. httpx2 has the events alone.
#
# Output seen:
#   httpx-sse, events without ids: '{"n": 1}' '{"n": 2}'
#   httpx-sse, events with ids: '{"n": 1}' '' '{"n": 2}'
#   httpx2, events with ids: '{"n": 1}' '{"n": 2}'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet httpx-sse==0.4.3 httpx==0.28.1 httpx2==2.16.2 \
  sse-starlette==3.7.0 starlette==1.10.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio

import httpx
import httpx2
from httpx_sse import aconnect_sse
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.routing import Route


async def events(with_ids):
    for number in (1, 2):
        if number == 2:
            await asyncio.sleep(3)  # one ping
        data = f'{{"n": {number}}}'
        yield {"data": data, "id": str(number)} if with_ids else {"data": data}


async def stream(request):
    return EventSourceResponse(events(request.url.path == "/ids"), ping=2)


app = Starlette(routes=[Route("/ids", stream), Route("/plain", stream)])


async def main():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        for path, label in (("/plain", "without"), ("/ids", "with")):
            async with aconnect_sse(client, "GET", path) as source:
                data = [repr(event.data) async for event in source.aiter_sse()]
            print(f"httpx-sse, events {label} ids:", *data)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        async with client.sse("/ids") as source:
            print("httpx2, events with ids:", *[repr(event.data) async for event in source])


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
httpx-sse, events without ids: '{"n": 1}' '{"n": 2}'
httpx-sse, events with ids: '{"n": 1}' '' '{"n": 2}'
httpx2, events with ids: '{"n": 1}' '{"n": 2}'
EXPECTED
