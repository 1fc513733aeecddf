#!/bin/sh
# pydantic and msgspec describe a timedelta as a duration, and write durations that the format forbids.
#
# Seen with pydantic 2.14.4, msgspec 0.23.0, jsonschema-rs 0.61.2 and jsonschema 4.26.0 on CPython 3.11.
#
# Expected: `format: duration` is the grammar of RFC 3339, appendix A (JSON Schema 2020-12, Validation,
# section 7.3.1). It has whole seconds and no sign. What both libraries write fits what they describe.
# Seen: fractions of a second and negative durations are written, which the grammar does not have. Whether
# that is noticed depends on the validator of the reader: jsonschema-rs refuses both, and jsonschema, which
# has isoduration parse them as ISO 8601, accepts both.
#
# Output seen:
#   pydantic writes "PT1M30S": jsonschema-rs True, jsonschema True
#   pydantic writes "PT1.5S": jsonschema-rs False, jsonschema True
#   pydantic writes "-P1D": jsonschema-rs False, jsonschema True
#   msgspec writes "PT90S": jsonschema-rs True, jsonschema True
#   msgspec writes "PT1.5S": jsonschema-rs False, jsonschema True
#   msgspec writes "-P1D": jsonschema-rs False, jsonschema True
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet pydantic==2.14.4 msgspec==0.23.0 jsonschema-rs==0.61.2 \
  jsonschema==4.26.0 isoduration==20.11.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
from datetime import timedelta

import jsonschema
import jsonschema_rs
import msgspec
import pydantic

adapter = pydantic.TypeAdapter(timedelta)
libraries = {
    "pydantic": (adapter.json_schema(mode="serialization"), adapter.dump_json),
    "msgspec": (msgspec.json.schema(timedelta), msgspec.json.encode),
}
for library, (schema, encode) in libraries.items():
    assert schema == {"type": "string", "format": "duration"}
    rust = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    python = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for duration in (timedelta(seconds=90), timedelta(seconds=1.5), timedelta(days=-1)):
        text = encode(duration).decode()
        value = json.loads(text)
        valid = f"jsonschema-rs {rust.is_valid(value)}, jsonschema {python.is_valid(value)}"
        print(f"{library} writes {text}: {valid}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
pydantic writes "PT1M30S": jsonschema-rs True, jsonschema True
pydantic writes "PT1.5S": jsonschema-rs False, jsonschema True
pydantic writes "-P1D": jsonschema-rs False, jsonschema True
msgspec writes "PT90S": jsonschema-rs True, jsonschema True
msgspec writes "PT1.5S": jsonschema-rs False, jsonschema True
msgspec writes "-P1D": jsonschema-rs False, jsonschema True
EXPECTED
