#!/bin/sh
# anthropic: a content block of an unknown type is an instance of TextBlock.
#
# Seen with anthropic 2.14.0 and httpx2 2.16.2 on CPython 3.11.
#
# Expected: a block of a type that the SDK does not know yet is an instance of no known class, so that
# `isinstance` distinguishes it from the known ones.
# Seen: it is decoded as the first variant of the union. `isinstance(block, TextBlock)` is true, and
# `text` is None although its annotation is `str`. Code that joins the text blocks fails when the API
# adds a type. In a stream, an unknown event is a RawMessageStartEvent in the same way.
#
# Output seen:
#   TextBlock type='text' text='Hello'
#   TextBlock type='new_block' text=None
#   TypeError: sequence item 1: expected str instance, NoneType found
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet anthropic==2.14.0 httpx2==2.16.2
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import anthropic
import httpx2
from anthropic.types import TextBlock

MESSAGE = {
    "id": "1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn",
    "content": [{"type": "text", "text": "Hello"}, {"type": "new_block", "value": 1}],
    "usage": {"input_tokens": 1, "output_tokens": 1},
}
transport = httpx2.MockTransport(lambda request: httpx2.Response(200, json=MESSAGE))
http_client = httpx2.Client(transport=transport)
client = anthropic.Anthropic(api_key="k", base_url="http://api.example", http_client=http_client)
message = client.messages.create(model="m", max_tokens=1, messages=[])
for block in message.content:
    print(f"{type(block).__name__} type={block.type!r} text={block.text!r}")
try:
    print("".join(block.text for block in message.content if isinstance(block, TextBlock)))
except TypeError as error:
    print(f"TypeError: {error}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
TextBlock type='text' text='Hello'
TextBlock type='new_block' text=None
TypeError: sequence item 1: expected str instance, NoneType found
EXPECTED
