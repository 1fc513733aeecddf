#!/bin/sh
# stamina waits longer than its timeout when a backoff hook says how long, and calls once more.
#
# Seen with stamina 26.1.0 on CPython 3.11.
#
# Expected: the timeout limits the time of all attempts together, so a wait that cannot end within it
# does not start. The hook exists for `Retry-After`, where a server may ask for an hour.
# Seen: the timeout is checked before the wait, and the length of the wait is not. With a timeout of
# half a second and a hook that returns 2, the caller waits two seconds, and a second call follows.
#
# Output seen:
#   timeout 0.5, hook 2.0: 2 calls, waited 2 s or more: True
#   timeout 0.5, no custom backoff, wait_initial 2.0: 2 calls, waited 2 s or more: True
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet stamina==26.1.0
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import time

import stamina

calls = 0


def run(label, **options):
    global calls
    calls, start = 0, time.monotonic()

    @stamina.retry(attempts=10, timeout=0.5, wait_jitter=0, **options)
    def call():
        global calls
        calls += 1
        raise ConnectionError

    try:
        call()
    except ConnectionError:
        waited = time.monotonic() - start
        print(f"timeout 0.5, {label}: {calls} calls, waited 2 s or more: {waited >= 2}")


run("hook 2.0", on=lambda error: 2.0)
run("no custom backoff, wait_initial 2.0", on=ConnectionError, wait_initial=2.0)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
timeout 0.5, hook 2.0: 2 calls, waited 2 s or more: True
timeout 0.5, no custom backoff, wait_initial 2.0: 2 calls, waited 2 s or more: True
EXPECTED
