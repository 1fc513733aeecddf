#!/bin/sh
# @hey-api/openapi-ts: installed on its own it does not start, because npm adds TypeScript 7.
#
# Seen with @hey-api/openapi-ts 0.99.0 and typescript 7.0.2 and 5.9.3 on Node.js 22.23.3.
#
# Expected: the newest release runs with the peer dependencies that npm installs for it.
# Seen: it builds the code with TypeScript's compiler API. Its peer range, `>=5.5.3 || ...`, has no
# upper bound, and npm takes TypeScript 7, whose main module has no such API. The program ends while
# it is imported, before it reads a description.
#
# Output seen:
#   npm chose typescript 7
#   typescript 7.0.2: TypeError: Cannot read properties of undefined (reading 'AnyKeyword')
#   typescript 5.9.3: 0.99.0
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >log
npm install --silent --no-audit --no-fund node@22.23.3 @hey-api/openapi-ts@0.99.0 2>>log
version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' node_modules/typescript/package.json)
echo "npm chose typescript ${version%%.*}" >seen
for version in 7.0.2 5.9.3; do
  npm install --silent --no-audit --no-fund "typescript@$version" 2>>log
  result=$(npx openapi-ts --version 2>&1 | grep -e '^[0-9]' -e '^TypeError' | head -1)
  echo "typescript $version: $result" >>seen
done
cat seen
diff seen - <<'EXPECTED'
npm chose typescript 7
typescript 7.0.2: TypeError: Cannot read properties of undefined (reading 'AnyKeyword')
typescript 5.9.3: 0.99.0
EXPECTED
