"""Dates and times as text, under Fern's names."""

import datetime as dt

from .encode import to_text


def serialize_datetime(v: dt.datetime) -> str:
    """RFC 3339; UTC is Z, and a time without a zone is local time."""
    return to_text(v)
