"""Decides whether the result of a run can be reused after a change."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping

from ..config import Settings
from ..frontends import frontend_of
from ..python.pages.page_marks import MARK
from ..source import STDIN
from ..source.json_reader import is_large


def large_text(settings: Settings) -> bytes | None:
    """The description, if it is large enough that parts of it are read alone."""
    try:
        data = settings.spec.read_bytes().removeprefix(BOM_UTF8)
    except OSError:
        return None
    return data if is_large(data) else None


def suited_text(settings: Settings) -> bytes | None:
    """The description, where parts of it can be read alone."""
    data = large_text(settings)
    return data if data is not None and is_suited_text(data) else None


def is_suited_text(data: bytes) -> bool:
    """Whether a description, or a part of one, can be read in parts."""
    return not any(keyword in data for keyword in _NOT_SUITED)


_NOT_SUITED = (
    # A type in Fern's words may name any component.
    b'"x-fern-type"',
    # Whether it applies depends on the streams that refer to its schema.
    b'"contentSchema"',
    # A mark in the pages begins with it.
    MARK.encode(),
    *(MARK.encode("unicode_escape").replace(b"e000", digits) for digits in (b"e000", b"E000")),
)


def names_unchanged(
    written: Mapping[str, Mapping[str, str]], names: Mapping[str, Mapping[str, str]]
) -> bool:
    """Whether all names of the written package are unchanged."""
    return all(
        entries.items() <= names.get(place, {}).items() for place, entries in written.items()
    )


def is_suited(settings: Settings) -> bool:
    """Whether the result depends only on one file and on these settings, and no setting names
    anything in the description."""
    naming = settings.naming
    return not (
        settings.spec.name == STDIN
        or frontend_of(settings.spec).package != "openapi"
        or settings.further
        or settings.namespace is not None
        or settings.python.tests
        or settings.overrides
        or settings.overlays
        or settings.audiences
        or settings.api is not None
        or settings.templates is not None
        or settings.folder is not None
        or settings.layout != "compact"
        or settings.importer.only_include_referenced_schemas
        or settings.importer.endpoints
        or settings.importer.resolve_aliases
        or naming.rename
        or naming.aliases
        or any(rule.at is not None for rule in settings.rules)
    )
