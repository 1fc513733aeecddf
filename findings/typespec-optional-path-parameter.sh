#!/bin/sh
# TypeSpec: an optional path parameter loses the slash before it, and the document is not valid.
#
# Seen with @typespec/compiler, @typespec/http and @typespec/openapi3 1.11.0 on Node.js 20.
#
# Expected: an optional path parameter is a part of the language (its route is `/reports/{year}{/month}` as
# a URI template). OpenAPI has none: the emitter reports an error, or writes two paths,
# `/reports/{year}` and `/reports/{year}/{month}`.
# Seen: the operator of the template is removed with the slash that it stands for. A client sends
# `/reports/20265`. The parameter has `required: false`, which OpenAPI does not allow in a path. There is
# one warning, about the style alone, and the exit status is 0.
#
# Output seen:
#   exit status 0
#   /reports/{year}{month}: year required true, month required false
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @typespec/compiler@1.11.0 @typespec/http@1.11.0 \
  @typespec/openapi@1.11.0 @typespec/openapi3@1.11.0
cat >main.tsp <<'TYPESPEC'
import "@typespec/http";
using Http;

@service(#{ title: "Reports" })
namespace Reports;

@route("/reports/{year}")
@get
op reports(@path year: int32, @path month?: int32): void;
TYPESPEC
npx tsp compile main.tsp --emit @typespec/openapi3 --option "@typespec/openapi3.emitter-output-dir=$folder" \
  --option @typespec/openapi3.file-type=json >&2
echo "exit status $?" >seen
cat >run.cjs <<'JAVASCRIPT'
const document = require("./openapi.json");

for (const [path, { get }] of Object.entries(document.paths)) {
  const parameters = get.parameters.map(({ name, required }) => `${name} required ${required}`);
  console.log(`${path}: ${parameters.join(", ")}`);
}
JAVASCRIPT
node run.cjs >>seen
cat seen
diff seen - <<'EXPECTED'
exit status 0
/reports/{year}{month}: year required true, month required false
EXPECTED
