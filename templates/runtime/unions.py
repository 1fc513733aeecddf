"""Unions: told apart by a discriminator or by what fits best, and open to unknowns."""

import datetime as dt
import typing
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydantic
from pydantic_core import core_schema as cs

from .decode import ANY, Builder, construct_type, first_of, is_model, problems
from .encode import to_json, wire_names
from .unchecked_base_model import UncheckedBaseModel


class UnknownVariant(UncheckedBaseModel):
    """A variant that the API description does not list, with all that it holds."""

    if typing.TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, **values: Any) -> None:
        self.__setstate__(construct_type(type(self), values).__getstate__())

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> cs.CoreSchema:
        """In a field, an instance only: any dict would fit, and hide mistakes."""

        def check(value: Any) -> Any:
            if not isinstance(value, cls):
                raise ValueError("Input should be an UnknownVariant")
            return value

        schema = super().__get_pydantic_core_schema__(source, handler)
        return cs.no_info_before_validator_function(check, schema)


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

    def lenient_schema(self, builder: Builder, type_: Any) -> Any:
        """How an answer is read (see `Builder`)."""
        choices = self._choices(type_, builder.schema)
        tagged = cs.tagged_union_schema(choices, self.property)
        return first_of(tagged, builder.schema(UnknownVariant))

    def __get_pydantic_core_schema__(
        self, source: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> cs.CoreSchema:
        """How pydantic checks what a caller builds: known variants strictly."""
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
        return cs.no_info_wrap_validator_function(check, tagged)

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


def schema(builder: Builder, members: Sequence[Any], choices: Sequence[Any]) -> Any:
    """A union of ``members``, and of ``choices``: the schemas of an open enum."""
    known = [member for member in members if member is not UnknownVariant]
    shapes = [*map(_shape, known), *["text"][: len(choices)]]
    steps, inner = [*choices], [builder.schema(member) for member in known]
    if len({*shapes}) == len(shapes) and None not in shapes:
        steps += [schema for schema in inner if schema is not ANY]
    else:
        choose = _chooser(known)
        steps.append(cs.no_info_plain_validator_function(choose))
    if UnknownVariant in members:
        steps.append(builder.schema(UnknownVariant))
    return first_of(*steps, ANY)


def _chooser(members: Sequence[Any]) -> Any:
    """Reads a value as the member it fits: entirely, or else more than any other.

    Of several that fit, it is the one with the most of the value's fields.
    """

    def choose(value: Any) -> Any:
        text = to_json(value)
        fitting = [member for member in members if not problems(member, text)]
        shared = [(_shared(member, value), member) for member in fitting or members]
        best, member = max(shared, key=lambda pair: pair[0], default=(0, None))
        if not fitting and best < 1:
            raise ValueError("no member of the union resembles it")
        return construct_type(member, value)

    return choose


def _shared(type_: Any, value: Any) -> int:
    """How many fields of ``value`` a model has; -1 where they contradict a constant."""
    if isinstance(value, list) and typing.get_args(type_):
        item_type, items = typing.get_args(type_)[0], typing.cast(
            "Sequence[Any]", value
        )
        return sum(_shared(item_type, item) for item in items)
    if not is_model(type_) or not isinstance(value, Mapping):
        return 0
    shared = 0
    for name, wire in wire_names(type_).items():
        if wire in value:
            annotation = type_.model_fields[name].annotation
            constant = typing.get_origin(annotation) is typing.Literal
            if constant and value[wire] not in typing.get_args(annotation):
                return -1
            shared += 1
    return shared


def _members(type_: Any) -> Iterator[Any]:
    """The classes of a union, through the unions inside it."""
    if is_model(type_):
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


_SHAPES: dict[Any, str] = {
    list: "array",
    Sequence: "array",
    dict: "object",
    Mapping: "object",
    str: "text",
    dt.datetime: "text",
    dt.date: "text",
    uuid.UUID: "text",
    int: "number",
    float: "number",
    bool: "boolean",
}


def _shape(type_: Any) -> str | None:
    """The kind of JSON that a member takes; None where that is not plain to see."""
    if typing.get_origin(type_) is typing.Annotated:
        marks = typing.get_args(type_)[1:]
        return "object" if any(isinstance(m, Discriminated) for m in marks) else None
    if is_model(type_):
        return "object"
    return _SHAPES.get(typing.get_origin(type_) or type_)
