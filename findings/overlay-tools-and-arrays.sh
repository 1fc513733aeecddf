#!/bin/sh
# Two overlay tools: one removes another entry of an array than the target selects, and neither appends one.
#
# Seen with openapi-format 1.33.6 and openapi-overlays-js 0.2.0 on Node.js 20.
#
# Expected: `remove: true` removes the entries that the target selects, and an object as the `update` of an array
# is appended (Overlay 1.0.0, Action Object). One overlay gives one description, whatever applies it.
# Seen: openapi-format removes the entries by the positions that they had at first, but the first removal moves
# the later ones. The second internal parameter stays in the description, and a public one is lost. The tag
# is not appended. openapi-overlays-js removes the right ones, and turns the list of tags into an object. Both
# report success. A client that is generated from the result has the wrong parameters.
#
# Output seen:
#   before: limit (internal), page, trace (internal), sort; tags [{"name":"pets"}]
#   openapi-format: page, trace (internal); tags [{"name":"pets"}]
#   openapi-overlays-js: page, sort; tags {"0":{"name":"pets"},"name":"orders"}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund openapi-format@1.33.6 openapi-overlays-js@0.2.0 yaml@2.9.0
cat >openapi.yaml <<'YAML'
openapi: 3.1.0
info: {title: Pets, version: '1'}
tags: [{name: pets}]
paths:
  /pets:
    get:
      parameters:
        - {name: limit, in: query, x-internal: true, schema: {type: integer}}
        - {name: page, in: query, schema: {type: integer}}
        - {name: trace, in: query, x-internal: true, schema: {type: string}}
        - {name: sort, in: query, schema: {type: string}}
      responses: {'200': {description: OK}}
YAML
cat >overlay.yaml <<'YAML'
overlay: 1.0.0
info: {title: The public part, version: '1'}
actions:
  - target: $.paths['/pets'].get.parameters[?(@['x-internal'] == true)]
    remove: true
  - target: $.tags
    update: {name: orders}
YAML
npx openapi-format openapi.yaml --overlayFile overlay.yaml --no-sort --output format.yaml >log 2>&1
npx overlayjs --openapi openapi.yaml --overlay overlay.yaml >overlays-js.yaml
cat >run.cjs <<'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const { parse } = require("yaml");

const show = (label, file) => {
  const { paths, tags } = parse(readFileSync(file, "utf8"));
  const { parameters } = paths["/pets"].get;
  const names = parameters.map((item) => (item["x-internal"] ? `${item.name} (internal)` : item.name));
  console.log(`${label}: ${names.join(", ")}; tags ${JSON.stringify(tags)}`);
};
show("before", "openapi.yaml");
show("openapi-format", "format.yaml");
show("openapi-overlays-js", "overlays-js.yaml");
JAVASCRIPT
node run.cjs >seen
cat seen
diff seen - <<'EXPECTED'
before: limit (internal), page, trace (internal), sort; tags [{"name":"pets"}]
openapi-format: page, trace (internal); tags [{"name":"pets"}]
openapi-overlays-js: page, sort; tags {"0":{"name":"pets"},"name":"orders"}
EXPECTED
