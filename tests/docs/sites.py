"""Descriptions for the tests of the docs site, and the site of each."""

from __future__ import annotations

import json
from pathlib import Path

from fiddlehead.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: "Zoo <script>alert(1)</script>", version: "1", description: TEXT}
servers: [{url: https://zoo.example}]
paths:
  /animals/{id}:
    get:
      operationId: animals_get
      tags: [animals]
      summary: Fetch <b>an</b> animal
      description: TEXT
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}, description: TEXT}
      responses:
        "200":
          description: It.
          content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}
        "404": {description: None is there.}
  /ping: {get: {operationId: ping, responses: {"204": {description: none}}}}
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties:
        kind: {type: string, enum: [cat, dog], description: TEXT}
        home-address: {$ref: "#/components/schemas/Address"}
    Address: {type: object, properties: {street: {type: string}}}
    other: {type: object, x-fern-type-name: ADDRESS, properties: {number: {type: integer}}}
"""
HOSTILE = (
    "<img src=x onerror=alert(1)> </main> [a](javascript:alert(1)) [guide](guide.html) "
    "![logo](https://cdn.example/a.png) [home](https://zoo.example/x)"
)

RICH = """\
openapi: 3.1.0
info: {title: Rich, version: "1"}
servers: [{url: https://rich.example}]
paths:
  /things:
    post:
      operationId: things_create
      tags: [things]
      summary: Create a thing
      deprecated: true
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/NewThing"}
      x-fern-examples:
        - {name: Small, request: {name: one}, response: {body: {id: s1}}}
        - {name: Large, docs: With *all* of it., request: {name: two, count: 9}, response: {body: {id: l2}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
        "404":
          description: None.
          content:
            application/json:
              schema: {type: object, properties: {why: {type: string}}}
              example: {why: it went away}
    get:
      operationId: things_list
      tags: [things]
      parameters:
        - {name: id, in: query, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer}}
      x-fern-pagination: {offset: $request.page, results: $response.things}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties: {id: {type: string}, things: {type: array, items: {$ref: "#/components/schemas/Thing"}}}
  /jobs/{id}:
    get:
      operationId: jobs_get
      tags: [jobs]
      summary: Fetch a job
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      x-fiddlehead-waiter: {name: wait, property: $response.state, success: [done], failure: [broken]}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string}, state: {type: string}}}}}}
  /files:
    post:
      operationId: files_upload
      tags: [files]
      requestBody:
        content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}}}}}
      responses: {"204": {description: none}}
  /events:
    get:
      operationId: events_stream
      tags: [events]
      x-fern-streaming: {format: sse}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
webhooks:
  thing.made:
    post:
      description: A thing was **made**.
      x-fern-webhook-signature: {header: X-Signature}
      parameters: [{name: X-Delivery, in: header, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}, example: {id: w1}}}}
      responses: {"200": {description: ok}}
components:
  schemas:
    NewThing:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1, maxLength: 20, pattern: "^[a-z|]+$"}
        count: {type: integer, minimum: 1, exclusiveMaximum: 10, default: 3}
        tags: {type: array, maxItems: 5, uniqueItems: true, items: {type: string, minLength: 2}}
    Thing: {type: object, properties: {id: {type: string, deprecated: true}, inner: {$ref: "#/components/schemas/Inner"}}}
    Inner: {type: object, properties: {ratio: {type: number, exclusiveMinimum: 0, multipleOf: 0.5, default: 1.5}, next: {$ref: "#/components/schemas/Thing"}}}
"""


def docs(folder: Path, spec: str = SPEC, *more: str) -> Path:
    """Writes a description into a folder, and the site of it."""
    (folder / "spec.yaml").write_text(spec.replace("TEXT", json.dumps(HOSTILE)))
    output = folder / "site"
    assert main(["docs", str(folder / "spec.yaml"), "--output", str(output), *more]) == 0
    return output


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
