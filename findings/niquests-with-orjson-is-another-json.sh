#!/bin/sh
# niquests sends and reads other JSON once orjson is installed, whichever package brought it.
#
# Seen with niquests 3.21.2 on CPython 3.11, without and with orjson 3.13.0, against a local server.
#
# Expected: an optional accelerator changes the speed of `json=` and `.json()`, or is chosen by the caller.
# Seen: orjson is used if it can be imported. A NaN, which is refused without it, is sent as null. An integer beyond
# 64 bits is read as a float, without its last digits, and cannot be sent. Keys that are integers are refused,
# and `.json(parse_float=Decimal)`, the way to exact amounts, is a TypeError.
#
# Output seen:
#   without orjson:
#     send NaN: InvalidJSONError
#     send 2**64: {"a": 18446744073709551616}
#     send an integer as a key: {"1": "a"}
#     read 2**64: {'a': 18446744073709551616}
#     read 1.10 as a Decimal: {'a': Decimal('1.10')}
#   with orjson:
#     send NaN: {"a":null}
#     send 2**64: TypeError
#     send an integer as a key: TypeError
#     read 2**64: {'a': 1.8446744073709552e+19}
#     read 1.10 as a Decimal: TypeError
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet niquests==3.21.2
cat >"$folder/run.py" <<'PYTHON'
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer

import niquests


class Handler(BaseHTTPRequestHandler):
    body = b""
    answer = b"{}"

    def do_POST(self):
        Handler.body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"


def send(label, value):
    try:
        niquests.post(url, json=value)
        print(f"  send {label}: {Handler.body.decode()}")
    except Exception as error:
        print(f"  send {label}: {type(error).__name__}")


def read(label, answer, **options):
    Handler.answer = answer
    try:
        print(f"  read {label}: {niquests.post(url, json={}).json(**options)}")
    except Exception as error:
        print(f"  read {label}: {type(error).__name__}")


send("NaN", {"a": float("nan")})
send("2**64", {"a": 2**64})
send("an integer as a key", {1: "a"})
read("2**64", b'{"a": 18446744073709551616}')
read("1.10 as a Decimal", b'{"a": 1.10}', parse_float=Decimal)
PYTHON
{
  echo "without orjson:"
  "$folder/venv/bin/python" "$folder/run.py"
  "$folder/venv/bin/python" -m pip install --quiet orjson==3.13.0 >&2
  echo "with orjson:"
  "$folder/venv/bin/python" "$folder/run.py"
} >"$folder/seen"
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
without orjson:
  send NaN: InvalidJSONError
  send 2**64: {"a": 18446744073709551616}
  send an integer as a key: {"1": "a"}
  read 2**64: {'a': 18446744073709551616}
  read 1.10 as a Decimal: {'a': Decimal('1.10')}
with orjson:
  send NaN: {"a":null}
  send 2**64: TypeError
  send an integer as a key: TypeError
  read 2**64: {'a': 1.8446744073709552e+19}
  read 1.10 as a Decimal: TypeError
EXPECTED
