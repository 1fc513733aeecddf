#!/bin/sh
# FastAPI describes parameters that no request can set.
#
# Seen with fastapi 0.165.0 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: what the description says is what the application accepts, or FastAPI refuses the function
# when the application starts, as it does for `dict` as a query parameter.
# Seen: a list in a cookie, and a dict in a model of query parameters, are described as an array and
# an object, for which OpenAPI defines how they are written. Each way of writing them is answered
# with 422, or ignored, so a generated client can never use the parameter.
#
# Output seen:
#   /cookie describes ids: array
#   /query describes labels: object
#   ids=1: 422, refused
#   ids=1,2: 422, refused
#   ids=1; ids=2: 422, refused
#   ids=[1,2]: 422, refused
#   /query?colour=red: 200, {}
#   /query?labels[colour]=red: 200, {}
#   /query?labels=colour,red: 422, refused
#   /query?labels={"colour":"red"}: 422, refused
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet fastapi==0.165.0 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from typing import Annotated

from fastapi import Cookie, FastAPI, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Filters(BaseModel):
    labels: dict[str, str] = {}


app = FastAPI()


@app.get("/cookie")
def cookie(ids: Annotated[list[int], Cookie()] = []):
    return ids


@app.get("/query")
def query(filters: Annotated[Filters, Query()]):
    return filters.labels


client = TestClient(app)
for path, operations in app.openapi()["paths"].items():
    [parameter] = operations["get"]["parameters"]
    print(f"{path} describes {parameter['name']}: {parameter['schema']['type']}")


def show(path, headers=None):
    answer = client.get(path, headers=headers)
    sent = headers["cookie"] if headers else path
    print(f"{sent}: {answer.status_code}, {answer.text if answer.is_success else 'refused'}")


for text in ("ids=1", "ids=1,2", "ids=1; ids=2", "ids=[1,2]"):
    show("/cookie", {"cookie": text})
for text in ("colour=red", "labels[colour]=red", "labels=colour,red", 'labels={"colour":"red"}'):
    show(f"/query?{text}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
/cookie describes ids: array
/query describes labels: object
ids=1: 422, refused
ids=1,2: 422, refused
ids=1; ids=2: 422, refused
ids=[1,2]: 422, refused
/query?colour=red: 200, {}
/query?labels[colour]=red: 200, {}
/query?labels=colour,red: 422, refused
/query?labels={"colour":"red"}: 422, refused
EXPECTED
