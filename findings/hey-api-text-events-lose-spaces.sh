#!/bin/sh
# openapi-ts: text in an event stream loses its leading spaces, and may become a number.
#
# Seen with @hey-api/openapi-ts 0.99.0 and eventsource-parser 4.1.3 on Node.js 20.
#
# Expected: of `data:` the parser removes one space (HTML Standard, section 9.2.6), and events that are
# described as `type: string` arrive as strings, as their type in the generated client says.
# Seen: all white space after the colon is removed, so the words of a text that is streamed token by token run
# together. What happens to be JSON is parsed: 42 is a number, null is null, and quotes are lost.
# eventsource-parser reads the same stream as the standard says.
#
# Output seen:
#   eventsource-parser: "The" " answer" " is" " " "42" "." joined: The answer is 42.
#   openapi-ts: "The" "answer" "is" "" 42 "." joined: Theansweris42.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hey-api/openapi-ts@0.99.0 typescript@5.9.3 eventsource-parser@4.1.3
cat >openapi.yaml <<'YAML'
openapi: 3.1.0
info: {title: Chat, version: '1'}
paths:
  /chat:
    get:
      operationId: chat
      responses: {'200': {description: OK, content: {text/event-stream: {schema: {type: string}}}}}
YAML
npx openapi-ts --input openapi.yaml --output client --client @hey-api/client-fetch >log || { cat log; exit 1; }
npx tsc --outDir js --module commonjs --target es2022 --skipLibCheck client/index.ts client/client.gen.ts
cat >run.mjs <<'JAVASCRIPT'
import { createParser } from "eventsource-parser";
import sdk from "./js/index.js";

const tokens = ["The", " answer", " is", " ", "42", "."];
const body = tokens.map((token) => `data: ${token}\n\n`).join("");
const show = (label, events) =>
  console.log(`${label}: ${events.map((event) => JSON.stringify(event)).join(" ")} joined: ${events.join("")}`);

const parsed = [];
const parser = createParser({ onEvent: (event) => parsed.push(event.data) });
parser.feed(body);
show("eventsource-parser", parsed);

const fetch = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
const { stream } = await sdk.chat({ baseUrl: "http://127.0.0.1", fetch });
const events = [];
for await (const event of stream) events.push(event);
show("openapi-ts", events);
JAVASCRIPT
node run.mjs >seen
cat seen
diff seen - <<'EXPECTED'
eventsource-parser: "The" " answer" " is" " " "42" "." joined: The answer is 42.
openapi-ts: "The" "answer" "is" "" 42 "." joined: Theansweris42.
EXPECTED
