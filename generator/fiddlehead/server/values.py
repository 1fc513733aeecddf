"""Generates values of types: deterministic for a seed, and valid for the constraints."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
import uuid
from collections.abc import Sequence
from email.utils import format_datetime
from random import Random

from .. import ir
from ..examples.constrained_values import fitted
from ..examples.example_calls import thawed
from ..examples.sample_values import Samples
from ..frozen import replace
from ..queries.value_matching import ValueMatcher
from .property_paths import is_object

_WORDS = [
    "amber",
    "birch",
    "cedar",
    "coral",
    "delta",
    "ember",
    "fable",
    "grove",
    "harbor",
    "iris",
    "juniper",
    "lagoon",
    "maple",
    "nectar",
    "opal",
    "pebble",
    "quartz",
    "river",
    "sierra",
    "tundra",
    "umber",
    "violet",
    "willow",
    "yarrow",
    "zephyr",
]
_START = dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)

OPTIONAL_DEPTH = 2
"""The number of levels of models that include optional properties."""
MAX_DEPTH = 24
MAX_VALUES = 2000
"""The maximum number of values in one response."""


class SeededValues:
    """Returns values for the types of one API.

    `key` identifies the purpose of a value: with the same seed, the same key gives the same value.
    """

    def __init__(self, matcher: ValueMatcher, samples: Samples, seed: int) -> None:
        self._matcher = matcher
        self._samples = samples
        self._seed = seed

    def random(self, key: str) -> Random:
        """A random number generator for one purpose."""
        return Random(f"{self._seed}/{key}")

    def value(self, type_: ir.Type, name: str, key: str) -> object:
        """A value of a type in the form for `json.dumps`; `name` is its property."""
        return _Maker(self._matcher, self._samples, self.random(key)).value(type_, name, 0, ())

    def headers(self, headers: Sequence[ir.Header], key: str) -> dict[str, str]:
        """Those of the headers that every such response has."""
        result: dict[str, str] = {}
        for header in headers:
            if header.required:
                value = self.value(header.type, header.name, f"{key}/{header.name}")
                text = value if isinstance(value, str) else json.dumps(value)
                result[header.name] = text.encode("ascii", "replace").decode()
        return result

    def variant(self, union: ir.Union, variant: ir.Variant, key: str) -> object:
        """A value of one variant of a union."""
        only = replace(union, variants=(variant,))
        maker = _Maker(self._matcher, self._samples, self.random(key))
        return maker.union(only, "event", 0, (union.id,))


class _Maker:
    def __init__(self, matcher: ValueMatcher, samples: Samples, random: Random) -> None:
        self._matcher = matcher
        self._samples = samples
        self._random = random
        self._count = 0

    def value(self, type_: ir.Type, name: str, depth: int, within: tuple[str, ...]) -> object:
        self._count += 1
        match type_:
            case ir.Primitive():
                return self._primitive(type_, name)
            case ir.Literal():
                return type_.value
            case ir.Nullable():
                target = self._matcher.resolved(type_.item)
                endless = isinstance(target, ir.Model | ir.Union) and target.id in within
                return None if endless else self.value(type_.item, name, depth, within)
            case ir.ListOf():
                return self._list(type_, name, depth, within)
            case ir.MapOf():
                if depth > MAX_DEPTH or self._count > MAX_VALUES:
                    return {}
                key = self.value(type_.key, name, depth + 1, within)
                return {str(key): self.value(type_.value, name, depth + 1, within)}
            case ir.UnionOf():
                return self._first(type_.members, name, depth, within)
            case ir.Ref():
                return self._declared(type_.id, name, depth, within)
            case ir.Unknown():
                return {"key": "value"}

    def _first(
        self, members: Sequence[ir.Type], name: str, depth: int, within: tuple[str, ...]
    ) -> object:
        """A value of the first member that is not recursive."""
        for member in members:
            target = self._matcher.resolved(member)
            if not (isinstance(target, ir.Model | ir.Union) and target.id in within):
                return self.value(member, name, depth, within)
        return self._finite(members[0], name)

    def _finite(self, type_: ir.Type, name: str) -> object:
        return thawed(self._samples.value(type_, name, "response"))

    def _list(
        self, type_: ir.ListOf, name: str, depth: int, within: tuple[str, ...]
    ) -> list[object]:
        if type_.positions:
            return [self.value(item, name, depth + 1, within) for item in type_.positions]
        limits = type_.constraints or ir.Constraints()
        target = self._matcher.resolved(type_.item)
        endless = isinstance(target, ir.Model | ir.Union) and target.id in within
        count = 0 if endless or depth > MAX_DEPTH or self._count > MAX_VALUES else 2
        if limits.max_items is not None:
            count = min(count, limits.max_items)
        count = max(count, min(limits.min_items or 0, 50))
        elements: list[object] = []
        for _ in range(count * (8 if type_.unique else 1)):
            element = self.value(type_.item, name, depth + 1, within)
            if len(elements) < count and not (type_.unique and element in elements):
                elements.append(element)
        return elements

    def _declared(self, id_: str, name: str, depth: int, within: tuple[str, ...]) -> object:
        declaration = self._matcher.api.declarations.get(id_)
        if declaration is None:
            return {"key": "value"}
        reference = ir.Ref(id_)
        for example in declaration.examples:
            if self._matcher.fits(example.value, reference):
                return thawed(self._samples.fit(example.value, reference, name, "response"))
        if id_ in within or depth > MAX_DEPTH:
            return self._finite(reference, name)
        inside = (*within, id_)
        match declaration:
            case ir.Alias():
                return self.value(declaration.type, name, depth, inside)
            case ir.Enum():
                return self._random.choice(declaration.values).value
            case ir.Union():
                return self.union(declaration, name, depth, inside)
            case ir.Model():
                return self._fields(self._matcher.fields(declaration), depth, inside)

    def _fields(
        self, fields: Sequence[ir.Field], depth: int, within: tuple[str, ...]
    ) -> dict[str, object]:
        properties: dict[str, object] = {}
        for field in fields:
            if field.access == "write-only":
                continue
            target = self._matcher.resolved(field.type)
            endless = isinstance(target, ir.Model | ir.Union) and target.id in within
            includes_optional = depth < OPTIONAL_DEPTH and self._count <= MAX_VALUES and not endless
            if field.required or includes_optional:
                properties[field.name] = self._field(field, depth, within)
        return properties

    def _field(self, field: ir.Field, depth: int, within: tuple[str, ...]) -> object:
        for known in (field.example, field.default):
            if known is None or known.value is None:
                continue
            if self._matcher.fits(known.value, field.type):
                return thawed(known.value)
        return self.value(field.type, field.name, depth + 1, within)

    def union(self, union: ir.Union, name: str, depth: int, within: tuple[str, ...]) -> object:
        variants = [variant for variant in union.variants if self._ends(variant, within)]
        if not variants:
            return self._finite(ir.Ref(union.id), name)
        variant = variants[0]
        value: object = {}
        if variant.type is not None:
            value = self.value(variant.type, name, depth, within)
        if union.discriminator is None or variant.untagged:
            return value
        tagged: dict[str, object] = {union.discriminator.property: variant.tag}
        tagged.update(self._fields(self._matcher.fields(union), depth, within))
        if variant.key is not None:
            return {**tagged, variant.key: value}
        inner = value if is_object(value) else {}
        return {**inner, **tagged}

    def _ends(self, variant: ir.Variant, within: tuple[str, ...]) -> bool:
        target = self._matcher.resolved(variant.type) if variant.type is not None else None
        return not (isinstance(target, ir.Model | ir.Union) and target.id in within)

    def _primitive(self, type_: ir.Primitive, name: str) -> object:
        limits = type_.constraints or ir.Constraints()
        random = self._random
        match type_.kind:
            case "boolean":
                return random.random() < 0.5
            case "integer" | "long" | "uint" | "uint64":
                return int(_number(random, limits, integers=True))
            case "float" | "double":
                return _number(random, limits, integers=False)
            case "bigint":
                return str(random.randrange(10**15, 10**18))
            case "date":
                return self._moment().date().isoformat()
            case "date-time":
                return self._moment().isoformat().replace("+00:00", "Z")
            case "date-time-rfc-2822":
                return format_datetime(self._moment(), usegmt=True)
            case "uuid":
                return str(uuid.UUID(int=random.getrandbits(128), version=4))
            case "base64" | "bytes":
                return base64.b64encode(random.choice(_WORDS).encode()).decode()
            case "string":
                return self._text(limits, name)

    def _moment(self) -> dt.datetime:
        return _START + dt.timedelta(minutes=self._random.randrange(365 * 24 * 60))

    def _text(self, limits: ir.Constraints, name: str) -> str:
        word, number = self._random.choice(_WORDS), self._random.randrange(100, 1000)
        return fitted(_text(limits, name, word, number), limits, number)


def _text(limits: ir.Constraints, name: str, word: str, number: int) -> str:
    """A string of a word and a number, with the format and length of a type."""
    match limits.format:
        case "uri" | "url":
            return f"https://example.com/{word}/{number}"
        case "email":
            return f"{word}{number}@example.com"
        case "hostname":
            return f"{word}{number}.example.com"
        case "ipv4":
            return f"192.0.2.{number % 256}"
        case "ipv6":
            return f"2001:db8::{number}"
        case _:
            pass
    text = f"{name}-{word}-{number}" if name else f"{word}-{number}"
    if limits.min_length is not None and len(text) < limits.min_length <= 100_000:
        text += "x" * (limits.min_length - len(text))
    if limits.max_length is not None:
        # The end makes values distinct.
        text = text[-limits.max_length :] if limits.max_length > 0 else ""
    return text


def _number(random: Random, limits: ir.Constraints, *, integers: bool) -> int | float:
    below = limits.maximum - 1 if limits.maximum is not None else 1.0
    low = limits.minimum if limits.minimum is not None else min(1.0, below)
    high = limits.maximum if limits.maximum is not None else max(low, 1.0) + 999
    if not (math.isfinite(low) and math.isfinite(high)) or high < low:
        low, high = 1.0, 1000.0
    step = limits.multiple_of or (1.0 if integers else 0.0)
    if step <= 0:
        return round(random.uniform(low, high), 2) if high - low >= 1 else (low + high) / 2
    first, last = math.ceil(low / step), math.floor(high / step)
    if limits.exclusive_minimum and first * step <= low:
        first += 1
    if limits.exclusive_maximum and last * step >= high:
        last -= 1
    chosen = random.randint(first, max(first, last)) * step
    return int(chosen) if integers or chosen == int(chosen) else chosen
