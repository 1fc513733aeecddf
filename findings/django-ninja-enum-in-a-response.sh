#!/bin/sh
# Django Ninja writes the name of an enum's class into responses, and cannot write a set.
#
# Seen with django-ninja 1.7.1, Django 5.2.19 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: a response has the values of the schema in its document: pydantic's JSON of the model, with
# the value of an enum member and a list for a set.
# Seen: responses are dumped to Python objects, and the JSON encoder writes `str(member)`. The
# document has `enum: ["red", "blue"]`, the response `Color.red`, which is none of them (a class that
# also inherits from `str` is written right). For a set, described as an array, the response is 500.
#
# Output seen:
#   described: {"enum": ["red", "blue"], "title": "Color", "type": "string"}
#   color: 200 {"color": "Color.red"}
#   text: 200 {"color": "red"}
#   sizes: 500
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet django-ninja==1.7.1 Django==5.2.19 pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" 2>/dev/null <<'PYTHON'
import enum
import json

import django
from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], DEBUG=True)
django.setup()

from django.test import Client
from django.urls import path
from ninja import NinjaAPI, Schema


class Color(enum.Enum):
    red = "red"
    blue = "blue"


class Text(str, enum.Enum):
    red = "red"


class Car(Schema):
    color: Color


class TextCar(Schema):
    color: Text


class Sizes(Schema):
    sizes: set[int]


api = NinjaAPI()


@api.get("/color", response=Car)
def color(request):
    return {"color": Color.red}


@api.get("/text", response=TextCar)
def text(request):
    return {"color": Text.red}


@api.get("/sizes", response=Sizes)
def sizes(request):
    return {"sizes": {1}}


urlpatterns = [path("", api.urls)]
schemas = api.get_openapi_schema()["components"]["schemas"]
print("described:", json.dumps(schemas["Color"], sort_keys=True))
client = Client(raise_request_exception=False)
for name in ("color", "text", "sizes"):
    response = client.get(f"/{name}")
    print(f"{name}: {response.status_code}", response.content.decode() if response.status_code == 200 else "")
PYTHON
sed -i 's/ *$//' "$folder/seen"
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
described: {"enum": ["red", "blue"], "title": "Color", "type": "string"}
color: 200 {"color": "Color.red"}
text: 200 {"color": "red"}
sizes: 500
EXPECTED
