#!/bin/sh
# aiopenapi3 sends null for every property that was not set.
#
# Seen with aiopenapi3 0.11.0, httpx2 2.16.2 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: an optional property that has no value is left out. `type: string` does not allow null.
# Seen: the body has all properties of the schema, so it is not valid by the description that the client was made
# from, and a `PATCH` of one property removes the others. A date-time in the query has a space in place of the `T`,
# while the same value is right in the body.
#
# Output seen:
#   query: since=2030-01-02 03:04:05+00:00
#   built from: {"name": "Rex", "born": "2030-01-02T03:04:05Z"}
#   body: {"name": "Rex", "nickname": null, "born": "2030-01-02T03:04:05Z", "weight": null}
#   valid: False, None is not of type 'string'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet aiopenapi3==0.11.0 httpx2==2.16.2 pydantic==2.14.4 \
  jsonschema==4.26.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json

import httpx2
from aiopenapi3 import OpenAPI
from jsonschema import Draft202012Validator

pet = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "nickname": {"type": "string"},
        "born": {"type": "string", "format": "date-time"},
        "weight": {"type": "number"},
    },
}
change = {
    "operationId": "change",
    "parameters": [{"name": "since", "in": "query", "schema": {"type": "string", "format": "date-time"}}],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
    "responses": {"204": {"description": "OK"}},
}
description = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "http://127.0.0.1"}],
    "paths": {"/pets": {"patch": change}},
    "components": {"schemas": {"Pet": pet}},
}


def respond(request: httpx2.Request) -> httpx2.Response:
    body = json.loads(request.content)
    print(f"query: since={request.url.params['since']}")
    print(f"built from: {json.dumps(value)}")
    print(f"body: {json.dumps(body)}")
    errors = list(Draft202012Validator(pet).iter_errors(body))
    print(f"valid: {not errors}, {errors[0].message}")
    return httpx2.Response(204)


def client(*args, **kwargs) -> httpx2.Client:
    return httpx2.Client(transport=httpx2.MockTransport(respond))


value = {"name": "Rex", "born": "2030-01-02T03:04:05Z"}
api = OpenAPI("http://127.0.0.1/openapi.json", description, session_factory=client)
model = api.components.schemas["Pet"].get_type()
api._.change(parameters={"since": "2030-01-02T03:04:05Z"}, data=model.model_validate(value))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
query: since=2030-01-02 03:04:05+00:00
built from: {"name": "Rex", "born": "2030-01-02T03:04:05Z"}
body: {"name": "Rex", "nickname": null, "born": "2030-01-02T03:04:05Z", "weight": null}
valid: False, None is not of type 'string'
EXPECTED
