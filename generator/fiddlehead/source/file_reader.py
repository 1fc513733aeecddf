"""Reads one file of JSON or YAML into nodes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..diagnostics import Diagnostics, SourceFile, Span
from .json_reader import JsonReader, NotJson
from .node import Node


def read_file(
    path: Path,
    name: str,
    read_data: Callable[[Path], bytes],
    because: Span | None,
    diagnostics: Diagnostics,
    similar: Callable[[str], str] | None = None,
) -> Node | None:
    """The root of a file; None, and an error at `because` or in the file, if it cannot be read.

    `name` is the path in messages. `read_data` raises OSError. `similar` returns the parts of
    another file that JSON is compared with.
    """
    try:
        source = SourceFile(name, read_data(path))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        diagnostics.error("missing-file", f"'{name}': {reason}", because)
        return None
    except UnicodeDecodeError as error:
        diagnostics.error(
            "invalid-yaml", f"'{name}' is not UTF-8: byte {error.start} is not valid", because
        )
        return None
    text = source.octets
    conflict = _conflict(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict) + 1
        diagnostics.error(
            "conflict-markers",
            f"'{name}' has conflict markers of git",
            Span(source, line, 1, line, 8),
            hint="resolve the merge in this file, then run the command again",
        )
        return None
    if text.lstrip(" \t\r\n")[:1] in ("{", "["):
        try:
            return JsonReader(source, path, diagnostics, similar).read()
        except NotJson:
            pass  # YAML may also start with a bracket; its reader has better messages.
    # Imported on first use: an up-to-date run reads no YAML, and importing PyYAML is slow.
    from .yaml_reader import YamlReader

    return YamlReader(source, path, diagnostics).read()


def _conflict(text: str) -> int | None:
    """The offset of the first conflict that git left in a text: lines that are neither JSON nor
    YAML."""
    start = 0 if text.startswith("<<<<<<< ") else text.find("\n<<<<<<< ") + 1
    if start == 0 and not text.startswith("<<<<<<< "):
        return None
    middle = text.find("\n=======", start)
    return start if middle > 0 and text.find("\n>>>>>>> ", middle) > 0 else None
