#!/bin/sh
# connexion refuses every cookie that is declared as an integer, and every array in a header.
#
# Seen with connexion 3.3.0 and httpx 0.28.1 on CPython 3.11.
#
# Expected: the text of a parameter is converted to its type before it is validated, in every place. The style of
# headers is `simple`: an array is separated by commas, as in the path.
# Seen: this is done for the path and the query. Headers and cookies are validated as the text that came, so
# `5` is "not of type 'integer'" and `1,2` "not of type 'array'". No request with such a parameter is accepted.
# A query parameter with `content: application/json` is validated, and then ends in a KeyError and status 500.
#
# Output seen:
#   path 200 [1, 2]
#   header 400 '1,2' is not of type 'array'
#   cookie 400 '5' is not of type 'integer'
#   JSON content 500 Internal Server Error
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet connexion==3.3.0 httpx==0.28.1
cat >"$folder/openapi.yaml" <<'YAML'
openapi: 3.0.3
info: {title: Parameters, version: "1"}
paths:
  /path/{numbers}:
    get:
      operationId: application.path
      parameters:
        - {name: numbers, in: path, required: true, schema: {type: array, items: {type: integer}}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {}}}}
  /header:
    get:
      operationId: application.header
      parameters:
        - {name: X-Numbers, in: header, schema: {type: array, items: {type: integer}}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {}}}}
  /cookie:
    get:
      operationId: application.cookie
      parameters:
        - {name: visits, in: cookie, schema: {type: integer}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {}}}}
  /content:
    get:
      operationId: application.content
      parameters:
        - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {}}}}
YAML
cat >"$folder/application.py" <<'PYTHON'
import logging
import pathlib

import connexion


async def path(numbers):
    return {"detail": str(numbers)}


async def header():
    return {"detail": "accepted"}


async def cookie():
    return {"detail": "accepted"}


async def content(filter):
    return {"detail": "accepted"}


if __name__ == "__main__":
    logging.disable()
    folder = str(pathlib.Path(__file__).parent)
    application = connexion.AsyncApp("application", specification_dir=folder)
    application.add_api("openapi.yaml")
    client = application.test_client(raise_server_exceptions=False)
    for name, answer in {
        "path": client.get("/path/1,2"),
        "header": client.get("/header", headers={"X-Numbers": "1,2"}),
        "cookie": client.get("/cookie", headers={"Cookie": "visits=5"}),
        "JSON content": client.get("/content", params={"filter": '{"a": 1}'}),
    }.items():
        body = answer.json()
        text = body["title"] if answer.status_code == 500 else body["detail"]
        print(name, answer.status_code, text.splitlines()[0])
PYTHON
(cd "$folder" && venv/bin/python -W ignore application.py) >"$folder/seen"
cat "$folder/seen"
grep -qx 'path 200 \[1, 2\]' "$folder/seen"
grep -qx "header 400 '1,2' is not of type 'array'" "$folder/seen"
grep -qx "cookie 400 '5' is not of type 'integer'" "$folder/seen"
grep -qx 'JSON content 500 Internal Server Error' "$folder/seen"
