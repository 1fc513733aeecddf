#!/bin/sh
# valibot writes `format: date-time` for a type that accepts no date-time, and `time` likewise.
#
# Seen with valibot 1.5.0, @valibot/to-json-schema 1.8.0, ajv 8.20.0 and ajv-formats 3.0.1 on Node.js 20.
#
# Expected: `date-time` and `time` are RFC 3339, section 5.6, with seconds and an offset. A type that means something
# else is described by its pattern, as `isoTimeSecond` is.
# Seen: `isoDateTime` accepts `2030-01-02T03:04` alone, without seconds and an offset, and `isoTime` accepts `03:04`.
# The schemas say `date-time` and `time`, which these values do not fit. No value passes both the type and its
# schema, so a client and a server that each check the data cannot talk. `isoTimestamp` means a date-time.
#
# Output seen:
#   isoDateTime, format date-time: "2030-01-02T03:04" type true, schema false
#   isoDateTime, format date-time: "2030-01-02T03:04:05Z" type false, schema true
#   isoTime, format time: "03:04" type true, schema false
#   isoTime, format time: "03:04:05Z" type false, schema true
#   isoTimestamp, format date-time: "2030-01-02T03:04:05Z" type true, schema true
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund valibot@1.5.0 @valibot/to-json-schema@1.8.0 ajv@8.20.0 ajv-formats@3.0.1
cat >run.mjs <<'JAVASCRIPT'
import { toJsonSchema } from "@valibot/to-json-schema";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import * as v from "valibot";

const ajv = formats.default(new Ajv());
for (const [name, values] of [
  ["isoDateTime", ["2030-01-02T03:04", "2030-01-02T03:04:05Z"]],
  ["isoTime", ["03:04", "03:04:05Z"]],
  ["isoTimestamp", ["2030-01-02T03:04:05Z"]],
]) {
  const type = v.pipe(v.string(), v[name]());
  const schema = toJsonSchema(type);
  for (const value of values) {
    const results = `type ${v.is(type, value)}, schema ${ajv.validate(schema, value)}`;
    console.log(`${name}, format ${schema.format}: ${JSON.stringify(value)} ${results}`);
  }
}
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
isoDateTime, format date-time: "2030-01-02T03:04" type true, schema false
isoDateTime, format date-time: "2030-01-02T03:04:05Z" type false, schema true
isoTime, format time: "03:04" type true, schema false
isoTime, format time: "03:04:05Z" type false, schema true
isoTimestamp, format date-time: "2030-01-02T03:04:05Z" type true, schema true
EXPECTED
