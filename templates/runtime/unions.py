"""Unions: told apart by a discriminator or by what fits best, and open to unknowns."""

import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydantic
from pydantic_core import core_schema as cs

from .decode import ANY, construct_type, first_of, problems
from .decode import opened as as_lax
from .encode import to_json, wire_names
from .unchecked_base_model import UncheckedBaseModel

_FAILED = object()
_UNKNOWN = {"unknown": True}
_INSTANCES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
}
_SHAPES = {
    "list": "array",
    "dict": "object",
    "model": "object",
    "definition-ref": "object",
    "lax-or-strict": "object",
    "str": "text",
    "datetime": "text",
    "date": "text",
    "uuid": "text",
    "int": "number",
    "float": "number",
    "bool": "boolean",
}


class UnknownVariant(UncheckedBaseModel):
    """A variant that the API description does not list, with all that it holds."""

    if typing.TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, **values: Any) -> None:
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
        # What is decoded does not pass through `__init__`, which decodes.
        model["custom_init"] = False
        checked = cs.no_info_before_validator_function(check, schema)
        both: Any = cs.lax_or_strict_schema(schema, checked, strict=True)
        both["metadata"] = _UNKNOWN
        return both


class Discriminated:
    """Marks a union whose members a property tells apart.

    ``property`` is its wire name. Each member lists its values in a Literal field of
    that name; ``names`` maps value to class name where members have no such field.
    """

    def __init__(self, property: str, names: Mapping[str, str] | None = None) -> None:
        self.property = property
        self.names = dict(names or {})

    def __hash__(self) -> int:
        return hash(self.property)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Discriminated) and vars(self) == vars(other)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """What a caller builds may be a known variant, or what none of them can be."""
        choices = self._choices(source, handler.generate_schema)
        names = [self.property, *self._names(source)]
        paths = typing.cast("Any", [[name] for name in names])

        def check(value: Any, handler: Any) -> Any:
            """Only a value that no variant has may stand for an unknown variant."""
            if isinstance(value, UnknownVariant):
                return value
            if isinstance(value, Mapping):
                given = typing.cast("Mapping[str, Any]", value)
                tags = [given[name] for name in names if name in given]
                if tags and tags[0] not in choices:
                    return UnknownVariant(**given)
            return handler(value)

        tagged = cs.tagged_union_schema(choices, paths)
        checked = cs.no_info_wrap_validator_function(check, tagged)
        unknown = handler.generate_schema(UnknownVariant)
        kept = first_of(cs.tagged_union_schema(choices, self.property), unknown, ANY)
        return cs.lax_or_strict_schema(kept, checked, strict=True)

    def _choices(self, type_: Any, schema_of: Any) -> dict[Any, Any]:
        """The schema for each value of the property."""
        choices: dict[Any, Any] = {}
        for member in _members(type_):
            values = [v for v, name in self.names.items() if name == member.__name__]
            for name, wire in wire_names(member).items():
                if wire == self.property and not values:
                    values = _literals(member.model_fields[name].annotation)
            choices.update(dict.fromkeys(values, schema_of(member)))
        return choices

    def _names(self, type_: Any) -> set[str]:
        """What Python calls the property."""
        names = [wire_names(member).items() for member in _members(type_)]
        return {
            name for items in names for name, wire in items if wire == self.property
        }


def opened(schema: Any) -> Any:
    """The lax half of a union without a discriminator (see `decode`)."""
    choices: Sequence[Any] = schema["choices"]
    enum = [each for each in choices if each["type"] in ("function-after", "literal")]
    unknown = [each for each in choices if each.get("metadata") == _UNKNOWN]
    rest = [each for each in choices if each not in (*enum, *unknown)]
    shapes = [_SHAPES.get(each["type"]) for each in rest]
    if any(each["type"] == "function-after" for each in enum):
        shapes.append("text")
    else:
        enum = []  # it is not open: any other value is kept as its own are
    if len({*shapes}) < len(shapes) or None in shapes:
        steps = [_best_of(rest)]
    else:
        steps = [as_lax(each) for each in rest if each["type"] not in _INSTANCES]
    return first_of(*enum, *steps, *unknown, ANY)


def _best_of(choices: Sequence[Any]) -> Any:
    """Reads a value as each of ``choices``, and takes what suits it best."""
    failed = cs.no_info_plain_validator_function(lambda _: _FAILED)
    tried = [first_of(_exact(each), failed) for each in choices]
    copies = cs.no_info_plain_validator_function(lambda it: (it,) * (len(tried) + 1))
    made = cs.tuple_schema([*tried, ANY])
    return cs.chain_schema([copies, made, cs.no_info_plain_validator_function(_best)])


def _exact(schema: Any) -> Any:
    kinds = _INSTANCES.get(schema["type"])
    if kinds is None:
        return schema if schema["type"] in ("any", "literal") else as_lax(schema)
    return cs.is_instance_schema(kinds)


def _best(candidates: Sequence[Any]) -> Any:
    """Of several that fit entirely, or else of all, the one with the most fields."""
    *made, value = candidates
    scored = [(_score(each, value), each) for each in made if each is not _FAILED]
    score, best = max(scored, key=lambda pair: pair[0], default=((False, 0), None))
    if score < (False, 1):
        raise ValueError("no member of the union resembles it")
    return best


def _score(made: Any, value: Any) -> tuple[bool, int]:
    """Whether ``value`` fits what was made of it, and how many fields that has of it."""
    if isinstance(made, pydantic.BaseModel):
        return not problems(type(made), to_json(value)), _shared(type(made), value)
    if not isinstance(made, list):
        return True, 0
    scores = [*map(_score, typing.cast("Sequence[Any]", made), value)]
    return all(fits for fits, _ in scores), sum(shared for _, shared in scores)


def _shared(cls: Any, value: Mapping[str, Any]) -> int:
    """How many fields of ``value`` a model has; -1 where they contradict a constant."""
    shared = 0
    for name, wire in wire_names(cls).items():
        if wire in value:
            annotation = cls.model_fields[name].annotation
            constant = typing.get_origin(annotation) is typing.Literal
            if constant and value[wire] not in typing.get_args(annotation):
                return -1
            shared += 1
    return shared


def _members(type_: Any) -> Iterator[Any]:
    """The classes of a union, through the unions inside it."""
    if hasattr(type_, "__pydantic_root_model__"):
        if type_ is not UnknownVariant:
            yield type_
        return
    args = typing.get_args(type_)
    if typing.get_origin(type_) is typing.Annotated:
        args = args[:1]
    for member in [type_.__value__] if hasattr(type_, "__value__") else args:
        yield from _members(member)


def _literals(annotation: Any) -> list[Any]:
    if typing.get_origin(annotation) is typing.Literal:
        return [*typing.get_args(annotation)]
    return [value for arg in typing.get_args(annotation) for value in _literals(arg)]
