#!/bin/sh
# zod-openapi writes `readOnly` for zod's `.readonly()`, and then no request can be valid.
#
# Seen with zod 4.6.7, zod-openapi 6.0.2, express-openapi-validator 5.6.2, express 5.2.1 and oazapfts 7.5.0 on
# Node.js 22.23.3, against a local server.
#
# Expected: `.readonly()` freezes the parsed value, like `readonly` in TypeScript, and says nothing about who may send
# it. `readOnly` in a description means that the server alone sets the value, so that a request which has it is refused
# or the value ignored (JSON Schema 2020-12, Validation, section 9.4).
# Seen: zod's JSON Schema has `readOnly: true` for `.readonly()`, and zod-openapi writes it into request bodies. A
# validator that follows the document refuses the property, and zod refuses a body without it. A generated client
# has no such property. @asteasolutions/zod-to-openapi does not write the keyword.
#
# Output seen:
#   described: required id,tags; tags {"readOnly":true,"type":"array","items":{"type":"string"}}
#   sends tags: 400 request/body/tags is read-only
#   sends no tags: 422 tags: Invalid input: expected array, received undefined
#   the client's type has: id
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 zod@4.6.7 zod-openapi@6.0.2 express-openapi-validator@5.6.2 \
  express@5.2.1 oazapfts@7.5.0 2>>log
cat >run.mjs <<'JAVASCRIPT'
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import express from "express";
import { middleware } from "express-openapi-validator";
import { z } from "zod";
import { createDocument } from "zod-openapi";

const Note = z.object({ id: z.string(), tags: z.array(z.string()).readonly() });
const operation = {
  operationId: "createNote",
  requestBody: { required: true, content: { "application/json": { schema: Note } } },
  responses: { 200: { description: "OK" } },
};
const description = createDocument({
  openapi: "3.1.0",
  info: { title: "Notes", version: "1" },
  paths: { "/notes": { post: operation } },
});
const schema = description.paths["/notes"].post.requestBody.content["application/json"].schema;
console.log(`described: required ${schema.required}; tags ${JSON.stringify(schema.properties.tags)}`);

const app = express();
app.use(express.json());
app.use(middleware({ apiSpec: structuredClone(description) }));
app.post("/notes", (request, response) => {
  const { error } = Note.safeParse(request.body);
  if (!error) return response.send("OK");
  return response.status(422).send(`${error.issues[0].path}: ${error.issues[0].message}`);
});
app.use((error, request, response, next) => response.status(error.status ?? 500).send(error.message));

const server = app.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/notes`;
  const headers = { "Content-Type": "application/json" };
  for (const [label, note] of Object.entries({ "sends tags": { id: "1", tags: [] }, "sends no tags": { id: "1" } })) {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(note) });
    console.log(`${label}: ${response.status} ${await response.text()}`);
  }
  server.close();
});

writeFileSync("description.json", JSON.stringify(description));
execFileSync(process.execPath, ["node_modules/.bin/oazapfts", "description.json", "client.ts"]);
const [, type] = readFileSync("client.ts", "utf8").match(/createNote\(body: \{([^}]*)\}/);
const names = [...type.matchAll(/(\w+)\??:/g)].map((match) => match[1]);
server.on("close", () => console.log(`the client's type has: ${names}`));
JAVASCRIPT
node_modules/.bin/node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
described: required id,tags; tags {"readOnly":true,"type":"array","items":{"type":"string"}}
sends tags: 400 request/body/tags is read-only
sends no tags: 422 tags: Invalid input: expected array, received undefined
the client's type has: id
EXPECTED
