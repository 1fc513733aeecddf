#!/bin/sh
# Litestar describes a time of day as a duration.
#
# Seen with litestar 2.25.0 and httpx 0.28.1 on CPython 3.11.
#
# Expected: `datetime.time` is described as `format: time` (RFC 3339, full-time), or without a format.
# Seen: the document has `format: duration` (ISO 8601) for `datetime.time`, as for
# `datetime.timedelta`, in bodies and in parameters. The response has `01:02:03`, which is no duration:
# a client that decodes durations, as generators do for this format, fails for every response.
#
# Output seen:
#   opens: {"type": "string", "format": "duration"}
#   lasts: {"type": "string", "format": "duration"}
#   {"opens":"01:02:03","lasts":"PT90S"}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet litestar==2.25.0 httpx==0.28.1
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
import logging
from dataclasses import dataclass
from datetime import time, timedelta

from litestar import Litestar, get
from litestar.testing import TestClient

logging.disable()


@dataclass
class Shop:
    opens: time
    lasts: timedelta


@get("/shop")
async def shop() -> Shop:
    return Shop(time(1, 2, 3), timedelta(seconds=90))


app = Litestar([shop])
for name, schema in app.openapi_schema.to_schema()["components"]["schemas"]["Shop"]["properties"].items():
    print(f"{name}: {json.dumps(schema)}")
with TestClient(app) as client:
    print(client.get("/shop").text)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
opens: {"type": "string", "format": "duration"}
lasts: {"type": "string", "format": "duration"}
{"opens":"01:02:03","lasts":"PT90S"}
EXPECTED
