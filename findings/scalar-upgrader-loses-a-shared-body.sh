#!/bin/sh
# @scalar/openapi-upgrader: an operation that refers to a shared body has no body after the upgrade.
#
# Seen with @scalar/openapi-upgrader 0.4.9 on Node.js 22.23.3.
#
# Expected: a parameter of Swagger 2.0 with `in: body`, or a form field, that is shared as `#/parameters/...` is the
# `requestBody` of each operation that refers to it, as it is for a parameter of the operation's own.
# Seen: the shared parameter becomes a request body in the components, and the operation refers to it from its list
# of parameters. It has no `requestBody`. A form loses the shared field and keeps its own. The document is not
# valid, and no error is raised.
#
# Output seen:
#   own body: parameters [], body application/json {"$ref":"#/components/schemas/Order"}
#   shared body: parameters [{"$ref":"#/components/requestBodies/Order"}], no body
#   form: parameters [{"$ref":"#/components/requestBodies/Token"}], fields note
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 @scalar/openapi-upgrader@0.4.9 2>>log
cat >run.mjs <<'JAVASCRIPT'
import { upgrade } from "@scalar/openapi-upgrader";

const schema = { $ref: "#/definitions/Order" };
const responses = { 200: { description: "OK" } };
const token = { name: "token", in: "formData", type: "string", required: true };
const note = { name: "note", in: "formData", type: "string" };
const { paths } = upgrade(
  {
    swagger: "2.0",
    info: { title: "Orders", version: "1" },
    consumes: ["application/json"],
    definitions: { Order: { type: "object", properties: { number: { type: "string" } } } },
    parameters: { Order: { name: "order", in: "body", required: true, schema }, Token: token },
    paths: {
      "/own": { post: { parameters: [{ name: "order", in: "body", schema }], responses } },
      "/shared": { post: { parameters: [{ $ref: "#/parameters/Order" }], responses } },
      "/form": {
        post: {
          consumes: ["application/x-www-form-urlencoded"],
          parameters: [{ $ref: "#/parameters/Token" }, note],
          responses,
        },
      },
    },
  },
  "3.1",
);
for (const [label, path] of Object.entries({ "own body": "/own", "shared body": "/shared", form: "/form" })) {
  const { parameters = [], requestBody } = paths[path].post;
  let body = "no body";
  for (const [type, media] of Object.entries(requestBody?.content ?? {})) {
    const fields = Object.keys(media.schema.properties ?? {});
    body = fields.length ? `fields ${fields}` : `body ${type} ${JSON.stringify(media.schema)}`;
  }
  console.log(`${label}: parameters ${JSON.stringify(parameters)}, ${body}`);
}
JAVASCRIPT
node_modules/.bin/node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
own body: parameters [], body application/json {"$ref":"#/components/schemas/Order"}
shared body: parameters [{"$ref":"#/components/requestBodies/Order"}], no body
form: parameters [{"$ref":"#/components/requestBodies/Token"}], fields note
EXPECTED
