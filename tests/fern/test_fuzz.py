"""Any definition, also an invalid one, gives located problems and no exception."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from fiddlehead import ir, queries
from fiddlehead.diagnostics import InvalidInput
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..support import pipeline, syntax
from .definitions import Read

API = """
name: acme
imports: {main: main.yml, auth: auth.yml}
auth: {any: [Bearer, Key, OAuth, Inferred]}
auth-schemes:
  Bearer: {scheme: bearer, token: {name: apiKey, env: KEY}}
  Basic: {scheme: basic, username: {name: id, env: ID}, password: {omit: true}}
  Key: {header: X-Key, name: key, env: K, prefix: "Token ", type: string}
  OAuth:
    scheme: oauth
    type: client-credentials
    get-token: {endpoint: auth.get, request-properties: {client-id: $request.id}}
  Inferred:
    scheme: inferred
    get-token:
      endpoint: auth.get
      authenticated-request-headers: [{header-name: X-A, response-property: $response.token}]
default-environment: Prod
default-url: Api
environments:
  Prod: {urls: {Api: "https://a.x", Auth: "https://b.x"}, variables: {Api: [{id: r, default: x}]}}
headers: {X-Name: {type: optional<string>, env: NAME}}
errors: [main.Gone]
base-path: /{tenant}
path-parameters: {tenant: string}
variables: {edition: {type: string, env: KEY}}
pagination: {offset: $request.page, results: $response.items}
version: {header: X-V, default: v1, values: [v1, {value: v2}]}
idempotency-headers: {Idempotency-Key: string}
error-discrimination: {strategy: property, property-name: name}
audiences: [public]
global-parameters: {region: {in: query, default: eu}}
"""

AUTH = """
types: {Token: {properties: {token: string}}}
service:
  auth: false
  url: Auth
  base-path: /auth
  endpoints:
    get: {path: /get, method: POST, request: {name: Get, body: {properties: {id: string}}}, response: Token}
"""

MAIN = """
imports: {auth: auth.yml}
types:
  Id: {type: string, validation: {minLength: 1}, examples: [{name: One, value: x}]}
  Pet:
    docs: An animal.
    extends: [Named]
    extra-properties: true
    availability: {status: beta, message: New.}
    audiences: [public]
    properties: {id: Id, age: {type: optional<integer>, default: 3, access: read-only}, own: {enum: [a, b]}}
    examples: [{name: Two, value: {id: $Id.One}}]
  Named: {properties: {name: "map<string, list<optional<Id>>>"}}
  Color: {enum: [RED, {value: "x", name: X, docs: d}], default: RED}
  Animal:
    discriminant: {value: kind, name: sort}
    base-properties: {id: string}
    union: {pet: Pet, list: {type: list<Pet>, key: all}, empty: {}}
  Mixed: {discriminated: false, union: [string, list<Mixed>, {type: Pet, docs: d}]}
  "Page<T>": {properties: {items: list<T>, next: optional<string>}}
  Pets: Page<Pet>
errors: {Gone: {status-code: 410, type: Id, examples: [{value: $Id.One}]}}
webhook-signature: {type: hmac, header: X-S, payload-format: {components: [body]}}
webhooks: {paid: {method: POST, payload: {name: Paid, properties: {id: Id}}, headers: {X-W: string}}}
channel:
  path: /live/{id}
  auth: true
  path-parameters: {id: string}
  messages: {send: {origin: client, body: Id}, got: {origin: server, body: {properties: {a: Id}}}}
service:
  auth: true
  base-path: /pets
  headers: {X-Service: string}
  endpoints:
    list:
      method: GET
      path: ""
      pagination: true
      request: {name: L, query-parameters: {page: optional<integer>, tag: {type: Id, allow-multiple: true}}}
      response: Pets
    chat:
      path: /{id}
      path-parameters: {id: Id}
      stream-condition: $request.stream
      request: {name: C, headers: {X-H: Id}, body: {extends: Named, properties: {stream: boolean, file: file}}}
      response: {type: Pet, property: id, status-code: 201}
      response-stream: {type: Id, format: sse, terminator: "[DONE]"}
      errors: [Gone, {error: Gone, docs: d}]
      x-fiddlehead-waiter: {name: wait, property: $response.id, success: [x]}
      examples: [{path-parameters: {id: $Id.One}, response: {body: $Pet.Two}}, {response: {stream: [$Id.One]}}]
"""

WHOLE: dict[str, Any] = {
    "api.yml": yaml.safe_load(API),
    "auth.yml": yaml.safe_load(AUTH),
    "main.yml": yaml.safe_load(MAIN),
}


def _keys(node: Any) -> set[str]:
    """Every key in a document."""
    if isinstance(node, dict):
        return {*node, *(key for value in node.values() for key in _keys(value))}
    return {key for value in node for key in _keys(value)} if isinstance(node, list) else set()


def _places(node: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a document."""
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node) if isinstance(node, list) else ()
    )
    return [way, *(place for key, value in inner for place in _places(value, (*way, key)))]


PLACES = [place for place in _places(WHOLE) if len(place) > 1]
TYPES = [
    "Id",
    "Pet",
    "Pets",
    "Page",
    "Page<Pet>",
    "Page<Pets>",
    "Mixed",
    "Color",
    "auth.Token",
    "main.Pet",
]
TEXTS = [
    *TYPES, "string", "optional<", "list<>", "map<string>", 'literal<"a>', "nullable<optional<Id>>",
    "$Id.One", "$Pet.Two", "$request.page", "$response.items.x", "/{id}/{id}", "/{", "", ".", "..",
    "../../x.yml", 'a"; import os #', "\n", "\u2028", "None", "main.Gone", "Gone", "GET", "file", "text",
    "true", "public", "Api", "Bearer", "a" * 300, "list<" * 80, "\x00",
]  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from(TEXTS),
    st.none(),
    st.booleans(),
    st.integers(-10, 1000),
    st.sampled_from([1.5, float("inf"), 1e300]),
    st.text(max_size=6),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(sorted(_keys(WHOLE))) | st.text(max_size=4), inner, max_size=3
        ),
    ),
    max_leaves=6,
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.sampled_from(["replace", "remove", "move", "add"]),
        VALUES,
        st.sampled_from(PLACES),
    ),
    min_size=1,
    max_size=6,
)


def _at(document: Any, way: tuple[Any, ...]) -> Any:
    for step in way:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def _changed(changes: list[tuple[tuple[Any, ...], str, Any, tuple[Any, ...]]]) -> dict[str, Any]:
    """The whole definition with values replaced, removed, moved and added."""
    result = copy.deepcopy(WHOLE)
    for way, what, value, other in changes:
        holder, key = _at(result, way[:-1]), way[-1]
        there = isinstance(holder, dict | list) and _at(result, way) is not None
        if what == "add" and isinstance(_at(result, way), dict):
            _at(result, way)[str(other[-1])] = value
        elif there and what == "replace":
            holder[key] = value
        elif there and what == "remove":
            del holder[key]
        elif there and what == "move":
            holder[key] = copy.deepcopy(_at(result, other))
    return result


def _check(files: dict[str, str]) -> None:
    result = Read(files)
    for problem in result.diagnostics.reported:
        assert problem.span is not None or problem.code == "missing-file"
        assert problem.message and "Traceback" not in problem.render()
    declared = result.api.declarations
    for package, endpoint in ir.endpoints(result.api.root):
        assert endpoint.path.startswith("/") and endpoint.name and all(package)
        # Whatever is referred to is there, so that the next stage can rely on it.
        types = [parameter.type for parameter in endpoint.parameters]
        types += [field.type for field in endpoint.body.fields] if endpoint.body else []
        types += [endpoint.result.type] if endpoint.result.type else []
        for type_ in types:
            for ref in queries.references(type_):
                assert ref.id in declared, ref.id
    for declaration in declared.values():
        for base in declaration.extends if isinstance(declaration, ir.Model | ir.Union) else ():
            assert isinstance(declared[base.id], ir.Model)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES)
def test_changed_definitions(
    changes: list[tuple[tuple[Any, ...], str, Any, tuple[Any, ...]]],
) -> None:
    _check({name: json.dumps(node) for name, node in _changed(changes).items()})


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES)
def test_any_documents(api: Any, main: Any) -> None:
    _check({"api.yml": json.dumps(api), "main.yml": json.dumps(main)})


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='optinalsrgm<>,. "T', max_size=20))
def test_any_type_syntax(text: str) -> None:
    _check({"main.yml": json.dumps({"types": {"T": "string", "A": {"properties": {"a": text}}}})})


def test_the_definition_that_is_changed_has_no_problems() -> None:
    result = Read({name: json.dumps(node) for name, node in WHOLE.items()})
    assert result.problems == []
    assert len(result.endpoints) == 4


def test_long_chains_and_deep_values_are_no_problem_for_the_reader() -> None:
    """Nothing recurses as deep as a description is long; Python allows a thousand levels."""
    count = range(1500)
    chains: dict[str, Any] = {}
    for n in count:
        chains[f"A{n}"] = f"A{n + 1}"
        chains[f"B{n}"] = {"extends": f"B{n + 1}", "properties": {f"p{n}": "string"}}
        chains[f"G{n}<T>"] = {"properties": {"next": f"G{n + 1}<T>"}}
        chains[f"E{n}"] = {"type": "unknown", "examples": [{"name": "X", "value": f"$E{n + 1}.X"}]}
        chains[f"U{n}"] = {"discriminated": False, "union": [f"U{n + 1}", "integer"]}
    ends = {"A": "string", "B": {"properties": {"end": "string"}}, "G": {"properties": {}}}
    ends |= {"E": {"type": "unknown", "examples": [{"name": "X", "value": 1}]}, "U": "string"}
    for letter, end in ends.items():
        chains[f"{letter}1500<T>" if letter == "G" else f"{letter}1500"] = end
    chains["All"] = {"properties": {"a": "A0", "b": "B0", "g": "G0<string>", "u": "U0"}}
    body: dict[str, Any] = {"extends": "B0", "properties": {"all": "All"}}
    deep: dict[str, Any] = {"properties": {}}
    for _ in range(95):
        deep = {"properties": {"inner": deep}}
    chains["Deep"] = deep
    service = {
        "base-path": "/",
        "endpoints": {
            "go": {"path": "", "request": {"name": "R", "body": body}, "response": "All"}
        },
    }
    result = Read({"main.yml": json.dumps({"types": chains, "service": service})})
    codes = {diagnostic.code for diagnostic in result.diagnostics.reported}
    # Two chains are longer than is allowed, and said to be.
    assert codes == {"reference-loop", "example-too-large"}
    (endpoint,) = result.endpoints.values()
    assert endpoint.body is not None and len(endpoint.body.fields) == 1502


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(changes=CHANGES)
def test_a_randomly_changed_definition_still_gives_a_client(
    changes: list[tuple[tuple[Any, ...], str, Any, tuple[Any, ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _changed(changes).items():
            Path(folder, name).write_text(json.dumps(content), encoding="utf-8")
        try:
            files = pipeline.make(Path(folder), "acme").files
        except InvalidInput as problem:
            assert problem.diagnostics.errors
            return
    syntax.check(files)
