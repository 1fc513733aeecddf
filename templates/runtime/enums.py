"""Enum classes of text, for APIs whose enums are classes."""

import enum


class StrEnum(str, enum.Enum):
    """A choice of texts; each member is its own text."""

    def __str__(self) -> str:
        return str(self.value)


class OpenEnum(StrEnum):
    """A choice to which a server may add: an unknown text becomes a member of its own."""

    @classmethod
    def _missing_(cls, value: object) -> "OpenEnum | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
