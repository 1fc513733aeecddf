#!/bin/sh
# A stream that the server answers with one JSON document is an empty stream in two SDKs.
#
# Seen with openai 3.57.0, anthropic 2.14.0 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: `stream=True` checks that the answer is `text/event-stream`, as httpx2's own `sse()` does.
# Gateways that do not know streaming answer 200 with the whole result, or with an error, as JSON.
# Seen: the loop over the stream ends at once, without a chunk and without an exception.
#
# Output seen:
#   openai, the result as JSON: 0 chunks
#   openai, an error as JSON: 0 chunks
#   anthropic, the result as JSON: 0 chunks
#   anthropic, an error as JSON: 0 chunks
#   httpx2: SSEError
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet openai==3.57.0 anthropic==2.14.0 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import anthropic
import httpx2
import openai

MESSAGE = {"role": "assistant", "content": "Hello"}
ANSWERS = {
    "the result": {"object": "chat.completion", "choices": [{"index": 0, "message": MESSAGE}]},
    "an error": {"error": {"type": "overloaded_error", "message": "Try again later"}},
}


def http_client(answer):
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, json=answer))
    return httpx2.Client(transport=transport)


for sdk in (openai.OpenAI, anthropic.Anthropic):
    for kind, answer in ANSWERS.items():
        client = sdk(api_key="k", base_url="http://a.example", http_client=http_client(answer))
        resource = client.chat.completions if sdk is openai.OpenAI else client.messages
        chunks = list(resource.create(model="m", max_tokens=1, messages=[], stream=True))
        print(f"{sdk.__name__.lower()}, {kind} as JSON: {len(chunks)} chunks")
try:
    with http_client({}).sse("http://a.example") as events:
        list(events)
except httpx2.TransportError as error:
    print(f"httpx2: {type(error).__name__}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
openai, the result as JSON: 0 chunks
openai, an error as JSON: 0 chunks
anthropic, the result as JSON: 0 chunks
anthropic, an error as JSON: 0 chunks
httpx2: SSEError
EXPECTED
