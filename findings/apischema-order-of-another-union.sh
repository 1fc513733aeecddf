#!/bin/sh
# apischema: the order of the types of a union in one class decides how another class is read and written.
#
# Seen with apischema 0.19.0 on CPython 3.11.
#
# Expected: a union is tried in the order in which its class has it, so that `datetime | date` keeps the time of
# day. What one endpoint does has no influence on another one.
# Seen: what apischema builds for a type is cached by the type, and Python takes `date | datetime` and
# `datetime | date` for equal. The class that is used first in a process decides for the other classes. After a
# call to one endpoint the other one writes a moment without its time; after a restart it may be right.
#
# Output seen:
#   Meeting first:
#     Meeting {'at': '2026-01-02T03:04:05'}
#     Holiday {'at': '2026-01-02T03:04:05'}
#   Holiday first:
#     Holiday {'at': '2026-01-02'}
#     Meeting {'at': '2026-01-02'}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet apischema==0.19.0
cat >"$folder/run.py" <<'PYTHON'
import sys
from dataclasses import dataclass
from datetime import date, datetime

from apischema import serialize


@dataclass
class Meeting:
    at: datetime | date


@dataclass
class Holiday:
    at: date | datetime


moment = datetime(2026, 1, 2, 3, 4, 5)
classes = {"Meeting": Meeting, "Holiday": Holiday}
print(f"{sys.argv[1]} first:")
for name in sys.argv[1:]:
    print(f"  {name} {serialize(classes[name], classes[name](moment))}")
PYTHON
"$folder/venv/bin/python" "$folder/run.py" Meeting Holiday >"$folder/seen"
"$folder/venv/bin/python" "$folder/run.py" Holiday Meeting >>"$folder/seen"
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
Meeting first:
  Meeting {'at': '2026-01-02T03:04:05'}
  Holiday {'at': '2026-01-02T03:04:05'}
Holiday first:
  Holiday {'at': '2026-01-02'}
  Meeting {'at': '2026-01-02'}
EXPECTED
