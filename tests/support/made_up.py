"""Checks generated example values with the JSON Schema of their description."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import jsonschema
import referencing
import referencing.exceptions
import yaml
from fiddlehead import ir
from fiddlehead.examples.example_calls import ExampleCalls, thawed
from fiddlehead.examples.size_limits import Elided
from referencing.jsonschema import DRAFT202012

Json = Any
_GIVEN: dict[str, Any] = {"examples": (), "example": None, "default": None, "client_default": None}
_LOCAL = "urn:description"
_WITHOUT_SCHEMAS = ("example", "examples", "default", "enum", "const")


def without_examples(part: Any) -> Any:
    """A part of an API without the values that its description gives."""
    if isinstance(part, tuple):
        return tuple(map(without_examples, part))
    if isinstance(part, Mapping):
        return {key: without_examples(item) for key, item in part.items()}
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        return part
    items: dict[str, Any] = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        new = _GIVEN[field.name] if field.name in _GIVEN else without_examples(value)
        if new != value:
            items[field.name] = new
    return dataclasses.replace(part, **items) if items else part


def violations(api: ir.Api, spec: Path) -> Iterator[str]:
    """The violations in generated JSON for requests, responses and errors."""
    document = yaml.load(spec.read_bytes(), _Loader)
    sent, received = _Judge(document, "readOnly"), _Judge(document, "writeOnly")
    calls = ExampleCalls(without_examples(api))
    for _, endpoint in ir.endpoints(calls.api.root):
        operation = sent.operation(endpoint)
        for parameter in endpoint.parameters:
            schema = sent.parameter(operation, parameter.name, parameter.location)
            value = calls.samples.value(parameter.type, parameter.name, "request")
            if parameter.allow_multiple:  # one value is a list of one
                value = (value,)
            yield from sent.found(
                f"{endpoint.id} {parameter.location}.{parameter.name}", value, schema
            )
        body, schema = endpoint.body, sent.json(operation.get("requestBody"))
        if body is not None and body.encoding == "json":
            needed = dataclasses.replace(body, required=True)
            response = calls.request(dataclasses.replace(endpoint, body=needed)).body
            yield from sent.found(
                f"{endpoint.id} request", response.value if response else {}, schema
            )
        if endpoint.result.kind == "json" and endpoint.streaming is None:
            schema = received.response(operation, endpoint.result.status)
            yield from received.found(f"{endpoint.id} response", calls.response(endpoint), schema)
        for error in endpoint.errors:
            schema = received.response(operation, calls.api.errors[error.error].status)
            if error.type is not None:
                made_up = calls.error(error)
                yield from received.found(f"{endpoint.id} {error.error}", made_up, schema)


class _Judge:
    """Validates the values of one direction; `hidden` is the access of properties that they do not
    have."""

    def __init__(self, document: Json, hidden: Literal["readOnly", "writeOnly"]) -> None:
        self._document, self._hidden = document, hidden
        self._is_old = str(document.get("openapi", "")).startswith("3.0")
        self._root = self._converted(document)
        resource = DRAFT202012.create_resource(self._root)
        self._registry: Any = referencing.Registry().with_resource(_LOCAL, resource)

    def operation(self, endpoint: ir.Endpoint) -> Json:
        """The operation of an endpoint; an empty one if it has none."""
        path = endpoint.id.partition(" ")[2].removesuffix("#stream")
        item = self._target((self._root.get("paths") or {}).get(path)) or {}
        result = item.get(endpoint.method.lower()) or {}
        parameters = [*(item.get("parameters") or ()), *(result.get("parameters") or ())]
        targets = [self._target(parameter) for parameter in parameters]
        return {**result, "parameters": [x for x in targets if x is not None]}

    def parameter(self, operation: Json, name: str, location: str) -> Json:
        """The schema of a parameter; None where there is none."""
        results = [x for x in operation["parameters"] if (x["name"], x["in"]) == (name, location)]
        return results[-1].get("schema") if results else None

    def response(self, operation: Json, status: str) -> Json:
        """The schema of a response; None where there is none."""
        responses = {str(k).upper(): v for k, v in (operation.get("responses") or {}).items()}
        return self.json(responses.get(status.upper(), responses.get("DEFAULT")))

    def json(self, holder: Json) -> Json:
        """The schema of the JSON of a request or a response; None where there is none."""
        for media, content in ((self._target(holder) or {}).get("content") or {}).items():
            if media.split(";")[0].rstrip().endswith("json"):
                return (self._target(content) or {}).get("schema")
        return None

    def found(self, where: str, value: ir.Json, schema: Json) -> Iterator[str]:
        """The violations of a value, of one that is whole. A schema with references that lead to
        other files, or nowhere, is no judge."""
        if schema is None or _is_cut(value):
            return
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        validator: Any = jsonschema.Draft202012Validator(
            schema, format_checker=checker, registry=self._registry
        )
        try:
            errors = [*validator.iter_errors(thawed(value))]
        except referencing.exceptions.Unresolvable:
            return
        yield from (f"{where} {error.json_path}: {error.message[:200]}" for error in errors)

    def _target(self, node: Json) -> Json:
        """What a node refers to; None where that is in another file, or nowhere."""
        while isinstance(node, dict) and "$ref" in node:
            node = _at(self._root, node["$ref"].removeprefix(_LOCAL))
        return node

    def _converted(self, node: Json, plain: bool = False) -> Json:
        """OpenAPI as JSON Schema 2020-12; with `plain`, the keys are names, not keywords."""
        if isinstance(node, list):
            return [self._converted(item) for item in node]
        if not isinstance(node, dict):
            return node
        if not plain and isinstance(node.get("$ref"), str):
            target = node["$ref"]
            others = {} if self._is_old else {k: v for k, v in node.items() if k != "$ref"}
            items = {"$ref": f"{_LOCAL}{target}" if target.startswith("#") else target}
            return {**self._converted(others), **items}
        names = ("properties", "schemas", "parameters", "responses", "headers", "paths")
        items = {
            key: (
                item
                if key in _WITHOUT_SCHEMAS and not plain
                else self._converted(item, plain=not plain and key in names)
            )
            for key, item in node.items()
        }
        return items if plain else self._keywords(items, node)

    def _keywords(self, built: dict[str, Json], node: Json) -> Json:
        # A value may fit several variants, which is no fault of what is made up.
        if "oneOf" in built and "anyOf" not in built:
            built["anyOf"] = built.pop("oneOf")
        required = node.get("required")
        if isinstance(required, list):
            properties = node.get("properties") or {}
            built["required"] = [x for x in required if not self._is_hidden(properties.get(x))]
        for bound in ("minimum", "maximum"):  # a string bounds nothing
            if isinstance(built.get(bound), str):
                del built[bound]
        if "pattern" in built and not _is_pattern(built["pattern"]):
            del built["pattern"]
        if not self._is_old:
            return built
        for bound, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if built.pop(strict, False) is True:
                built[strict] = built.pop(bound, 0)
        if node.get("nullable") is True:
            return {"anyOf": [built, {"type": "null"}]}
        return built

    def _is_hidden(self, node: Json) -> bool:
        while isinstance(node, dict) and "$ref" in node and node.get(self._hidden) is not True:
            node = _at(self._document, node["$ref"])
        return isinstance(node, dict) and node.get(self._hidden) is True


def _at(root: Json, reference: str) -> Json:
    """What a reference within a document leads to; None where it leads elsewhere or nowhere."""
    if not reference.startswith("#/"):
        return None
    for key in reference[2:].split("/"):
        root = (root or {}).get(key.replace("~1", "/").replace("~0", "~"))
    return root


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]  # either
    """Reads dates as text, as JSON has them."""


_Loader.yaml_implicit_resolvers = {
    first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def _is_pattern(text: Json) -> bool:
    """Whether Python has a pattern of ECMA 262 too."""
    try:
        re.compile(text)
    except (re.error, TypeError):
        return False
    return True


def _is_cut(value: ir.Json) -> bool:
    """Whether an example leaves something out, because it would be too large."""
    if isinstance(value, Elided):
        return True
    inside = (
        value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    )
    return any(map(_is_cut, inside))
