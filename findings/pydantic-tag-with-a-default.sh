#!/bin/sh
# pydantic: the JSON schema of a tagged union allows what its validator refuses.
#
# Seen with pydantic 2.14.4 and jsonschema 4.26.0 on CPython 3.11.
#
# Expected: the tag is required in the schema of each variant (OpenAPI 3.1.1, Discriminator Object, says
# so), or the validator uses its default.
# Seen: a tag with a default, `kind: Literal["dog"] = "dog"`, is not in `required`. By the schema, an
# object without it is a Dog; the validator of the union does not find the tag. A client generated
# from the description may leave the tag out, and gets 422 from FastAPI.
#
# Output seen:
#   Cat requires ['lives']
#   Dog requires ['name']
#   the union has a discriminator: kind
#   valid by the schema: True
#   Dog alone: Dog(kind='dog', name='Rex')
#   the union: union_tag_not_found
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet pydantic==2.14.4 jsonschema==4.26.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from typing import Annotated, Literal

from jsonschema import Draft202012Validator
from pydantic import BaseModel, Field, TypeAdapter, ValidationError


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    name: str


pet = TypeAdapter(Annotated[Cat | Dog, Field(discriminator="kind")])
schema = pet.json_schema(mode="validation")
for name, variant in schema["$defs"].items():
    print(f"{name} requires {variant['required']}")
print(f"the union has a discriminator: {schema['discriminator']['propertyName']}")
value = {"name": "Rex"}
print(f"valid by the schema: {Draft202012Validator(schema).is_valid(value)}")
print(f"Dog alone: {Dog.model_validate(value)!r}")
try:
    print(f"the union: {pet.validate_python(value)!r}")
except ValidationError as error:
    print(f"the union: {error.errors()[0]['type']}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
Cat requires ['lives']
Dog requires ['name']
the union has a discriminator: kind
valid by the schema: True
Dog alone: Dog(kind='dog', name='Rex')
the union: union_tag_not_found
EXPECTED
