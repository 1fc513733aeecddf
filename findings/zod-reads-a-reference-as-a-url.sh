#!/bin/sh
# zod: `fromJSONSchema` refuses every relative reference where the schema says `uri-reference`.
#
# Seen with zod 4.6.7, ajv 8.20.0 and ajv-formats 3.0.1 on Node.js 20.
#
# Expected: `uri-reference` allows relative references (RFC 3986, section 4.1), which is what sets it apart from
# `uri`. A format that zod has no type for is an annotation, as `iri-reference` is.
# Seen: `uri-reference` becomes a URL. `instance` and `type` of a problem details object (RFC 9457) and the links
# of most JSON APIs are refused. An object as `const`, or in `enum`, is compared by identity, so no value that
# comes out of JSON.parse is accepted.
#
# Output seen:
#   uri-reference "https://example.com/pets/1": zod true, ajv true
#   uri-reference "/pets/1": zod false, ajv true
#   uri-reference "?page=2": zod false, ajv true
#   iri-reference "/pets/1": zod true
#   {"const":{"a":1}} {"a":1}: zod false, ajv true
#   {"enum":[[1,2]]} [1,2]: zod false, ajv true
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1
cat >run.mjs <<'JAVASCRIPT'
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { z } from "zod";

const ajv = formats.default(new Ajv2020());
const accepts = (schema, value) => z.fromJSONSchema(schema).safeParse(value).success;
const reference = { type: "string", format: "uri-reference" };
for (const value of ["https://example.com/pets/1", "/pets/1", "?page=2"]) {
  const results = `zod ${accepts(reference, value)}, ajv ${ajv.validate(reference, value)}`;
  console.log(`uri-reference ${JSON.stringify(value)}: ${results}`);
}
const iri = { type: "string", format: "iri-reference" };
console.log(`iri-reference "/pets/1": zod ${accepts(iri, "/pets/1")}`);
for (const schema of ['{"const":{"a":1}}', '{"enum":[[1,2]]}'].map((text) => JSON.parse(text))) {
  const text = JSON.stringify(schema.const ?? schema.enum[0]);
  const results = `zod ${accepts(schema, JSON.parse(text))}, ajv ${ajv.validate(schema, JSON.parse(text))}`;
  console.log(`${JSON.stringify(schema)} ${text}: ${results}`);
}
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
uri-reference "https://example.com/pets/1": zod true, ajv true
uri-reference "/pets/1": zod false, ajv true
uri-reference "?page=2": zod false, ajv true
iri-reference "/pets/1": zod true
{"const":{"a":1}} {"a":1}: zod false, ajv true
{"enum":[[1,2]]} [1,2]: zod false, ajv true
EXPECTED
