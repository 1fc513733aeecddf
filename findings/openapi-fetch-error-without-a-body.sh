#!/bin/sh
# openapi-fetch: an error response without a body has no `error`.
#
# Seen with openapi-fetch 0.17.0 on Node.js 20.
#
# Expected: for a status outside 2xx `error` is set, since `const { data, error } = await client.GET(…)`
# followed by `if (error)` is the way to check a call.
# Seen: with `Content-Length: 0`, `error` is undefined, as after a success without a body; without the
# header it is an empty string, which is false as well. A 404, 401 or 503 from a gateway passes the
# check. `response.ok` is right.
#
# Output seen:
#   204: error undefined, ok true
#   503, Content-Length 0: error undefined, ok false
#   503, no Content-Length: error "", ok false
#   503, a JSON body: error {"message":"busy"}, ok false
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund openapi-fetch@0.17.0
cat >run.mjs <<'JAVASCRIPT'
import createClient from "openapi-fetch";

async function show(label, answer) {
  const client = createClient({ baseUrl: "http://api.example", fetch: async () => answer });
  const { error, response } = await client.GET("/items");
  console.log(`${label}: error ${JSON.stringify(error)}, ok ${response.ok}`);
}

const empty = { "content-length": "0" };
await show("204", new Response(null, { status: 204 }));
await show("503, Content-Length 0", new Response("", { status: 503, headers: empty }));
await show("503, no Content-Length", new Response("", { status: 503 }));
await show("503, a JSON body", new Response('{"message":"busy"}', { status: 503 }));
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
204: error undefined, ok true
503, Content-Length 0: error undefined, ok false
503, no Content-Length: error "", ok false
503, a JSON body: error {"message":"busy"}, ok false
EXPECTED
