#!/bin/sh
# openapi-fetch: a form is sent as JSON where its media type has a parameter.
#
# Seen with openapi-fetch 0.17.0 on Node.js 20.
#
# Expected: media types are compared without their parameters (RFC 9110, section 8.3.1), so that a
# charset changes nothing about the body. In a form an array is one field per item (OpenAPI 3.1.1,
# Encoding Object: style form, explode).
# Seen: with `; charset=utf-8` the body is JSON text, while the header still says that it is a form.
# Without it, the items of an array are joined by commas in one field, and an object is
# `[object Object]`.
#
# Output seen:
#   application/x-www-form-urlencoded: name=x+y&tags=a%2Cb
#   application/x-www-form-urlencoded; charset=utf-8: {"name":"x y","tags":["a","b"]}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund openapi-fetch@0.17.0
cat >run.mjs <<'JAVASCRIPT'
import createClient from "openapi-fetch";

async function fetch(request) {
  console.log(`${request.headers.get("content-type")}: ${await request.text()}`);
  return new Response(null, { status: 204 });
}

const client = createClient({ baseUrl: "http://api.example", fetch });
const form = "application/x-www-form-urlencoded";
for (const type of [form, `${form}; charset=utf-8`]) {
  const body = { name: "x y", tags: ["a", "b"] };
  await client.POST("/items", { headers: { "content-type": type }, body });
}
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
application/x-www-form-urlencoded: name=x+y&tags=a%2Cb
application/x-www-form-urlencoded; charset=utf-8: {"name":"x y","tags":["a","b"]}
EXPECTED
