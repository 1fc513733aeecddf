#!/bin/sh
# orval: the fetch client sends an object in a query as `[object Object]`.
#
# Seen with orval 8.38.0 on Node.js 22.23.3, against a local server.
#
# Expected: an object with the style `form` is one field per property (`x=1&y=2`), or `x,1,y,2` without `explode`; with
# `content` and the type application/json it is JSON text; with `deepObject` an object inside the object has no
# form, so that the generator warns (OpenAPI 3.0.3, Parameter Object and Style Values). With `pipeDelimited`
# an array is joined with `|`.
# Seen: the generator knows `explode` of arrays and the first level of `deepObject`. Everything else is written with
# `String(value)`: an object is `[object Object]`, and the values are lost. The items of an array are joined with
# commas whatever its style is. Types are right, and neither the generator nor the client reports anything.
#
# Output seen:
#   form: /search?filter=[object+Object]
#   form, explode false: /search?sort=[object+Object]
#   JSON: /search?where=[object+Object]
#   deepObject: /search?page[size]=5&page[after]=[object Object]
#   pipeDelimited: /search?fields=id,name
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 orval@8.38.0 >>log 2>&1
PATH="$folder/node_modules/.bin:$PATH"
cat >description.json <<'JSON'
{
  "openapi": "3.0.3",
  "info": {"title": "Search", "version": "1"},
  "paths": {
    "/search": {
      "get": {
        "operationId": "search",
        "parameters": [
          {"name": "filter", "in": "query", "schema": {"$ref": "#/components/schemas/Point"}},
          {"name": "sort", "in": "query", "explode": false, "schema": {"$ref": "#/components/schemas/Point"}},
          {
            "name": "where",
            "in": "query",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Point"}}}
          },
          {"name": "page", "in": "query", "style": "deepObject", "schema": {"$ref": "#/components/schemas/Page"}},
          {
            "name": "fields",
            "in": "query",
            "style": "pipeDelimited",
            "explode": false,
            "schema": {"type": "array", "items": {"type": "string"}}
          }
        ],
        "responses": {"204": {"description": "No content"}}
      }
    }
  },
  "components": {
    "schemas": {
      "Point": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}},
      "Page": {
        "type": "object",
        "properties": {"size": {"type": "integer"}, "after": {"$ref": "#/components/schemas/Point"}}
      }
    }
  }
}
JSON
cat >orval.config.mjs <<'JAVASCRIPT'
export default {
  search: { input: "./description.json", output: { target: "./client.ts", client: "fetch", mode: "single" } },
};
JAVASCRIPT
orval --config orval.config.mjs >>log 2>&1
cat >run.mjs <<'JAVASCRIPT'
import { createServer } from "node:http";
import { search } from "./client.ts";

let path;
const server = createServer((request, response) => {
  path = decodeURIComponent(request.url);
  response.writeHead(204).end();
});
server.listen(0, "127.0.0.1", async () => {
  const { fetch } = globalThis;
  globalThis.fetch = (url, options) => fetch(`http://127.0.0.1:${server.address().port}${url}`, options);
  const point = { x: 1, y: 2 };
  for (const [label, parameters] of Object.entries({
    form: { filter: point },
    "form, explode false": { sort: point },
    JSON: { where: point },
    deepObject: { page: { size: 5, after: point } },
    pipeDelimited: { fields: ["id", "name"] },
  })) {
    await search(parameters);
    console.log(`${label}: ${path}`);
  }
  server.close();
});
JAVASCRIPT
node run.mjs >seen 2>>log
cat seen
diff seen - <<'EXPECTED'
form: /search?filter=[object+Object]
form, explode false: /search?sort=[object+Object]
JSON: /search?where=[object+Object]
deepObject: /search?page[size]=5&page[after]=[object Object]
pipeDelimited: /search?fields=id,name
EXPECTED
