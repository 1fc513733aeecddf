#!/bin/sh
# pydantic describes the length of bytes as the length of the text that they are sent as.
#
# Seen with pydantic 2.14.4 and jsonschema 4.26.0 on CPython 3.11.
#
# Expected: what the schema allows and what the validator accepts is the same. `maxLength` counts the characters of
# the JSON string (JSON Schema 2020-12, Validation, section 6.3.1), so for base64 it is a third more, or left out.
# Seen: the validator limits the decoded bytes, and the same number is `maxLength` and `minLength` of the text.
# A key of 32 bytes is 44 characters, so a client that checks the schema refuses it. With `bytes` it is the
# other way round: a text of 32 characters may have more bytes, and the server refuses what is described.
#
# Output seen:
#   key: {"format": "base64", "maxLength": 32, "minLength": 32, "type": "string"}
#   key, 32 bytes, 44 characters: schema False, pydantic True
#   key, 24 bytes, 32 characters: schema True, pydantic False
#   name: {"format": "binary", "maxLength": 32, "type": "string"}
#   name, 32 letters with accents: schema True, pydantic False
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet pydantic==2.14.4 jsonschema==4.26.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import base64
import json
from typing import Annotated

import jsonschema
from pydantic import Base64Bytes, Field, TypeAdapter, ValidationError

key = TypeAdapter(Annotated[Base64Bytes, Field(min_length=32, max_length=32)])
name = TypeAdapter(Annotated[bytes, Field(max_length=32)])


def show(label, adapter, text):
    schema = jsonschema.Draft202012Validator(adapter.json_schema())
    try:
        adapter.validate_json(json.dumps(text))
        accepted = True
    except ValidationError:
        accepted = False
    print(f"{label}: schema {schema.is_valid(text)}, pydantic {accepted}")


print("key:", json.dumps(key.json_schema()))
for size in (32, 24):
    text = base64.b64encode(bytes(size)).decode()
    show(f"key, {size} bytes, {len(text)} characters", key, text)
print("name:", json.dumps(name.json_schema()))
show("name, 32 letters with accents", name, "\u00e9" * 32)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
key: {"format": "base64", "maxLength": 32, "minLength": 32, "type": "string"}
key, 32 bytes, 44 characters: schema False, pydantic True
key, 24 bytes, 32 characters: schema True, pydantic False
name: {"format": "binary", "maxLength": 32, "type": "string"}
name, 32 letters with accents: schema True, pydantic False
EXPECTED
