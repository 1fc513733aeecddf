"""A description in several files gives the same client as in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support import pipeline

HEAD = """
asyncapi: 3.0.0
info: {title: Feed, version: "1"}
servers: {live: {host: feed.example, protocol: wss, security: [{$ref: "SCHEMES#/components/securitySchemes/token"}]}}
"""
CHANNELS = """
  feed:
    address: /feed
    messages: MESSAGES
  news: {address: /news, messages: {Item: {$ref: "#/components/messages/Item"}}}
"""
MESSAGES = """
      Tick: {payload: {type: object, required: [price], properties: {price: {type: number}}}}
      Ask: {payload: {type: object, required: [symbol], properties: {symbol: {type: string}}}}
      Pet: {payload: {type: array, items: {$ref: "SCHEMAS#/components/schemas/Pet"}}}
"""
OPERATIONS = """
  hear: {action: receive, channel: {$ref: "#/channels/feed"}, messages: [{$ref: "#/channels/feed/messages/Tick"}, {$ref: "#/channels/feed/messages/Pet"}]}
  ask: {action: send, channel: {$ref: "#/channels/feed"}, messages: [{$ref: "#/channels/feed/messages/Ask"}], reply: REPLY}
  read: {action: receive, channel: {$ref: "#/channels/news"}}
"""
REPLY = '{messages: [{$ref: "#/channels/feed/messages/Tick"}]}'
ITEM = "{payload: {type: object, properties: {title: {type: string}}}}"
SCHEMES = "{token: {type: httpApiKey, in: header, name: X-Token}}"
SCHEMAS = """
    Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
    Cat: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {claws: {type: integer}}}]}
    Dog: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {tail: {type: integer}}}]}
"""
ONE_FILE = (
    f"{HEAD.replace('SCHEMES', '')}channels:{CHANNELS.replace('MESSAGES', MESSAGES.replace('SCHEMAS', ''))}"
    f"operations:{OPERATIONS.replace('REPLY', REPLY)}components:\n  securitySchemes: {SCHEMES}\n"
    f"  messages: {{Item: {ITEM}}}\n  schemas:{SCHEMAS}"
)


def generated(
    folder: Path, files: dict[str, str], layout: str
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    built = pipeline.make(folder / "asyncapi.yaml", "feed", layout=layout, project=False)
    return built.files, [(problem.code, problem.message) for problem in built.diagnostics.reported]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_groups_messages_replies_and_schemas_may_be_references(layout: str, tmp_path: Path) -> None:
    root = f"""{HEAD.replace("SCHEMES", "schemas.yaml")}
channels:{CHANNELS.replace("MESSAGES", '{$ref: "messages.yaml"}')}
operations: {{$ref: operations.yaml}}
components: {{messages: {{$ref: more.yaml}}, schemas: {{$ref: "schemas.yaml#/components/schemas"}}}}
"""
    files = {
        "asyncapi.yaml": root,
        "messages.yaml": MESSAGES.replace("SCHEMAS", "schemas.yaml"),
        "operations.yaml": OPERATIONS.replace('"#/', '"asyncapi.yaml#/').replace(
            "REPLY", "{$ref: reply.yaml}"
        ),
        "reply.yaml": REPLY.replace('"#/', '"asyncapi.yaml#/'),
        "more.yaml": f"Item: {ITEM}\n",
        "schemas.yaml": f"components:\n  securitySchemes: {SCHEMES}\n  schemas:{SCHEMAS}",
    }
    one, problems = generated(tmp_path / "one", {"asyncapi.yaml": ONE_FILE}, layout)
    assert not problems
    several, problems = generated(tmp_path / "several", files, layout)
    assert sorted({*problems}) == [
        ("misplaced-reference", f"AsyncAPI allows no '$ref' for '{key}'; it is resolved anyway")
        for key in ("messages", "operations", "schemas")
    ]
    assert several == one
