"""Problems with their locations, and hints."""

from __future__ import annotations

from .codes import CODES, Code
from .collector import Diagnostics, InvalidInput
from .diagnostic import Diagnostic, to_json
from .severities import SeverityRule, severity_of
from .source_file import LINE_END, SourceFile, decoded
from .span import NOWHERE, Span

__all__ = [
    "CODES",
    "LINE_END",
    "NOWHERE",
    "Code",
    "Diagnostic",
    "Diagnostics",
    "InvalidInput",
    "SeverityRule",
    "SourceFile",
    "Span",
    "decoded",
    "severity_of",
    "to_json",
]
