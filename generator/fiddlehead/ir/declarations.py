"""Types that have a name: models, enums, unions and aliases, with their fields and variants."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Availability, Default, Example, Name, Words
from .types import Assertions, Ref, Type

FieldStyle: TypeAlias = OneOf[
    "exploded", "form", "json", "spaceDelimited", "pipeDelimited", "deepObject"
]


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a model or of a request body.

    `name` is the wire name; `rename` is what the description wants it called
    (x-fern-property-name, Fern's `name:`).
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
    """Of a multipart part: OpenAPI's `encoding.contentType`, Fern's `content-type`."""
    style: FieldStyle | None = None
    """Of a multipart or form part: how a list or an object is written. Exploded and form are the
    style `form` with and without `explode`."""
    allow_reserved: bool = False
    """Of a form: the reserved characters of RFC 3986 section 2.2 are sent as they are."""
    otherwise: str | None = None
    """What an argument for it is called where another argument has its name."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Declared:
    id: str = field(compare=False)
    """Unique and stable: the package and the words of the name, joined; never from an order."""
    name: Name
    package: Words = ()
    """The group that the type belongs to; () is the root."""
    owner: str | None = field(default=None, compare=False)
    """For an inline schema: the id of the declaration, or the endpoint, that it was found in."""
    places: tuple[str, ...] = field(default=(), compare=False, repr=False, kw_only=True)
    """Where it is in the description, as JSON Pointers; () where its id says that."""
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
    """The type of further properties where the description gives one (additionalProperties)."""


@dataclass(frozen=True, slots=True)
class EnumValue:
    value: str | int | float
    name: str | None = None
    doc: str | None = None
    availability: Availability | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Enum(_Declared):
    """A choice of values; a server may know more of them than the description."""

    values: tuple[EnumValue, ...]
    default: Default | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A member of a union.

    With a discriminator: `tag` is its value, and `key` says under which property a member that
    is not an object is found; `type` is None where a variant has nothing but its tag.
    """

    type: Type | None
    tag: str | None = None
    key: str | None = None
    name: str | None = None
    doc: str | None = None
    bare: bool = False
    """With a discriminator: the value is what `type` says and no more, such as a list, which can
    carry no tag. It is told apart by its shape."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property that tells the variants of a union apart.

    `context` is "protocol" where the value stands in the `event:` line of a server-sent event
    (x-fern-discriminator-context) and not in the data.
    """

    property: str
    rename: str | None = None
    context: OneOf["data", "protocol"] = "data"
    inline: bool = True
    """Whether the tag stands beside the variant's own properties (False: variants keep it)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Union(_Declared):
    """A choice of types. `fields` and `extends` are common to all variants (Fern's base
    properties)."""

    variants: tuple[Variant, ...]
    discriminator: Discriminator | None = None
    fields: tuple[Field, ...] = ()
    extends: tuple[Ref, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias(_Declared):
    """A name for a type that is not one of the above."""

    type: Type


Declaration: TypeAlias = Model | Enum | Union | Alias
