"""Colours of the output.

Follows no-color.org and force-color.org: `NO_COLOR` turns colours off, `FORCE_COLOR` turns them on;
otherwise only terminals have colours. The text is the same with and without colours.
"""

from __future__ import annotations

import os
import re
from typing import Protocol, TextIO

_STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
    "bold red": "1;31",
    "bold green": "1;32",
    "bold yellow": "1;33",
    "bold cyan": "1;36",
}
_SEVERITIES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_HEAD = re.compile(r"^(?P<where>.*?: )?(?P<severity>error|warning|info)(?P<code>\[[\w-]+\])")
_CARET = re.compile(r"^(\s*\| *)(\^+)")
_LABEL = re.compile(r"^(\s+)(hint|note):")


class Paint(Protocol):
    def __call__(self, text: str, style: str) -> str: ...


def colored(stream: TextIO) -> bool:
    """Whether output to a stream has colours."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def painter(stream: TextIO) -> Paint:
    """A function that colours text for a stream, or returns it unchanged."""
    return _paint if colored(stream) else _plain


def _paint(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else text


def _plain(text: str, style: str) -> str:
    return text


def diagnostic(text: str, paint: Paint) -> str:
    """A rendered diagnostic with colours for the severity, caret, hint and notes."""
    lines = text.split("\n")
    head = _HEAD.match(lines[0])
    if head is not None:
        where = paint(head["where"] or "", "bold")
        kind = paint(head["severity"] + head["code"], _SEVERITIES[head["severity"]])
        lines[0] = where + kind + lines[0][head.end() :]
    style = _SEVERITIES[head["severity"]] if head is not None else "bold"
    for index, line in enumerate(lines[1:], 1):
        line = _CARET.sub(lambda match: match[1] + paint(match[2], style), line)
        lines[index] = _LABEL.sub(lambda match: match[1] + paint(match[2] + ":", "cyan"), line)
    return "\n".join(lines)


def diff(text: bytes, paint: Paint) -> bytes:
    """A unified diff with a colour for each line."""
    lines: list[bytes] = []
    for line in text.splitlines(keepends=True):
        style = _diff_style(line)
        if style is None:
            lines.append(line)
        else:
            body = line.rstrip(b"\r\n")
            painted = paint(body.decode("latin-1"), style).encode("latin-1")
            lines.append(painted + line[len(body) :])
    return b"".join(lines)


def _diff_style(line: bytes) -> str | None:
    if line.startswith((b"diff ", b"--- ", b"+++ ")):
        return "bold"
    if line.startswith(b"@@"):
        return "cyan"
    return {b"+": "green", b"-": "red"}.get(line[:1])
