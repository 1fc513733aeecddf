#!/bin/sh
# APIFlask describes a decimal and a delimited list by their fields, and sends other JSON.
#
# Seen with APIFlask 3.1.2, marshmallow 4.4.0, Flask 3.1.3 and apispec 6.10.1 on CPython 3.11.
#
# Expected: `Decimal` in an output schema is described as what is sent. Either marshmallow turns it into
# text (`as_string=True`, then the description says `string`), or Flask sends a number.
# Seen: marshmallow returns a `decimal.Decimal`, which apispec describes as a number, and which Flask's JSON
# provider writes as a string. Three packages, each right by its own rules. `DelimitedList` is described as
# an array in responses, too, where it is dumped as one text with commas.
#
# Output seen:
#   price {"type": "number"} sent "1.10"
#   sizes {"type": "array", "items": {"type": "integer"}} sent "1,2"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet \
  APIFlask==3.1.2 marshmallow==4.4.0 Flask==3.1.3 apispec==6.10.1
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import decimal
import json

from apiflask import APIFlask, Schema, fields

app = APIFlask("shop")


class Item(Schema):
    price = fields.Decimal(places=2)
    sizes = fields.DelimitedList(fields.Integer())


@app.get("/item")
@app.output(Item)
def item():
    return {"price": decimal.Decimal("1.1"), "sizes": [1, 2]}


with app.app_context():
    schema = app.spec["components"]["schemas"]["Item"]
sent = app.test_client().get("/item").get_json()
for name, part in schema["properties"].items():
    print(name, json.dumps(part), "sent", json.dumps(sent[name]))
PYTHON
cat "$folder/seen"
grep -qx 'price {"type": "number"} sent "1.10"' "$folder/seen"
grep -qx 'sizes {"type": "array", "items": {"type": "integer"}} sent "1,2"' "$folder/seen"
