#!/bin/sh
# drf-spectacular describes dates in a format of the project's own as RFC 3339 dates.
#
# Seen with drf-spectacular 0.30.0, djangorestframework 3.18.3 and Django 5.2.19 on CPython 3.11.
#
# Expected: a serializer field with a `format` of its own, `DateField(format="%d/%m/%Y")`, is described as a
# string without `format: date`; `UUIDField(format="int")` as an integer.
# Seen: the argument `format` of a field is not looked at. The document has `date`, `date-time` and `uuid`;
# the renderer writes 02/01/2020, a text of seconds, and a number. A generated client that decodes these
# formats fails, or keeps values of another type.
#
# Output seen:
#   day {"type": "string", "format": "date"} rendered "02/01/2020"
#   at {"type": "string", "format": "date-time"} rendered "1577836800"
#   id {"type": "string", "format": "uuid"} rendered 5
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet \
  drf-spectacular==0.30.0 djangorestframework==3.18.3 Django==5.2.19
cat >"$folder/urls.py" <<'PYTHON'
import datetime
import json
import uuid

import django
from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "drf_spectacular",
    ],
    REST_FRAMEWORK={"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"},
    TIME_ZONE="UTC",
    USE_TZ=True,
)
django.setup()

from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView


class Visit(serializers.Serializer):
    day = serializers.DateField(format="%d/%m/%Y")
    at = serializers.DateTimeField(format="%s")
    id = serializers.UUIDField(format="int")


class View(APIView):
    @extend_schema(responses=Visit)
    def get(self, request):
        raise NotImplementedError


urlpatterns = [path("visit", View.as_view())]

if __name__ == "__main__":
    document = SchemaGenerator().get_schema(public=True)
    utc = datetime.timezone.utc
    data = Visit(
        {
            "day": datetime.date(2020, 1, 2),
            "at": datetime.datetime(2020, 1, 1, tzinfo=utc),
            "id": uuid.UUID(int=5),
        }
    ).data
    rendered = json.loads(JSONRenderer().render(data))
    schema = document["components"]["schemas"]["Visit"]
    for name, part in schema["properties"].items():
        print(name, json.dumps(part), "rendered", json.dumps(rendered[name]))
PYTHON
(cd "$folder" && TZ=UTC venv/bin/python urls.py) >"$folder/seen"
cat "$folder/seen"
grep -qx 'day {"type": "string", "format": "date"} rendered "02/01/2020"' "$folder/seen"
grep -qx 'at {"type": "string", "format": "date-time"} rendered "1577836800"' "$folder/seen"
grep -qx 'id {"type": "string", "format": "uuid"} rendered 5' "$folder/seen"
