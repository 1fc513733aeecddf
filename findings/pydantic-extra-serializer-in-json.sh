#!/bin/sh
# A serializer on the type of `__pydantic_extra__` counts for model_dump and not for model_dump_json.
#
# Seen with pydantic 2.12.5 (and 2.11.10) on CPython 3.11. pydantic 2.13.5 and 2.14.4 use it for both.
#
# Expected: `model_dump(mode="json")` and `model_dump_json()` give the same values.
# Seen: the text has the unknown property without its serializer, and the declared field with it.
#
# Output seen:
#   2.12.5 mode json: {'name': 'N', 'colour': 'RED'}
#   2.12.5 text: {"name":"N","colour":"red"}
#   2.13.5 mode json: {'name': 'N', 'colour': 'RED'}
#   2.13.5 text: {"name":"N","colour":"RED"}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
for version in 2.12.5 2.13.5; do
  "$folder/venv/bin/python" -m pip install --quiet "pydantic==$version"
  "$folder/venv/bin/python" - >>"$folder/seen" <<'PYTHON'
from typing import Annotated

import pydantic

Loud = Annotated[str, pydantic.PlainSerializer(str.upper)]


class Box(pydantic.BaseModel, extra="allow"):
    __pydantic_extra__: dict[str, Loud]
    name: Loud


box = Box(name="n", colour="red")
print(f"{pydantic.VERSION} mode json: {box.model_dump(mode='json')}")
print(f"{pydantic.VERSION} text: {box.model_dump_json()}")
PYTHON
done
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
2.12.5 mode json: {'name': 'N', 'colour': 'RED'}
2.12.5 text: {"name":"N","colour":"red"}
2.13.5 mode json: {'name': 'N', 'colour': 'RED'}
2.13.5 text: {"name":"N","colour":"RED"}
EXPECTED
