#!/bin/sh
# tsoa: a JSON string of digits becomes a number where the type is `number | string`.
#
# Seen with tsoa 6.6.0, express 5.2.1 and TypeScript 5.9.3 on Node.js 20.
#
# Expected: JSON has types, so in a body `"007"` is the string that `number | string` allows. Conversion is for
# paths and queries, which have text alone.
# Seen: the members of the union are tried in their order, and each one converts. With the number first, "007" is 7,
# and an order number of 20 digits loses its last ones. With the string first nothing is converted. The description
# has `anyOf` for both, where the order means nothing.
#
# Output seen:
#   "007": numberFirst 7, stringFirst "007"
#   "1e3": numberFirst 1000, stringFirst "1e3"
#   "12345678901234567890": numberFirst 12345678901234567000, stringFirst "12345678901234567890"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tsoa@6.6.0 @tsoa/runtime@6.6.0 express@5.2.1 \
  @types/express@5 typescript@5.9.3
cat >controller.ts <<'TYPESCRIPT'
import { Body, Controller, Post, Route } from "@tsoa/runtime";

interface Order {
  numberFirst: number | string;
  stringFirst: string | number;
}

@Route("orders")
export class Orders extends Controller {
  @Post()
  public async save(@Body() order: Order): Promise<Order> {
    return order;
  }
}
TYPESCRIPT
cat >app.ts <<'TYPESCRIPT'
import express from "express";
import { RegisterRoutes } from "./routes";

const app = express();
app.use(express.json());
RegisterRoutes(app);
const server = app.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/orders`;
  for (const text of ["007", "1e3", "12345678901234567890"]) {
    const body = JSON.stringify({ numberFirst: text, stringFirst: text });
    const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const order = Object.entries(await answer.json()).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    console.log(`${JSON.stringify(text)}: ${order.join(", ")}`);
  }
  server.close();
});
TYPESCRIPT
cat >tsoa.json <<'JSON'
{
  "entryFile": "app.ts",
  "controllerPathGlobs": ["controller.ts"],
  "spec": {"outputDirectory": ".", "specVersion": 3},
  "routes": {"routesDir": "."}
}
JSON
cat >tsconfig.json <<'JSON'
{
  "compilerOptions": {
    "target": "es2022",
    "module": "commonjs",
    "esModuleInterop": true,
    "experimentalDecorators": true,
    "skipLibCheck": true,
    "strict": true,
    "outDir": "out"
  },
  "files": ["app.ts"]
}
JSON
npx tsoa spec-and-routes >&2
npx tsc -p . >&2
node out/app.js >seen
cat seen
diff seen - <<'EXPECTED'
"007": numberFirst 7, stringFirst "007"
"1e3": numberFirst 1000, stringFirst "1e3"
"12345678901234567890": numberFirst 12345678901234567000, stringFirst "12345678901234567890"
EXPECTED
