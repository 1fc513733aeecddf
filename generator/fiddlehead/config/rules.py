"""The severities of codes in the settings: `[rules]`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal, TypeAlias, get_args

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from ..source import Node
from .fields import Reader, kind

Severity: TypeAlias = Literal["error", "warning", "info", "off"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class RuleSetting:
    """The severity of one code, everywhere or at one location of the description.

    Attributes:
        code: The code of a diagnostic or the id of a rule.
        severity: The severity; `off` hides the problem.
        at: A JSON Pointer (RFC 6901) as a fragment, `#/paths/~1trees/get`, with the file before it
        if there are several (`jars.yml#/types/Jar`). None means everywhere.
        span: The location in the settings.
    """

    code: str
    severity: Severity
    at: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def read_rules(node: Node, reader: Reader) -> tuple[RuleSetting, ...]:
    """The entries of `[rules]`; invalid entries are reported with their locations."""
    if node.mapping is None:
        reader.error(f"expected a table for 'rules', found {kind(node)}", node)
        return ()
    result: list[RuleSetting] = []
    for code, value in node.items():
        for entry in value.list if value.list is not None else [value]:
            result += _entry(code, entry, node.key_span(code), reader)
    return tuple(result)


def _entry(code: str, node: Node, span: Span, reader: Reader) -> Iterator[RuleSetting]:
    if node.mapping is None:
        severity = _severity(code, node, reader)
        if severity is not None:
            yield RuleSetting(code, severity, span=span)
        return
    for key, _ in node.items():
        if key not in ("severity", "at"):
            reader.unknown(key, node, ("severity", "at"))
    raw_severity, at = node.get("severity"), node.get("at")
    if raw_severity is None:
        reader.error(f"'{code}' has no severity: {_ALLOWED}", node)
        return
    severity = _severity(code, raw_severity, reader)
    if at is not None and (at.string is None or not _is_pointer(at.string)):
        reader.error("'at' must be a JSON Pointer such as #/components/schemas/Tree", at)
    elif severity is not None:
        yield RuleSetting(code, severity, at.string if at is not None else None, span)


_ALLOWED = "one of " + ", ".join(f'"{severity}"' for severity in SEVERITIES)


def _severity(code: str, node: Node, reader: Reader) -> Severity | None:
    for severity in SEVERITIES:
        if node.string == severity:
            return severity
    actual = kind(node) if node.string is None else f"'{node.string}'"
    reader.error(f"the severity of '{code}' must be {_ALLOWED}, not {actual}", node)
    return None


def _is_pointer(text: str) -> bool:
    _, mark, pointer = text.partition("#")
    return bool(mark) and (not pointer or pointer.startswith("/"))
