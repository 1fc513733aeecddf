"""The base class of enums of strings, in the module where Fern's packages have it."""

from .enums import StrEnum as StrEnum
