"""Base classes of string enums."""

import enum


class StrEnum(str, enum.Enum):
    """A string enum; ``str()`` of a member is its value."""

    def __str__(self) -> str:
        return str(self.value)


class OpenEnum(StrEnum):
    """An open string enum: an unknown string becomes a new member."""

    @classmethod
    def _missing_(cls, value: object) -> "OpenEnum | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
