#!/bin/sh
# quicktype: a date that is read and written again is a date-time.
#
# Seen with quicktype 26.0.0 on Node.js 20 (JavaScript) and CPython 3.11 with python-dateutil 2.9.0.post0.
#
# Expected: a property with `format: date` is written as it was read, or its type is a date without a time.
# Seen: both generated classes hold a moment and write one, which the schema of the property does not
# allow. In Python a `format: time` becomes a moment, too: the date on which the program runs is put
# before it. JavaScript leaves a time as text.
#
# Output seen:
#   Python: day 2020-01-02T00:00:00, opens <today>T09:30:00
#   JavaScript: day 2020-01-02T00:00:00.000Z, opens 09:30:00
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cd "$folder"
venv/bin/python -m pip install --quiet python-dateutil==2.9.0.post0
npm install --silent --no-audit --no-fund quicktype@26.0.0
cat >visit.json <<'JSON'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "required": ["day", "opens"],
  "properties": {
    "day": { "type": "string", "format": "date" },
    "opens": { "type": "string", "format": "time" }
  }
}
JSON
npx quicktype --src-lang schema --lang python --top-level Visit --out visit.py visit.json
npx quicktype --src-lang schema --lang javascript --top-level Visit --out visit.js visit.json
venv/bin/python - >seen <<'PYTHON'
import re

from visit import Visit

text = Visit.from_dict({"day": "2020-01-02", "opens": "09:30:00"}).to_dict()
opens = re.sub(r"^\d{4}-\d\d-\d\d", "<today>", text["opens"])
print(f"Python: day {text['day']}, opens {opens}")
PYTHON
cat >run.cjs <<'JAVASCRIPT'
const { toVisit, visitToJson } = require("./visit.js");

const visit = toVisit(JSON.stringify({ day: "2020-01-02", opens: "09:30:00" }));
const { day, opens } = JSON.parse(visitToJson(visit));
console.log(`JavaScript: day ${day}, opens ${opens}`);
JAVASCRIPT
node run.cjs >>seen
cat seen
diff seen - <<'EXPECTED'
Python: day 2020-01-02T00:00:00, opens <today>T09:30:00
JavaScript: day 2020-01-02T00:00:00.000Z, opens 09:30:00
EXPECTED
