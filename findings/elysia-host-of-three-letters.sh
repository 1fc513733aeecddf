#!/bin/sh
# Elysia finds no route when the name of the host is short.
#
# Seen with elysia 1.4.30 on Node.js 20.
#
# Expected: the host of a URL has no part in routing.
# Seen: the first slash of the path is looked for from the twelfth character of the URL on, which presumes
# `http://` and a host of at least four characters. For `http://api/users`, as between containers, it is
# not seen, and the request is answered with 404. With a port in the URL, with https, or with a host of
# four letters the same application answers.
#
# Output seen:
#   http://db/users: 404
#   http://api/users: 404
#   http://api:8080/users: 200
#   https://api/users: 200
#   http://apis/users: 200
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund elysia@1.4.30
cat >run.mjs <<'JAVASCRIPT'
import { Elysia } from "elysia";

const app = new Elysia().get("/users", () => []);
for (const origin of ["http://db", "http://api", "http://api:8080", "https://api", "http://apis"]) {
  const { status } = await app.handle(new Request(`${origin}/users`));
  console.log(`${origin}/users: ${status}`);
}
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
http://db/users: 404
http://api/users: 404
http://api:8080/users: 200
https://api/users: 200
http://apis/users: 200
EXPECTED
