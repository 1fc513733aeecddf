#!/bin/sh
# openapi-typescript refuses a discriminator mapping that gives the name of a schema.
#
# Seen with openapi-typescript 7.13.0 and the @redocly/openapi-core 1.34.24 that it installs, on
# Node.js 20.
#
# Expected: a mapping takes the name of a schema as well as a reference (OpenAPI 3.1.1, Discriminator
# Object, where one example is `dog: Dog`).
# Seen: the name is resolved as a reference, which fails, and no types are written. The mapping
# `#/components/schemas/Dog` works.
#
# Output seen:
#   dog: Dog -> Can't resolve $ref at #/components/schemas/Pet/discriminator/mapping/dog
#   dog: '#/components/schemas/Dog' -> petType: "dog";
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund openapi-typescript@7.13.0 @redocly/openapi-core@1.34.24 \
  typescript@5.9.3
show() { # the value of the mapping
  cat >api.yaml <<YAML
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      oneOf: [{\$ref: '#/components/schemas/Cat'}, {\$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: petType, mapping: {dog: $1}}
    Cat: {type: object, required: [petType], properties: {petType: {type: string}}}
    Dog: {type: object, required: [petType], properties: {petType: {type: string}}}
YAML
  result=$(npx openapi-typescript api.yaml 2>&1 | grep -o -e "Can't resolve .*" -e 'petType: "dog";' | head -1)
  echo "dog: $1 -> $result" >>seen
}
show Dog
show "'#/components/schemas/Dog'"
cat seen
diff seen - <<'EXPECTED'
dog: Dog -> Can't resolve $ref at #/components/schemas/Pet/discriminator/mapping/dog
dog: '#/components/schemas/Dog' -> petType: "dog";
EXPECTED
