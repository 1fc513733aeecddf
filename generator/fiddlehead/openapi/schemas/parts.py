"""The parts of two schemas that `intersection.py` merges: types, constants, formats and bounds."""

from __future__ import annotations

from ...frontend_kit.node_values import frozen
from ...frozen import dataclass
from ...source import Node
from ..document.context import virtual
from ..document.references import place

ANNOTATIONS = frozenset(
    [
        "description",
        "title",
        "example",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
    ]
)
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_LIMITS: tuple[str, ...] = ("pattern", "multipleOf")
TYPED_FORMATS = frozenset(["date", "date-time", "date-time-rfc-2822", "byte", "base64", "binary"])
"""The formats that determine the Python type of a string; others are only documented."""
_NARROWER_FORMATS = {"int32": "int64", "float": "double"}
TYPE_NAMES: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string"}


@dataclass(frozen=True)
class Side:
    """One of the two schemas: as written, and without references and null."""

    written: Node
    non_null: Node
    nullable: bool

    @property
    def value(self) -> dict[str, Node]:
        return self.non_null.mapping or {}

    @property
    def types(self) -> tuple[str, ...]:
        """The types in `type` or of the constants; empty if any type is allowed."""
        named = self.value.get("type")
        if named is not None and named.value is not None:
            listed = named.list if named.list is not None else [named]
            return tuple(node.value for node in listed if isinstance(node.value, str))
        if self.choices is not None:
            kinds = (TYPE_NAMES.get(type(choice.value)) for choice in self.choices)
            return tuple(dict.fromkeys(kind for kind in kinds if kind is not None))
        if {"items", "prefixItems"} & self.value.keys():
            return ("array",)
        return ()

    @property
    def choices(self) -> list[Node] | None:
        """The values of `const` or `enum`; None for an enum without values, which is left out."""
        if "const" in self.value:
            return [self.value["const"]]
        listed = self.value.get("enum")
        return (listed.list or None) if listed is not None else None


def narrower_format(first: Side, second: Side) -> dict[str, Node] | None:
    """The narrower format, as an entry; None if the two determine different types."""
    one, two = first.value.get("format"), second.value.get("format")
    if one is None or two is None or one.value == two.value:
        node = two if one is None else one
        return {"format": node} if node is not None else {}
    names = [str(one.value), str(two.value)]
    if TYPED_FORMATS.issuperset(names):
        return None
    first_counts = names[0] in TYPED_FORMATS or _NARROWER_FORMATS.get(names[0]) == names[1]
    return {"format": one if first_counts else two}


def bounds(*values: dict[str, Node]) -> dict[str, Node]:
    """The tightest bounds of several schemas, and the last of other limits."""
    result: dict[str, Node] = {}
    for value in values:
        result |= {key: value[key] for key in _LIMITS if key in value}
    for keys, tighter in ((_LOWER, max), (_UPPER, min)):
        for key in keys:
            listed = [value[key] for value in values if key in value]
            numbers = [node for node in listed if _is_number(node.value)]
            if listed and len(numbers) == len(listed):
                result[key] = tighter(numbers, key=lambda number: float(str(number.value)))
            elif listed:
                result[key] = listed[-1]
    return result


def common_types(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    """The types of both, in the order of the second; an integer is a number."""
    if not one or not two:
        return one or two
    names = [type_name for type_name in widened(two) if type_name in widened(one)]
    return tuple(
        type_name for type_name in names if type_name != "integer" or "number" not in names
    )


def widened(types: tuple[str, ...]) -> tuple[str, ...]:
    """The types, including those that are contained in them."""
    return (*types, "integer") if "number" in types and "integer" not in types else types


def common_constants(one: list[Node], two: list[Node]) -> list[Node]:
    known = {(type(node.value), str(node.value)) for node in two}
    return [node for node in one if (type(node.value), str(node.value)) in known]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_equivalent(merged: dict[str, Node], side: Side) -> bool:
    """Whether a merged schema is equivalent to one of its parts."""
    own = dict(side.value)
    if "const" in own:
        holder = own.pop("const")
        own["enum"] = Node([holder], holder.span, holder.file, holder.pointer, {})
    left = {key: child for key, child in merged.items() if key not in ANNOTATIONS}
    right = {key: child for key, child in own.items() if key not in ANNOTATIONS}
    if "type" in left and "type" not in right and side.types:
        left = {key: child for key, child in left.items() if key != "type"}
    return left.keys() == right.keys() and all(
        left[key] is right[key] or frozen(left[key]) == frozen(right[key]) for key in left
    )


def same_but_for_annotations(one: Node, two: Node) -> bool:
    """Whether two schemas differ only in annotations."""
    first, second = (
        {key: id(child) for key, child in (node.mapping or {}).items() if key not in ANNOTATIONS}
        for node in (one, two)
    )
    return one is two or (first == second and place(one) == place(two))


def equal_but_for_annotations(one: Node, two: Node) -> bool:
    """The same for schemas at different places."""
    first, second = (
        {
            key: frozen(child)
            for key, child in (node.mapping or {}).items()
            if key not in ANNOTATIONS
        }
        for node in (one, two)
    )
    return first == second


def annotated(node: Node, other: Node) -> Node:
    """A schema with the annotations of another one that it does not have itself."""
    value, theirs = node.mapping or {}, other.mapping or {}
    more = {key: child for key, child in theirs.items() if key in ANNOTATIONS and key not in value}
    return virtual(node, {**more, **value}) if more else node
