"""The error for an answer that cannot be read, where Fern's packages have it."""

from .api_error import ParsingError as ParsingError
