#!/bin/sh
# @fastify/swagger names the schemas of a document by the order in which they were added.
#
# Seen with @fastify/swagger 9.9.3 and fastify 5.12.8 on Node.js 20.
#
# Expected: a schema that was added with `$id: "User"` is `#/components/schemas/User` in the document. The `$id`
# is required, unique, and the name by which routes refer to the schema.
# Seen: the names are `def-0`, `def-1`, …; the `$id` becomes the `title`. A schema that is added before the others
# takes `def-0` and renames all of them, so the classes of a client that is generated from the document change
# their names, or, worse, two names are exchanged.
#
# Output seen:
#   User: {"def-0":"User"} #/components/schemas/def-0
#   Account, User: {"def-0":"Account","def-1":"User"} #/components/schemas/def-1
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent fastify@5.12.8 @fastify/swagger@9.9.3
cat >document.mjs <<'JS'
import swagger from "@fastify/swagger";
import Fastify from "fastify";

for (const names of [["User"], ["Account", "User"]]) {
  const app = Fastify();
  await app.register(swagger, { openapi: { openapi: "3.1.0" } });
  for (const $id of names) {
    app.addSchema({ $id, type: "object", properties: { id: { type: "integer" } } });
  }
  app.get("/user", { schema: { response: { 200: { $ref: "User#" } } } }, async () => ({ id: 1 }));
  await app.ready();
  const { components, paths } = app.swagger();
  const titles = Object.entries(components.schemas).map(([key, { title }]) => [key, title]);
  const { schema } = paths["/user"].get.responses[200].content["application/json"];
  console.log(`${names.join(", ")}: ${JSON.stringify(Object.fromEntries(titles))} ${schema.$ref}`);
}
JS
node document.mjs >seen
cat seen
grep -qx 'User: {"def-0":"User"} #/components/schemas/def-0' seen
grep -qx 'Account, User: {"def-0":"Account","def-1":"User"} #/components/schemas/def-1' seen
