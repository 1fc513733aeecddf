#!/bin/sh
# openai 3.57.0 (Python SDK): a base URL with a query, as gateways and Azure's older endpoints have
# one (`https://host/v1?api-version=1`), is a valid URL. The path of a call is appended behind the
# query: the request goes to `/v1/?api-version=1models`, so that the server sees the path `/v1/`.
# Expected by RFC 3986, section 3: the path ends at the `?`, so `/v1/models?api-version=1`.
# Seen with CPython 3.11:
#   /v1/?api-version=1models
# Exits with 0 as long as this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openai==3.57.0
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import httpx2, openai

targets = []


def answer(request):
    targets.append(request.url.raw_path.decode())
    return httpx2.Response(200, json={"object": "list", "data": []})


client = openai.OpenAI(
    api_key="k",
    base_url="http://gateway.example/v1?api-version=1",
    http_client=httpx2.Client(transport=httpx2.MockTransport(answer)),
)
client.models.list()
print(targets[0])
PYTHON
)
echo "$seen"
[ "$seen" = "/v1/?api-version=1models" ]
