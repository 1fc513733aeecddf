"""JSON values for property tests: valid ones for a type, and invalid or unknown ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fiddlehead import ir
from hypothesis import strategies as st

Values = st.SearchStrategy[Any]  # Any, because JSON can have any structure.

TEXT = st.text(max_size=6)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS: Values = st.none() | st.booleans() | NUMBERS | TEXT
ANYTHING: Values = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
MOMENTS = st.sampled_from(
    ["2024-04-10T14:22:35Z", "2024-04-10T14:22:35.120+02:00", "2024-04-10", "", "yesterday"]
)


class ApiValues:
    """Strategies for the types of one API."""

    def __init__(self, api: ir.Api) -> None:
        self._api = api
        self._known: dict[str, Values] = {}

    def of(self, type_: ir.Type | None) -> Values:
        """Values that are mostly valid for a type."""
        fitting = self._fitting(type_)
        return st.integers(0, 19).flatmap(lambda dice: ANYTHING if dice == 0 else fitting)

    def _fitting(self, type_: ir.Type | None) -> Values:
        match type_:
            case ir.Ref():
                return st.deferred(lambda: self._declared(type_.id))
            case ir.ListOf():
                return st.lists(self.of(type_.item), max_size=3)
            case ir.MapOf():
                return st.dictionaries(TEXT, self.of(type_.value), max_size=3)
            case ir.Nullable():
                return st.none() | self.of(type_.item)
            case ir.UnionOf():
                return st.one_of([self.of(member) for member in type_.members])
            case ir.Literal():
                return st.just(type_.value)
            case ir.Primitive():
                return primitive(type_.kind)
            case _:
                return ANYTHING

    def _declared(self, id_: str) -> Values:
        if id_ not in self._known:
            self._known[id_] = self._declaration(self._api.declarations[id_])
        return self._known[id_]

    def _declaration(self, declared: ir.Declaration) -> Values:
        match declared:
            case ir.Enum():
                return st.sampled_from([value.value for value in declared.values]) | TEXT
            case ir.Alias():
                return self.of(declared.type)
            case ir.Union():
                return st.one_of(
                    [self._variant(declared, variant) for variant in declared.variants]
                )
            case ir.Model():
                return self._object(self._fields(declared))

    def _variant(self, union: ir.Union, variant: ir.Variant) -> Values:
        tag, key = union.discriminator, variant.key
        if tag is None:
            return self.of(variant.type)
        value = {tag.property: variant.tag}
        if variant.type is None:
            return st.just(value)
        if key is not None:
            return self.of(variant.type).map(lambda inner: {**value, key: inner})
        unknown = ANYTHING.map(lambda inner: {tag.property: "brand-new", "data": inner})
        inner = self.of(variant.type)
        return unknown | inner.map(lambda x: {**x, **value} if isinstance(x, dict) else x)

    def _fields(self, model: ir.Model) -> Mapping[str, ir.Type]:
        results: dict[str, ir.Type] = {}
        for ref in model.extends:
            base = self._api.declarations[ref.id]
            results.update(self._fields(base) if isinstance(base, ir.Model) else {})
        return {**results, **{field.name: field.type for field in model.fields}}

    def _object(self, fields: Mapping[str, ir.Type]) -> Values:
        """An object in which properties may be missing, null, or unknown."""
        known = {name: st.none() | self.of(type_) for name, type_ in fields.items()}
        values = st.fixed_dictionaries({}, optional=known)
        more = st.dictionaries(st.sampled_from(["new", "class", "x-y", "_z", "model_x"]), ANYTHING)
        return st.tuples(more, values).map(lambda parts: {**parts[0], **parts[1]})


def primitive(kind: str) -> Values:
    match kind:
        case "boolean":
            return st.booleans()
        case "integer" | "long" | "uint" | "uint64":
            return st.integers(-(2**70), 2**70)
        case "float" | "double":
            return NUMBERS
        case "date" | "date-time" | "date-time-rfc-2822":
            return MOMENTS
        case _:
            return TEXT
