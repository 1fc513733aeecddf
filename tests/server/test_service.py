"""The mock server's core: requests in, responses out, without HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from fiddlehead.server import Failure, Request, Response, Service

from ..support.pipeline import ROOT, read_spec

KEY = {"authorization": "Bearer key"}
JOB = {"model": "m", "dataset_id": "ds-1", "input_type": "search_query"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def send(
    service: Service, method: str, target: str, body: object = None, **headers: str
) -> Response:
    path, _, query = target.partition("?")
    content = (
        b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = {} if body is None else {"content-type": "application/json"}
    return service.respond(Request(method, path, query, {**kind, **named}, content))


def value(response: Response) -> Any:  # JSON can be anything.
    return json.loads(response.body)


def service_of(folder: Path, text: str, **options: Any) -> Service:
    spec = folder / "openapi.yaml"
    spec.write_text("openapi: 3.1.0\ninfo: {title: T, version: '1'}\n" + text, encoding="utf-8")
    return Service(read_spec(spec), **options)


@pytest.fixture(scope="module")
def api() -> Any:
    return read_spec(ROOT / "spec" / "openapi.yaml")


def test_a_job_changes_state_over_time(api: Any) -> None:
    clock = Clock()
    service = Service(api, clock=clock)
    created = value(send(service, "POST", "/v1/embed-jobs", JOB, **KEY))["job_id"]
    at = f"/v1/embed-jobs/{created}"
    assert (
        value(send(service, "GET", "/v1/embed-jobs", **KEY))["embed_jobs"][0]["job_id"] == created
    )
    states = [value(send(service, "GET", at, **KEY))["status"] for _ in range(4)]
    assert states == ["processing", "processing", "processing", "complete"]
    job = value(send(service, "GET", at, **KEY))
    assert (job["input_dataset_id"], job["model"]) == ("ds-1", "m")
    assert "output_dataset_id" in job

    slow = value(send(service, "POST", "/v1/embed-jobs", JOB, **KEY))["job_id"]
    assert value(send(service, "GET", f"/v1/embed-jobs/{slow}", **KEY))["status"] == "processing"
    clock.now = 31
    assert value(send(service, "GET", f"/v1/embed-jobs/{slow}", **KEY))["status"] == "complete"

    stopped = value(send(service, "POST", "/v1/embed-jobs", JOB, **KEY))["job_id"]
    assert send(service, "POST", f"/v1/embed-jobs/{stopped}/cancel", **KEY).body == b""
    clock.now = 90
    job = value(send(service, "GET", f"/v1/embed-jobs/{stopped}", **KEY))
    assert job["status"] == "cancelled" and "output_dataset_id" not in job


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "message"),
    [
        ("GET", "/v1/embed-jobs", None, {}, 401, "credentials"),
        ("GET", "/v1/nothing", None, KEY, 404, "/v1/nothing"),
        ("GET", "/v1/embed-jobs/none", None, KEY, 404, "path.id"),
        ("POST", "/v1/embed-jobs/none/cancel", None, KEY, 404, "path.id"),
        ("DELETE", "/v1/embed-jobs", None, KEY, 405, "GET, POST"),
        ("POST", "/v1/embed-jobs", b"{", KEY, 400, "not JSON"),
        ("POST", "/v1/embed-jobs", b"[" * 100_000, KEY, 400, "nested too deeply"),
        ("POST", "/v1/embed-jobs", b"\xff", KEY, 400, "body"),
        ("POST", "/v1/embed-jobs", None, KEY, 422, "body: is missing"),
        ("POST", "/v1/embed-jobs", {"model": 1}, KEY, 422, "body.model: 1 is not a string"),
        ("POST", "/v1/embed-jobs", [], KEY, 422, "is not an object"),
    ],
)
def test_invalid_requests_are_rejected(
    api: Any,
    method: str,
    path: str,
    body: object,
    headers: dict[str, str],
    status: int,
    message: str,
) -> None:
    response = send(Service(api), method, path, body, **headers)
    assert response.status == status
    assert message in value(response)["message"]


def test_a_problem_has_its_place_in_the_request_and_in_the_description(api: Any) -> None:
    wrong = {**JOB, "embedding_types": ["float", "x"]}
    response = send(Service(api), "POST", "/v1/embed-jobs", wrong, **KEY)
    lines = (ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8").splitlines()
    line = lines.index("        embedding_types:") + 2
    assert response.status == 422
    assert value(response)["message"].startswith(
        'body.embedding_types[1]: "x" is not one of "float"'
    )
    assert value(response)["message"].endswith(f"openapi.yaml:{line}:11)")


THINGS = """
paths:
  /things:
    get:
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.data}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties:
                  data: {type: array, items: {$ref: '#/components/schemas/Thing'}}
                  next: {type: [string, 'null']}
    post:
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      responses: &thing
        "201":
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
        "422":
          description: no
          content:
            application/json:
              schema:
                type: object
                properties:
                  detail:
                    type: array
                    items:
                      type: object
                      required: [loc, msg]
                      properties:
                        loc: {type: array, items: {anyOf: [{type: string}, {type: integer}]}}
                        msg: {type: string}
  /things/{thing_id}:
    parameters: [{name: thing_id, in: path, required: true, schema: {type: string}}]
    get: {responses: *thing}
    patch:
      requestBody:
        content: {application/json: {schema: {type: object, properties: {size: {type: integer}}}}}
      responses: *thing
    delete: {responses: {"204": {description: gone}}}
  /things/{thing_id}/check:
    post:
      parameters: [{name: thing_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: object, required: [id, ok], properties: {id: {type: string}, ok: {type: boolean}}}}}
components:
  schemas:
    Thing:
      type: object
      required: [id, size]
      properties:
        id: {type: string, readOnly: true}
        size: {type: integer, minimum: 3, maximum: 9}
"""


def test_resources_are_created_listed_changed_and_deleted(tmp_path: Path) -> None:
    service = service_of(tmp_path, THINGS)
    response = send(service, "POST", "/things", {"size": 4})
    assert response.status == 201 and value(response)["size"] == 4
    at = f"/things/{value(response)['id']}"
    assert value(send(service, "PATCH", at, {"size": 5})) == {**value(response), "size": 5}
    assert value(send(service, "POST", f"{at}/check"))["id"] == value(response)["id"]
    assert value(send(service, "GET", at))["size"] == 5
    assert send(service, "DELETE", at).status == 204
    assert send(service, "GET", at).status == 404


def test_pages_without_an_example_are_two_or_more_and_end(tmp_path: Path) -> None:
    service, ids, query, pages = service_of(tmp_path, THINGS), list[str](), "", 0
    while True:
        page = value(send(service, "GET", f"/things{query}"))
        ids += [item["id"] for item in page["data"]]
        pages += 1
        assert page["data"] and all(3 <= item["size"] <= 9 for item in page["data"])
        if page["next"] is None:
            break
        query = f"?after={page['next']}"
    assert pages >= 2 and len(set(ids)) == len(ids)


def test_problems_have_the_described_form(tmp_path: Path) -> None:
    response = send(service_of(tmp_path, THINGS), "POST", "/things", {"size": 40})
    assert response.status == 422
    (detail,) = value(response)["detail"]
    assert detail["loc"] == ["body", "size"] and "40 is more than 9" in detail["msg"]


def test_one_seed_gives_the_same_values(tmp_path: Path) -> None:
    bodies = [
        send(service_of(tmp_path, THINGS, seed=seed), "GET", "/things").body for seed in (1, 1, 2)
    ]
    assert bodies[0] == bodies[1] != bodies[2]


KINDS = """
security: [{k: []}]
paths:
  /events:
    get:
      x-fern-streaming: {format: sse, terminator: "[DONE]"}
      responses:
        "200":
          description: ok
          content: {text/event-stream: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}
  /file:
    get:
      responses: {"200": {description: ok, content: {application/pdf: {schema: {type: string, format: binary}}}}}
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, count]
              properties: {file: {type: string, format: binary}, count: {type: integer}}
      responses: {"204": {description: ok}}
  /search:
    get:
      parameters:
        - {name: n, in: query, required: true, schema: {type: integer, maximum: 10}}
        - {name: tags, in: query, schema: {type: array, items: {type: string, enum: [a, b]}}}
        - {name: at, in: query, style: deepObject, schema: {type: object, properties: {x: {type: integer}}}}
        - {name: ids, in: query, style: deepObject, schema: {type: array, items: {type: integer}}}
        - {name: X-Mode, in: header, schema: {type: boolean}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
components:
  securitySchemes: {k: {type: apiKey, in: header, name: X-Key}}
"""


def test_streams_and_downloads(tmp_path: Path) -> None:
    service = service_of(tmp_path, KINDS)
    events = send(service, "GET", "/events", **{"x-key": "k"})
    assert events.content_type == "text/event-stream" and events.streamed
    assert len(events.chunks) > 2 and events.chunks[-1] == b"data: [DONE]\n\n"
    file = send(service, "GET", "/file", **{"x-key": "k"})
    assert file.content_type == "application/pdf" and file.body


@pytest.mark.parametrize(
    ("query", "mode", "message"),
    [
        ("n=3&tags=a&tags=b&at[x]=1", "true", None),
        ("n=3&ids[0]=1&ids[1]=2", "true", None),
        ("n=3&ids[0]=1&ids[1]=b", "true", 'query.ids[1]: "b" is not an integer'),
        ("", "true", "query.n: is missing"),
        ("n=x", "true", 'query.n: "x" is not an integer'),
        ("n=11", "true", "query.n: 11 is more than 10"),
        ("n=1&tags=a&tags=c", "true", 'query.tags[1]: "c" is not one of'),
        ("n=1&at[x]=no", "true", 'query.at.x: "no" is not an integer'),
        ("n=1", "maybe", 'header.X-Mode: "maybe" is not a boolean'),
    ],
)
def test_parameters(tmp_path: Path, query: str, mode: str, message: str | None) -> None:
    service = service_of(tmp_path, KINDS)
    response = send(service, "GET", f"/search?{query}", **{"x-key": "k", "x-mode": mode})
    assert response.status == (422 if message else 200)
    assert message is None or value(response)["message"].startswith(message)


def test_uploads(tmp_path: Path) -> None:
    service = service_of(tmp_path, KINDS)
    headers = {"x-key": "k", "content-type": "multipart/form-data; boundary=B"}

    def upload(count: str, end: str = "--B--\r\n") -> Response:
        body = (
            '--B\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nx\r\n'
            f'--B\r\nContent-Disposition: form-data; name="count"\r\n\r\n{count}\r\n{end}'
        )
        return send(service, "POST", "/file", body.encode(), **headers)

    assert upload("2").status == 204
    assert upload("two").status == 422
    assert upload("2", end="").status == 400
    assert send(service, "POST", "/file", {"count": 1}, **{"x-key": "k"}).status == 415


def test_requested_failures(api: Any) -> None:
    service = Service(api, failures=[Failure.parse("503@50%")])
    statuses = [send(service, "GET", "/v1/embed-jobs", **KEY).status for _ in range(40)]
    assert set(statuses) == {200, 503}
    for wrong in ("503", "200@1", "503@2", "x@y"):
        with pytest.raises(ValueError):
            Failure.parse(wrong)


ITEM = "type: object, required: [n], properties: {n: {type: integer}}"
LISTS = """
paths:
  /offset:
    get:
      x-fern-pagination: {offset: $request.from, results: $response.items}
      parameters: [{name: from, in: query, schema: {type: integer}}]
      responses: &list
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  next: {type: [string, "null"]}
                  more: {type: boolean}
                  items: {type: array, items: {ITEM}}
  /page:
    get:
      x-fern-pagination: {offset: $request.page, results: $response.items, has-next-page: $response.more}
      parameters: [{name: page, in: query, schema: {type: integer, minimum: 1}}]
      responses: *list
  /uri:
    get:
      x-fern-pagination: {next_uri: $response.next, results: $response.items}
      responses: *list
  /path:
    get:
      x-fern-pagination: {next_path: $response.next, results: $response.items}
      responses: *list
  /cursor:
    post:
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.items}
      requestBody:
        content: {application/json: {schema: {type: object, properties: {after: {type: string}}}}}
      responses: *list
""".replace("{ITEM}", "{" + ITEM + "}")


def following(kind: str, page: Any, read: int) -> tuple[str, Any] | None:
    """The query or the path, and the body, of the request after a page; None at the end."""
    match kind:
        case "offset":
            return (f"/offset?from={read}", None) if page["items"] else None
        case "page":
            return (f"/page?page={2 if read else 1}", None) if page["more"] else None
        case "cursor":
            return ("/cursor", {"after": page["next"]}) if page["next"] else None
        case _:
            if not page["next"]:
                return None
            url = urlsplit(page["next"])
            return f"{url.path}?{url.query}", None


@pytest.mark.parametrize("kind", ["offset", "page", "uri", "path", "cursor"])
def test_every_kind_of_pages_ends(tmp_path: Path, kind: str) -> None:
    service = service_of(tmp_path, LISTS)
    request: tuple[str, Any] | None = (f"/{kind}", {} if kind == "cursor" else None)
    results: list[Any] = []
    pages = 0
    while request is not None and pages < 9:
        page = value(send(service, "POST" if kind == "cursor" else "GET", *request))
        pages += bool(page["items"])
        results += page["items"]
        request = following(kind, page, len(results))
    assert pages == 2 and request is None
    assert len({json.dumps(item) for item in results}) == len(results) >= 4


def test_a_resource_keeps_the_id_that_it_is_created_with(tmp_path: Path) -> None:
    text = THINGS.replace("id: {type: string, readOnly: true}", "id: {type: string}")
    service = service_of(tmp_path, text)
    thing = {"id": "mine", "size": 4}
    assert value(send(service, "POST", "/things", thing)) == thing
    assert value(send(service, "GET", "/things/mine")) == thing
    other = value(send(service, "POST", "/things", thing))
    assert other["id"] != "mine"


def test_a_large_description_with_hostile_names(tmp_path: Path) -> None:
    names = ["class", "a b", "é☃", "__proto__", "None", "x" * 300, "1st", "'\"", "\u202e", "$ref"]
    schemas = {
        f"T{n}": {
            "type": "object",
            "properties": {
                "next": {"$ref": f"#/components/schemas/T{(n + 1) % 3000}"},
                **({name: {"type": "integer"} for name in names} if n == 0 else {}),
            },
        }
        for n in range(3000)
    }
    result = {"application/json": {"schema": {"$ref": "#/components/schemas/T0"}}}
    paths = {
        f"/{name}": {"get": {"responses": {"200": {"description": "", "content": result}}}}
        for name in names
    }
    service = service_of(
        tmp_path,
        f'paths: {json.dumps(paths)}\ncomponents: {json.dumps({"schemas": schemas})}\n',
    )
    for name in names:
        assert {*names} <= value(send(service, "GET", f"/{quote(name, safe='')}")).keys()


def test_shares_of_failures_are_of_all_requests(api: Any) -> None:
    failures = [Failure.parse("503@50%"), Failure.parse("429@0.5")]
    service = Service(api, failures=failures)
    statuses = [send(service, "GET", "/v1/embed-jobs", **KEY).status for _ in range(200)]
    assert set(statuses) == {503, 429}
    assert 60 < statuses.count(429) < 140


BOATS = """
paths:
  /boats:
    get:
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Boat"}}}}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Boat:
      type: object
      required: [code, mail, site, depth, draught, crew]
      properties:
        code: {type: string, pattern: '^[A-Z]{3}-\\d{3}$'}
        mail: {type: string, format: email, maxLength: 12}
        site: {type: string, format: uri, pattern: '^https://.*/$', minLength: 12}
        depth: {type: number, exclusiveMaximum: 0.5}
        draught: {type: number, minimum: 0.1, maximum: 0.2, multipleOf: 0.1}
        crew: {type: integer, exclusiveMinimum: 0, maximum: 12, multipleOf: 4}
"""


@pytest.mark.parametrize("seed", range(4))
def test_what_is_served_is_taken_back(tmp_path: Path, seed: int) -> None:
    service = service_of(tmp_path, BOATS, seed=seed)
    boats = value(send(service, "GET", "/boats"))
    assert len({boat["code"] for boat in boats}) == len(boats) > 1
    for boat in boats:
        response = send(service, "PUT", "/boats", boat)
        assert response.status == 204, response.body


def test_a_failure_has_the_headers_that_its_description_requires(tmp_path: Path) -> None:
    paths = """
paths:
  /pots:
    get:
      responses:
        '204': {description: Done.}
        '429':
          description: Too many.
          headers:
            Retry-After: {required: true, schema: {type: integer}}
            X-Kind: {required: true, schema: {type: string, enum: [hard]}}
            X-Trace: {schema: {type: string}}
"""
    service = service_of(tmp_path, paths, failures=[Failure(429, 1.0)])
    response = send(service, "GET", "/pots")
    assert response.status == 429
    # The client waits as long as Retry-After says.
    assert response.headers["Retry-After"] == "1"
    assert response.headers.keys() == {"Retry-After", "X-Kind"}


STYLED = """
paths:
  /a:
    post:
      operationId: a
      requestBody:
        required: true
        content:
          MEDIA:
            schema:
              type: object
              required: [pipes]
              properties:
                pipes: {type: array, minItems: 2, items: {type: integer}}
                spaces: {type: array, minItems: 2, items: {type: string}}
                commas: {type: array, minItems: 2, items: {type: string}}
                repeated: {type: array, minItems: 2, items: {type: string}}
                numbered: {type: array, minItems: 2, items: {type: integer}}
                pairs: {type: object, required: [x], properties: {x: {type: integer}, y: {type: string}}}
                deep: {type: object, required: [x], properties: {x: {type: integer}}}
            encoding:
              pipes: {style: pipeDelimited, explode: false}
              spaces: {style: spaceDelimited, explode: false}
              commas: {style: form, explode: false}
              pairs: {style: form, explode: false}
              deep: {style: deepObject}
              numbered: {style: deepObject}
      responses: {"204": {description: ok}}
"""


def test_styles_of_forms(tmp_path: Path) -> None:
    service = service_of(tmp_path, STYLED.replace("MEDIA", "application/x-www-form-urlencoded"))

    def status(body: str) -> int:
        return send(
            service, "POST", "/a", body.encode(), content_type="application/x-www-form-urlencoded"
        ).status

    assert status("pipes=1%7C2") == 204
    complete = (
        "pipes=1%7C2&spaces=a+b&commas=a%2Cb&repeated=a&repeated=b&pairs=x,1,y,z&deep%5Bx%5D=2"
    )
    assert status(complete) == 204
    for wrong in ("pipes=1", "pipes=a%7Cb", "pipes=1%7C2&spaces=a", "pipes=1%7C2&commas=a"):
        assert status(wrong) == 422 or status(wrong) == 400, wrong
    assert status("pipes=1%7C2&numbered%5B0%5D=1&numbered%5B1%5D=2") == 204
    for wrong in ("0%5D=1", "0%5D=1&numbered%5B1%5D=a"):
        assert status(f"pipes=1%7C2&numbered%5B{wrong}") in (400, 422), wrong
    for wrong in ("pipes=1%7C2&pairs=y,z", "pipes=1%7C2&deep%5Bx%5D=a"):
        assert status(wrong) in (400, 422), wrong


def test_styles_of_parts(tmp_path: Path) -> None:
    service = service_of(tmp_path, STYLED.replace("MEDIA", "multipart/form-data"))
    headers = {"content_type": "multipart/form-data; boundary=B"}

    def status(**parts: str) -> int:
        pieces = [
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in parts.items()
        ]
        return send(service, "POST", "/a", ("".join(pieces) + "--B--").encode(), **headers).status

    assert status(pipes="1|2", spaces="a b", commas="a,b") == 204
    assert status(pipes="1", spaces="a b") in (400, 422)


SHORT = """
servers: [{url: "https://acme.example/v1"}, {url: "https://test.example/v2/", description: Test}]
paths:
  /trees/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string, minLength: 1}}, {name: tags, in: query, schema: {type: array, minItems: 3, items: {type: string}}}]
      responses: {"204": {description: none}}
"""


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/v1/trees/a", "this server has no base path: try /trees/a"),
        ("/v2/trees/a", "this server has no base path: try /trees/a"),
        ("/v3/trees/a", "there is nothing at /v3/trees/a"),
        ("/trees/a?q=", '"" is shorter than 1 character'),
        ("/trees/a?tags=x&q=a", "has 1 item, of at least 3"),
    ],
)
def test_messages_about_base_paths_and_one_of_a_kind(
    tmp_path: Path, target: str, message: str
) -> None:
    response = send(service_of(tmp_path, SHORT), "GET", target)
    assert message in value(response)["message"]


def test_the_items_of_a_tuple_have_their_own_types(tmp_path: Path) -> None:
    pair = "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}"
    service = service_of(
        tmp_path,
        f"""
paths:
  /pairs:
    post:
      parameters:
        - {{name: at, in: query, schema: {pair}}}
        - {{name: X-At, in: header, schema: {pair}}}
      requestBody: {{content: {{application/json: {{schema: {pair}}}}}}}
      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {pair}}}}}}}}}
""",
    )
    response = send(service, "POST", "/pairs?at=1&at=2", ["a", 1], x_at="3,4")
    text, number = value(response)
    assert response.status == 200 and isinstance(text, str) and isinstance(number, int)
    for target, body, header in (
        ("/pairs?at=1&at=b", ["a", 1], "3,4"),
        ("/pairs", ["a", "b"], "3,4"),
        ("/pairs", ["a"], "3,4"),
        ("/pairs", ["a", 1], "3,b"),
    ):
        assert send(service, "POST", target, body, x_at=header).status == 422


def test_an_error_that_clients_find_by_a_property_has_its_name(tmp_path: Path) -> None:
    texts = {
        "api.yml": "name: t\nerror-discrimination: {strategy: property, property-name: kind}\n",
        "jobs.yml": """
types: {Problem: {properties: {reason: string}}}
errors: {Taken: {status-code: 409, type: Problem}, Stopped: {status-code: 410}}
service:
  auth: false
  base-path: /jobs
  endpoints: {start: {path: "", method: GET, errors: [Taken, Stopped]}}
""",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    api = read_spec(tmp_path)
    taken, stopped = (
        value(send(Service(api, failures=[Failure(status, 1.0)]), "GET", "/jobs"))
        for status in (409, 410)
    )
    assert taken["kind"] == "Taken" and isinstance(taken["content"]["reason"], str)
    assert stopped == {"kind": "Stopped"}
