#!/bin/sh
# Quart-Schema refuses a list with one item in a query.
#
# Seen with quart-schema 0.25.0, quart 0.22.0 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: the document describes an array without `style`, which is `form` with `explode` (OpenAPI 3.1,
# section 4.8.12.3): `ids=1&ids=2` for two items and `ids=1` for one.
# Seen: a value that occurs once stays a string, which is no list, so the request is answered with 400.
# Two items work. A client that follows the document fails as soon as a list has one item.
#
# Output seen:
#   ids is described as: array, in the query
#   ids=1&ids=2: 200
#   ids=1: 400
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet quart-schema==0.25.0 quart==0.22.0 pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
from dataclasses import dataclass, field

from quart import Quart
from quart_schema import QuartSchema, validate_querystring


@dataclass
class Query:
    ids: list[int] = field(default_factory=list)


app = Quart(__name__)
QuartSchema(app)


@app.get("/jobs")
@validate_querystring(Query)
async def jobs(query_args: Query):
    return {"ids": query_args.ids}


async def main():
    client = app.test_client()
    description = await (await client.get("/openapi.json")).get_json()
    [parameter] = description["paths"]["/jobs"]["get"]["parameters"]
    print(f"{parameter['name']} is described as: {parameter['schema']['type']}, in the {parameter['in']}")
    for query in ("ids=1&ids=2", "ids=1"):
        response = await client.get(f"/jobs?{query}")
        print(f"{query}: {response.status_code}")


asyncio.run(main())
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
ids is described as: array, in the query
ids=1&ids=2: 200
ids=1: 400
EXPECTED
