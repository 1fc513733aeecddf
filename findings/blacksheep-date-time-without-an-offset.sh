#!/bin/sh
# BlackSheep describes a query parameter as a date-time, and refuses every date-time with an offset.
#
# Seen with blacksheep 2.6.4 on CPython 3.11.
#
# Expected: `format: date-time` is RFC 3339, section 5.6, where the offset (`Z`, `+02:00`) is required;
# what the document describes is accepted.
# Seen: only values without an offset are parsed, which RFC 3339 does not allow. A client that sends
# valid date-times always gets 400.
#
# Output seen:
#   when is described as: date-time
#   2030-01-02T03:04:05Z: 400
#   2030-01-02T03:04:05+02:00: 400
#   2030-01-02T03:04:05: 200
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet blacksheep==2.6.4
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
from datetime import datetime
from urllib.parse import quote

from blacksheep import Application, FromQuery
from blacksheep.server.openapi.v3 import OpenAPIHandler
from blacksheep.testing import TestClient
from openapidocs.v3 import Info

app = Application()
OpenAPIHandler(info=Info("Jobs", "1")).bind_app(app)


@app.router.get("/jobs")
async def jobs(when: FromQuery[datetime]) -> str:
    return when.value.isoformat()


async def main():
    await app.start()
    client = TestClient(app)
    description = await (await client.get("/openapi.json")).json()
    [parameter] = description["paths"]["/jobs"]["get"]["parameters"]
    print(f"when is described as: {parameter['schema']['format']}")
    for when in ("2030-01-02T03:04:05Z", "2030-01-02T03:04:05+02:00", "2030-01-02T03:04:05"):
        response = await client.get(f"/jobs?when={quote(when)}")
        print(f"{when}: {response.status}")


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
when is described as: date-time
2030-01-02T03:04:05Z: 400
2030-01-02T03:04:05+02:00: 400
2030-01-02T03:04:05: 200
EXPECTED
