#!/bin/sh
# Kiota for Python reads ISO 8601 durations and writes them in another form.
#
# Seen with microsoft-kiota-serialization-json and microsoft-kiota-abstractions 1.16.0 on CPython 3.11.
#
# Expected: a model that is read and written again has the same JSON. A property with `format: duration` is
# written as a duration, and a property that the description does not have is left as it came.
# Seen: a duration is read as a timedelta and written as `str(timedelta)`, which no ISO 8601 parser reads and the
# format does not allow. An unknown property whose text looks like a date becomes a datetime and is written
# with a time. An SDK that is generated with Kiota cannot send back what it has read.
#
# Output seen:
#   read: {"length": "PT1H30M", "pause": "P1DT12H", "released": "2030-01-02"}
#   length: datetime.timedelta(seconds=5400)
#   written: {"length": "1:30:00", "pause": "1 day, 12:00:00", "released": "2030-01-02T00:00:00"}
#   a duration by the format: PT1H30M True, 1:30:00 False, 1 day, 12:00:00 False
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet microsoft-kiota-serialization-json==1.16.0 \
  microsoft-kiota-abstractions==1.16.0 jsonschema==4.26.0 isoduration==20.11.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import json

from jsonschema import Draft202012Validator, FormatChecker
from kiota_abstractions.serialization import Parsable
from kiota_serialization_json.json_parse_node import JsonParseNode
from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter


class Film(Parsable):
    """The methods that the generator writes for two durations and `additionalProperties: true`."""

    def __init__(self):
        self.length = self.pause = None
        self.additional_data = {}

    @staticmethod
    def create_from_discriminator_value(parse_node):
        return Film()

    def get_field_deserializers(self):
        return {
            "length": lambda node: setattr(self, "length", node.get_timedelta_value()),
            "pause": lambda node: setattr(self, "pause", node.get_timedelta_value()),
        }

    def serialize(self, writer):
        writer.write_timedelta_value("length", self.length)
        writer.write_timedelta_value("pause", self.pause)
        writer.write_additional_data_value(self.additional_data)


document = {"length": "PT1H30M", "pause": "P1DT12H", "released": "2030-01-02"}
film = JsonParseNode(document).get_object_value(Film)
writer = JsonSerializationWriter()
film.serialize(writer)
written = json.loads(writer.get_serialized_content())
print(f"read: {json.dumps(document)}")
print(f"length: {film.length!r}")
print(f"written: {json.dumps(written)}")
duration = Draft202012Validator({"type": "string", "format": "duration"}, format_checker=FormatChecker())
texts = (document["length"], written["length"], written["pause"])
print("a duration by the format: " + ", ".join(f"{text} {duration.is_valid(text)}" for text in texts))
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
read: {"length": "PT1H30M", "pause": "P1DT12H", "released": "2030-01-02"}
length: datetime.timedelta(seconds=5400)
written: {"length": "1:30:00", "pause": "1 day, 12:00:00", "released": "2030-01-02T00:00:00"}
a duration by the format: PT1H30M True, 1:30:00 False, 1 day, 12:00:00 False
EXPECTED
