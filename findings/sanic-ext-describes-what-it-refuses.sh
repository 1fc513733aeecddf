#!/bin/sh
# sanic-ext describes dates, UUIDs and enums in a body, and refuses every value of them.
#
# Seen with sanic-ext 25.12.0 and sanic 25.12.1 on CPython 3.11.
#
# Expected: what the document says of a dataclass is what its validation accepts. For `number`, JSON has one kind
# of numbers: `1` and `1.0` are equal, and `JSON.stringify(1.0)` is `1`.
# Seen: the decoded JSON is compared with the annotations by `isinstance`. No text is a date, a UUID or an enum, so
# a body with such a property always gets 400, and a price of 1 is refused where 1.5 is accepted. A client in
# JavaScript fails at round prices alone.
#
# Output seen:
#   price is described as {"type": "number", "format": "float"}: 1.5 200, 1 400
#   day is described as {"type": "string", "format": "date"}: "2030-01-02" 400
#   key is described as {"type": "string", "format": "uuid"}: "123e4567-e89b-12d3-a456-426614174000" 400
#   color is described as {"type": "string", "enum": ["red", "blue"]}: "red" 400
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet sanic-ext==25.12.0 sanic==25.12.1 sanic-testing==24.6.0 \
  pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" 2>"$folder/log" <<'PYTHON' || { cat "$folder/log"; exit 1; }
import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from sanic import Sanic, empty
from sanic_ext import openapi, validate
from sanic_testing.testing import SanicASGITestClient

logging.disable()


class Color(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass
class Item:
    price: float = 0.0
    day: date | None = None
    key: UUID | None = None
    color: Color = Color.RED


app = Sanic("items")
app.config.MOTD = False


@app.post("/items")
@openapi.definition(body={"application/json": Item})
@validate(json=Item)
async def create(request, body: Item):
    return empty(200)


async def main():
    client = SanicASGITestClient(app)
    _, response = await client.get("/docs/openapi.json")
    media_type = response.json["paths"]["/items"]["post"]["requestBody"]["content"]["application/json"]
    values = {
        "price": [1.5, 1],
        "day": ["2030-01-02"],
        "key": ["123e4567-e89b-12d3-a456-426614174000"],
        "color": ["red"],
    }
    for name, texts in values.items():
        schema = media_type["schema"]["properties"][name]
        words = {key: schema[key] for key in ("type", "format", "enum") if key in schema}
        results = []
        for value in texts:
            _, response = await client.post("/items", json={name: value})
            results.append(f"{json.dumps(value)} {response.status_code}")
        print(f"{name} is described as {json.dumps(words)}: {', '.join(results)}")


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
price is described as {"type": "number", "format": "float"}: 1.5 200, 1 400
day is described as {"type": "string", "format": "date"}: "2030-01-02" 400
key is described as {"type": "string", "format": "uuid"}: "123e4567-e89b-12d3-a456-426614174000" 400
color is described as {"type": "string", "enum": ["red", "blue"]}: "red" 400
EXPECTED
