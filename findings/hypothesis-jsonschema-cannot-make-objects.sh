#!/bin/sh
# hypothesis-jsonschema cannot make objects with the newest Hypothesis.
#
# Seen with hypothesis-jsonschema 0.23.1 and hypothesis 6.170.17 on CPython 3.11. The last Hypothesis
# that works is 6.170.9.
#
# Expected: a patch release of Hypothesis breaks nothing, and the requirement of hypothesis-jsonschema
# (`hypothesis>=6.84.3`, no upper bound) keeps out what does. pip installs both without a complaint.
# Seen: strategies for strings, numbers and arrays work; every schema of an object fails when it draws.
#
# Output seen:
#   6.170.9 array: drawn
#   6.170.9 object: drawn
#   6.170.17 array: drawn
#   6.170.17 object: AttributeError: 'many' object has no attribute 'more'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cd "$folder"
for version in 6.170.9 6.170.17; do
  "$folder/venv/bin/python" -m pip install --quiet hypothesis-jsonschema==0.23.1 "hypothesis==$version"
  "$folder/venv/bin/python" -m pip check >&2
  "$folder/venv/bin/python" - >>"$folder/seen" <<'PYTHON'
import hypothesis
import hypothesis_jsonschema

schemas = {
    "array": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
}
for kind, schema in schemas.items():

    @hypothesis.settings(max_examples=5, database=None, derandomize=True)
    @hypothesis.given(hypothesis_jsonschema.from_schema(schema))
    def draw(value):
        pass

    try:
        draw()
        print(f"{hypothesis.__version__} {kind}: drawn")
    except AttributeError as error:
        print(f"{hypothesis.__version__} {kind}: AttributeError: {error}")
PYTHON
done
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
6.170.9 array: drawn
6.170.9 object: drawn
6.170.17 array: drawn
6.170.17 object: AttributeError: 'many' object has no attribute 'more'
EXPECTED
