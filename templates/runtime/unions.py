"""Unions: chosen by discriminator or best match, open to unknown variants."""

import enum
import json
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydantic
from pydantic_core import core_schema as cs

from .decode import ANY, construct_type, first_of, problems
from .decode import opened as as_lax
from .encode import encode, wire_names
from .integers import UnknownInt
from .unchecked_base_model import UncheckedBaseModel, UnknownStr

_FAILED = object()
_UNKNOWN = {"unknown": True}
_UNTAGGED, _UNLISTED, _NO_DICT = "(no tag)", "(unknown tag)", "(no object)"
_SHAPES = {
    "list": "array",
    "dict": "object",
    "model": "object",
    "definition-ref": "object",
    "str": "text",
    "datetime": "text",
    "date": "text",
    "uuid": "text",
    "int": "number",
    "float": "number",
    "bool": "boolean",
}
# A date and a time, where `datetime` of pydantic takes a date alone and numbers, too.
_TIMESTAMP = cs.str_schema(pattern=r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
_NUMBER = cs.union_schema([cs.int_schema(strict=True), cs.float_schema(strict=True)])
_EXACT: dict[str, Any] = {
    "str": cs.str_schema(strict=True),
    "int": cs.int_schema(strict=True),
    "float": _NUMBER,
    "bool": cs.bool_schema(strict=True),
    "none": cs.none_schema(),
    "any": ANY,
}


class UnknownVariant(UncheckedBaseModel):
    """A variant that is not in the API description, with all its properties."""

    if typing.TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, /, **values: Any) -> None:
        self.__setstate__(construct_type(type(self), values).__getstate__())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """In a caller's field, an instance only: any dict would fit, and hide mistakes."""

        def check(value: Any) -> Any:
            if not isinstance(value, cls):
                raise ValueError("Input should be an UnknownVariant")
            return value

        schema = super().__get_pydantic_core_schema__(source, handler)
        if schema["type"] == "lax-or-strict":
            return schema  # pydantic has it from an earlier time
        model = handler.resolve_ref_schema(schema)
        # Decoding must bypass `__init__`, because `__init__` itself decodes.
        model["custom_init"] = False
        checked = cs.no_info_before_validator_function(check, schema)
        both: Any = cs.lax_or_strict_schema(schema, checked, strict=True)
        both["metadata"] = _UNKNOWN
        return both


class Discriminated:
    """Marks a union whose members a property tells apart.

    ``property`` is its wire name. Each member lists its values in a Literal field of
    that name; ``names`` maps value to class name where members have no such field.
    A member that is not an object, or that has no value of its own, is told by its shape.
    """

    def __init__(self, property: str, names: Mapping[str, str] | None = None) -> None:
        self.property = property
        self.names = dict(names or {})

    def __hash__(self) -> int:
        return hash(self.property)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Discriminated) and vars(self) == vars(other)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Validation of values that callers construct: a known variant or an unknown one."""
        tagged, models, others = dict[Any, list[Any]](), list[Any](), list[Any]()
        names = [self.property]
        for member in _members(source):
            schema = handler.generate_schema(member)
            values = self._values(member, names)
            for value in values:
                tagged.setdefault(value, []).append(schema)
            (models if values else others).append(schema)
        choices: dict[Any, Any] = {tag: _either(each) for tag, each in tagged.items()}
        every = [*models, *others]

        def tag_of(value: Any) -> Any:
            """The key of the schema for what a caller gives, or an API sends."""
            if isinstance(value, UnknownVariant):
                return _UNLISTED
            of_mapping = isinstance(value, Mapping)
            given = typing.cast("Mapping[str, Any]", value if of_mapping else {})
            found = [given[name] for name in names if given.get(name) is not None]
            if not of_mapping:
                found = [getattr(value, name) for name in names if hasattr(value, name)]
            if found and found[0].__hash__ and found[0] in choices:
                return found[0]
            if not of_mapping:
                return _NO_DICT
            return _UNLISTED if found else _UNTAGGED

        def unlisted(value: Any) -> Any:
            known = isinstance(value, UnknownVariant)
            return value if known else UnknownVariant(**value)

        unknown = cs.no_info_plain_validator_function(unlisted)
        missing: Any = {
            "custom_error_type": "union_tag_not_found",
            "custom_error_context": {"discriminator": repr(self.property)},
        }
        any_member = cs.union_schema(every, **missing)
        # An API may leave the tag out. A caller who gives a dict says what it is.
        caller = cs.union_schema([*others, cs.none_schema()], **missing)
        strict = {
            **choices,
            _NO_DICT: any_member,
            _UNTAGGED: cs.json_or_python_schema(any_member, caller),
            _UNLISTED: first_of(*others, unknown),
        }
        lax = first_of(
            *([cs.tagged_union_schema(choices, self.property)] if choices else ()),
            cs.no_info_before_validator_function(self._untagged, _best_of(every)),
            *([_best_of(others)] if others else ()),
            handler.generate_schema(UnknownVariant),
            ANY,
        )
        both: Any = cs.lax_or_strict_schema(
            lax, cs.tagged_union_schema(strict, tag_of), strict=True
        )
        both["metadata"] = {"members": every}
        return both

    def _values(self, member: Any, names: list[str]) -> list[Any]:
        """The values of the property that stand for a member; ``names`` has what Python
        calls it."""
        if not hasattr(member, "__pydantic_root_model__"):
            return []
        values: list[Any] = [v for v, n in self.names.items() if n == member.__name__]
        for name, wire in wire_names(member).items():
            if wire == self.property:
                names.append(name)
                if not values:
                    values = _literals(member.model_fields[name].annotation)
        return values

    def _untagged(self, value: Any) -> Any:
        """``value`` if it is an object without the property."""
        items: Any = value
        if not isinstance(value, Mapping) or items.get(self.property) is not None:
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
    enums = [each for each in choices if each["type"] in ("function-after", "literal")]
    unknown = [each for each in choices if each.get("metadata") == _UNKNOWN]
    rest = [each for each in choices if each not in (*enums, *unknown)]
    shapes = [_SHAPES.get(each["type"]) for each in rest]
    open_ends = [each for each in enums if each["type"] == "function-after"]
    shapes += [_SHAPES[each["schema"]["type"]] for each in open_ends]
    if len({*shapes}) < len(shapes) or None in shapes:
        return first_of(_best_of([*enums, *rest]), *unknown, ANY)
    if not open_ends:
        enums = []  # not an open union: unknown values are kept undecoded
    steps = [_holding(each) for each in rest if each["type"] not in _EXACT]
    return first_of(*enums, *steps, *unknown, ANY)


def _flat(choices: Sequence[Any]) -> Iterator[Any]:
    """The members of a union, those of the unions inside it included."""
    for each in choices:
        metadata: dict[str, Any] = each.get("metadata") or {}
        inner: Any = metadata.get("members")
        if each["type"] == "union":
            inner = each["choices"]
        if inner is None:
            yield each
        else:
            yield from _flat(inner)


def _best_of(choices: Sequence[Any]) -> Any:
    """Decodes a value as each of ``choices``, and takes the best match."""
    failed = cs.no_info_plain_validator_function(lambda _: (False, _FAILED))
    tried = [first_of(*_readings(each), failed) for each in choices]
    copies = cs.no_info_plain_validator_function(lambda it: (it,) * (len(tried) + 1))
    made = cs.tuple_schema([*tried, ANY])
    return cs.chain_schema([copies, made, cs.no_info_plain_validator_function(_best)])


def _readings(schema: Any) -> Iterator[Any]:
    """The ways to decode a value: strictly, else with parts that do not fit kept raw."""
    exact = cs.no_info_after_validator_function(lambda it: (True, it), _exact(schema))
    yield exact
    if schema["type"] in ("list", "dict"):
        held = _holding(schema)
        yield cs.no_info_after_validator_function(lambda it: (False, it), held)


def _exact(schema: Any) -> Any:
    """Takes what fits only; a model takes any object, and is judged by `_best`."""
    kind = schema["type"]
    if kind in _EXACT:
        return _EXACT[kind]
    if kind == "list":
        return cs.list_schema(_exact(schema["items_schema"]))
    if kind == "dict" and schema["keys_schema"]["type"] == "str":
        return cs.dict_schema(cs.str_schema(), _exact(schema["values_schema"]))
    if kind == "nullable":
        return cs.nullable_schema(_exact(schema["schema"]))
    if kind == "union":
        return _best_of([*_flat(schema["choices"])])
    if kind == "datetime":
        return cs.chain_schema([_TIMESTAMP, as_lax(schema)])
    return schema if kind == "literal" else as_lax(schema)


def _holding(schema: Any) -> Any:
    """The lenient form of a schema, which rejects values of another kind."""
    lax = as_lax(schema)
    return cs.list_schema(ANY) if schema["type"] == "list" and lax is ANY else lax


def _best(candidates: Sequence[Any]) -> Any:
    """Of several that fit entirely, or else of all, the one that says most of it."""
    *made, (_, value) = [*candidates[:-1], (True, candidates[-1])]
    read = [(exact, it) for exact, it in made if it is not _FAILED]
    scored = [
        ((exact and _fits(it, value), *_score(it, value)), it) for exact, it in read
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=((False, 0, 0), None))
    if not score[0] and score[2] < 1:
        raise ValueError("no member of the union resembles it")
    return best


def _fits(made: Any, value: Any) -> bool:
    """Whether ``value`` has the required fields and constants of the decoded models."""
    if isinstance(made, pydantic.BaseModel):
        return not problems(type(made), json.dumps(encode(value)).encode())
    return all(_fits(part, other) for part, other in _pairs(made, value))


def _score(made: Any, value: Any) -> tuple[int, int]:
    """How few values of ``made`` no enum lists, and how much of ``value`` has a type."""
    if isinstance(made, (UnknownStr, UnknownInt, UnknownVariant)):
        return -1, 0
    if isinstance(made, enum.Enum):
        return (0 if made.name in type(made).__members__ else -1), 1
    if made is value or isinstance(made, (bool, int, float, str)):
        return 0, 0
    parts = [*_pairs(made, value)]
    scores = [_score(part, other) for part, other in parts]
    own = len(parts) if isinstance(made, pydantic.BaseModel) else not parts
    if isinstance(made, pydantic.BaseModel) and _contradicts(type(made), value):
        own = -len(parts) - sum(shared for _, shared in scores) - 1
    return sum(listed for listed, _ in scores), own + sum(n for _, n in scores)


def _pairs(made: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Pairs of each decoded part and the part of the value it was decoded from."""
    if isinstance(made, pydantic.BaseModel):
        for name, wire in wire_names(type(made)).items():
            if wire in value:
                yield made.__dict__[name], value[wire]
    elif isinstance(made, list):
        yield from zip(typing.cast("Sequence[Any]", made), value, strict=False)
    elif isinstance(made, dict):
        yield from zip(
            typing.cast("Mapping[Any, Any]", made).values(),
            value.values(),
            strict=False,
        )


def _contradicts(cls: Any, value: Mapping[str, Any]) -> bool:
    """Whether ``value`` contradicts a constant field of a model."""
    for name, wire in wire_names(cls).items():
        annotation = cls.model_fields[name].annotation
        constant = typing.get_origin(annotation) is typing.Literal
        if constant and wire in value and value[wire] not in _literals(annotation):
            return True
    return False


def _members(type_: Any) -> Iterator[Any]:
    """The members of a union, through the unions inside it."""
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


def _literals(annotation: Any) -> list[Any]:
    if typing.get_origin(annotation) is typing.Literal:
        return [*typing.get_args(annotation)]
    return [value for arg in typing.get_args(annotation) for value in _literals(arg)]
