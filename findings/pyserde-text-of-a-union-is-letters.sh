#!/bin/sh
# pyserde: a string becomes a list of its letters where a list of strings is allowed too.
#
# Seen with pyserde 0.34.0 on CPython 3.11.
#
# Expected: `list[str] | str` is read by the type of the JSON value, since an array and a string are different types.
# APIs describe `stop` or `input` as "a string or an array of strings", with `anyOf` in either order.
# Seen: the types are tried in their order, and the list is built with `list(...)`, which takes a string for an iterable
# of its letters. A set and a tuple do the same. The order of the types decides, and no error is raised.
# pyserde reads its own JSON as another value, and writes that value as an array.
#
# Output seen:
#   list[str] | str: {"stop":"END"} is ['E', 'N', 'D'], written again {"stop":["E","N","D"]}
#   set[str] | str: {"stop":"A"} is {'A'}, written again {"stop":["A"]}
#   tuple[str, str] | str: {"stop":"##"} is ('#', '#'), written again {"stop":["#","#"]}
#   str | list[str]: {"stop":"END"} is 'END', written again {"stop":"END"}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet pyserde==0.34.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
from serde import serde
from serde.json import from_json, to_json


@serde
class ListFirst:
    stop: list[str] | str


@serde
class SetFirst:
    stop: set[str] | str


@serde
class TupleFirst:
    stop: tuple[str, str] | str


@serde
class TextFirst:
    stop: str | list[str]


for class_, label, stop in (
    (ListFirst, "list[str] | str", "END"),
    (SetFirst, "set[str] | str", "A"),
    (TupleFirst, "tuple[str, str] | str", "##"),
    (TextFirst, "str | list[str]", "END"),
):
    text = to_json(class_(stop))
    value = from_json(class_, text)
    print(f"{label}: {text} is {value.stop!r}, written again {to_json(value)}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
list[str] | str: {"stop":"END"} is ['E', 'N', 'D'], written again {"stop":["E","N","D"]}
set[str] | str: {"stop":"A"} is {'A'}, written again {"stop":["A"]}
tuple[str, str] | str: {"stop":"##"} is ('#', '#'), written again {"stop":["#","#"]}
str | list[str]: {"stop":"END"} is 'END', written again {"stop":"END"}
EXPECTED
