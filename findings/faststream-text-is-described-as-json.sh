#!/bin/sh
# FastStream describes a text as JSON and publishes it as plain text.
#
# Seen with faststream 0.7.8 (extra "rabbit") on CPython 3.11.
#
# Expected: a publisher whose function returns `str` sends the JSON that its AsyncAPI document describes,
# or the message in the document has `contentType: text/plain`.
# Seen: the document has `defaultContentType: application/json`, no content type in the message, and the
# schema `type: string`. A text is published without quotation marks, as text/plain. For `str | None` the
# bytes depend on the value: a text is text/plain, None is an empty body without a content type. Numbers
# and models are JSON, as described. A client that reads the message by the document fails for every text.
#
# Output seen:
#   defaultContentType application/json
#   message "texts" contentType None, payload {"type": "string"}
#   message "numbers" contentType None, payload {"type": "integer"}
#   on the wire: texts text/plain b'hello'
#   on the wire: numbers application/json b'5'
#   on the wire: maybe None b''
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet 'faststream[rabbit]==0.7.8'
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import asyncio
import json

from faststream import BaseMiddleware
from faststream.rabbit import RabbitBroker, TestRabbitBroker
from faststream.specification import AsyncAPI

broker = RabbitBroker(logger=None)


@broker.subscriber("one")
@broker.publisher("texts")
async def text(number: int) -> str:
    return "hello"


@broker.subscriber("two")
@broker.publisher("numbers")
async def number(number: int) -> int:
    return 5


@broker.subscriber("three")
@broker.publisher("maybe")
async def maybe(number: int) -> str | None:
    return None


document = AsyncAPI(broker).to_specification().to_jsonable()
print("defaultContentType", document["defaultContentType"])
for queue in ("texts", "numbers"):
    message = document["components"]["messages"][f"{queue}:_:Publisher:Message"]
    schema = document["components"]["schemas"][message["payload"]["$ref"].rpartition("/")[2]]
    schema.pop("title")
    print(f'message "{queue}" contentType {message.get("contentType")}, payload {json.dumps(schema)}')


class Printer(BaseMiddleware):
    async def on_receive(self) -> None:
        message = self.msg
        if message.routing_key in ("texts", "numbers", "maybe"):
            print("on the wire:", message.routing_key, message.content_type, message.body)
        await super().on_receive()


for queue in ("texts", "numbers", "maybe"):

    @broker.subscriber(queue)
    async def receive(message=None) -> None: ...


async def main() -> None:
    broker.add_middleware(Printer)
    async with TestRabbitBroker(broker, connect_only=False) as tested:
        for queue in ("one", "two", "three"):
            await tested.publish(1, queue)


asyncio.run(main())
PYTHON
cat "$folder/seen"
grep -qx 'defaultContentType application/json' "$folder/seen"
grep -qx 'message "texts" contentType None, payload {"type": "string"}' "$folder/seen"
grep -qx "on the wire: texts text/plain b'hello'" "$folder/seen"
grep -qx "on the wire: numbers application/json b'5'" "$folder/seen"
grep -qx "on the wire: maybe None b''" "$folder/seen"
