"""AsyncAPI documents of versions 2 and 3 are converted to the IR."""

from __future__ import annotations

import pytest
from fiddlehead import ir
from fiddlehead.config import ImporterSettings

from .descriptions import Read

V3 = """
asyncapi: 3.0.0
info: {title: Talk, version: "1", description: Speech.}
servers:
  production: {host: api.talk.test, protocol: wss, x-fern-server-name: Production}
  agent: {host: agent.talk.test, pathname: /v9, protocol: wss}
channels:
  ListenV1:
    x-fern-sdk-group-name: [listen, v1]
    address: /v1/listen/{room}
    description: Transcribe audio.
    servers: [{$ref: "#/servers/production"}]
    parameters:
      room: {description: The room.}
      lang: {location: "$message.payload#/language", enum: [en, de], default: en}
      token: {location: "$message.header#/X-Token"}
    bindings:
      ws:
        query:
          type: object
          required: [model]
          properties:
            model: {enum: [nova, base], description: The model.}
            tag: {description: A tag.}
            rate: {type: integer, deprecated: true}
        headers: {type: object, properties: {X-More: {type: string}}}
    messages:
      Media: {contentType: audio/wav}
      Raw: {payload: {type: string, format: binary}}
      Finalize: {payload: {type: object, required: [type], properties: {type: {const: Finalize}}}}
      Results: {$ref: "#/components/messages/ResultsEvent"}
      Extra: {payload: {type: object, properties: {type: {const: Extra}}}}
  agent:
    address: converse
    servers: [{$ref: "#/servers/agent"}]
    messages:
      Text: {contentType: text/plain, payload: {type: string}}
      Quoted: {contentType: application/json, payload: {type: string}}
operations:
  sendMedia: {action: send, channel: {$ref: "#/channels/ListenV1"}, messages: [{$ref: "#/channels/ListenV1/messages/Media"}], description: Send audio.}
  sendRaw: {action: send, channel: {$ref: "#/channels/ListenV1"}, messages: [{$ref: "#/channels/ListenV1/messages/Raw"}]}
  finalize: {action: send, x-fern-sdk-method-name: finish, channel: {$ref: "#/channels/ListenV1"}, messages: [{$ref: "#/channels/ListenV1/messages/Finalize"}]}
  results: {action: receive, channel: {$ref: "#/channels/ListenV1"}, messages: [{$ref: "#/channels/ListenV1/messages/Results"}]}
  ask:
    action: send
    channel: {$ref: "#/channels/agent"}
    messages: [{$ref: "#/channels/agent/messages/Quoted"}]
    reply: {messages: [{$ref: "#/channels/agent/messages/Text"}]}
components:
  messages:
    ResultsEvent: {payload: {$ref: "#/components/schemas/Result"}}
  schemas:
    Result: {type: object, required: [type], properties: {type: {const: Results}}}
    Unused: {type: object, properties: {a: {type: string}}}
"""


def test_channels_of_version_3() -> None:
    read = Read(V3)
    assert not read.problems
    assert (read.api.title, read.api.version, read.api.doc) == ("Talk", "1", "Speech.")
    assert read.messages("listen.v1.connect") == [
        ("client", "Media", "binary", "bytes"),
        ("client", "Raw", "binary", "bytes"),
        ("client", "finalize", "json", "ListenV1 Finalize"),
        ("server", "results", "json", "Result"),
        # No operation says who sends it.
        ("client", "Extra", "json", "ListenV1 Extra"),
        ("server", "Extra", "json", "ListenV1 Extra"),
    ]
    assert read.messages("agent.connect") == [
        ("client", "ask", "json", "string"),
        ("server", "ask", "text", "string"),
    ]
    listen = read.channels["listen.v1.connect"]
    assert (listen.path, listen.doc) == ("/v1/listen/{room}", "Transcribe audio.")
    assert listen.messages[0].doc == "Send audio."
    assert listen.messages[2].method == "finish"
    assert "Unused" in read.api.declarations


def test_parameters_of_version_3() -> None:
    read = Read(V3)
    result = read.channels["listen.v1.connect"].parameters
    assert [(argument.name, argument.location, argument.required) for argument in result] == [
        ("room", "path", True),
        ("language", "query", False),
        ("X-Token", "header", False),
        ("model", "query", True),
        ("tag", "query", False),
        ("rate", "query", False),
        ("X-More", "header", False),
    ]
    assert [read.shown(declared.type) for declared in result] == [
        "string",
        "ListenV1 language",
        "string",
        "ListenV1 model",
        "string",
        "integer",
        "string",
    ]
    assert result[0].doc == "The room."
    assert result[1].default == ir.Default("en")
    assert result[5].availability == ir.Availability("deprecated")


def test_servers_of_version_3() -> None:
    read = Read(V3)
    (place,) = read.api.environments
    assert {name: server.url for name, server in place.servers.items()} == {
        "Production": "wss://api.talk.test",
        "agent": "wss://agent.talk.test/v9",
    }
    assert read.channels["listen.v1.connect"].server == "Production"
    assert read.channels["agent.connect"].server == "agent"


def test_layout_fern_names_things_as_fern_does() -> None:
    read = Read(V3, layout="fern")
    names = [name for _, name, _, _ in read.messages("listen.v1.connect")]
    # Fern's importer names a message by its key in the channel, and only has those of operations.
    assert names == ["Media", "Raw", "Finalize", "Results"]
    words = {declaration.name.words for declaration in read.api.declarations.values()}
    assert ("Finalize",) in words
    required = {
        parameter.name: parameter.required
        for parameter in read.channels["listen.v1.connect"].parameters
    }
    assert required == {
        "room": True,
        "language": True,
        "X-Token": True,
        "model": True,
        "tag": False,
        "rate": False,
        "X-More": False,
    }


def test_messages_of_one_key_and_optional_parameters_in_layout_fern() -> None:
    channel = """
  %s:
    address: /%s
    parameters:
      size: {location: "$message.payload#/size", x-fern-optional: true}
    messages:
      Ping: {payload: {type: object, properties: {n: {type: integer}}}}
      %sOnly: {payload: {type: object, properties: {n: {type: integer}}}}
"""
    operation = """
  %sSends:
    action: send
    channel: {$ref: "#/channels/%s"}
    messages: [{$ref: "#/channels/%s/messages/Ping"}, {$ref: "#/channels/%s/messages/%sOnly"}]
"""
    both = ("One", "Two")
    read = Read(
        "asyncapi: 3.0.0\ninfo: {title: A, version: '1'}\n"
        "servers: {s: {host: a.test, protocol: wss}}\nchannels:"
        + "".join(channel % ((item,) * 3) for item in both)
        + "operations:"
        + "".join(operation % ((item,) * 5) for item in both),
        layout="fern",
    )
    assert read.problems == []
    assert [name for _, name, _, _ in read.messages("One.connect")] == ["One_Ping", "OneOnly"]
    words = {declaration.name.words for declaration in read.api.declarations.values()}
    assert words == {("One_Ping",), ("OneOnly",), ("Two_Ping",), ("TwoOnly",)}
    assert not read.channels["One.connect"].parameters[0].required


V2 = """
asyncapi: 2.6.0
info: {title: Talk, version: "1"}
servers:
  eu: {url: "wss://{region}.talk.test/base/", protocol: wss, variables: {region: {default: eu, enum: [eu, us]}}, security: [{key: []}]}
  local: {url: "127.0.0.1:80", protocol: ws}
channels:
  /v1/text-to-speech/{voice_id}/stream-input:
    parameters: {voice_id: {description: The voice., schema: {type: string}}}
    bindings: {ws: {query: {type: object, properties: {fast: {type: boolean, default: false}}}}}
    publish:
      operationId: sendMessage
      description: Send.
      message: {oneOf: [{$ref: "#/components/messages/Start"}, {$ref: "#/components/messages/SendText"}]}
    subscribe: {message: {payload: {type: object, required: [audio], properties: {audio: {type: string}}}}}
  /hidden: {x-fern-ignore: true, subscribe: {message: {payload: {type: string}}}}
components:
  securitySchemes: {key: {type: httpApiKey, in: header, name: xi-api-key, x-fern-api-key: {name: apiKey, env: KEY}}}
  messages:
    Start: {payload: {type: object, required: [text], properties: {text: {const: " "}}}}
    SendText: {payload: {$ref: "#/components/schemas/SendText"}}
  schemas:
    SendText: {type: object, required: [text], properties: {text: {type: string}}}
"""


def test_channels_of_version_2() -> None:
    read = Read(V2)
    assert not read.problems
    assert read.messages("textToSpeechStreamInput.connect") == [
        ("client", "Start", "json", "Start"),
        ("client", "SendText", "json", "SendText"),
        ("server", "subscribe", "json", "textToSpeechStreamInput subscribe"),
    ]
    channel = read.channels["textToSpeechStreamInput.connect"]
    assert [parameter.name for parameter in channel.parameters] == ["voice_id", "fast"]
    assert channel.path == "/v1/text-to-speech/{voice_id}/stream-input"
    assert read.api.operations_left_out == 1
    places = {environment.name: environment.servers[""] for environment in read.api.environments}
    assert {name: place.url for name, place in places.items()} == {
        "eu": "wss://{region}.talk.test/base",
        "local": "ws://127.0.0.1:80",
    }
    assert places["eu"].variables == (ir.ServerVariable("region", "eu", ("eu", "us")),)


def test_layout_fern_has_one_message_for_each_operation_of_version_2() -> None:
    read = Read(V2, layout="fern")
    name = "v1TextToSpeechVoiceIdStreamInput"
    assert read.messages(f"{name}.connect") == [
        ("client", "publish", "json", "sendMessage"),
        ("server", "subscribe", "json", f"{name} subscribe"),
    ]
    (union,) = [
        item for item in read.api.declarations.values() if item.name.words == ("sendMessage",)
    ]
    assert isinstance(union, ir.Union)


NAMES_2 = """
asyncapi: 2.6.0
info: {title: Talk, version: "1"}
servers: {main: {url: "wss://talk.test", protocol: wss}}
channels:
  /talk/live:
    bindings: {ws: {query: {type: object, properties: {mode: {type: string, enum: [a, b]}, opts: {type: object, properties: {n: {type: integer}}}}}}}
    publish: {message: {name: Cmd, payload: {$ref: "#/components/schemas/Cmd"}}}
    subscribe: {operationId: getAudio, message: {oneOf: [{$ref: "#/components/messages/Out"}, {$ref: "#/components/messages/End"}]}}
components:
  messages:
    Out: {name: Sound, payload: {type: object, properties: {audio: {type: string}, at: {type: string, enum: [x, y]}}}}
    End: {payload: {type: object, properties: {last: {type: boolean}}}}
  schemas: {Cmd: {type: object, properties: {go: {type: object, properties: {n: {type: integer}}}}}}
"""


@pytest.mark.parametrize(
    ("naming", "expected"),
    [
        (
            "v1",
            {
                "websocket mode": ("talkLive",),
                "websocket opts": (),
                "talkLive publish": ("talkLive",),
                "talkLive publish go": ("talkLive",),
                "getAudio": ("talkLive",),
                "websocket at": ("talkLive",),
                "websocket at at": ("talkLive",),
                "websocket last": ("talkLive",),
                "Cmd": (),
                "Cmd go": (),
            },
        ),
        (
            "v2",
            {
                "mode": ("talkLive",),
                "opts": (),
                "talkLive publish": ("talkLive",),
                "talkLive publish go": ("talkLive",),
                "getAudio": ("talkLive",),
                "Sound": ("talkLive",),
                "at at": ("talkLive",),
                "last": ("talkLive",),
                "Cmd": (),
                "Cmd go": (),
            },
        ),
    ],
)
def test_names_of_inline_types_of_version_2_in_layout_fern(
    naming: str, expected: dict[str, tuple[str, ...]]
) -> None:
    """As Fern's CLI 4.65.0 and 5.131.1 names them; objects of parameters are outside the group."""
    read = Read(NAMES_2, layout="fern", importer=ImporterSettings(message_naming=naming))  # type: ignore[arg-type]
    assert not read.problems
    names = {" ".join(item.name.words): item.package for item in read.api.declarations.values()}
    assert names == expected


@pytest.mark.parametrize(
    ("scheme", "kind", "names"),
    [
        ("{type: httpApiKey, in: header, name: X-Key}", "header", ["apiKey"]),
        ("{type: httpApiKey, in: query, name: key}", "query", ["apiKey"]),
        ("{type: http, scheme: bearer, x-fern-token: {name: jwt, env: JWT}}", "bearer", ["jwt"]),
        ("{type: userPassword}", "basic", ["username", "password"]),
        ("{type: oauth2, flows: {}}", "bearer", ["token"]),
    ],
)
@pytest.mark.parametrize("version", [2, 3])
def test_security(scheme: str, kind: str, names: list[str], version: int) -> None:
    in_place = {2: "[{own: []}]", 3: f"[{scheme}]"}[version]
    where = {2: "url: 'wss://a.test'", 3: "host: a.test"}[version]
    components = f"components: {{securitySchemes: {{own: {scheme}}}}}" if version == 2 else ""
    text = f"""
asyncapi: {version}.0.0
info: {{title: A, version: "1"}}
servers: {{main: {{{where}, protocol: wss, security: {in_place}}}}}
channels: {{}}
{components}
"""
    read = Read(text)
    assert not read.problems
    (result,) = read.api.auth_schemes.values()
    assert (result.kind, [credential.name for credential in result.credentials]) == (kind, names)
    assert read.api.auth == ((result.id,),)


def test_the_servers_perspective_turns_operations_round() -> None:
    read = Read(f"x-fiddlehead-perspective: server\n{V3}")
    origins = [origin for origin, name, _, _ in read.messages("listen.v1.connect")]
    assert origins[:4] == ["server", "server", "server", "client"]


def test_channels_of_other_protocols_are_omitted() -> None:
    read = Read("""
        asyncapi: 3.0.0
        info: {title: A, version: "1"}
        servers: {events: {host: kafka.test, protocol: kafka}, live: {host: a.test, protocol: wss}}
        channels:
          topic: {address: topic, servers: [{$ref: "#/servers/events"}]}
          live: {address: null, messages: {a: {payload: {schemaFormat: application/vnd.apache.avro, schema: {}}}}}
          lost: {address: /x, parameters: {p: {description: Nowhere.}}}
        operations:
          odd: {action: shout, channel: {$ref: "#/channels/live"}}
        """)
    assert list(read.channels) == ["live.connect", "lost.connect"]
    assert read.channels["live.connect"].path == "/live"
    assert read.problems == [
        "asyncapi.yaml:4:48: warning[not-expressible]: the server 'events' is left out: its protocol is 'kafka', and only WebSockets are supported",
        "asyncapi.yaml:6:10: warning[not-expressible]: the channel 'topic' is left out: none of its servers is a WebSocket server",
        "asyncapi.yaml:7:64: warning[not-expressible]: the schema format 'application/vnd.apache.avro' is not supported; the type of the payload is Any",
        "asyncapi.yaml:8:39: warning[not-expressible]: the parameter 'p' is left out: it is not in the address, and 'location' does not give its location",
        "asyncapi.yaml:10:8: warning[bad-value]: the operation 'odd' has no 'action' send or receive",
    ]


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.2.0", "AsyncAPI 1.2.0 is not supported"),
        ("4.0.0", "AsyncAPI 4.0.0 is not supported"),
        ("null", "expected a version for 'asyncapi', found empty"),
        ("{a: b}", "expected a version for 'asyncapi', found a mapping"),
    ],
)
def test_other_versions_are_an_error(version: str, message: str) -> None:
    (problem,) = Read(f"asyncapi: {version}\n").problems
    assert problem.endswith(f"error[unsupported-version]: {message}")


def test_messages_in_other_files() -> None:
    read = Read(
        """
        asyncapi: 3.0.0
        info: {title: A, version: "1"}
        channels: {live: {address: /, messages: {a: {$ref: "more.yaml#/a"}}}}
        """,
        {
            "more.yaml": "a: {name: Hello, payload: {$ref: '#/b'}}\nb: {type: object, properties: {x: {type: string}}}\n"
        },
    )
    assert not read.problems
    (declared,) = (
        declaration
        for declaration in read.api.declarations.values()
        if isinstance(declaration, ir.Model)
    )
    assert [field.name for field in declared.fields] == ["x"]
    assert {(name, format) for _, name, format, _ in read.messages("live.connect")} == {
        ("a", "json")
    }


HOSTILE = [
    "asyncapi: 3.0.0\nchannels: []\noperations: 1\nservers: x\n",
    "asyncapi: 3.0.0\nchannels: {a: 1, b: {messages: [1], address: [], parameters: {p: 1}}}\n",
    "asyncapi: 3.0.0\nchannels: {a: {$ref: '#/channels/a'}}\noperations: {o: {action: send, channel: 1}}\n",
    "asyncapi: 3.0.0\nchannels: {a: {}}\noperations: {o: {action: send, channel: {$ref: '#/channels/a'}, messages: 1}}\n",
    "asyncapi: 2.0.0\nchannels: {a: {publish: 1, subscribe: {message: {oneOf: 1}}, bindings: {ws: 1}}}\n",
    "asyncapi: 2.0.0\nchannels: {a: {publish: {message: {oneOf: []}}}}\nservers: {s: {url: '{x', protocol: ws}}\n",
    "asyncapi: 2.0.0\nservers: {s: {url: 'ws://{x}', protocol: ws, security: [1, {type: 1}, {$ref: 1}]}}\n",
    "asyncapi: 3.0.0\ncomponents: {securitySchemes: {a: 1, b: {type: X509}}, messages: 1, schemas: 1}\n",
    "asyncapi: 3.0.0\ninfo: 1\ndefaultContentType: []\n",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_nothing_raises(text: str, layout: str) -> None:
    assert isinstance(Read(text, layout=layout).api, ir.Api)


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_message_of_several_operations_is_sent_by_one_method(layout: str) -> None:
    text = """
    asyncapi: 3.0.0
    info: {title: T, version: "1"}
    channels:
      a:
        messages:
          one: {payload: {type: object, required: [x], properties: {x: {type: string}}}}
          two: {payload: {type: object, required: [y], properties: {y: {type: string}}}}
    operations:
      first: {action: send, channel: {$ref: "#/channels/a"}}
      second: {action: send, channel: {$ref: "#/channels/a"}}
    """
    read = Read(text, layout=layout)
    assert not read.problems
    assert [message[:2] for message in read.messages("a.connect")] == [
        ("client", "one"),
        ("client", "two"),
    ]
