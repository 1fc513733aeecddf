#!/bin/sh
# swagger-typescript-api: a text response is null, and a merge patch is sent as plain JSON.
#
# Seen with swagger-typescript-api 13.13.0 on Node.js 20.
#
# Expected: a response of `text/plain` is read as text, as its type `string` says, and a body is sent with the
# media type of the description.
# Seen: the generated method sets no format for text, so the body is not read: `data` is null and has the type
# `string`. A body of `application/merge-patch+json` is sent as `application/json`, which the operation does not
# accept by its description. There is no warning.
#
# Output seen:
#   declared: Promise<HttpResponse<string, any>>
#   request: PATCH application/json {"note":null}
#   response: 200 text/plain, data null, body used false
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund swagger-typescript-api@13.13.0 typescript@5.9.3
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    patch:
      operationId: change
      requestBody: {content: {application/merge-patch+json: {schema: {type: object}}}}
      responses: {'200': {description: The new name, content: {text/plain: {schema: {type: string}}}}}
YAML
npx swagger-typescript-api generate --path openapi.yaml --output . --name api.ts >log 2>&1 || { cat log; exit 1; }
npx tsc --module commonjs --target es2022 --skipLibCheck --declaration api.ts
echo "declared: $(sed -n 's/.*change: .*=> \(.*\);/\1/p' api.d.ts)" >seen
cat >run.cjs <<'JAVASCRIPT'
const { Api } = require("./api");

const customFetch = async (url, { method, headers, body }) => {
  console.log(`request: ${method} ${headers["Content-Type"]} ${body}`);
  return new Response("Rex", { headers: { "content-type": "text/plain" } });
};
new Api({ baseUrl: "http://127.0.0.1", customFetch }).pets.change({ note: null }).then((response) => {
  const { status, headers, data, bodyUsed } = response;
  console.log(`response: ${status} ${headers.get("content-type")}, data ${data}, body used ${bodyUsed}`);
});
JAVASCRIPT
node run.cjs >>seen
cat seen
diff seen - <<'EXPECTED'
declared: Promise<HttpResponse<string, any>>
request: PATCH application/json {"note":null}
response: 200 text/plain, data null, body used false
EXPECTED
