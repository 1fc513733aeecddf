#!/bin/sh
# pydantic creates a string that repeats in JSON once for a field of type `str`, and each time for `Any`.
#
# Seen with pydantic 2.14.4 (pydantic-core 2.50.5) on CPython 3.11.
#
# Expected: the same memory for both fields, because the JSON parser has a cache of short strings (the setting
# `cache_strings`, on by default), and both fields hold the same strings.
# Seen: the cache belongs to the validation of `str`. A field of type `Any` has a new object for each value, and so
# has `dict[str, Any]`; `pydantic_core.from_json` and `json.loads` differ in the same way.
#
# Output seen:
#   str: 1 object, Any: 1000 objects, dict[str, Any]: 1000 objects
#   from_json: 1 object, json.loads: 1000 objects
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
from typing import Any

import pydantic
from pydantic_core import from_json


class Text(pydantic.BaseModel):
    value: str


class Anything(pydantic.BaseModel):
    value: Any


CONTENT = json.dumps([{"value": "embed-multilingual-v2.0"}] * 1000)


def objects(values: list[Any]) -> str:
    count = len({id(value) for value in values})
    return f"{count} object{'s' if count > 1 else ''}"


def validated(type_: Any) -> list[Any]:
    return pydantic.TypeAdapter(list[type_]).validate_json(CONTENT)


texts, others = validated(Text), validated(Anything)
dicts = validated(dict[str, Any])
print(
    f"str: {objects([item.value for item in texts])}, Any: {objects([item.value for item in others])},"
    f" dict[str, Any]: {objects([item['value'] for item in dicts])}"
)
parsed, loaded = from_json(CONTENT), json.loads(CONTENT)
print(
    f"from_json: {objects([item['value'] for item in parsed])},"
    f" json.loads: {objects([item['value'] for item in loaded])}"
)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
str: 1 object, Any: 1000 objects, dict[str, Any]: 1000 objects
from_json: 1 object, json.loads: 1000 objects
EXPECTED
