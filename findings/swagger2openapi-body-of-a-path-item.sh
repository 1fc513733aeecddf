#!/bin/sh
# swagger2openapi drops the body of operations when it is declared at the path.
#
# Seen with swagger2openapi 7.0.8 on Node.js 20.
#
# Expected: the parameters of a Path Item apply to all of its operations (Swagger 2.0), bodies and form
# fields included, so each operation gets a `requestBody`, as it does for a parameter of its own.
# Seen: a body or a form field at the path is removed, and no operation gets a `requestBody`. A reusable
# one that is used in such a place alone is gone from the document. There is no error and no warning.
# A client that is generated from the result cannot send the body, which was required.
#
# Output seen:
#   parameter of the operation: application/json
#   body of the path: no requestBody
#   reference of the path: no requestBody
#   form field of the path: no requestBody
#   headers of the path: 1
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund swagger2openapi@7.0.8
cat >swagger.yaml <<'YAML'
swagger: '2.0'
info: {title: Items, version: '1'}
consumes: [application/json]
paths:
  /operation:
    put:
      parameters: [{name: item, in: body, required: true, schema: {type: string}}]
      responses: {'204': {description: Stored}}
  /body:
    parameters:
      - {name: item, in: body, required: true, schema: {type: string}}
      - {name: X-Trace, in: header, type: string}
    put:
      responses: {'204': {description: Stored}}
  /reference:
    parameters: [{$ref: '#/parameters/Item'}]
    put:
      responses: {'204': {description: Stored}}
  /form:
    parameters: [{name: name, in: formData, required: true, type: string}]
    put:
      consumes: [application/x-www-form-urlencoded]
      responses: {'204': {description: Stored}}
parameters:
  Item: {name: item, in: body, required: true, schema: {type: string}}
YAML
npx swagger2openapi --outfile openapi.json swagger.yaml
cat >run.cjs <<'JAVASCRIPT'
const { paths } = require("./openapi.json");

const show = (label, path) => {
  const { requestBody } = paths[path].put;
  console.log(`${label}: ${requestBody ? Object.keys(requestBody.content) : "no requestBody"}`);
};
show("parameter of the operation", "/operation");
show("body of the path", "/body");
show("reference of the path", "/reference");
show("form field of the path", "/form");
console.log(`headers of the path: ${paths["/body"].parameters.length}`);
JAVASCRIPT
node run.cjs >seen
cat seen
diff seen - <<'EXPECTED'
parameter of the operation: application/json
body of the path: no requestBody
reference of the path: no requestBody
form field of the path: no requestBody
headers of the path: 1
EXPECTED
