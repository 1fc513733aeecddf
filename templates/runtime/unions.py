"""Unions: chosen by discriminator or best match, open to unknown variants."""

import enum
import functools
import threading
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

import pydantic
from pydantic_core import core_schema as cs

from .checks import PLAIN, checked, fields_of, fits, parts
from .decode import ANY, construct_type, first_of
from .decode import opened as as_lax
from .encode import wire_names
from .integers import UnknownInt, listed, of
from .unchecked_base_model import UncheckedBaseModel, UnknownStr

_FAILED = object()
_chosen = threading.local()
MAX_DEPTH = 300
"""The most unions that are nested in each other: pydantic reads each by recursion."""
_UNTAGGED, _UNLISTED, _NO_DICT = "(no tag)", "(unknown tag)", "(no object)"
_SHAPES = {
    **dict.fromkeys(("list", "tuple"), "array"),
    **dict.fromkeys(("dict", "model", "definition-ref"), "object"),
    **dict.fromkeys(("str", "datetime", "date", "uuid"), "text"),
    **dict.fromkeys(("int", "float"), "number"),
    "bool": "boolean",
}
_SIMPLE = {key for key, shape in _SHAPES.items() if shape not in ("array", "object")}
_INSIDE = {"nullable": "schema", "list": "items_schema", "dict": "values_schema"}
_INSIDE["tuple"] = "items_schema"
# A date and a time; pydantic's `datetime` also accepts a date alone, and numbers.
_TIMESTAMP = cs.str_schema(pattern=r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
_EXACT: dict[str, Any] = {
    "str": of(str),
    "int": of(int),
    "float": of(float, int),
    "bool": of(bool),
    "none": cs.none_schema(),
    "any": ANY,
}


class UnknownVariant(UncheckedBaseModel):
    """A variant that is not in the API description, with all its properties."""

    __unknown__: typing.ClassVar = True

    if typing.TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, /, **values: Any) -> None:
        self.__setstate__(construct_type(type(self), values).__getstate__())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """For callers, accepts instances only: any dict would fit and hide mistakes."""

        def check(value: Any) -> Any:
            if not isinstance(value, cls):
                raise ValueError("Input should be an UnknownVariant")
            return value

        schema = super().__get_pydantic_core_schema__(source, handler)
        if schema["type"] == "lax-or-strict":
            return schema  # pydantic has cached it
        model = handler.resolve_ref_schema(schema)
        # Decoding must bypass `__init__`, because `__init__` itself decodes.
        model["custom_init"] = False
        checked = cs.no_info_before_validator_function(check, schema)
        return cs.lax_or_strict_schema(schema, checked, strict=True)


class Discriminated:
    """Marks a union with a discriminator property. ``property`` is its wire name.

    Each member lists its values in a Literal field of that name. ``names`` maps value
    to class name if members have no such field; other values are possible, too. A
    member without a known value is selected by its JSON type and properties. ``default``
    is the class for objects with another value, or without one.
    """

    def __init__(
        self, property: str, names: Mapping[str, str] | None = None, default: str = ""
    ) -> None:
        self.property, self.default = property, default
        self.names = dict(names or {})

    def __hash__(self) -> int:
        return hash(self.property)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Discriminated) and vars(self) == vars(other)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The schema for values of callers: a known variant or an unknown one."""
        tagged, models, others = dict[Any, list[Any]](), list[Any](), list[Any]()
        names, default = [self.property], list[Any]()
        for member in _members(source):
            schema = handler.generate_schema(member)
            default += [schema] * (getattr(member, "__name__", "") == self.default)
            values = self._values(member, names)
            for value in values:
                tagged.setdefault(value, []).append(schema)
            (models if values else others).append(schema)
        choices: dict[Any, Any] = {tag: _either(x) for tag, x in tagged.items()}
        members = [*models, *others]

        def tag_of(value: Any) -> Any:
            """The key of the schema for a caller's value, or for a response."""
            if isinstance(value, UnknownVariant):
                return _UNLISTED
            of_mapping = isinstance(value, Mapping)
            entries = typing.cast("Mapping[str, Any]", value if of_mapping else {})
            tags = [entries[name] for name in names if entries.get(name) is not None]
            if not of_mapping:
                tags = [getattr(value, name) for name in names if hasattr(value, name)]
            if tags and tags[0].__hash__ and tags[0] in choices:
                return tags[0]
            if not of_mapping:
                return _NO_DICT
            return _UNLISTED if tags else _UNTAGGED

        def unlisted(value: Any) -> Any:
            return (
                value if isinstance(value, UnknownVariant) else UnknownVariant(**value)
            )

        unknown = cs.no_info_plain_validator_function(unlisted)
        missing: Any = {
            "custom_error_type": "union_tag_not_found",
            "custom_error_context": {"discriminator": repr(self.property)},
        }
        any_member = cs.union_schema(members, **missing)
        # A response may lack the tag. In a dict of a caller, it is required.
        caller = cs.union_schema([*others, cs.none_schema()], **missing)
        strict = {
            **choices,
            _NO_DICT: any_member,
            _UNTAGGED: cs.json_or_python_schema(any_member, caller),
            _UNLISTED: first_of(*others, unknown),
            **{tag: default[0] for tag in (_UNTAGGED, _UNLISTED) if default},
        }
        untagged = _best_of(members, {self.property})
        lax = first_of(
            *([cs.tagged_union_schema(choices, self.property)] if choices else ()),
            *default,
            cs.no_info_before_validator_function(self._untagged, untagged),
            *([_best_of(others)] if others else ()),
            handler.generate_schema(UnknownVariant),
            ANY,
        )
        exact = cs.tagged_union_schema(strict, tag_of)
        both: Any = cs.lax_or_strict_schema(lax, exact, strict=True)
        both["metadata"] = {"members": members, "tag": self.property}
        return both

    def _values(self, member: Any, names: list[str]) -> list[Any]:
        """The values that stand for a member; adds the property's name to ``names``."""
        if not hasattr(member, "__pydantic_root_model__"):
            return []
        values: list[Any] = [v for v, n in self.names.items() if n == member.__name__]
        for name, wire in wire_names(member).items():
            if wire == self.property:
                names.append(name)
                if not values:
                    values = _literals(fields_of(member)[name].annotation)
        return values

    def _untagged(self, value: Any) -> Any:
        """``value`` if it is an object, and its member does not depend on the property."""
        items: Any = value
        if not isinstance(value, Mapping) or (
            items.get(self.property) is not None and not self.names
        ):
            raise ValueError("says what it is, or is not an object")
        return items


def _either(schemas: Sequence[Any]) -> Any:
    """One schema for the members that share a value of the discriminator."""
    if len(schemas) == 1:
        return schemas[0]
    return cs.lax_or_strict_schema(_best_of(schemas), cs.union_schema([*schemas]))


def opened(schema: Any) -> Any:
    """The lenient form of a union without a discriminator (see `decode`)."""
    choices = [*_flat(schema["choices"])]
    enums = [x for x in choices if x["type"] in ("function-after", "literal")]
    unknown = [choice for choice in choices if _is_unknown(choice)]
    rest = [choice for choice in choices if choice not in (*enums, *unknown)]
    shapes = [_SHAPES.get(choice["type"]) for choice in rest]
    open_ends = [enum for enum in enums if enum["type"] == "function-after"]
    shapes += [_SHAPES[_unwrapped(end)["type"]] for end in open_ends]
    if len({*shapes}) < len(shapes) or None in shapes:
        best = _best_of([*enums, *rest], _tags(schema["choices"]))
        return first_of(best, *unknown, ANY)
    if not open_ends:
        enums = []  # not an open union: unknown values are kept undecoded
    steps = [_holding(choice) for choice in rest if choice["type"] not in _EXACT]
    return first_of(*map(listed, enums), *steps, *unknown, ANY)


def _is_unknown(schema: Any) -> bool:
    """Whether a schema is that of UnknownVariant, or a reference to it."""
    # Pydantic does not keep the metadata of a schema that it has cached.
    model = schema.get("lax_schema", schema)
    reference = str(model.get("schema_ref"))  # it ends with the id of the class
    known = reference.endswith(f":{id(UnknownVariant)}")
    return known or model.get("cls") is UnknownVariant


def _unwrapped(schema: Any) -> Any:
    """The schema inside function schemas."""
    inside = schema["type"].startswith("function-")
    return _unwrapped(schema["schema"]) if inside else schema


def strict_fields(cls: Any, schema: Any) -> Any:
    """The strict schema of a model's fields (see `strict`)."""
    fields = dict[str, Any]()
    for name, field in schema["fields"].items():
        inner = field["schema"]
        while inner["type"] in ("default", "nullable"):
            inner = inner["schema"]
        fields[name] = field
        if inner["type"] not in _SIMPLE:
            type_of = functools.partial(_type_of, cls, name)
            fields[name] = {**field, "schema": strict(field["schema"], type_of)}
    return {**schema, "fields": fields}


def _type_of(cls: Any, name: str) -> Any:
    field = fields_of(cls)[name]
    annotated = typing.cast("Any", typing.Annotated)
    metadata = tuple(field.metadata)
    return annotated[(field.annotation, *metadata)] if metadata else field.annotation


def strict(schema: Any, type_of: Callable[[], Any]) -> Any:
    """``schema`` with JSON validated during decoding.

    This applies if pydantic would try several members of a union with everything nested
    in them; ``type_of`` returns the type of ``schema``.
    """
    kind = schema["type"]
    if kind == "default":
        return {**schema, "schema": strict(schema["schema"], type_of)}
    inside = [schema]
    for inner in inside:  # it grows
        held = inner.get(_INSIDE.get(inner["type"]), [])
        inside += held if isinstance(held, list) else [held]
        members = inner["choices"] if inner["type"] == "union" else ()
        choices = [*_flat(members)]  # an UnknownVariant accepts any object
        shapes = [
            "object" if _is_unknown(x) else _SHAPES.get(x["type"]) for x in choices
        ]
        if max(shapes.count("object"), shapes.count("array")) > 1:
            return checked(type_of, schema)
    return schema


def _flat(choices: Sequence[Any]) -> Iterator[Any]:
    """The members of a union, including those of nested unions."""
    for choice in choices:
        metadata: dict[str, Any] = choice.get("metadata") or {}
        inner: Any = metadata.get("members")
        if choice["type"] == "union":
            inner = choice["choices"]
        if inner is None:
            yield choice
        else:
            yield from _flat(inner)


def _tags(choices: Sequence[Any]) -> set[str]:
    """The discriminators of the unions among ``choices``, which a value may lack."""
    tags = set[str]()
    for choice in choices:
        metadata: dict[str, Any] = choice.get("metadata") or {}
        tags |= {metadata["tag"]} if "tag" in metadata else set()
        inner = choice["choices"] if choice["type"] == "union" else ()
        tags |= _tags(metadata.get("members", inner))
    return tags


def _best_of(choices: Sequence[Any], tags: Set[str] = frozenset()) -> Any:
    """Decodes a value as each of ``choices``, and returns the best match.

    The value may lack the properties ``tags``, even if they are constants. Nested unions
    choose once for each value: if another member of the outer union reaches the same
    value again, the first choice is used.
    """
    key = tuple(choice.get("schema_ref", id(choice)) for choice in choices)
    failed = cs.no_info_plain_validator_function(lambda _: (False, _FAILED))
    tried = (first_of(*_readings(x), failed) for x in choices)
    readings = cs.tuple_schema([*tried, ANY])

    def copies(value: Any) -> Any:
        known = _chosen.indices.get((key, id(value)))
        if known is None:
            return (value,) * (len(choices) + 1)
        tried = (value if i == known[0] else _FAILED for i in range(len(choices)))
        return (*tried, value)

    def best(candidates: Sequence[Any]) -> Any:
        *read, (_, value) = [*candidates[:-1], (True, candidates[-1])]
        known = _chosen.indices.get((key, id(value)))
        index = _best(read, value, tags) if known is None else known[0]
        # The value is kept alive, so that its id stays unique.
        _chosen.indices[key, id(value)] = index, value
        if index is None:
            raise ValueError("no member of the union fits")
        return read[index][1]

    function = cs.no_info_plain_validator_function
    chain = cs.chain_schema([function(copies), readings, function(best)])
    return cs.no_info_wrap_validator_function(_remembering, chain)


def _remembering(value: Any, handler: Any) -> Any:
    """Decodes a value; the outermost call clears the choices of unions.

    Raises RecursionError where unions are nested so deep that the C stack could end.
    """
    depth = getattr(_chosen, "depth", 0)
    if depth > MAX_DEPTH:
        raise RecursionError(f"unions are nested deeper than {MAX_DEPTH} levels")
    _chosen.depth = depth + 1
    if not depth:
        _chosen.indices, _chosen.fits, _chosen.scores = {}, {}, {}
    try:
        return handler(value)
    finally:
        _chosen.depth = depth
        if not depth:
            del _chosen.indices, _chosen.fits, _chosen.scores


def _readings(schema: Any) -> Iterator[Any]:
    """The ways to decode a value: strictly, else with parts that do not fit kept raw."""
    exact = cs.no_info_after_validator_function(lambda it: (True, it), _exact(schema))
    yield exact
    if schema["type"] in ("list", "dict", "tuple"):
        held = _holding(schema)
        yield cs.no_info_after_validator_function(lambda it: (False, it), held)


def _exact(schema: Any) -> Any:
    """Accepts only what fits. A model accepts any object, and `_best` ranks it."""
    kind = schema["type"]
    if kind in _EXACT:
        return _EXACT[kind]
    if kind == "list":
        return cs.list_schema(_exact(schema["items_schema"]))
    if kind == "tuple":
        return cs.tuple_schema([*map(_exact, schema["items_schema"])])
    if kind == "dict" and schema["keys_schema"]["type"] == "str":
        return cs.dict_schema(cs.str_schema(), _exact(schema["values_schema"]))
    if kind == "nullable":
        return cs.nullable_schema(_exact(schema["schema"]))
    if kind == "union":
        choices = schema["choices"]
        known = [choice for choice in _flat(choices) if not _is_unknown(choice)]
        return _best_of(known, _tags(choices))
    if kind == "datetime":
        return cs.chain_schema([_TIMESTAMP, as_lax(schema)])
    return listed(schema) if kind == "literal" else as_lax(schema)


def _holding(schema: Any) -> Any:
    """The lenient form of a schema. It rejects values of another kind."""
    lax = as_lax(schema)
    return cs.list_schema(ANY) if schema["type"] == "list" and lax is ANY else lax


def _best(read: Sequence[tuple[bool, Any]], value: Any, tags: Set[str]) -> int | None:
    """Which result contains most of ``value``: among those that fit entirely, else all."""
    ranked = sorted(
        (
            (_score(decoded, value), -index)
            for index, (_, decoded) in enumerate(read)
            if decoded is not _FAILED
        ),
        reverse=True,
    )
    best, contained, chosen = -1, 0, 0
    for (_, shared, _), index in ranked:
        exact, decoded = read[-index]
        validity = exact * _validity(decoded, value, tags)
        if validity > best:
            best, contained, chosen = validity, shared, -index
        if best == 2:
            break  # the others do not fit better, and contain less
    return chosen if best > 0 or contained > 0 else None


def _validity(decoded: Any, value: Any, tags: Set[str]) -> int:
    """2 if ``value`` has everything that its type requires, 1 if it lacks only a tag."""
    missing = set[str]()
    if isinstance(decoded, pydantic.BaseModel):
        constants = _constants(decoded.__class__).items()
        missing = {x for x, (_, fixed) in constants if fixed} - value.keys()
        names = wire_names(decoded.__class__).items() if missing else ()
        fields = fields_of(decoded.__class__)
        missing -= {wire for name, wire in names if fields[name].metadata}
    if missing - tags or not fits(decoded, value, _chosen.fits):
        return 0
    return 1 if missing else 2


def _score(decoded: Any, value: Any) -> tuple[int, int, int]:
    """The rank: fewest values that no enum lists, then most of ``value`` with a type,
    then most values that an enum or a constant lists."""
    if isinstance(decoded, (UnknownStr, UnknownInt, UnknownVariant)):
        return -1, 0, 0
    if isinstance(decoded, enum.Enum):
        return (0 if decoded.name in type(decoded).__members__ else -1), 1, 0
    if decoded is value or isinstance(decoded, (bool, int, float, str)):
        return 0, 0, 0
    is_model = isinstance(decoded, pydantic.BaseModel)
    cls = decoded.__class__
    known: dict[Any, tuple[int, int, int]] = _chosen.scores
    if (cls, id(value)) in known:
        return known[cls, id(value)]
    if is_model:
        fields, names = decoded.__dict__, wire_names(cls).items()
        read = [(fields[name], value[wire]) for name, wire in names if wire in value]
    else:
        read = [(x, y) for _, x, y in parts(decoded, value)]
    scores = [_score(x, y) for x, y in read if x.__class__ not in PLAIN]
    own, exact = len(read) if is_model else not read, 0
    if is_model:
        hits = [
            (_typed(value[wire]) in listed, fixed)
            for wire, (listed, fixed) in _constants(cls).items()
            if wire in value
        ]
        exact = sum(hit for hit, _ in hits)
        if (False, True) in hits:  # it contradicts a constant
            own = -len(read) - sum(shared for _, shared, _ in scores) - 1
    unlisted, shared, listed = map(sum, zip((0, own, exact), *scores, strict=True))
    score = unlisted, shared, listed
    if is_model:
        known[cls, id(value)] = score
    return score


@functools.cache
def _constants(cls: Any) -> dict[str, tuple[list[tuple[type, Any]], bool]]:
    """The fields with an enum or a constant, by wire name: its values with their types,
    and whether the field is required and has no other values."""
    constants = dict[str, tuple[list[tuple[type, Any]], bool]]()
    for name, wire in wire_names(cls).items():
        annotation = fields_of(cls)[name].annotation
        if listed := _literals(annotation):
            fixed = typing.get_origin(annotation) is typing.Literal
            constants[wire] = [*map(_typed, listed)], fixed
    return constants


def _members(type_: Any) -> Iterator[Any]:
    """The members of a union, including those of nested unions."""
    origin = typing.get_origin(type_)
    if hasattr(type_, "__value__"):
        yield from _members(type_.__value__)
    elif origin is typing.Annotated:
        inner = [*_members(typing.get_args(type_)[0])]
        yield from [type_] if len(inner) == 1 else inner
    elif origin in (typing.Union, types.UnionType):
        for member in typing.get_args(type_):
            yield from _members(member)
    elif type_ not in (UnknownVariant, type(None)):
        yield type_


def _typed(value: Any) -> tuple[type, Any]:
    """A value with its type: True and 1 are equal in Python."""
    return value.__class__, value


def _literals(annotation: Any) -> list[Any]:
    if typing.get_origin(annotation) is typing.Literal:
        return [*typing.get_args(annotation)]
    return [value for arg in typing.get_args(annotation) for value in _literals(arg)]
