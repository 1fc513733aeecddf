#!/bin/sh
# flask-openapi3 reads a text in a form as JSON, and refuses `5` as a string.
#
# Seen with flask-openapi3 4.3.2, Flask 3.1.3 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: a form field that is described as `type: string` takes any text, as it does in a query.
# Seen: the value of a form field is parsed as JSON where that is possible, before its type is considered.
# Texts such as `5`, `true` or `NaN` become another type and are answered with 422, and a text in quotation
# marks loses them. `007` is no JSON and stays. In a list the text `null` is refused as well.
#
# Output seen:
#   name is described as string
#   query name=5: 200 '5'
#   form name=abc: 200 'abc'
#   form name=5: 422 Input should be a valid string
#   form name=true: 422 Input should be a valid string
#   form name=NaN: 422 Input should be a valid string
#   form name="abc": 200 'abc'
#   form name=007: 200 '007'
#   form tags=null: 422 Input should be a valid string
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet flask-openapi3==4.3.2 Flask==3.1.3 pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from flask_openapi3 import Info, OpenAPI
from pydantic import BaseModel

app = OpenAPI("shop", info=Info(title="Shop", version="1"))


class Item(BaseModel):
    name: str = ""
    tags: list[str] = []


@app.get("/item")
def search(query: Item):
    return query.model_dump()


@app.post("/item")
def create(form: Item):
    return form.model_dump()


schema = app.api_doc["components"]["schemas"]["Item"]
print(f"name is described as {schema['properties']['name']['type']}")
client = app.test_client()
responses = {"query name=5": client.get("/item?name=5")}
for name in ("abc", "5", "true", "NaN", '"abc"', "007"):
    responses[f"form name={name}"] = client.post("/item", data={"name": name})
responses["form tags=null"] = client.post("/item", data={"tags": ["null"]})
for label, response in responses.items():
    ok = response.status_code == 200
    print(f"{label}: {response.status_code}", repr(response.json["name"]) if ok else response.json[0]["msg"])
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
name is described as string
query name=5: 200 '5'
form name=abc: 200 'abc'
form name=5: 422 Input should be a valid string
form name=true: 422 Input should be a valid string
form name=NaN: 422 Input should be a valid string
form name="abc": 200 'abc'
form name=007: 200 '007'
form tags=null: 422 Input should be a valid string
EXPECTED
