#!/bin/sh
# Ravyn describes the response of a function as a string unless the function returns one model.
#
# Seen with ravyn 0.4.3, httpx2 2.16.2 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: the response is described by the type that the function returns, as parameters are by theirs, or
# without a schema where Ravyn cannot describe it.
# Seen: a list of models, a map, a number and a model or None are all `type: string`, while the response is the
# JSON of the value. A client that is generated from the document has `str` for a list of users. In a model
# that is described, an enum is a reference to `#/$defs`, which the document does not have.
#
# Output seen:
#   /users: {"type": "string"}, sent [{"name":"Ann","role":"guest"}]
#   /counts: {"type": "string"}, sent {"a":1}
#   /total: {"type": "string"}, sent 5
#   /owner: {"type": "string"}, sent {"name":"Ann","role":"guest"}
#   /user: {"$ref": "#/$defs/Role"} for the role, sent {"name":"Ann","role":"guest"}
#   the document has $defs: False
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet ravyn==0.4.3 httpx2==2.16.2 pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
import logging
from enum import Enum

from pydantic import BaseModel
from ravyn import Gateway, get
from ravyn.testclient import create_client

logging.disable()


class Role(Enum):
    guest = "guest"
    owner = "owner"


class User(BaseModel):
    name: str
    role: Role


ann = User(name="Ann", role=Role.guest)


@get("/users")
async def users() -> list[User]:
    return [ann]


@get("/counts")
async def counts() -> dict[str, int]:
    return {"a": 1}


@get("/total")
async def total() -> int:
    return 5


@get("/owner")
async def owner() -> User | None:
    return ann


@get("/user")
async def user() -> User:
    return ann


routes = [Gateway(handler=handler) for handler in (users, counts, total, owner, user)]
with create_client(routes=routes, enable_openapi=True) as client:
    document = client.get("/openapi.json").json()
    for path, item in document["paths"].items():
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        described = json.dumps(schema)
        if "properties" in schema:
            described = json.dumps(schema["properties"]["role"]) + " for the role"
        print(f"{path}: {described}, sent {client.get(path).text}")
    print("the document has $defs:", "$defs" in document)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
/users: {"type": "string"}, sent [{"name":"Ann","role":"guest"}]
/counts: {"type": "string"}, sent {"a":1}
/total: {"type": "string"}, sent 5
/owner: {"type": "string"}, sent {"name":"Ann","role":"guest"}
/user: {"$ref": "#/$defs/Role"} for the role, sent {"name":"Ann","role":"guest"}
the document has $defs: False
EXPECTED
