"""The error for unreadable responses, in the module where Fern's packages have it."""

from .api_error import ParsingError as ParsingError
