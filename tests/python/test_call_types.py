"""Type checkers check the arguments of every generated call to the runtime."""

from __future__ import annotations

import re
from pathlib import Path

from ..support import checkers
from .workbench import make

API = """
paths:
  /trees:
    post:
      operationId: plant
      parameters:
        - {name: X-Kind, in: header, schema: {type: string}}
        - {name: where, in: query, style: deepObject, schema: {type: object, additionalProperties: {type: string}}}
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [kind], properties: {kind: {type: string}}}}}}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
    get:
      operationId: trees
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.trees}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Trees"}}}}}
  /trees/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: object, additionalProperties: {type: string}}}]
    put:
      operationId: paint
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {image: {type: string, format: binary}, note: {type: string}}}, encoding: {image: {contentType: image/png}}}}}
      responses: {"204": {}}
    patch:
      operationId: trim
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {tags: {type: array, items: {type: string}}}}, encoding: {tags: {explode: false}}}}}
      responses: {"204": {}}
    get:
      operationId: watch
      x-fern-streaming: {format: sse, terminator: "[END]", resumable: true}
      responses: {"200": {content: {text/event-stream: {schema: {$ref: "#/components/schemas/Tree"}}}}}
  /image:
    get: {operationId: image, security: [], responses: {"200": {content: {image/png: {}}}}}
    put: {operationId: draw, requestBody: {content: {image/png: {}}}, responses: {"200": {content: {text/plain: {}}}}}
  /nothing:
    get: {operationId: nothing, responses: {"200": {content: {application/json: {schema: {type: "null"}}}}}}
  /job:
    get:
      operationId: job
      x-fiddlehead-waiter: {name: grown, property: $response.state, success: [tall], failure: [felled]}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
components:
  securitySchemes: {Key: {type: http, scheme: bearer}}
  schemas:
    Tree: {type: object, properties: {id: {type: string}, state: {type: string}}}
    Trees: {type: object, properties: {next: {type: string}, trees: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}
"""
PATHS = """
import os
import pathlib

from . import AcmeClient


class Named:
    def __fspath__(self) -> str:
        return "a"


def use(client: AcmeClient, name: os.PathLike[str]) -> None:
    client.paint({{}}, image=pathlib.Path("a"))
    client.paint({{}}, image=("a", name))
    client.paint({{}}, image=("a", Named(), "image/png", {{"X-A": "b"}}))
"""
_CALL = re.compile(
    r"self\._(?:request|send|stream|download|paginate|wait)\(\n.*?\n        \)", re.S
)
_KEYWORD = re.compile(r"^ {12}(\w+)=", re.M)


def test_an_unknown_keyword_is_an_error(tmp_path: Path) -> None:
    """Each keyword of each call is misspelled, in both layouts and for both kinds of client."""
    misspelled: dict[str, list[str]] = {}
    for layout in ("compact", "fern"):
        built = make(tmp_path, API, f'layout = "{layout}"\n')
        files = {
            k.removeprefix("acme/"): v for k, v in built.files.items() if k.startswith("acme/")
        }
        wrong: list[str] = []

        def misspell(match: re.Match[str], wrong: list[str] = wrong) -> str:
            names: list[str] = _KEYWORD.findall(match[0])
            wrong += names
            return _KEYWORD.sub(r"            \1x=", match[0])

        edited = {
            path: _CALL.sub(misspell, text) if path.endswith("client.py") else text
            for path, text in files.items()
        }
        if layout == "compact":  # Layout fern declares Fern's types, which have no paths.
            files["uses_paths.py"] = PATHS.format(package=f"{layout}_right")
        for package, texts in ((f"{layout}_right", files), (f"{layout}_wrong", edited)):
            for path, text in texts.items():
                file = tmp_path / package / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        misspelled[f"{layout}_wrong"] = sorted(f"{name}x" for name in wrong)
        results = {"json", "headers", "styles", "path_styles", "params", "form", "form_styles"}
        results |= {
            "data",
            "files",
            "content_types",
            "content",
            "format",
            "cursor",
            "state",
            "auth",
        }
        assert results <= {*wrong}
    packages = [f"{layout}_{kind}" for layout in ("compact", "fern") for kind in ("right", "wrong")]
    for checker in (checkers.mypy, checkers.pyright):
        errors = checker(tmp_path, packages)
        for package in packages:
            unknown = [
                match[1]
                for error in errors[package]
                if (match := re.search(r'(?:keyword argument|parameter named) "(\w+)"', error))
            ]
            assert sorted(unknown) == misspelled.get(package, []), errors[package][:5]
            assert package in misspelled or not errors[package]
