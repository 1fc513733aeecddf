#!/bin/sh
# FastAPI describes its streams with a keyword of OpenAPI 3.2, in a document that says 3.1.0.
#
# Seen with fastapi 0.165.0 and openapi-spec-validator 0.9.0 on CPython 3.11, and openapi-typescript 7.13.0
# on Node.js 20.
#
# Expected: the document is valid in the version that it names, or names the version of its keywords.
# Seen: an endpoint that yields events or JSON lines has `itemSchema`, which 3.1 does not have and does not allow.
# One such endpoint makes the document invalid. A generator that goes by the version has no schema for the items;
# openapi-typescript types them as unknown. With `app.openapi_version = "3.2.0"` the same document is valid.
#
# Output seen:
#   without streams, openapi 3.1.0: 0 errors
#   with streams, openapi 3.1.0: 2 errors
#     /events text/event-stream: Unevaluated properties are not allowed ('itemSchema' was unexpected)
#     /lines application/jsonl: Unevaluated properties are not allowed ('itemSchema' was unexpected)
#   with streams, openapi 3.2.0: 0 errors
#   openapi-typescript: "text/event-stream": unknown; "application/jsonl": unknown;
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet fastapi==0.165.0 openapi-spec-validator==0.9.0
npm install --silent --no-audit --no-fund openapi-typescript@7.13.0 typescript@5.9.3
venv/bin/python - >seen <<'PYTHON'
import json
from collections.abc import AsyncIterable
from pathlib import Path

from fastapi import FastAPI
from fastapi.sse import EventSourceResponse
from openapi_spec_validator import OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
from pydantic import BaseModel


class Item(BaseModel):
    name: str


def application(streams: bool, version: str | None = None) -> FastAPI:
    app = FastAPI()
    app.openapi_version = version or app.openapi_version

    @app.get("/items")
    async def items() -> list[Item]:
        return []

    if streams:

        @app.get("/events", response_class=EventSourceResponse)
        async def events() -> AsyncIterable[Item]:
            yield Item(name="a")

        @app.get("/lines")
        async def lines() -> AsyncIterable[Item]:
            yield Item(name="a")

    return app


for label, app, validator in (
    ("without streams", application(False), OpenAPIV31SpecValidator),
    ("with streams", application(True), OpenAPIV31SpecValidator),
    ("with streams", application(True, "3.2.0"), OpenAPIV32SpecValidator),
):
    document = app.openapi()
    errors = list(validator(document).iter_errors())
    print(f"{label}, openapi {document['openapi']}: {len(errors)} errors")
    for error in errors:
        print(f"  {error.path[1]} {error.path[-1]}: {error.message.splitlines()[0]}")
Path("openapi.json").write_text(json.dumps(application(True).openapi()))
PYTHON
npx openapi-typescript openapi.json --output types.ts >log 2>&1
lines=$(grep -e 'event-stream"' -e 'jsonl"' types.ts | xargs -d '\n' echo | tr -s ' ' | sed 's/^ //')
echo "openapi-typescript: $lines" >>seen
cat seen
diff seen - <<'EXPECTED'
without streams, openapi 3.1.0: 0 errors
with streams, openapi 3.1.0: 2 errors
  /events text/event-stream: Unevaluated properties are not allowed ('itemSchema' was unexpected)
  /lines application/jsonl: Unevaluated properties are not allowed ('itemSchema' was unexpected)
with streams, openapi 3.2.0: 0 errors
openapi-typescript: "text/event-stream": unknown; "application/jsonl": unknown;
EXPECTED
