#!/bin/sh
# zod writes a pattern without its flags into JSON Schema, which then refuses what zod accepts.
#
# Seen with zod 4.6.7 and ajv 8.20.0 on Node.js 20.
#
# Expected: `pattern` has no flags, so a pattern with a flag that changes its meaning is an error, as for
# other types that JSON Schema cannot express (`z.date()` throws), or it is rewritten or left out.
# Seen: `toJSONSchema` takes the source of the expression and drops the flag without a message. A
# case-insensitive pattern becomes a case-sensitive one, and clients are told to refuse valid values.
#
# Output seen:
#   /^[a-z]+$/i "AB": zod true, schema ^[a-z]+$ false
#   /^a.b$/s "a\nb": zod true, schema ^a.b$ false
#   /^b$/m "a\nb": zod true, schema ^b$ false
#   z.date(): Date cannot be represented in JSON Schema
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund zod@4.6.7 ajv@8.20.0
cat >run.mjs <<'JAVASCRIPT'
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";

for (const [pattern, value] of [
  [/^[a-z]+$/i, "AB"],
  [/^a.b$/s, "a\nb"],
  [/^b$/m, "a\nb"],
]) {
  const type = z.string().regex(pattern);
  const schema = z.toJSONSchema(type);
  const accepted = type.safeParse(value).success;
  const valid = new Ajv2020().validate(schema, value);
  console.log(`${pattern} ${JSON.stringify(value)}: zod ${accepted}, schema ${schema.pattern} ${valid}`);
}
try {
  z.toJSONSchema(z.date());
} catch (error) {
  console.log(`z.date(): ${error.message}`);
}
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
/^[a-z]+$/i "AB": zod true, schema ^[a-z]+$ false
/^a.b$/s "a\nb": zod true, schema ^a.b$ false
/^b$/m "a\nb": zod true, schema ^b$ false
z.date(): Date cannot be represented in JSON Schema
EXPECTED
