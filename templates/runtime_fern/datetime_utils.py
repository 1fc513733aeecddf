"""Dates and times as text, under Fern's names."""

import datetime as dt
import email.utils
from typing import Any

from pydantic_core import core_schema

from .encode import to_text

IS_PYDANTIC_V2 = True


def serialize_datetime(v: dt.datetime) -> str:
    """RFC 3339; UTC is Z, and a time without a zone is local time."""
    return to_text(v)


def parse_rfc2822_datetime(v: Any) -> dt.datetime:
    """The time in text as of e-mail (RFC 2822), or in RFC 3339. Raises ValueError."""
    if isinstance(v, dt.datetime):
        return v
    if not isinstance(v, str):
        raise ValueError(f"a time is text, and not {type(v).__name__}")
    try:
        return email.utils.parsedate_to_datetime(v)
    except (TypeError, ValueError, IndexError):
        return dt.datetime.fromisoformat(v.replace("Z", "+00:00"))


class Rfc2822DateTime(dt.datetime):
    """The annotation of a field that is a time in RFC 2822."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return core_schema.no_info_before_validator_function(
            parse_rfc2822_datetime, core_schema.datetime_schema()
        )
