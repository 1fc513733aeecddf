#!/bin/sh
# express-openapi-validator refuses every request to an operation that has an array in a header.
#
# Seen with express-openapi-validator 5.6.2 and express 5.2.1 on Node.js 20.
#
# Expected: `style` of a header is `simple` when it is not given, the only one that headers have (OpenAPI 3.0.3,
# Parameter Object). `X-Tags: a,b` is an array of two, and a request without the optional header is valid.
# Seen: for queries the default is filled in, for headers it is not. The description passes the check at the start,
# and then each request is answered with 400, also one without the header. The message blames the client. To write
# `style: simple`, which says nothing new, is the way out.
#
# Output seen:
#   style left out, no header: 400 Parameter 'style' has incorrect value 'undefined' for [X-Tags]
#   style left out, X-Tags a,b: 400 Parameter 'style' has incorrect value 'undefined' for [X-Tags]
#   style simple, no header: 200 none
#   style simple, X-Tags a,b: 200 ["a","b"]
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express-openapi-validator@5.6.2 express@5.2.1
cat >run.cjs <<'JAVASCRIPT'
const express = require("express");
const { middleware } = require("express-openapi-validator");

const description = (style) => ({
  openapi: "3.0.3",
  info: { title: "Items", version: "1" },
  paths: {
    "/items": {
      get: {
        parameters: [
          { name: "X-Tags", in: "header", ...style, schema: { type: "array", items: { type: "string" } } },
        ],
        responses: { 200: { description: "OK" } },
      },
    },
  },
});

async function show(label, style) {
  const app = express();
  app.use(middleware({ apiSpec: description(style) }));
  app.get("/items", (request, response) => response.send(JSON.stringify(request.headers["x-tags"]) ?? "none"));
  app.use((error, request, response, next) => response.status(error.status).send(error.message));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${server.address().port}/items`;
  for (const headers of [{}, { "X-Tags": "a,b" }]) {
    const response = await fetch(url, { headers });
    const header = headers["X-Tags"] ? "X-Tags a,b" : "no header";
    console.log(`${label}, ${header}: ${response.status} ${await response.text()}`);
  }
  server.close();
}

show("style left out", {}).then(() => show("style simple", { style: "simple" }));
JAVASCRIPT
node run.cjs >seen
cat seen
diff seen - <<'EXPECTED'
style left out, no header: 400 Parameter 'style' has incorrect value 'undefined' for [X-Tags]
style left out, X-Tags a,b: 400 Parameter 'style' has incorrect value 'undefined' for [X-Tags]
style simple, no header: 200 none
style simple, X-Tags a,b: 200 ["a","b"]
EXPECTED
