"""Reads the parameters of requests from the path, the query, headers and cookies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from .. import ir
from ..queries import lookup
from ..queries.value_matching import ValueMatcher
from .messages import Problem, Request
from .property_paths import is_list, is_object
from .validation import Place, Validator, number_of_items

SEPARATORS = {"form": ",", "commas": ",", **dict[str, str](ir.DELIMITERS.items())}
"""By the style of a parameter or of a field of a form, without `explode`."""


class Parameters:
    """Decodes parameters by their styles (OpenAPI 3.1, section 4.8.12.2) and validates them."""

    def __init__(self, matcher: ValueMatcher, validator: Validator) -> None:
        self._matcher = matcher
        self._api = matcher.api
        self._validator = validator

    def problems(
        self, endpoint: ir.Endpoint, request: Request, path: Mapping[str, str]
    ) -> Iterator[Problem]:
        """The problems of the parameters of a request."""
        for parameter in endpoint.parameters:
            place: Place = (parameter.location, parameter.name)
            present, value = self.value(parameter, request, path)
            if not present:
                if parameter.required and parameter.variable is None:
                    yield Problem(place, "is missing", parameter.span)
                continue
            if parameter.nullable and value in ("", "null", None):
                continue
            if parameter.allow_multiple:
                items = value if is_list(value) else [value]
                yield from number_of_items(items, parameter.constraints, place, parameter.span)
            if parameter.allow_multiple and is_list(value):
                for index, item in enumerate(value):
                    yield from self._validator.problems(item, parameter.type, (*place, index))
                continue
            yield from self._validator.problems(value, parameter.type, place)

    def value(
        self, parameter: ir.Parameter, request: Request, path: Mapping[str, str]
    ) -> tuple[bool, object]:
        """Whether a parameter was sent, and its value."""
        if parameter.location == "query":
            return self._query(parameter, request.query)
        if parameter.location == "header":
            text = request.headers.get(parameter.name.lower())
        elif parameter.location == "cookie":
            text = request.cookies.get(parameter.name)
        else:
            text = path.get(parameter.name)
            if text is not None:
                text = _without_prefix(parameter, text)
        if text is None:
            return False, None
        if parameter.style == "json":
            return True, _json(text)
        separator = SEPARATORS.get(parameter.style, ",")
        return True, self.split(text, parameter.type, separator, parameter.explode)

    def _query(
        self, parameter: ir.Parameter, query: Mapping[str, list[str]]
    ) -> tuple[bool, object]:
        name, target = parameter.name, lookup.resolved_non_null(self._api, parameter.type)
        if parameter.style in ("query-json", "query-text"):
            text = next(iter(query), None)
            value = _json(text) if text and parameter.style == "query-json" else text
            return text is not None, value
        if parameter.style == "deepObject":
            type_ = ir.ListOf(parameter.type) if parameter.allow_multiple else parameter.type
            is_sent, value = self.deep_object(name, query, type_)
            if is_sent or name not in query:
                return is_sent, value
        if isinstance(target, ir.Model) and parameter.style == "form" and parameter.explode:
            fields = {field.name: field.type for field in self._matcher.fields(target)}
            by_key = {key: self._texts(query[key], fields[key]) for key in query if key in fields}
            return (True, by_key) if by_key or name not in query else (True, query[name][-1])
        texts = query.get(name) or query.get(f"{name}[]")
        if texts is None:
            return False, None
        if parameter.style == "json":
            return True, _json(texts[-1])
        if parameter.allow_multiple:
            typed = [self.typed(text, parameter.type) for text in texts]
            return True, typed[0] if len(typed) == 1 else typed
        if parameter.explode and parameter.style in ("form", "deepObject"):
            return True, self._texts(texts, parameter.type)
        return True, self.split(
            texts[-1], parameter.type, SEPARATORS.get(parameter.style, ","), parameter.explode
        )

    def deep_object(
        self, name: str, query: Mapping[str, list[str]], type_: ir.Type
    ) -> tuple[bool, object]:
        """`name[key][inner]=value`, as one object, or as a list if the type is one."""
        target = lookup.resolved_non_null(self._api, type_)
        if isinstance(target, ir.ListOf):
            keys = [key for key in query if re.fullmatch(rf"{re.escape(name)}\[\d*\]", key)]
            texts = [text for key in keys for text in query[key]]
            if texts:
                return True, self._texts(texts, type_)
        types = self._fields(target)
        properties: dict[str, object] = {}
        for key, texts in query.items():
            if not key.startswith(f"{name}["):
                continue
            first, *inner = key[len(name) + 1 :].removesuffix("]").split("][")
            if not inner or inner == [""]:
                properties[first] = self._texts(texts, types.get(first, ir.Unknown()))
                continue
            # No style defines deeper nesting, so the keys are kept as they are.
            inner_object = properties
            for part in (first, *inner[:-1]):
                below = inner_object.get(part)
                if not is_object(below):
                    below = inner_object[part] = {}
                inner_object = below
            inner_object[inner[-1]] = texts[-1]
        return bool(properties), properties

    def _fields(self, target: object) -> Mapping[str, ir.Type]:
        if not isinstance(target, ir.Model):
            return {}
        return {field.name: field.type for field in self._matcher.fields(target)}

    def _texts(self, texts: list[str], type_: ir.Type) -> object:
        """One value or a list of values, depending on the type."""
        item = self._item(type_)
        if item is None:
            return self.typed(texts[-1], type_)
        target = lookup.resolved_non_null(self._api, type_)
        if len(texts) == 1 and not isinstance(target, ir.ListOf):
            return self.typed(texts[0], type_)
        if isinstance(target, ir.ListOf):
            return [self.typed(text, target.item_at(index)) for index, text in enumerate(texts)]
        return [self.typed(text, item) for text in texts]

    def _item(self, type_: ir.Type) -> ir.Type | None:
        """The type of the items, if a type is or may be a list."""
        target = lookup.resolved_non_null(self._api, type_)
        if isinstance(target, ir.ListOf):
            return target.item
        members: list[ir.Type] = []
        if isinstance(target, ir.UnionOf):
            members = list(target.members)
        elif isinstance(target, ir.Union):
            members = [variant.type for variant in target.variants if variant.type is not None]
        for member in members:
            item_type = self._item(member)
            if item_type is not None:
                return item_type
        return None

    def split(self, text: str, type_: ir.Type, separator: str, explode: bool = False) -> object:
        """The value of a text in which a separator is between items."""
        target = lookup.resolved_non_null(self._api, type_)
        if isinstance(target, ir.ListOf):
            parts = text.split(separator) if text else []
            return [
                self.typed(part.strip(), target.item_at(index)) for index, part in enumerate(parts)
            ]
        if isinstance(target, ir.Model | ir.MapOf):
            return self._object(text, explode, target)
        return self.typed(text, type_)

    def _object(self, text: str, explode: bool, target: ir.Model | ir.MapOf) -> object:
        parts = text.split(",")
        pairs = (
            [part.partition("=")[::2] for part in parts]
            if explode
            else list(zip(parts[::2], parts[1::2], strict=False))
        )
        types = self._fields(target)
        other: ir.Type = target.value if isinstance(target, ir.MapOf) else ir.Unknown()
        return {key: self.typed(value, types.get(key, other)) for key, value in pairs}

    def typed(self, text: str, type_: ir.Type) -> object:
        """The value of a text for its type; the text itself if it is invalid."""
        for value in _readings(text):
            if not any(True for _ in self._validator.problems(value, type_, ())):
                return value
        target = lookup.resolved_non_null(self._api, type_)
        if isinstance(target, ir.Primitive) and target.kind not in ("string", "uuid", "base64"):
            # A number that violates constraints is still a number.
            return next(
                (reading for reading in _readings(text) if not isinstance(reading, str)), text
            )
        return text


def _readings(text: str) -> Iterator[object]:
    yield text
    if text in ("true", "false"):
        yield text == "true"
    try:
        yield int(text)
    except ValueError:
        try:
            yield float(text)
        except ValueError:
            return


def _without_prefix(parameter: ir.Parameter, text: str) -> str:
    if parameter.style == "label":
        return text.removeprefix(".").replace(".", ",")
    if parameter.style == "matrix":
        return text.removeprefix(f";{parameter.name}=").replace(f";{parameter.name}=", ",")
    return text


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        try:
            return json.loads(unquote(text))
        except ValueError:
            return text
