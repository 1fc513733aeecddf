#!/bin/sh
# datamodel-code-generator: the same nullable enum is two different things in OpenAPI 3.0 and 3.1.
#
# Seen with datamodel-code-generator 0.89.0 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: `Status | None` for both spellings, since both allow the same values.
# Seen: 3.0 gives a RootModel around the enum, so `job.status is None` is false for a null, and a
# value is not equal to any member of the enum. 3.1 gives an enum with an additional member for null,
# NoneType_None, and `| None`; with --strict-nullable a null becomes that member.
#
# Output seen:
#   3.0: 'a' is Status(root=<StatusEnum.a: 'a'>), null is Status(root=None)
#   3.1: 'a' is <Status.a: 'a'>, null is None
#   3.1 --strict-nullable: 'a' is <Status.a: 'a'>, null is <Status.NoneType_None: None>
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet datamodel-code-generator==0.89.0 pydantic==2.14.4
cd "$folder"
show() { # label, version, schema of the property, options
  cat >api.yaml <<YAML
openapi: $2
info: {title: Jobs, version: '1'}
paths: {}
components:
  schemas:
    Job: {type: object, required: [status], properties: {status: $3}}
YAML
  venv/bin/datamodel-codegen --input api.yaml --input-file-type openapi --formatters builtin \
    --output-model-type pydantic_v2.BaseModel --target-python-version 3.11 $4 --output models.py
  venv/bin/python -B - >>seen <<PYTHON
from models import Job

value, null = (Job.model_validate({"status": status}).status for status in ("a", None))
print(f"$1: 'a' is {value!r}, null is {null!r}")
PYTHON
}
show 3.0 3.0.3 '{type: string, nullable: true, enum: [a, b, null]}' ''
show 3.1 3.1.1 '{type: [string, "null"], enum: [a, b, null]}' ''
show '3.1 --strict-nullable' 3.1.1 '{type: [string, "null"], enum: [a, b, null]}' --strict-nullable
cat seen
diff seen - <<'EXPECTED'
3.0: 'a' is Status(root=<StatusEnum.a: 'a'>), null is Status(root=None)
3.1: 'a' is <Status.a: 'a'>, null is None
3.1 --strict-nullable: 'a' is <Status.a: 'a'>, null is <Status.NoneType_None: None>
EXPECTED
