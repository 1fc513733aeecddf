#!/bin/sh
# openapi-python-client: a model with a property called `d` cannot be read.
#
# Seen with openapi-python-client 0.29.1 on CPython 3.11.
#
# Expected: a property gets a name that does not clash with names of the generated method, as
# `self` and `class` do.
# Seen: `from_dict` keeps the rest of the object in a variable `d` and assigns the property `d` to the
# same name, so reading the property after it fails, with or without a value for `d`. The generator
# gives no warning. JSON Web Keys (RFC 7518) have such a property.
#
# Output seen:
#   {'kty': 'RSA', 'n': 'AQAB'}: AttributeError: 'Unset' object has no attribute 'pop'
#   {'kty': 'RSA', 'n': 'AQAB', 'd': 'X4c'}: AttributeError: 'str' object has no attribute 'pop'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet openapi-python-client==0.29.1
cat >"$folder/keys.yaml" <<'YAML'
openapi: 3.1.0
info: {title: Keys, version: '1'}
paths:
  /key:
    get:
      operationId: getKey
      responses:
        '200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Jwk'}}}}
components:
  schemas:
    Jwk:
      type: object
      required: [kty]
      properties: {kty: {type: string}, d: {type: string}, n: {type: string}}
YAML
cd "$folder"
PATH="$folder/venv/bin:$PATH" openapi-python-client generate --path keys.yaml --meta none --output-path keys
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from keys.models import Jwk

for answer in ({"kty": "RSA", "n": "AQAB"}, {"kty": "RSA", "n": "AQAB", "d": "X4c"}):
    try:
        print(f"{answer}: {Jwk.from_dict(answer)}")
    except AttributeError as error:
        print(f"{answer}: AttributeError: {error}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
{'kty': 'RSA', 'n': 'AQAB'}: AttributeError: 'Unset' object has no attribute 'pop'
{'kty': 'RSA', 'n': 'AQAB', 'd': 'X4c'}: AttributeError: 'str' object has no attribute 'pop'
EXPECTED
