#!/bin/sh
# py-yaml12 reads integers beyond 64 bits as floats or strings.
#
# Seen with py-yaml12 0.2.0 on CPython 3.11; ruamel.yaml 0.19.1 keeps every digit.
#
# Expected: int, as for smaller ones: Python's has no limit, and the README says that JSON reads the
# same way. `maximum: 18446744073709551615` is how a description limits an unsigned 64-bit number.
# Seen: from 2**63 on the value is a rounded float, silently, here one more than the document says.
# Written in hexadecimal it stays a string. `format_yaml` refuses to write such an int.
#
# Output seen:
#   9223372036854775807: int 9223372036854775807
#   9223372036854775808: float 9.223372036854776e+18
#   18446744073709551615: float 1.8446744073709552e+19, larger than the document says: True
#   0xFFFFFFFFFFFFFFFF: str '0xFFFFFFFFFFFFFFFF'
#   format_yaml: ValueError: integer out of range for YAML
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet py-yaml12==0.2.0 ruamel.yaml==0.19.1
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import ruamel.yaml
import yaml12

for text in ("9223372036854775807", "9223372036854775808", "18446744073709551615", "0xFFFFFFFFFFFFFFFF"):
    value = yaml12.parse_yaml(f"maximum: {text}")["maximum"]
    exact = ruamel.yaml.YAML(typ="safe", pure=True).load(f"maximum: {text}")["maximum"]
    assert exact == int(text, 0)
    larger = ", larger than the document says: True" if value == exact + 1 else ""
    print(f"{text}: {type(value).__name__} {value!r}{larger}")
try:
    yaml12.format_yaml({"maximum": 2**64 - 1})
except ValueError as error:
    print(f"format_yaml: ValueError: {error}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
9223372036854775807: int 9223372036854775807
9223372036854775808: float 9.223372036854776e+18
18446744073709551615: float 1.8446744073709552e+19, larger than the document says: True
0xFFFFFFFFFFFFFFFF: str '0xFFFFFFFFFFFFFFFF'
format_yaml: ValueError: integer out of range for YAML
EXPECTED
