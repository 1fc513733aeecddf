#!/bin/sh
# Kubb: the fetch client sends every body but a multipart form as JSON, under the media type of the description.
#
# Seen with @kubb/core, @kubb/cli, @kubb/plugin-oas, @kubb/plugin-ts and @kubb/plugin-client 4.39.3 on
# Node.js 22.23.3, against a local server.
#
# Expected: the body is what its media type says: the bytes of a file, the text, `name=value` for a form. The parameter
# of the generated function has the type for that, `Blob` for a file.
# Seen: a body that is no FormData is passed to JSON.stringify. A Blob becomes `{}`, so the file is lost; a form is JSON
# with the header of a form; a text has quotes. Where the description says application/json the header is not
# set at all, and fetch adds text/plain. A response is always read as JSON. No error is raised when a body is sent.
#
# Output seen:
#   file: application/octet-stream, {}
#   form: application/x-www-form-urlencoded, {"name":"a b","tags":["x","y"]}
#   text: text/plain, "on"
#   JSON: text/plain;charset=UTF-8, {"name":"a"}
#   merge patch: application/merge-patch+json, {"name":null}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 @kubb/core@4.39.3 @kubb/cli@4.39.3 @kubb/plugin-oas@4.39.3 \
  @kubb/plugin-ts@4.39.3 @kubb/plugin-client@4.39.3 >>log 2>&1
PATH="$folder/node_modules/.bin:$PATH"
cat >description.mjs <<'JAVASCRIPT'
import { writeFileSync } from "node:fs";

const responses = { 204: { description: "No content" } };
const operation = (operationId, type, schema) => ({
  operationId,
  requestBody: { required: true, content: { [type]: { schema } } },
  responses,
});
const name = { type: "string", nullable: true };
const form = { type: "object", properties: { name, tags: { type: "array", items: { type: "string" } } } };
const note = { type: "object", properties: { name } };
const paths = {
  "/file": { put: operation("putFile", "application/octet-stream", { type: "string", format: "binary" }) },
  "/form": { post: operation("postForm", "application/x-www-form-urlencoded", form) },
  "/text": { put: operation("putText", "text/plain", { type: "string" }) },
  "/json": { post: operation("postJson", "application/json", note) },
  "/merge": { patch: operation("patchMerge", "application/merge-patch+json", note) },
};
const description = { openapi: "3.0.3", info: { title: "Notes", version: "1" }, paths };
writeFileSync("description.json", JSON.stringify(description));
JAVASCRIPT
node description.mjs
cat >kubb.config.mjs <<'JAVASCRIPT'
import { defineConfig } from "@kubb/core";
import { pluginClient } from "@kubb/plugin-client";
import { pluginOas } from "@kubb/plugin-oas";
import { pluginTs } from "@kubb/plugin-ts";

export default defineConfig({
  root: ".",
  input: { path: "./description.json" },
  output: { path: "./generated", extension: { ".ts": ".ts" } },
  plugins: [pluginOas({ generators: [] }), pluginTs(), pluginClient({ client: "fetch", bundle: true })],
});
JAVASCRIPT
kubb generate --config kubb.config.mjs >>log 2>&1
cat >run.mjs <<'JAVASCRIPT'
import { createServer } from "node:http";
import { setConfig } from "./generated/.kubb/fetch.ts";
import { patchMerge } from "./generated/clients/patchMerge.ts";
import { postForm } from "./generated/clients/postForm.ts";
import { postJson } from "./generated/clients/postJson.ts";
import { putFile } from "./generated/clients/putFile.ts";
import { putText } from "./generated/clients/putText.ts";

let seen;
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  seen = `${request.headers["content-type"]}, ${body}`;
  response.writeHead(204).end();
});
server.listen(0, "127.0.0.1", async () => {
  setConfig({ baseURL: `http://127.0.0.1:${server.address().port}` });
  for (const [label, call] of Object.entries({
    file: () => putFile(new Blob(["content"])),
    form: () => postForm({ name: "a b", tags: ["x", "y"] }),
    text: () => putText("on"),
    JSON: () => postJson({ name: "a" }),
    "merge patch": () => patchMerge({ name: null }),
  })) {
    await call();
    console.log(`${label}: ${seen}`);
  }
  server.close();
});
JAVASCRIPT
node run.mjs >seen 2>>log
cat seen
diff seen - <<'EXPECTED'
file: application/octet-stream, {}
form: application/x-www-form-urlencoded, {"name":"a b","tags":["x","y"]}
text: text/plain, "on"
JSON: text/plain;charset=UTF-8, {"name":"a"}
merge patch: application/merge-patch+json, {"name":null}
EXPECTED
