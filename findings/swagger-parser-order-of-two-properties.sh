#!/bin/sh
# swagger-parser: the order of two properties decides whether the keywords beside a reference count.
#
# Seen with @apidevtools/swagger-parser 13.0.0 and the @apidevtools/json-schema-ref-parser 15.3.6 that it
# installs, on Node.js 20.
#
# Expected: in OpenAPI 3.1 the keywords beside a `$ref` apply in addition to the schema referred to. The order
# of the properties of an object means nothing.
# Seen: `dereference` lets a keyword beside the reference take the place of the same keyword of the schema. If
# the same reference without such keywords stands earlier in the document, it is the other way round: the
# description and the limit of the second place are lost.
#
# Output seen:
#   code alone: {"type":"string","description":"A code","minLength":5}
#   code, text: {"type":"string","description":"A code","minLength":5}
#   text, code: {"type":"string","description":"A text","minLength":1}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund \
  @apidevtools/swagger-parser@13.0.0 @apidevtools/json-schema-ref-parser@15.3.6
cat >run.mjs <<'JAVASCRIPT'
import SwaggerParser from "@apidevtools/swagger-parser";

const $ref = "#/components/schemas/Text";
const schemas = {
  text: { $ref },
  code: { $ref, description: "A code", minLength: 5 },
};
async function show(label, names) {
  const properties = Object.fromEntries(names.map((name) => [name, { ...schemas[name] }]));
  const document = await SwaggerParser.dereference({
    openapi: "3.1.0",
    info: { title: "Orders", version: "1" },
    paths: {},
    components: {
      schemas: {
        Text: { type: "string", description: "A text", minLength: 1 },
        Order: { type: "object", properties },
      },
    },
  });
  const { type, description, minLength } = document.components.schemas.Order.properties.code;
  console.log(`${label}: ${JSON.stringify({ type, description, minLength })}`);
}

await show("code alone", ["code"]);
await show("code, text", ["code", "text"]);
await show("text, code", ["text", "code"]);
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
code alone: {"type":"string","description":"A code","minLength":5}
code, text: {"type":"string","description":"A code","minLength":5}
text, code: {"type":"string","description":"A text","minLength":1}
EXPECTED
