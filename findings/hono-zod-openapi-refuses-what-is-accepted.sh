#!/bin/sh
# @hono/zod-openapi: the description refuses requests that the route accepts, for three types of zod.
#
# Seen with @hono/zod-openapi 1.6.3, @asteasolutions/zod-to-openapi 9.1.0, hono 4.13.19, zod 4.6.7 and ajv 8.20.0 on
# Node.js 22.23.3.
#
# Expected: what a route accepts is valid by its description, as it is by zod's own `z.toJSONSchema`; or the type is
# refused, as `z.map()` is.
# Seen: of a literal with several values only the first one is described, and its type is that of the first one. A key
# with `exactOptional()`, which may be left out, is required. Of a pattern with a flag the end of the source text, `/u`,
# is a part of the pattern, so that nothing matches. No error is raised.
#
# Output seen:
#   z.literal: {"type":"string","enum":["noon"]}
#   z.literal, "noon": route 200, valid by its description true, by zod's schema true
#   z.literal, 12: route 200, valid by its description false, by zod's schema true
#   exactOptional: {"type":"object","properties":{"note":{"type":"string"}},"required":["note"]}
#   exactOptional, {}: route 200, valid by its description false, by zod's schema true
#   regex: {"type":"string","pattern":"^[a-z]+$/u"}
#   regex, "abc": route 200, valid by its description false, by zod's schema true
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 @hono/zod-openapi@1.6.3 @asteasolutions/zod-to-openapi@9.1.0 \
  hono@4.13.19 zod@4.6.7 ajv@8.20.0 2>>log
cat >run.mjs <<'JAVASCRIPT'
import { OpenAPIHono, createRoute, z } from "@hono/zod-openapi";
import Ajv from "ajv/dist/2020.js";

const types = {
  "z.literal": [z.literal(["noon", 12]), ["noon", 12]],
  exactOptional: [z.object({ note: z.string().exactOptional() }), [{}]],
  regex: [z.string().regex(/^[a-z]+$/u), ["abc"]],
};
const ajv = new Ajv();
for (const [label, [type, values]] of Object.entries(types)) {
  const app = new OpenAPIHono();
  const body = { required: true, content: { "application/json": { schema: type } } };
  const responses = { 200: { description: "OK" } };
  const route = createRoute({ method: "post", path: "/", request: { body }, responses });
  app.openapi(route, (context) => context.text("OK"));
  const description = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Notes", version: "1" } });
  const { schema } = description.paths["/"].post.requestBody.content["application/json"];
  console.log(`${label}: ${JSON.stringify(schema)}`);
  for (const value of values) {
    const headers = { "Content-Type": "application/json" };
    const { status } = await app.request("/", { method: "POST", headers, body: JSON.stringify(value) });
    const own = ajv.validate(z.toJSONSchema(type, { io: "input" }), value);
    console.log(
      `${label}, ${JSON.stringify(value)}: route ${status},` +
        ` valid by its description ${ajv.validate(schema, value)}, by zod's schema ${own}`,
    );
  }
}
JAVASCRIPT
node_modules/.bin/node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
z.literal: {"type":"string","enum":["noon"]}
z.literal, "noon": route 200, valid by its description true, by zod's schema true
z.literal, 12: route 200, valid by its description false, by zod's schema true
exactOptional: {"type":"object","properties":{"note":{"type":"string"}},"required":["note"]}
exactOptional, {}: route 200, valid by its description false, by zod's schema true
regex: {"type":"string","pattern":"^[a-z]+$/u"}
regex, "abc": route 200, valid by its description false, by zod's schema true
EXPECTED
