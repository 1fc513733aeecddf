#!/bin/sh
# jsonschema: `FormatChecker()` has the `time` of draft 3, and refuses every time of the later drafts.
#
# Seen with jsonschema 4.26.0, rfc3339-validator 0.1.4 and openapi-schema-validator 0.9.0 on CPython 3.11.
#
# Expected: `format: time` is the full-time of RFC 3339, where the offset is required (JSON Schema 2020-12, Validation,
# section 7.3.1). A validator of one draft has the formats of that draft.
# Seen: a new FormatChecker, which the documentation shows as the argument of a validator, has one check per name, and
# for `time` it is the one of draft 3, without an offset and without fractions. The checker of the draft itself,
# `FORMAT_CHECKER`, is right. openapi-schema-validator builds on the first one, so in OpenAPI 3.1 and 3.2
# it refuses the times that it should accept.
#
# Output seen:
#   03:04:05Z: FormatChecker() False, FORMAT_CHECKER True, OpenAPI 3.1 False, OpenAPI 3.2 False
#   03:04:05+02:00: FormatChecker() False, FORMAT_CHECKER True, OpenAPI 3.1 False, OpenAPI 3.2 False
#   03:04:05.5Z: FormatChecker() False, FORMAT_CHECKER True, OpenAPI 3.1 False, OpenAPI 3.2 False
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet jsonschema==4.26.0 rfc3339-validator==0.1.4 \
  openapi-schema-validator==0.9.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import jsonschema
import openapi_schema_validator as openapi

draft = jsonschema.Draft202012Validator
validators = {
    "FormatChecker()": (draft, jsonschema.FormatChecker()),
    "FORMAT_CHECKER": (draft, draft.FORMAT_CHECKER),
    "OpenAPI 3.1": (openapi.OAS31Validator, openapi.OAS31Validator.FORMAT_CHECKER),
    "OpenAPI 3.2": (openapi.OAS32Validator, openapi.OAS32Validator.FORMAT_CHECKER),
}
schema = {"type": "string", "format": "time"}
for time in ("03:04:05Z", "03:04:05+02:00", "03:04:05.5Z"):
    results = [
        f"{name} {validator(schema, format_checker=checker).is_valid(time)}"
        for name, (validator, checker) in validators.items()
    ]
    print(f"{time}: " + ", ".join(results))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
03:04:05Z: FormatChecker() False, FORMAT_CHECKER True, OpenAPI 3.1 False, OpenAPI 3.2 False
03:04:05+02:00: FormatChecker() False, FORMAT_CHECKER True, OpenAPI 3.1 False, OpenAPI 3.2 False
03:04:05.5Z: FormatChecker() False, FORMAT_CHECKER True, OpenAPI 3.1 False, OpenAPI 3.2 False
EXPECTED
