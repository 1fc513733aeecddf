#!/bin/sh
# httpx2: after a redirect the body of an iterator is empty, and a mock transport hides it.
# Seen with httpx2 2.16.2 on CPython 3.11, against a local server.
#
# Expected: a body that can be read once is either kept for the second request or refused.
# Seen: only a generator is refused (StreamConsumed). Of other iterators (map, zip, an iterator over a
# list) the second request has an empty body, and the caller gets its 200. MockTransport reads the
# body into memory first, so there the second request has all of it, a generator's too.
#
# Output seen:
#   server, generator: ['/old one two'], StreamConsumed
#   server, map: ['/old one two', '/new '], 200
#   MockTransport, generator: ['/old one two', '/new one two'], 200
#   MockTransport, map: ['/old one two', '/new one two'], 200
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet httpx2==2.16.2 werkzeug==3.1.9
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import threading

import httpx2
from werkzeug import Request, Response, serving

serving.WSGIRequestHandler.log = serving.BaseWSGIServer.log = lambda *arguments: None
bodies, words = [], [b"one ", b"two"]


@Request.application
def app(request):
    bodies.append(f"{request.path} {request.get_data(as_text=True)}")
    return Response(status=307 if request.path == "/old" else 200, headers={"Location": "/new"})


def mock(request):
    bodies.append(f"{request.url.path} {request.read().decode()}")
    return httpx2.Response(307 if request.url.path == "/old" else 200, headers={"location": "/new"})


server = serving.make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
for place, transport in (("server", None), ("MockTransport", httpx2.MockTransport(mock))):
    with httpx2.Client(transport=transport, follow_redirects=True, trust_env=False) as client:
        for kind, body in (("generator", (word for word in words)), ("map", map(bytes, words))):
            bodies.clear()
            try:
                outcome = client.post(f"http://{server.host}:{server.port}/old", content=body).status_code
            except httpx2.StreamConsumed:
                outcome = "StreamConsumed"
            print(f"{place}, {kind}: {bodies}, {outcome}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
server, generator: ['/old one two'], StreamConsumed
server, map: ['/old one two', '/new '], 200
MockTransport, generator: ['/old one two', '/new one two'], 200
MockTransport, map: ['/old one two', '/new one two'], 200
EXPECTED
