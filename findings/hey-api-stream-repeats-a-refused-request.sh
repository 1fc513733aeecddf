#!/bin/sh
# openapi-ts: the client of an event stream repeats a request that was refused, and then ends as if all were well.
#
# Seen with @hey-api/openapi-ts 0.99.0 on Node.js 20.
#
# Expected: with `throwOnError: true` a status outside 2xx is an exception, in a stream as in any other call. A
# POST is not repeated by itself, since it is neither safe nor idempotent (RFC 9110, section 9.2.2).
# Seen: a POST that is answered with 401 is sent again, without a limit by default. The pause doubles from 3
# to 30 seconds, and the loop over the stream just waits. With `sseMaxRetryAttempts` the loop ends after the last
# attempt like a stream without events; the body of the error is not read. Only the callback `onSseError`
# notices. When a connection breaks, the whole POST is sent again, and the first events come twice.
#
# Output seen:
#   401 without a stream: an exception
#   401, no limit: 5 requests until the caller aborts, 0 events, no exception
#   401, sseMaxRetryAttempts 2: 2 requests, 0 events, no exception
#   connection lost after the first event: 2 requests, events one one two, no exception
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hey-api/openapi-ts@0.99.0 typescript@5.9.3
cat >openapi.yaml <<'YAML'
openapi: 3.1.0
info: {title: Chat, version: '1'}
paths:
  /chat:
    post:
      operationId: chat
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: OK, content: {text/event-stream: {schema: {type: string}}}}}
  /models:
    get:
      operationId: models
      responses: {'200': {description: OK, content: {application/json: {schema: {type: string}}}}}
YAML
npx openapi-ts --input openapi.yaml --output client --client @hey-api/client-fetch >log || { cat log; exit 1; }
npx tsc --outDir js --module commonjs --target es2022 --skipLibCheck client/index.ts client/client.gen.ts
cat >run.cjs <<'JAVASCRIPT'
const http = require("node:http");
const { chat, models } = require("./js");
const { client } = require("./js/client.gen");

let requests = 0;
let respond;
const refuse = (response) => response.writeHead(401).end('{"message": "no key"}');
const server = http.createServer((request, response) => {
  requests += 1;
  request.resume().on("end", () => respond(response));
});

async function show(label, response, options = {}) {
  requests = 0;
  respond = response;
  const events = [];
  let outcome = "no exception";
  try {
    const { stream } = await chat({ body: {}, sseDefaultRetryDelay: 1, ...options });
    for await (const event of stream) events.push(event);
  } catch {
    outcome = "an exception";
  }
  const names = events.length ? `events ${events.join(" ")}` : "0 events";
  console.log(`${label} ${requests} requests${options.signal ? " until the caller aborts" : ""}, ${names}, ${outcome}`);
}

server.listen(0, "127.0.0.1", async () => {
  client.setConfig({ baseUrl: `http://127.0.0.1:${server.address().port}`, throwOnError: true });
  respond = refuse;
  await models().catch(() => console.log("401 without a stream: an exception"));
  const caller = new AbortController();
  const abortAtFive = (response) => {
    refuse(response);
    if (requests === 5) caller.abort();
  };
  await show("401, no limit:", abortAtFive, { signal: caller.signal });
  await show("401, sseMaxRetryAttempts 2:", refuse, { sseMaxRetryAttempts: 2 });
  await show("connection lost after the first event:", (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: one\n\n");
    if (requests === 1) setTimeout(() => response.destroy(), 100);
    else response.end("data: two\n\n");
  });
  server.close();
  server.closeAllConnections();
});
JAVASCRIPT
node run.cjs >seen
cat seen
diff seen - <<'EXPECTED'
401 without a stream: an exception
401, no limit: 5 requests until the caller aborts, 0 events, no exception
401, sseMaxRetryAttempts 2: 2 requests, 0 events, no exception
connection lost after the first event: 2 requests, events one one two, no exception
EXPECTED
