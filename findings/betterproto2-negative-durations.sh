#!/bin/sh
# betterproto2: a negative timedelta loses its sign or its fraction when it is sent.
#
# Seen with betterproto2 0.10.0, betterproto2_compiler 0.10.1, grpcio-tools 1.85.1 and protobuf 7.36.2 on CPython 3.11.
#
# Expected: `nanos` has the sign of `seconds`, and -0.5 s is 0 seconds and -500000000 nanos. The docstring of the
# generated class says so, as duration.proto does. What is written is read back.
# Seen: the seconds are rounded towards zero, and the nanos count upwards from the second below. -0.5 s is sent as
# 0.5 s. -1.25 s is sent as a message that Google's library refuses and that betterproto2 itself reads as -0.25 s; in
# JSON it is -1.75 s. JSON with a negative duration is not read, not even its own, because the pattern has no sign.
# No error is raised when a message is written.
#
# Output seen:
#   -0.5 s: seconds 0, nanos 500000000; read back 0.5 s; Google reads 0.500s; JSON 0.500s, read as 0.5 s
#   -1.25 s: seconds -1, nanos 750000000; read back -0.25 s; Google reads ValueError; JSON -1.750s, read as ValueError
#   -90.0 s: seconds -90, nanos 0; read back -90.0 s; Google reads -90s; JSON -90s, read as ValueError
#   1.25 s: seconds 1, nanos 250000000; read back 1.25 s; Google reads 1.250s; JSON 1.250s, read as 1.25 s
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet betterproto2==0.10.0 betterproto2_compiler==0.10.1 \
  grpcio-tools==1.85.1 protobuf==7.36.2
cd "$folder"
cat >job.proto <<'PROTO'
syntax = "proto3";
package job;
import "google/protobuf/duration.proto";
message Job {
  google.protobuf.Duration drift = 1;
}
PROTO
mkdir generated
PATH="$folder/venv/bin:$PATH" venv/bin/python -m grpc_tools.protoc -I . --python_betterproto2_out=generated job.proto \
  >log 2>&1
venv/bin/python - >seen <<'PYTHON'
import json
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration

from generated.job import Job


def attempt(function):
    try:
        return function()
    except ValueError as error:
        return type(error).__name__


for drift in (timedelta(seconds=-0.5), timedelta(seconds=-1.25), timedelta(seconds=-90), timedelta(seconds=1.25)):
    job = Job(drift=drift)
    content = bytes(job)
    # Field 1 is the only one: a tag, a length and the bytes of the duration.
    duration = Duration.FromString(content[2:])
    text = job.to_json()
    print(
        f"{drift.total_seconds()} s: seconds {duration.seconds}, nanos {duration.nanos};"
        f" read back {Job.parse(content).drift.total_seconds()} s;"
        f" Google reads {attempt(duration.ToJsonString)};"
        f" JSON {json.loads(text)['drift']}, read as"
        f" {attempt(lambda: f'{Job.from_json(text).drift.total_seconds()} s')}"
    )
PYTHON
cat seen
diff seen - <<'EXPECTED'
-0.5 s: seconds 0, nanos 500000000; read back 0.5 s; Google reads 0.500s; JSON 0.500s, read as 0.5 s
-1.25 s: seconds -1, nanos 750000000; read back -0.25 s; Google reads ValueError; JSON -1.750s, read as ValueError
-90.0 s: seconds -90, nanos 0; read back -90.0 s; Google reads -90s; JSON -90s, read as ValueError
1.25 s: seconds 1, nanos 250000000; read back 1.25 s; Google reads 1.250s; JSON 1.250s, read as 1.25 s
EXPECTED
