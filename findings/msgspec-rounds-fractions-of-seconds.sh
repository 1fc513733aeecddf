#!/bin/sh
# msgspec rounds fractions of a second up, and refuses the "never expires" of .NET.
#
# Seen with msgspec 0.22.0 and pydantic 2.14.4 on CPython 3.11.
#
# Expected: digits beyond microseconds are truncated, as `datetime.fromisoformat` and pydantic do, so
# that a decoded time is never later than the time sent.
# Seen: they are rounded, which can give the next second, day or year, and a `time` wraps to midnight.
# The maximum DateTime of .NET, which services send for "no end", is valid by RFC 3339 and has seven
# digits. It would round to the year 10000, and msgspec reports it as invalid.
#
# Output seen:
#   datetime 2026-12-31T23:59:59.9999999Z: msgspec 2027-01-01T00:00:00+00:00
#   datetime 2026-12-31T23:59:59.9999999Z: pydantic 2026-12-31T23:59:59.999999+00:00
#   time 23:59:59.9999999: msgspec 00:00:00
#   time 23:59:59.9999999: pydantic 23:59:59.999999
#   datetime 9999-12-31T23:59:59.9999999Z: msgspec ValidationError: Invalid RFC3339 encoded datetime
#   datetime 9999-12-31T23:59:59.9999999Z: pydantic 9999-12-31T23:59:59.999999+00:00
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet msgspec==0.22.0 pydantic==2.14.4
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import datetime as dt
import json

import msgspec
import pydantic

for kind, text in (
    (dt.datetime, "2026-12-31T23:59:59.9999999Z"),
    (dt.time, "23:59:59.9999999"),
    (dt.datetime, "9999-12-31T23:59:59.9999999Z"),
):
    try:
        value = msgspec.json.decode(json.dumps(text), type=kind).isoformat()
    except msgspec.ValidationError as error:
        value = f"ValidationError: {error}"
    print(f"{kind.__name__} {text}: msgspec {value}")
    value = pydantic.TypeAdapter(kind).validate_json(json.dumps(text)).isoformat()
    print(f"{kind.__name__} {text}: pydantic {value}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
datetime 2026-12-31T23:59:59.9999999Z: msgspec 2027-01-01T00:00:00+00:00
datetime 2026-12-31T23:59:59.9999999Z: pydantic 2026-12-31T23:59:59.999999+00:00
time 23:59:59.9999999: msgspec 00:00:00
time 23:59:59.9999999: pydantic 23:59:59.999999
datetime 9999-12-31T23:59:59.9999999Z: msgspec ValidationError: Invalid RFC3339 encoded datetime
datetime 9999-12-31T23:59:59.9999999Z: pydantic 9999-12-31T23:59:59.999999+00:00
EXPECTED
