#!/bin/sh
# datamodel-code-generator: a model with `format: byte` refuses every file that is not text.
#
# Seen with datamodel-code-generator 0.89.0 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: `format: byte` is binary data in base64 (OpenAPI 3.0.3, Data Types): `Base64Bytes`, or `str` that is
# left as it came.
# Seen: the type is `Base64Str`, which decodes the base64 and then requires UTF-8. A response with an image, a
# key or a checksum is refused as a whole; a text that happens to be UTF-8 is accepted, so tests with "hello"
# pass. `contentEncoding: base64`, the spelling of OpenAPI 3.1, is a `str` with the text as it came.
#
# Output seen:
#   data: Base64Str
#   hello: data 'hello', thumbnail 'aGVsbG8='
#   PNG: data Value error, 'utf-8' codec can't decode byte 0x89 in position 0: invalid start byte
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet datamodel-code-generator==0.89.0 pydantic==2.14.4
cat >openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": {"title": "Files", "version": "1"},
  "paths": {},
  "components": {
    "schemas": {
      "File": {
        "type": "object",
        "required": ["data"],
        "properties": {
          "data": {"type": "string", "format": "byte"},
          "thumbnail": {"type": "string", "contentEncoding": "base64"}
        }
      }
    }
  }
}
JSON
venv/bin/datamodel-codegen --input openapi.json --input-file-type openapi --output models.py \
  --output-model-type pydantic_v2.BaseModel 2>/dev/null
cat >run.py <<'PYTHON'
import base64

import models
import pydantic

for name, content in {"hello": b"hello", "PNG": b"\x89PNG\r\n\x1a\n"}.items():
    text = base64.b64encode(content).decode()
    try:
        file = models.File.model_validate({"data": text, "thumbnail": text})
        print(f"{name}: data {file.data!r}, thumbnail {file.thumbnail!r}")
    except pydantic.ValidationError as error:
        for detail in error.errors():
            print(f"{name}: {detail['loc'][0]} {detail['msg']}")
PYTHON
sed -n 's/^    data: /data: /p' models.py >seen
venv/bin/python run.py >>seen
cat seen
diff seen - <<'EXPECTED'
data: Base64Str
hello: data 'hello', thumbnail 'aGVsbG8='
PNG: data Value error, 'utf-8' codec can't decode byte 0x89 in position 0: invalid start byte
EXPECTED
