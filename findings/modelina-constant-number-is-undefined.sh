#!/bin/sh
# Modelina: a constant number or boolean is the text "undefined" in a pydantic model.
#
# Seen with @asyncapi/modelina 5.10.1 on Node.js 20, and pydantic 2.14.4 on CPython 3.11.
#
# Expected: a required property with `type: integer` and `const: 2` has the default 2, or no default.
# Seen: JavaScript's `undefined` is written into the Python code as text. The annotation
# is `int`, pydantic does not validate defaults, and the message that is sent has "undefined". Without the
# pydantic preset the class has the undefined name `undefined`, so creating an object is a NameError.
#
# Output seen:
#   version: int = Field(default='undefined', frozen=True)
#   final: bool = Field(default='undefined', frozen=True)
#   {"id":1,"version":"undefined","final":"undefined"}
#   without pydantic: NameError: name 'undefined' is not defined
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cd "$folder"
venv/bin/python -m pip install --quiet pydantic==2.14.4
npm install --silent --no-audit --no-fund @asyncapi/modelina@5.10.1
cat >run.mjs <<'JAVASCRIPT'
import { writeFileSync } from "node:fs";
import { PYTHON_PYDANTIC_PRESET, PythonGenerator } from "@asyncapi/modelina";

const schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "Order",
  type: "object",
  required: ["id", "version", "final"],
  additionalProperties: false,
  properties: {
    id: { type: "integer" },
    version: { type: "integer", const: 2 },
    final: { type: "boolean", const: true },
  },
};
for (const [name, presets] of [
  ["models", [PYTHON_PYDANTIC_PRESET]],
  ["classes", []],
]) {
  const [{ dependencies, result }] = await new PythonGenerator({ presets }).generate(schema);
  writeFileSync(`${name}.py`, [...dependencies, result].join("\n"));
}
JAVASCRIPT
node run.mjs
sed -n 's/^ *\(.*undefined.*\)/\1/p' models.py >seen
venv/bin/python -W ignore -B - >>seen <<'PYTHON'
import classes
import models

print(models.Order(id=1).model_dump_json())
try:
    classes.Order({"id": 1})
except NameError as error:
    print(f"without pydantic: NameError: {error}")
PYTHON
cat seen
diff seen - <<'EXPECTED'
version: int = Field(default='undefined', frozen=True)
final: bool = Field(default='undefined', frozen=True)
{"id":1,"version":"undefined","final":"undefined"}
without pydantic: NameError: name 'undefined' is not defined
EXPECTED
