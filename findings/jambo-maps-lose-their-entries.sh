#!/bin/sh
# jambo: a map loses all its entries, a list is sorted, and `oneOf` refuses a text of digits.
#
# Seen with jambo 0.2.0.post1, pydantic 2.14.4 and jsonschema 4.26.0 on CPython 3.11.
#
# Expected: `additionalProperties: {"type": "integer"}` is a `dict[str, int]`, `uniqueItems` is checked and changes
# nothing, and in `oneOf` a string of JSON is a string, which no other type of JSON is.
# Seen: the map becomes a model without fields, and pydantic ignores what a model does not have. It reads
# `{"a": 1, "b": 2}` without an error and is empty. `uniqueItems` makes a set, so the order is lost: route, ranking
# and steps change. In `oneOf`, pydantic's conversion of "1" to 1 counts as a second match.
#
# Output seen:
#   {"counts": {"a": 1, "b": 2}} valid True, read: {"counts":{}}
#   {"steps": [30, 10, 20]} valid True, read: {"steps":[10,20,30]}
#   {"id": "x1"} valid True, read: {"id":"x1"}
#   {"id": "1"} valid True, refused: Value matches multiple oneOf schemas, exactly one expected
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet jambo==0.2.0.post1 pydantic==2.14.4 jsonschema==4.26.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json

from jambo import SchemaConverter
from jsonschema import Draft202012Validator
from pydantic import ValidationError

properties = {
    "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
    "steps": {"type": "array", "items": {"type": "integer"}, "uniqueItems": True},
    "id": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
}
for value in ({"counts": {"a": 1, "b": 2}}, {"steps": [30, 10, 20]}, {"id": "x1"}, {"id": "1"}):
    (name,) = value
    schema = {"title": "Report", "type": "object", "properties": {name: properties[name]}, "required": [name]}
    valid = Draft202012Validator(schema).is_valid(value)
    try:
        result = "read: " + SchemaConverter.build(schema).model_validate(value).model_dump_json()
    except ValidationError as error:
        result = "refused: " + error.errors()[0]["msg"].removeprefix("Value error, ")
    print(f"{json.dumps(value)} valid {valid}, {result}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
{"counts": {"a": 1, "b": 2}} valid True, read: {"counts":{}}
{"steps": [30, 10, 20]} valid True, read: {"steps":[10,20,30]}
{"id": "x1"} valid True, read: {"id":"x1"}
{"id": "1"} valid True, refused: Value matches multiple oneOf schemas, exactly one expected
EXPECTED
