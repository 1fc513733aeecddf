"""The types of the API."""

import datetime as dt
import uuid
from typing import Annotated, Literal

import pydantic
from typing_extensions import TypeAliasType

from .core.decode import Lenient
from .core.integers import UnknownInt
from .core.unchecked_base_model import UncheckedBaseModel, UnknownStr
from .core.unions import Discriminated, UnknownVariant

JobStatus = Literal["processing", "complete", "failed"] | UnknownStr
Priority = Literal[1, 2, 3] | UnknownInt


class Complaint(UncheckedBaseModel):
    message: str

    details: "dict[str, str] | None" = None


class Meta(UncheckedBaseModel):
    tokens: float | None = None

    warnings: list[str] | None = None


class Job(UncheckedBaseModel):
    job_id: str

    name: str | None = None

    status: JobStatus

    created_at: dt.datetime

    class_: Annotated[str | None, pydantic.Field(alias="class")] = None

    priority: Priority | None = None

    meta: Meta | None = None


class JobList(UncheckedBaseModel):
    data: list[Job]

    next: str | None = None

    has_more: bool | None = None


class Text(UncheckedBaseModel):
    type: Literal["text"] = "text"

    text: str


class Image(UncheckedBaseModel):
    type_: Annotated[Literal["image"], pydantic.Field(alias="type")] = "image"

    url: str

    caption: "Content | None" = None


Content = Annotated[Text | Image | UnknownVariant, Discriminated("type")]


class Message(UncheckedBaseModel):
    content: str | list[Content]

    reply_to: "Message | None" = None


class Cat(UncheckedBaseModel):
    kind: str

    lives: int


class Dog(UncheckedBaseModel):
    kind: str

    tricks: list[str] | None = None


Pet = Annotated[Cat | Dog | UnknownVariant, Discriminated("kind", {"cat": "Cat", "dog": "Dog"})]


class Square(UncheckedBaseModel):
    side: float


class Circle(UncheckedBaseModel):
    radius: float

    color: str | None = None


class Tagged(UncheckedBaseModel):
    shape: Literal["tagged"]

    side: float | None = None


Shape = Square | Circle | Tagged | UnknownVariant
Json = TypeAliasType(
    "Json", "Annotated[bool | float | str | list[Json] | dict[str, Json] | None, Lenient()]"
)


class Everything(UncheckedBaseModel):
    id: uuid.UUID | None = None

    day: dt.date | None = None

    times: list[dt.datetime] | None = None

    tags: set[str] | None = None

    by_number: dict[int, Square] | None = None

    shape: Shape | None = None

    shapes: list[Square] | list[Circle] | None = None

    pet: Pet | None = None

    choice: Literal["auto", "none"] | UnknownStr | Square | None = None

    anything: Json | None = None

    amount: float | None = None

    count: int | None = None

    flag: bool | None = None


class ChatText(UncheckedBaseModel):
    event: Literal["text"]

    data: Text | None = None


class ChatEnd(UncheckedBaseModel):
    event: Literal["end"]


ChatEvent = Annotated[ChatText | ChatEnd | UnknownVariant, Discriminated("event")]


class Token(UncheckedBaseModel):
    access_token: str

    expires_in: int | None = None

    refresh_token: str | None = None
