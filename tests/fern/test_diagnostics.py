"""One run reports all problems of a definition, with their locations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .definitions import SETTINGS, Read

T = "\ntypes: {T: {properties: {name: string, state: {enum: [done]}}}}\n"

CASES: list[tuple[str, str, str, list[str]]] = [
    (
        "a base type that is misspelled",
        "types: {A: {properties: {a: strnig, b: 'list<optional<lst<string>>>'}}}",
        "name: acme",
        [
            "main.yml:1:29: warning[unknown-type]: unknown type 'strnig'",
            "main.yml:1:55: warning[unknown-type]: unknown type 'lst'",
        ],
    ),
    (
        "a type that no file defines",
        "types: {A: {properties: {a: Uesr, b: optional<Nope>, c: x.T}}, User: string}",
        "name: acme",
        [
            "main.yml:1:29: warning[undefined-type]: 'Uesr' is not defined in main.yml",
            "main.yml:1:47: warning[undefined-type]: 'Nope' is not defined in main.yml",
            "main.yml:1:57: warning[undefined-type]: 'x.T' is not defined: there is no import 'x'",
        ],
    ),
    (
        "brackets that do not fit",
        "types: {A: 'map<string>', B: 'list<', C: 'string<integer>', D: 'string>', E: '', F: 'literal<x>', G: 'A<string>'}",
        "name: acme",
        [
            "main.yml:1:13: warning[unknown-type]: 'map' requires two types",
            "main.yml:1:35: warning[unknown-type]: not a type: missing type",
            "main.yml:1:43: warning[unknown-type]: 'string' has no type parameters",
            "main.yml:1:71: warning[unknown-type]: not a type: unexpected '>'",
            "main.yml:1:78: warning[unknown-type]: not a type: missing type",
            'main.yml:1:94: warning[unknown-type]: not a type: a literal is text in quotes, true or false: literal<"text">',
            "main.yml:1:103: warning[unknown-type]: 'A' requires no type arguments",
        ],
    ),
    (
        "something else where a type belongs",
        "types: {A: , B: [string], C: 3, D: {properties: {a: , b: {docs: x}}}}",
        "name: acme",
        [
            "main.yml:1:12: warning[wrong-type]: expected the name of a type for a type, found empty; it is left out",
            "main.yml:1:17: warning[wrong-type]: expected the name of a type for a type, found a list; it is left out",
            "main.yml:1:30: warning[wrong-type]: expected the name of a type for a type, found a number; it is left out",
            "main.yml:1:53: warning[wrong-type]: expected the name of a type for a type, found empty; it is left out",
            "main.yml:1:58: warning[missing-key]: the property 'b' requires 'type'",
        ],
    ),
    (
        "file and text where they do not belong",
        "types: {A: {properties: {a: file, b: bytes}}}",
        "name: acme",
        [
            "main.yml:1:29: warning[unknown-type]: 'file' is allowed only for a body's properties",
            "main.yml:1:38: warning[unknown-type]: 'bytes' is allowed only for a body or a response as a whole",
        ],
    ),
    (
        "names that are none",
        "types: {'a.b': string, list: string, 9a: string}",
        "name: acme",
        [
            "main.yml:1:9: warning[bad-value]: 'a.b' is not a valid type name",
            "main.yml:1:24: warning[duplicate-name]: 'list' is a built-in type; it is left out",
            "main.yml:1:38: warning[bad-value]: '9a' is not a valid type name",
        ],
    ),
    (
        "aliases that lead only to each other",
        "types: {A: B, B: optional<C>, C: A, D: {discriminated: false, union: [D]}, Fine: A}",
        "name: acme",
        [
            "main.yml:1:9: warning[reference-loop]: the type 'A' refers only to itself: A -> B -> C -> A",
            "main.yml:1:37: warning[reference-loop]: the type 'D' refers only to itself",
        ],
    ),
    (
        "objects that extend themselves",
        "types: {A: {extends: B}, B: {extends: [A]}}",
        "name: acme",
        ["main.yml:1:9: warning[reference-loop]: the type 'A' extends itself: A -> B -> A"],
    ),
    (
        "a base that is not an object",
        "types: {E: {enum: [a]}, A: {extends: E}, B: {extends: [Nope]}}",
        "name: acme",
        [
            "main.yml:1:38: warning[bad-value]: 'E' is not an object, and cannot be extended",
            "main.yml:1:56: warning[undefined-type]: 'Nope' is not defined in main.yml",
        ],
    ),
    (
        "an enum without values",
        "types: {A: {enum: []}, B: {enum: }, C: {properties: {d: {type: {enum: []}}}}}",
        "name: acme",
        [
            "main.yml:1:13: warning[empty-enum]: the type 'A' is an enum that has no values",
            "main.yml:1:28: warning[empty-enum]: the type 'B' is an enum that has no values",
            "main.yml:1:65: warning[empty-enum]: the type 'd' is an enum that has no values",
        ],
    ),
    (
        "enum values that are no text",
        "types: {A: {enum: [1, true, {name: x}, ok, ok]}}",
        "name: acme",
        [
            "main.yml:1:20: warning[bad-value]: a value of an enum must be a string",
            "main.yml:1:23: warning[bad-value]: a value of an enum must be a string",
            "main.yml:1:29: warning[missing-key]: an enum value requires 'value'",
            "main.yml:1:44: warning[bad-value]: duplicate value 'ok'",
        ],
    ),
    (
        "unions without members",
        "types: {A: {union: {}}, B: {discriminated: false, union: []}}",
        "name: acme",
        [
            "main.yml:1:13: warning[empty-union]: the type 'A' is a union without members",
            "main.yml:1:51: warning[empty-union]: the type 'B' is a union without members",
        ],
    ),
    (
        "keys that are not known",
        ("docz: x\n" "types: {A: {propertys: {}, properties: {a: {type: string, dosc: x}}}}\n"),
        "name: acme",
        [
            "main.yml:1:1: warning[unknown-key]: unknown key 'docz' of 'main.yml'",
            "main.yml:2:13: warning[unknown-key]: unknown key 'propertys' of the type 'A'",
            "main.yml:2:59: warning[unknown-key]: unknown key 'dosc' of the property 'a'",
        ],
    ),
    (
        "values of the wrong kind",
        "types: {A: {docs: [x], properties: [], extra-properties: 3}, B: {properties: {a: {type: string, validation: {minLength: 1.5, min: x}}}}}",
        "name: acme",
        [
            "main.yml:1:19: warning[wrong-type]: expected a string for 'docs', found a list; it is left out",
            "main.yml:1:36: warning[wrong-type]: expected a mapping for 'properties', found a list; it is left out",
            "main.yml:1:58: warning[wrong-type]: expected true or false for 'extra-properties', found a number; it is left out",
            "main.yml:1:121: warning[wrong-type]: expected an integer for 'minLength', found a number; it is left out",
            "main.yml:1:131: warning[wrong-type]: expected a number for 'min', found a string; it is left out",
        ],
    ),
    (
        "a validation that has no effect",
        "types: {A: {properties: {a: {type: list<string>, validation: {minLength: 1}}}}}",
        "name: acme",
        [
            "main.yml:1:50: warning[not-expressible]: this validation has no effect: only strings and numbers can have it"
        ],
    ),
    (
        "defaults that do not fit",
        "types: {E: {enum: [a], default: b}, A: {properties: {a: {type: integer, default: x}, b: {type: optional<E>, default: c}, c: {type: list<string>, default: [1]}, d: {type: 'literal<\"x\">', default: y}}}}",
        "name: acme",
        [
            'main.yml:1:33: warning[bad-default]: "b" is not valid for its type',
            'main.yml:1:82: warning[bad-default]: "x" is not valid for its type',
            'main.yml:1:118: warning[bad-default]: "c" is not valid for its type',
            "main.yml:1:155: warning[bad-default]: [1] is not valid for its type",
            'main.yml:1:196: warning[bad-default]: "y" is not valid for its type',
        ],
    ),
    (
        "an availability that is none",
        "types: {A: {availability: soon, properties: {}}}",
        "name: acme",
        ["main.yml:1:27: warning[bad-value]: unknown availability 'soon'"],
    ),
    (
        "a generic type that never ends",
        "types: {'G<T>': {properties: {next: 'optional<G<list<T>>>'}}, A: {properties: {g: 'G<string>'}}}",
        "name: acme",
        [
            "main.yml:1:47: warning[reference-loop]: 'G' contains itself with ever larger type arguments"
        ],
    ),
    (
        "path parameters that are not declared",
        'service: {base-path: "/{a}", endpoints: {go: {path: "/{b}"}}}',
        "name: acme",
        [
            "main.yml:1:22: warning[undeclared-path-parameter]: '{a}' of the path is not in 'path-parameters'; it is a required string",
            "main.yml:1:53: warning[undeclared-path-parameter]: '{b}' of the path is not in 'path-parameters'; it is a required string",
        ],
    ),
    (
        "path parameters that the path lacks",
        "service: {base-path: /x, path-parameters: {a: string}, endpoints: {go: {path: /y, path-parameters: {b: string}, request: {name: R, path-parameters: {c: string}}}}}",
        "name: acme",
        [
            "main.yml:1:44: warning[unused-path-parameter]: the path parameter 'a' is not in the path '/x'; it is left out",
            "main.yml:1:101: warning[unused-path-parameter]: the path parameter 'b' is not in the path '/y'; it is left out",
            "main.yml:1:150: warning[unused-path-parameter]: the path parameter 'c' is not in the path '/y'; it is left out",
        ],
    ),
    (
        "paths that are none",
        "service: {base-path: /, endpoints: {e: {path: '/x y?'}, f: {path: '/{}'}, g: {path: '/{a}/{a}', path-parameters: {a: string}}, go: {path: \"/{a\"}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:47: warning[bad-path]: '/x y?' is not a path: it has invalid characters",
            "main.yml:1:67: warning[bad-path]: '/{}' is not a path template",
            "main.yml:1:85: warning[bad-path]: '{a}' is in the path twice",
            "main.yml:1:139: warning[bad-path]: '/{a' is not a path template",
        ],
    ),
    (
        "an endpoint that says too little",
        "service: {base-path: /, endpoints: {go: {}}}" + T,
        "name: acme",
        ["main.yml:1:41: warning[missing-key]: an endpoint requires 'path'"],
    ),
    (
        "a method that is none",
        "service: {base-path: /, endpoints: {go: {path: '', method: FETCH}}}" + T,
        "name: acme",
        ["main.yml:1:60: warning[bad-value]: 'FETCH' is not a valid value of 'method'"],
    ),
    (
        "a variable that is not declared",
        "service: {base-path: /, endpoints: {go: {path: '/{a}', path-parameters: {a: $tenant}}}}"
        + T,
        "name: acme",
        ["main.yml:1:77: warning[unresolved-reference]: unknown variable 'tenant'"],
    ),
    (
        "names of headers that would break out",
        'service: {base-path: /, endpoints: {go: {path: "", request: {name: R, headers: {"X-A\\r\\nB": string}}}}}'
        + T,
        "name: acme",
        ["main.yml:1:81: warning[bad-value]: 'X-A\\r\\nB' is not a header name"],
    ),
    (
        "media types that would break out",
        'service: {base-path: /, endpoints: {go: {path: "", request: {content-type: "a/b\\r\\nX: y", body: T}}}}'
        + T,
        "name: acme",
        ["main.yml:1:76: warning[bad-value]: 'a/b\\r\\nX: y' is not a media type"],
    ),
    (
        "an upload without a file",
        "service: {base-path: /, endpoints: {go: {path: '', request: {name: R, content-type: multipart/form-data, body: {properties: {a: string}}}}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:112: warning[upload-without-file]: this multipart body has no file among its properties"
        ],
    ),
    (
        "a property of the response that is not there",
        "service: {base-path: /, endpoints: {go: {path: '', response: {type: T, property: nam}}}}"
        + T,
        "name: acme",
        ["main.yml:1:82: warning[bad-reference]: the response has no property 'nam'"],
    ),
    (
        "a status that is no success",
        "service: {base-path: /, endpoints: {go: {path: '', response: {type: T, status-code: 404}}}}"
        + T,
        "name: acme",
        ["main.yml:1:85: warning[bad-value]: 404 is not a success status"],
    ),
    (
        "an error that is not declared",
        (
            "service: {base-path: /, endpoints: {go: {path: '', errors: [Gone, x.Gone]}}}\n"
            "types: {T: {properties: {name: string, state: {enum: [done]}}}}\n"
            "errors: {Gon: {status-code: 410}}\n"
        ),
        "name: acme",
        [
            "main.yml:1:61: warning[unresolved-reference]: unknown error 'Gone'",
            "main.yml:1:67: warning[unresolved-reference]: unknown error 'x.Gone'",
        ],
    ),
    (
        "errors that say too little",
        "errors: {A: {}, B: {status-code: 99}, 'c d': {status-code: 400}, D: 4, E: {status-code: [4]}}",
        "name: acme",
        [
            "main.yml:1:13: warning[missing-key]: the error 'A' requires 'status-code'",
            "main.yml:1:34: warning[bad-value]: '99' is not an HTTP status",
            "main.yml:1:39: warning[bad-value]: 'c d' is not a valid error name",
            "main.yml:1:69: warning[wrong-type]: expected a mapping for the error 'D', found a number; it is left out",
            "main.yml:1:89: warning[bad-value]: this is not an HTTP status",
        ],
    ),
    (
        "an error and a type of one name",
        ("types: {Gone: string}\n" "errors: {Gone: {status-code: 410}}\n"),
        "name: acme",
        [
            "main.yml:2:10: warning[duplicate-name]: 'Gone' is also a type of this package; the error is exported from 'errors' only"
        ],
    ),
    (
        "a stream without a condition",
        "service: {base-path: /, endpoints: {go: {path: '', response: T, response-stream: T}}}" + T,
        "name: acme",
        [
            "main.yml:1:65: warning[missing-key]: an endpoint with 'response' and 'response-stream' requires 'stream-condition'"
        ],
    ),
    (
        "a stream condition without a stream",
        "service: {base-path: /, endpoints: {go: {path: '', stream-condition: $request.stream, response: T}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:70: warning[missing-key]: an endpoint with 'stream-condition' requires 'response-stream'"
        ],
    ),
    (
        "a stream condition on nothing",
        "service: {base-path: /, endpoints: {go: {path: '', stream-condition: $request.steam, response: T, response-stream: T, request: {name: R, body: {properties: {stream: boolean}}}}}}"
        + T,
        "name: acme",
        ["main.yml:1:70: warning[bad-reference]: the request has no property 'steam'"],
    ),
    (
        "pagination that leads nowhere",
        "service: {base-path: /, endpoints: {go: {path: '', response: T, pagination: {cursor: $request.at, next_cursor: $response.nxt, results: $response.name.x}}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:86: warning[bad-reference]: the request has no 'at'",
            "main.yml:1:112: warning[bad-reference]: the response has no property 'nxt'",
            "main.yml:1:136: warning[bad-reference]: the response has no property 'name.x'",
        ],
    ),
    (
        "pagination that says too little",
        "service: {base-path: /, endpoints: {other: {path: /b, pagination: {results: $response.a}}, more: {path: /c, pagination: true}, go: {path: '', pagination: {offset: $request.a}}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:67: warning[missing-key]: this pagination has no way to request the next page",
            "main.yml:1:121: warning[missing-key]: 'pagination: true' requires 'pagination' in api.yml",
            "main.yml:1:155: warning[missing-key]: a pagination requires 'results'",
        ],
    ),
    (
        "a waiter that cannot wait",
        "service: {base-path: /, endpoints: {b: {path: /b, response: T, x-fiddlehead-waiter: {name: w}}, c: {path: /c, response: T, x-fiddlehead-waiter: {name: w, property: $response.stat, success: [a]}}, go: {path: '', response: T, x-fiddlehead-waiter: {name: w, property: $response.state, success: [don]}}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:85: warning[bad-extension]: a waiter requires 'name', 'property' and 'success'",
            "main.yml:1:165: warning[bad-extension]: the response has no property 'stat'",
            "main.yml:1:293: warning[bad-extension]: 'don' is not a valid value of 'state'",
        ],
    ),
    (
        "examples for what is not there",
        "service: {base-path: /, endpoints: {go: {path: '', examples: [{query-parameters: {a: 1}, reqest: 2, response: {body: $T.One, error: Nope}}]}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:83: warning[unknown-key]: the query-parameters of the endpoint have no 'a'",
            "main.yml:1:90: warning[unknown-key]: unknown key 'reqest' of an example",
            "main.yml:1:118: warning[unresolved-reference]: '$T.One' cannot be resolved: 'T' has no such example",
            "main.yml:1:133: warning[unresolved-reference]: unknown error 'Nope'",
        ],
    ),
    (
        "authentication that is not there",
        "service: {base-path: /, endpoints: {b: {path: /b, auth: [{A: []}]}, go: {path: '', auth: true}}}"
        + T,
        "name: acme",
        [
            "main.yml:1:59: warning[unresolved-reference]: unknown authentication scheme 'A'",
            "main.yml:1:90: warning[missing-key]: this requires authentication, but api.yml has no 'auth'",
        ],
    ),
    (
        "an api.yml that says too little",
        "types: {}",
        "nmae: x",
        [
            "api.yml:1:1: warning[missing-key]: api.yml requires 'name'",
            "api.yml:1:1: warning[unknown-key]: unknown key 'nmae' of api.yml",
        ],
    ),
    (
        "imports that lead nowhere",
        "types: {A: string}",
        (
            "name: a\n"
            "imports: {a: nope.yml, b: ../x.yml, c: api.yml}\n"
            "errors: [a.Fine, d.Bad]\n"
        ),
        [
            "api.yml:2:14: warning[unresolved-import]: 'nope.yml': no such file or directory",
            "api.yml:2:27: warning[unresolved-import]: '../x.yml' is outside the definition folder",
            "api.yml:3:18: warning[unresolved-reference]: unknown error 'd.Bad'",
        ],
    ),
    (
        "schemes that are none",
        "types: {}",
        (
            "name: a\n"
            "auth: Bearr\n"
            "auth-schemes: {A: {scheme: bearr}, B: {}, C: 3, D: {scheme: oauth, type: device-code}, E: {scheme: oauth}, F: {header: 'X A'}}\n"
        ),
        [
            "api.yml:2:7: error[unreadable-auth]: unknown scheme 'Bearr', so no credential would be sent",
            "api.yml:3:28: warning[bad-value]: 'bearr' is not a valid value of 'scheme'",
            "api.yml:3:36: warning[missing-key]: the scheme 'B' requires 'scheme' or 'header'",
            "api.yml:3:46: warning[wrong-type]: expected a mapping for the scheme 'C', found a number; it is left out",
            "api.yml:3:49: warning[not-expressible]: the OAuth flow 'device-code' requires a browser, which the client does not have",
            "api.yml:3:88: warning[missing-key]: the scheme 'E' requires 'get-token'",
            "api.yml:3:112: warning[bad-value]: 'X A' is not a header name",
        ],
    ),
    (
        "a token endpoint that is not there",
        "types: {}",
        ("name: a\n" "auth-schemes: {A: {scheme: inferred, get-token: {endpoint: x.get}}}\n"),
        ["api.yml:2:60: warning[unresolved-reference]: unknown endpoint 'x.get'"],
    ),
    (
        "environments that do not fit",
        "types: {}",
        (
            "name: a\n"
            "default-environment: Prdo\n"
            "default-url: C\n"
            "environments: {Prod: {urls: {A: 'https://a'}}, Other: {urls: {B: 'https://b'}}, Bad: 'https://a b', Empty: {}}\n"
        ),
        [
            "api.yml:2:22: warning[unresolved-reference]: unknown environment 'Prdo'",
            "api.yml:3:14: warning[unresolved-reference]: no environment has a URL 'C'",
            "api.yml:4:16: warning[missing-key]: the environment 'Prod' has no URL 'B'",
            "api.yml:4:48: warning[missing-key]: the environment 'Other' has no URL 'A'",
            "api.yml:4:86: warning[bad-value]: 'https://a b' is not a URL",
            "api.yml:4:108: warning[missing-key]: the environment 'Empty' requires 'url'",
        ],
    ),
    (
        "an endpoint that could go to two URLs",
        "service: {base-path: /, endpoints: {go: {path: ''}}}" + T,
        ("name: a\n" "environments: {P: {urls: {A: 'https://a', B: 'https://b'}}}\n"),
        [
            "main.yml:1:41: warning[missing-key]: the environments have several URLs, but none of them is selected here"
        ],
    ),
    (
        "a version that is none",
        "types: {}",
        ("name: a\n" "version: {header: X-V, default: v3, values: [v1, v2]}\n"),
        ["api.yml:2:33: warning[bad-default]: 'v3' is not one of the versions"],
    ),
    (
        "what has no counterpart",
        "export: {dependency: x}",
        ("name: a\n" "base-url-env: X\n" "global-parameters: {a: {in: body}}\n"),
        [
            "api.yml:2:1: warning[not-expressible]: base URLs are not read from the environment",
            "api.yml:3:21: warning[not-expressible]: the parameter 'a' is left out: only headers and query parameters of all requests can be arguments of the client",
            "main.yml:1:1: warning[not-expressible]: types of other packages are generated in this package",
            "main.yml:1:1: warning[unknown-key]: unknown key 'export' of 'main.yml'",
        ],
    ),
    (
        "a channel and a webhook that say too little",
        ("channel: {messages: {a: {origin: me, body: string}}}\n" "webhooks: {w: {method: PUT}}\n"),
        "name: acme",
        [
            "main.yml:1:10: warning[missing-key]: a channel requires 'path'",
            "main.yml:1:34: warning[bad-value]: 'me' is not a valid value of 'origin'",
            "main.yml:2:15: warning[missing-key]: the webhook 'w' requires 'payload'",
            "main.yml:2:24: warning[bad-value]: 'PUT' is not a valid value of 'method'",
        ],
    ),
    (
        "signatures with keys",
        "webhooks: {w: {payload: string, signature: {type: asymmetric, header: X}}}",
        "name: acme",
        [
            "main.yml:1:44: warning[missing-key]: an asymmetric signature requires 'asymmetric-algorithm'"
        ],
    ),
]


@pytest.mark.parametrize(
    ("main", "api", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_problems(main: str, api: str, expected: list[str]) -> None:
    assert Read({"main.yml": main, "api.yml": api}).problems == expected


def test_a_type_for_other_audiences_that_is_needed() -> None:
    text = (
        "types: {A: {audiences: [internal], properties: {}}, B: {extends: A, properties: {a: A}}}"
    )
    result = Read({"main.yml": text}, replace(SETTINGS, audiences=("public",)))
    assert [problem.split(": ", 1)[1] for problem in result.problems] == [
        "warning[missing-audience-type]: 'A' is excluded by the audiences, but is used here"
    ] * 2


def test_a_problem_shows_the_line_a_caret_and_a_hint() -> None:
    result = Read({"main.yml": "types:\n  User:\n    properties:\n      age: list<intger>\n"})
    assert result.diagnostics.reported[0].render() == (
        "main.yml:4:17: warning[unknown-type]: unknown type 'intger'\n"
        "  4 |       age: list<intger>\n"
        "    |                 ^^^^^^\n"
        "  hint: did you mean 'integer'?"
    )


def test_a_type_of_another_file_is_hinted_at() -> None:
    result = Read({"a.yml": "types: {A: Tag}", "b.yml": "types: {Tag: string}"})
    assert result.diagnostics.reported[0].hint == "'Tag' is defined in b.yml: import that file"


def test_two_types_of_one_name_in_one_package() -> None:
    result = Read({"a.yml": "types: {T: string}", "a/__package__.yml": "types: {T: integer}"})
    (problem,) = result.diagnostics.reported
    assert problem.code == "duplicate-name"
    assert sorted([str(problem.span), str(problem.related[0][1])]) == [
        "a.yml:1:9",
        "a/__package__.yml:1:9",
    ]


def test_two_endpoints_of_one_name_in_one_group() -> None:
    service = "service: {base-path: /NAME, endpoints: {go: {path: ''}}}"
    result = Read({"a.yml": service, "a/__package__.yml": service.replace("NAME", "other")})
    # The Python stage says what each of them is called.
    assert [diagnostic.code for diagnostic in result.diagnostics.reported] == []


def test_two_types_in_place_of_one_name_have_to_be_equal() -> None:
    same = "service: {base-path: /, endpoints: {a: {path: '', request: {name: R, query-parameters: {k: {enum: [x]}}, body: {properties: {k: {enum: [VALUE]}}}}}}}"
    assert Read({"a.yml": same.replace("VALUE", "x")}).problems == []
    result = Read({"a.yml": same.replace("VALUE", "y")})
    assert [diagnostic.code for diagnostic in result.diagnostics.reported] == ["duplicate-name"]


def test_a_folder_without_an_api() -> None:
    result = Read({"api.yml": "[", "main.yml": "types: {A: Nope}"})
    assert [diagnostic.code for diagnostic in result.diagnostics.reported] == ["invalid-yaml"]
    result = Read({"elsewhere/api.yml": "name: a"}, replace(SETTINGS, spec=SETTINGS.spec / "none"))
    assert [diagnostic.code for diagnostic in result.diagnostics.reported] == ["missing-file"]


def test_a_file_that_cannot_be_read_hides_no_problem_of_the_others() -> None:
    result = Read(
        {"broken.yml": "a: [", "a.yml": "imports: {b: broken.yml}\ntypes: {A: b.Tag, B: Nope}"}
    )
    assert [diagnostic.code for diagnostic in result.diagnostics.reported] == [
        "undefined-type",
        "invalid-yaml",
    ]


def test_keys_are_there_twice() -> None:
    result = Read({"a.yml": "types:\n  A: string\n  A: integer\n"})
    assert result.problems == [
        "a.yml:3:3: warning[duplicate-key]: duplicate key 'A'; the last one is used"
    ]


def test_other_protocols_than_http_are_reported() -> None:
    text = "service: {base-path: /, transport: {grpc: {}}, endpoints: {go: {path: ''}}}"
    assert Read({"main.yml": text}).problems == [
        "main.yml:1:25: warning[not-expressible]: gRPC is not supported: the endpoint is called over HTTP"
    ]


def test_audiences_that_api_yml_does_not_know() -> None:
    files = {
        "api.yml": "name: acme\naudiences: [public]\n",
        "main.yml": "types: {A: {audiences: [publik], properties: {}}}",
    }
    result = Read(files, replace(SETTINGS, audiences=("public", "pubic")))
    assert result.problems == [
        "api.yml:2:1: warning[unused-setting]: the audience 'pubic' of the settings is not in api.yml",
        "main.yml:1:25: warning[bad-value]: unknown audience 'publik': it is not in api.yml",
    ]
