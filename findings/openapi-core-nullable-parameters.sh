#!/bin/sh
# openapi-core refuses valid values of parameters that may be null.
#
# Seen with openapi-core 0.23.1 and werkzeug 3.1.9 on CPython 3.11.
#
# Expected: `type: [integer, 'null']` and `anyOf` with null, the spellings of OpenAPI 3.1, accept `1`
# like `type: integer`; FastAPI writes the second for `list[int] | None`.
# Seen: with a list in `type`, every request to the operation raises TypeError, also one without the
# parameter. With `anyOf`, an integer is converted, but the items of an array are not collected: the
# array is refused as one string.
#
# Output seen:
#   integer, 'n=1': {'n': 1}
#   [integer, null], 'n=1': TypeError: Expected a string value, got <class 'list'>
#   [integer, null], '': TypeError: Expected a string value, got <class 'list'>
#   anyOf integer, null, 'n=1': {'n': 1}
#   array, 'n=1&n=2': {'n': [1, 2]}
#   anyOf array, null, 'n=1&n=2': ['Invalid query parameter: n']
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet openapi-core==0.23.1 werkzeug==3.1.9
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request


def show(label, schema, query):
    operation = {
        "parameters": [{"name": "n", "in": "query", "schema": schema}],
        "responses": {"200": {"description": "OK"}},
    }
    api = OpenAPI.from_dict(
        {
            "openapi": "3.1.0",
            "info": {"title": "Items", "version": "1"},
            "servers": [{"url": "http://localhost"}],
            "paths": {"/items": {"get": operation}},
        }
    )
    request = Request(EnvironBuilder("/items", query_string=query).get_environ())
    try:
        result = api.unmarshal_request(WerkzeugOpenAPIRequest(request))
        seen = [str(error) for error in result.errors] or dict(result.parameters.query)
    except TypeError as error:
        seen = f"TypeError: {error}"
    print(f"{label}, {query!r}: {seen}")


null = {"type": "null"}
integer = {"type": "integer"}
array = {"type": "array", "items": integer}
show("integer", integer, "n=1")
show("[integer, null]", {"type": ["integer", "null"]}, "n=1")
show("[integer, null]", {"type": ["integer", "null"]}, "")
show("anyOf integer, null", {"anyOf": [integer, null]}, "n=1")
show("array", array, "n=1&n=2")
show("anyOf array, null", {"anyOf": [array, null]}, "n=1&n=2")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
integer, 'n=1': {'n': 1}
[integer, null], 'n=1': TypeError: Expected a string value, got <class 'list'>
[integer, null], '': TypeError: Expected a string value, got <class 'list'>
anyOf integer, null, 'n=1': {'n': 1}
array, 'n=1&n=2': {'n': [1, 2]}
anyOf array, null, 'n=1&n=2': ['Invalid query parameter: n']
EXPECTED
