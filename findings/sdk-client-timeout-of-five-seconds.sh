#!/bin/sh
# A timeout of 5 seconds on an own HTTP client becomes 600 seconds in two SDKs.
#
# Seen with openai 3.57.0, anthropic 2.14.0 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: the SDK uses the timeout of the client that it is given, whatever its value.
# Seen: every value is used but 5, which is the default of httpx2. The SDKs compare the timeout with
# that default and take an equal one for "not set", so a client with `timeout=5` waits ten minutes
# for an answer. `timeout=` of the SDK itself takes 5.
#
# Output seen:
#   openai, Client(timeout=4): read timeout 4
#   openai, Client(timeout=5): read timeout 600
#   openai, Client(timeout=6): read timeout 6
#   openai, timeout=5 of the SDK: read timeout 5
#   (and the same four lines for anthropic)
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet openai==3.57.0 anthropic==2.14.0 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import anthropic
import httpx2
import openai


def show(sdk, label, client_timeout, **options):
    requests = []

    def answer(request):
        requests.append(request)
        return httpx2.Response(200, json={"object": "list", "data": []})

    transport = httpx2.MockTransport(answer)
    http_client = httpx2.Client(timeout=client_timeout, transport=transport)
    client = sdk(api_key="k", base_url="http://a.example", http_client=http_client, **options)
    client.models.list()
    print(f"{label}: read timeout {requests[0].extensions['timeout']['read']}")


for sdk in (openai.OpenAI, anthropic.Anthropic):
    for seconds in (4, 5, 6):
        show(sdk, f"{sdk.__name__.lower()}, Client(timeout={seconds})", seconds)
    show(sdk, f"{sdk.__name__.lower()}, timeout=5 of the SDK", 60, timeout=5)
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
openai, Client(timeout=4): read timeout 4
openai, Client(timeout=5): read timeout 600
openai, Client(timeout=6): read timeout 6
openai, timeout=5 of the SDK: read timeout 5
anthropic, Client(timeout=4): read timeout 4
anthropic, Client(timeout=5): read timeout 600
anthropic, Client(timeout=6): read timeout 6
anthropic, timeout=5 of the SDK: read timeout 5
EXPECTED
