"""Named types: models, enums, unions and aliases, with their fields and variants."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Availability, Default, Example, Name, Words
from .types import Assertions, Ref, Type

FieldStyle: TypeAlias = OneOf[
    "exploded",
    "form",
    "json",
    "spaceDelimited",
    "pipeDelimited",
    "tabDelimited",
    "deepObject",
    "commas",
    "properties",
]
"""`commas` and `properties` are the style `form` of a part of a multipart body in OpenAPI: an array
with commas, and an object with a part for each property."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a model or of a request body.

    `name` is the wire name; `rename` is an explicit name (x-fern-property-name, Fern's `name:`).
    """

    name: str
    type: Type
    required: bool
    doc: str | None = None
    rename: str | None = None
    default: Default | None = None
    access: OneOf["read-only", "write-only"] | None = None
    availability: Availability | None = None
    example: Default | None = None
    content_type: str | None = None
    """For multipart parts: OpenAPI's `encoding.contentType`, Fern's `content-type`."""
    style: FieldStyle | None = None
    """For multipart and form fields: the style of lists and objects. Exploded and form are the
    style `form` with and without `explode`."""
    allow_reserved: bool = False
    """For forms: the reserved characters of RFC 3986, section 2.2, are not percent-encoded."""
    otherwise: str | None = None
    """The name of its argument if another argument has the same name."""
    yields_to_path: bool = False
    """Whether a path parameter with the same name keeps it (Fern's rule)."""
    may_be_missing: bool = False
    """For a discriminator: a response may lack it, although callers always send it."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Declared:
    id: str = field(compare=False)
    """Unique and stable: the package and the words of the name, joined; independent of the order.
    """
    name: Name
    package: Words = ()
    """The group of the type; () is the root."""
    owner: str | None = field(default=None, compare=False)
    """For an inline schema: the id of the declaration or endpoint that contains it."""
    places: tuple[str, ...] = field(default=(), compare=False, repr=False, kw_only=True)
    """Its locations in the description as JSON Pointers; () if the id already gives it."""
    doc: str | None = None
    availability: Availability | None = None
    examples: tuple[Example, ...] = ()
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Model(_Declared):
    """An object. `fields` are its own; those of `extends` come before them."""

    fields: tuple[Field, ...] = ()
    extends: tuple[Ref, ...] = ()
    extra: Type | None = None
    """The type of additional properties, if it is defined (additionalProperties)."""
    discriminators: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The properties that it lacks because the unions that it is a variant of add them."""


@dataclass(frozen=True, slots=True)
class EnumValue:
    value: str | int | float
    name: str | None = None
    doc: str | None = None
    availability: Availability | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Enum(_Declared):
    """A set of values; the server may have more values than the description."""

    values: tuple[EnumValue, ...]
    default: Default | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A member of a union.

    With a discriminator: `tag` is its value, and `key` the property that contains a member that is
    not an object; `type` is None if a variant has only its discriminator value.
    """

    type: Type | None
    tag: str | None = None
    key: str | None = None
    name: str | None = None
    doc: str | None = None
    untagged: bool = False
    """With a discriminator: the value is a plain `type`, such as a list, without a discriminator
    value. It is selected by its JSON type."""
    is_default: bool = False
    """With a discriminator: whether the variant is for values with an unknown discriminator value,
    or without one."""
    tag_optional: bool = False
    """Whether a value without its discriminator value is valid."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property that distinguishes the variants of a union.

    `context` is "protocol" if the value is in the `event:` line of a server-sent event
    (x-fern-discriminator-context) instead of the data.
    """

    property: str
    rename: str | None = None
    context: OneOf["data", "protocol"] = "data"
    inline: bool = True
    """Whether the discriminator is added to the variant's own properties (False: variants have it).
    """
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Union(_Declared):
    """A union of types. `fields` and `extends` are common to all variants (Fern's base properties)."""

    variants: tuple[Variant, ...]
    discriminator: Discriminator | None = None
    fields: tuple[Field, ...] = ()
    extends: tuple[Ref, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias(_Declared):
    """A name for a type that is none of the above."""

    type: Type


Declaration: TypeAlias = Model | Enum | Union | Alias
