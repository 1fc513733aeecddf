#!/bin/sh
# openapi-client-axios takes paths and names from the description, and sends values as axios does without one.
#
# Seen with openapi-client-axios 7.9.1 and axios 1.21.1 on Node.js 20, against a local server.
#
# Expected: a client that reads the description sends what it describes: an array as `ids=1&ids=2` or `ids=1,2`
# (OpenAPI 3.1.1, Style Values), and a body with the media type of the operation.
# Seen: an array is sent under another name, `ids[]`, whatever `style` and `explode` say. Every object is sent as
# application/json, a form and a merge patch too; a JSON text loses its quotes and is sent as a form. A cookie is
# left out. No call raises an error.
#
# Output seen:
#   array: GET /array?ids[]=1&ids[]=2
#   array, explode false: GET /comma?ids[]=1&ids[]=2
#   cookie: GET /cookie, cookie undefined
#   form: POST /form, application/json, {"a":"b"}
#   merge patch: PATCH /merge, application/json, {"a":"b"}
#   JSON text: PUT /text, application/x-www-form-urlencoded, on
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund openapi-client-axios@7.9.1 axios@1.21.1
cat >run.cjs <<'JAVASCRIPT'
const { createServer } = require("node:http");
const { OpenAPIClientAxios } = require("openapi-client-axios");

let request;
const server = createServer(async (incoming, answer) => {
  let body = "";
  for await (const chunk of incoming) body += chunk;
  const line = `${incoming.method} ${decodeURIComponent(incoming.url)}`;
  request = { line, type: incoming.headers["content-type"], cookie: incoming.headers.cookie, body };
  answer.end();
});

const responses = { 200: { description: "OK" } };
const array = { type: "array", items: { type: "integer" } };
const body = (type, schema) => ({ required: true, content: { [type]: { schema } } });
const object = { type: "object", properties: { a: { type: "string" } } };
const paths = {
  "/array": { get: { operationId: "array", parameters: [{ name: "ids", in: "query", schema: array }], responses } },
  "/comma": {
    get: {
      operationId: "comma",
      parameters: [{ name: "ids", in: "query", schema: array, explode: false }],
      responses,
    },
  },
  "/cookie": {
    get: {
      operationId: "cookie",
      parameters: [{ name: "theme", in: "cookie", schema: { type: "string" } }],
      responses,
    },
  },
  "/form": {
    post: { operationId: "form", requestBody: body("application/x-www-form-urlencoded", object), responses },
  },
  "/merge": { patch: { operationId: "merge", requestBody: body("application/merge-patch+json", object), responses } },
  "/text": { put: { operationId: "text", requestBody: body("application/json", { type: "string" }), responses } },
};

server.listen(0, "127.0.0.1", async () => {
  const servers = [{ url: `http://127.0.0.1:${server.address().port}` }];
  const definition = { openapi: "3.1.1", info: { title: "Settings", version: "1" }, servers, paths };
  const client = await new OpenAPIClientAxios({ definition }).init();
  await client.array({ ids: [1, 2] });
  console.log(`array: ${request.line}`);
  await client.comma({ ids: [1, 2] });
  console.log(`array, explode false: ${request.line}`);
  await client.cookie({ theme: "dark" });
  console.log(`cookie: ${request.line}, cookie ${request.cookie}`);
  await client.form(null, { a: "b" });
  console.log(`form: ${request.line}, ${request.type}, ${request.body}`);
  await client.merge(null, { a: "b" });
  console.log(`merge patch: ${request.line}, ${request.type}, ${request.body}`);
  await client.text(null, "on");
  console.log(`JSON text: ${request.line}, ${request.type}, ${request.body}`);
  server.close();
});
JAVASCRIPT
node run.cjs >seen
cat seen
diff seen - <<'EXPECTED'
array: GET /array?ids[]=1&ids[]=2
array, explode false: GET /comma?ids[]=1&ids[]=2
cookie: GET /cookie, cookie undefined
form: POST /form, application/json, {"a":"b"}
merge patch: PATCH /merge, application/json, {"a":"b"}
JSON text: PUT /text, application/x-www-form-urlencoded, on
EXPECTED
