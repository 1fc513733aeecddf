#!/bin/sh
# swagger-client sends no body where the body is `false` or `0`, and loses a Date in a parameter.
#
# Seen with swagger-client 3.39.0 on Node.js 20, against a local server.
#
# Expected: a JSON body may be any JSON value, so `false` is the body `false`. A Date has one text in JSON, which
# a body with a Date gets; a parameter with `format: date-time` gets the same, or the call is refused.
# Seen: a body that is false in JavaScript is left out with its content type, although the body is required; `true`
# and `1` are sent. A Date in a parameter is taken for an object without properties: a query loses the
# parameter, a path is another path. No call raises an error.
#
# Output seen:
#   body true: PUT /switch, application/json, "true"
#   body false: PUT /switch, no content type, ""
#   body 1: PUT /switch, application/json, "1"
#   body 0: PUT /switch, no content type, ""
#   query, text: GET /events?since=2026-01-02T03%3A04%3A05.000Z
#   query, Date: GET /events
#   path, text: GET /events/2026-01-02T03%3A04%3A05.000Z/guests
#   path, Date: GET /events//guests
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund swagger-client@3.39.0
cat >run.mjs <<'JAVASCRIPT'
import { createServer } from "node:http";
import SwaggerClient from "swagger-client";

let request;
const server = createServer(async (incoming, answer) => {
  let body = "";
  for await (const chunk of incoming) body += chunk;
  request = { line: `${incoming.method} ${incoming.url}`, type: incoming.headers["content-type"], body };
  answer.end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const date = { type: "string", format: "date-time" };
const responses = { 200: { description: "OK" } };
const content = { "application/json": { schema: { type: ["boolean", "integer"] } } };
const parameter = (place) => [{ name: "since", in: place, required: true, schema: date }];
const spec = {
  openapi: "3.1.0",
  info: { title: "Events", version: "1" },
  servers: [{ url: `http://127.0.0.1:${server.address().port}` }],
  paths: {
    "/switch": { put: { operationId: "turn", requestBody: { required: true, content }, responses } },
    "/events": { get: { operationId: "query", parameters: parameter("query"), responses } },
    "/events/{since}/guests": { get: { operationId: "path", parameters: parameter("path"), responses } },
  },
};
const client = await SwaggerClient({ spec });
for (const requestBody of [true, false, 1, 0]) {
  await client.execute({ operationId: "turn", requestBody });
  const { line, type = "no content type", body } = request;
  console.log(`body ${requestBody}: ${line}, ${type}, ${JSON.stringify(body)}`);
}
const since = new Date("2026-01-02T03:04:05Z");
for (const operationId of ["query", "path"]) {
  await client.execute({ operationId, parameters: { since: since.toJSON() } });
  console.log(`${operationId}, text: ${request.line}`);
  await client.execute({ operationId, parameters: { since } });
  console.log(`${operationId}, Date: ${request.line}`);
}
server.close();
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
body true: PUT /switch, application/json, "true"
body false: PUT /switch, no content type, ""
body 1: PUT /switch, application/json, "1"
body 0: PUT /switch, no content type, ""
query, text: GET /events?since=2026-01-02T03%3A04%3A05.000Z
query, Date: GET /events
path, text: GET /events/2026-01-02T03%3A04%3A05.000Z/guests
path, Date: GET /events//guests
EXPECTED
