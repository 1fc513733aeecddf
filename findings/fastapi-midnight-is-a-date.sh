#!/bin/sh
# FastAPI: a date-time at midnight loses its time and its offset where a date is allowed too.
#
# Seen with fastapi 0.165.0, pydantic 2.14.4 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: a body of JSON is read as `model_validate_json` reads it, so that `2026-01-02T00:00:00+02:00` is a datetime
# for `date | datetime`: with `anyOf`, the description says `date` or `date-time`, and it is only the second.
# Seen: FastAPI parses the JSON first and validates Python objects. There the rules of a union are others: a string is
# exact for neither type, and the first one takes it if it can. `date` takes every date-time at midnight and drops
# the rest; here the moment is on the first of January in UTC. With `datetime | date` it is the other way round, a
# date becomes midnight. Parameters are read in the same way. pydantic has one result in JSON for both orders.
#
# Output seen:
#   date | datetime, 2026-01-02T00:00:00+02:00: body 2026-01-02, query 2026-01-02, pydantic 2026-01-02T00:00:00+02:00
#   date | datetime, 2026-01-02T00:30:00+02:00: the same in all three
#   date | datetime, 2026-01-02: the same in all three
#   datetime | date, 2026-01-02T00:00:00+02:00: the same in all three
#   datetime | date, 2026-01-02T00:30:00+02:00: the same in all three
#   datetime | date, 2026-01-02: body 2026-01-02T00:00:00, query 2026-01-02T00:00:00, pydantic 2026-01-02
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet fastapi==0.165.0 pydantic==2.14.4 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json
from datetime import date, datetime

import pydantic
from fastapi import FastAPI
from fastapi.testclient import TestClient


class DateFirst(pydantic.BaseModel):
    start: date | datetime


class DatetimeFirst(pydantic.BaseModel):
    start: datetime | date


app = FastAPI()
client = TestClient(app)


@app.post("/date-first")
def post_date_first(body: DateFirst) -> str:
    return body.start.isoformat()


@app.get("/date-first")
def get_date_first(start: date | datetime) -> str:
    return start.isoformat()


@app.post("/datetime-first")
def post_datetime_first(body: DatetimeFirst) -> str:
    return body.start.isoformat()


@app.get("/datetime-first")
def get_datetime_first(start: datetime | date) -> str:
    return start.isoformat()


for label, path, model in (
    ("date | datetime", "/date-first", DateFirst),
    ("datetime | date", "/datetime-first", DatetimeFirst),
):
    for text in ("2026-01-02T00:00:00+02:00", "2026-01-02T00:30:00+02:00", "2026-01-02"):
        body = client.post(path, json={"start": text}).json()
        query = client.get(path, params={"start": text}).json()
        own = model.model_validate_json(json.dumps({"start": text})).start.isoformat()
        same = body == query == own == text
        print(
            f"{label}, {text}: "
            + ("the same in all three" if same else f"body {body}, query {query}, pydantic {own}")
        )
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
date | datetime, 2026-01-02T00:00:00+02:00: body 2026-01-02, query 2026-01-02, pydantic 2026-01-02T00:00:00+02:00
date | datetime, 2026-01-02T00:30:00+02:00: the same in all three
date | datetime, 2026-01-02: the same in all three
datetime | date, 2026-01-02T00:00:00+02:00: the same in all three
datetime | date, 2026-01-02T00:30:00+02:00: the same in all three
datetime | date, 2026-01-02: body 2026-01-02T00:00:00, query 2026-01-02T00:00:00, pydantic 2026-01-02
EXPECTED
