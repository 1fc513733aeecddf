#!/bin/sh
# requests-cache: two requests whose lists differ in their order get one answer.
#
# Seen with requests-cache 1.3.3, requests 2.34.2, aiohttp-client-cache 0.15.0 and aiohttp 3.14.5 on CPython 3.11,
# against a local server that answers with the request's own path and body.
#
# Expected: requests are normalised only where that does not change the answer, as the documentation says. In JSON the
# order of an array matters (RFC 8259, section 1), and so does the order of fields of one name in a query or a form: an
# API answers `hourly=wind&hourly=rain` in this order, and texts to embed with one vector each.
# Seen: the fields of a query and of a form are sorted by name and value, and a body that is an array of texts or of
# numbers is sorted as well, so the second request gets the answer to the first. An array inside an object, and an
# array of objects, are left alone. aiohttp-client-cache, which was made from it, sorts queries alone.
#
# Output seen:
#   requests-cache, query: sends a=2&a=1, gets a=1&a=2
#   requests-cache, form: sends a=2&a=1, gets a=1&a=2
#   requests-cache, array: sends ["y", "x"], gets ["x", "y"]
#   requests-cache, array in an object: sends {"a": ["y", "x"]}, gets {"a": ["y", "x"]}
#   aiohttp-client-cache, query: sends a=2&a=1, gets a=1&a=2
#   aiohttp-client-cache, form: sends a=2&a=1, gets a=2&a=1
#   aiohttp-client-cache, array: sends ["y", "x"], gets ["y", "x"]
#   aiohttp-client-cache, array in an object: sends {"a": ["y", "x"]}, gets {"a": ["y", "x"]}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet requests-cache==1.3.3 requests==2.34.2 aiohttp-client-cache==0.15.0 \
  aiohttp==3.14.5
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import aiohttp_client_cache
import requests_cache


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = body or self.path.partition("?")[2].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
fields = [("a", "1"), ("a", "2")]
cases = {
    "query": ("GET", [{"params": fields}, {"params": fields[::-1]}], "a=2&a=1"),
    "form": ("POST", [{"data": fields}, {"data": fields[::-1]}], "a=2&a=1"),
    "array": ("POST", [{"json": ["x", "y"]}, {"json": ["y", "x"]}], '["y", "x"]'),
    "array in an object": ("POST", [{"json": {"a": ["x", "y"]}}, {"json": {"a": ["y", "x"]}}], '{"a": ["y", "x"]}'),
}


def show(library, label, sent, answer):
    print(f"{library}, {label}: sends {sent}, gets {answer}")


session = requests_cache.CachedSession(backend="memory", allowable_methods=("GET", "POST"))
for label, (method, requests, sent) in cases.items():
    answers = [session.request(method, f"{url}/{label}", **request).text for request in requests]
    show("requests-cache", label, sent, answers[-1])


async def main():
    cache = aiohttp_client_cache.CacheBackend(allowed_methods=("GET", "POST"))
    async with aiohttp_client_cache.CachedSession(cache=cache) as session:
        for label, (method, requests, sent) in cases.items():
            answers = []
            for request in requests:
                response = await session.request(method, f"{url}/{label}", **request)
                answers.append(await response.text())
            show("aiohttp-client-cache", label, sent, answers[-1])


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
requests-cache, query: sends a=2&a=1, gets a=1&a=2
requests-cache, form: sends a=2&a=1, gets a=1&a=2
requests-cache, array: sends ["y", "x"], gets ["x", "y"]
requests-cache, array in an object: sends {"a": ["y", "x"]}, gets {"a": ["y", "x"]}
aiohttp-client-cache, query: sends a=2&a=1, gets a=1&a=2
aiohttp-client-cache, form: sends a=2&a=1, gets a=2&a=1
aiohttp-client-cache, array: sends ["y", "x"], gets ["y", "x"]
aiohttp-client-cache, array in an object: sends {"a": ["y", "x"]}, gets {"a": ["y", "x"]}
EXPECTED
