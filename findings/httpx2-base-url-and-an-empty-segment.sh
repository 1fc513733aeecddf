#!/bin/sh
# httpx2: with a base URL, a path that starts with an empty segment loses the segment after it.
#
# Seen with httpx2 2.16.2 on CPython 3.11; httpx 0.28.1 does the same.
#
# Expected: the path is appended to the base URL as it is, like a path with an empty segment further
# on. If a client fills `/{tenant}/items/{id}` with an empty tenant, the server answers with an error.
# Seen: `//items/5` is read as a URL without a scheme, `items` as its host, and the host is dropped.
# The request goes to `/v1/5`, another resource. Without a base URL nothing is lost.
#
# Output seen:
#   base URL, /acme/items/5: http://api.example/v1/acme/items/5
#   base URL, /acme//items/5: http://api.example/v1/acme//items/5
#   base URL, //items/5: http://api.example/v1/5
#   base URL, //items: http://api.example/v1/
#   whole URL, //items/5: http://api.example/v1//items/5
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import httpx2

with httpx2.Client(base_url="http://api.example/v1") as client:
    for path in ("/acme/items/5", "/acme//items/5", "//items/5", "//items"):
        print(f"base URL, {path}: {client.build_request('GET', path).url}")
with httpx2.Client() as client:
    url = client.build_request("GET", "http://api.example/v1" + "//items/5").url
    print(f"whole URL, //items/5: {url}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
base URL, /acme/items/5: http://api.example/v1/acme/items/5
base URL, /acme//items/5: http://api.example/v1/acme//items/5
base URL, //items/5: http://api.example/v1/5
base URL, //items: http://api.example/v1/
whole URL, //items/5: http://api.example/v1//items/5
EXPECTED
