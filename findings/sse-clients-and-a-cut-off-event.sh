#!/bin/sh
# aiohttp-sse-client2 joins an event that was cut off with the first one after the reconnection.
#
# Seen with aiohttp-sse-client2 0.3.0, aiohttp 3.14.5, sseclient-py 1.9.0, requests 2.34.2 and httpx-sse 0.4.3 with
# httpx 0.28.1 on CPython 3.11, against a local server.
#
# Expected: when a stream ends, an event without its blank line is discarded (HTML Standard, section 9.2.6). After a
# reconnection the first event is what the server sent.
# Seen: aiohttp-sse-client2 reconnects by itself and keeps what it had. The next event is both texts, a message that
# the server never sent; its type is that of the event that was cut off. sseclient-py delivers the part as an
# event. httpx-sse discards it.
#
# Output seen:
#   aiohttp-sse-client2: balance "100", balance "2\n300"
#   sseclient-py: balance "100", balance "2"
#   httpx-sse: balance "100"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet aiohttp-sse-client2==0.3.0 aiohttp==3.14.5 \
  sseclient-py==1.9.0 requests==2.34.2 httpx-sse==0.4.3 httpx==0.28.1
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import aiohttp_sse_client2.client
import httpx
import httpx_sse
import requests
import sseclient

first = b"event: balance\ndata: 100\n\nevent: balance\ndata: 2"
second = b"data: 300\n\n"


class Handler(BaseHTTPRequestHandler):
    connections = 0

    def do_GET(self):
        Handler.connections += 1
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(first if Handler.connections == 1 else second)

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"


async def with_aiohttp():
    events = []
    async with aiohttp_sse_client2.client.EventSource(url) as source:
        async for event in source:
            events.append((event.type, event.data))
            if len(events) == 2:
                return events


def with_sseclient():
    with requests.get(url, stream=True) as response:
        return [(event.event, event.data) for event in sseclient.SSEClient(response).events()]


def with_httpx():
    with httpx.Client() as client, httpx_sse.connect_sse(client, "GET", url) as source:
        return [(event.event, event.data) for event in source.iter_sse()]


clients = {
    "aiohttp-sse-client2": lambda: asyncio.run(with_aiohttp()),
    "sseclient-py": with_sseclient,
    "httpx-sse": with_httpx,
}
for name, read in clients.items():
    Handler.connections = 0
    print(f"{name}: " + ", ".join(f"{kind} {json.dumps(data)}" for kind, data in read()))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
aiohttp-sse-client2: balance "100", balance "2\n300"
sseclient-py: balance "100", balance "2"
httpx-sse: balance "100"
EXPECTED
