#!/bin/sh
# mashumaro's JSON Schema of a map with integer keys refuses every map that has a key.
#
# Seen with mashumaro 3.23 and jsonschema 4.26.0 on CPython 3.11.
#
# Expected: the schema of `dict[int, str]` accepts what `to_json` writes, `{"1": "a"}`; for example
# `propertyNames: {"pattern": "^-?[0-9]+$"}`, as pydantic describes such keys, or no rule for names.
# Seen: `propertyNames: {"type": "integer"}`. Names in a JSON object are strings, so only the empty map is
# valid. A combination of flags has the same fault on a smaller scale: `enum` lists the single flags only.
#
# Output seen:
#   counts: {"type": "object", "additionalProperties": {"type": "string"}, "propertyNames": {"type": "integer"}}
#   rights: {"enum": [1, 2]}
#   {"counts": {"1": "a"}, "rights": 3}
#   counts: '1' is not of type 'integer'
#   rights: 3 is not one of [1, 2]
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet mashumaro==3.23 jsonschema==4.26.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import enum
import json
from dataclasses import dataclass

import jsonschema
from mashumaro.jsonschema import OPEN_API_3_1, build_json_schema
from mashumaro.mixins.json import DataClassJSONMixin


class Right(enum.Flag):
    read = 1
    write = 2


@dataclass
class Share(DataClassJSONMixin):
    counts: dict[int, str]
    rights: Right


schema = build_json_schema(Share, dialect=OPEN_API_3_1, all_refs=False).to_dict()
for name, part in schema["properties"].items():
    print(f"{name}: {json.dumps(part)}")
text = Share({1: "a"}, Right.read | Right.write).to_json()
print(text)
for error in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(text)):
    print(f"{error.path[0]}: {error.message}" if error.path else error.message)
PYTHON
cat "$folder/seen"
grep -q '"propertyNames": {"type": "integer"}' "$folder/seen"
grep -qx '{"counts": {"1": "a"}, "rights": 3}' "$folder/seen"
grep -q "'1' is not of type 'integer'" "$folder/seen"
grep -q '3 is not one of \[1, 2\]' "$folder/seen"
