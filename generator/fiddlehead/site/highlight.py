"""Python, JSON and shell code as HTML, with classes that the style sheet colours."""

from __future__ import annotations

import re
from html import escape

_STRING = r'"(?:[^"\\\n]|\\.)*"' r"|'(?:[^'\\\n]|\\.)*'"
_NUMBER = r"(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b"
_PYTHON = (
    r"from|import|as|async|await|def|for|in|with|return|if|else|raise|try|except|print|lambda|not|and|or|is|"
    r"None|True|False"
)
_PATTERNS = {
    "json": re.compile(
        rf'(?P<k>"(?:[^"\\\n]|\\.)*"(?=\s*:))|(?P<s>{_STRING})|(?P<n>{_NUMBER}|\b(?:true|false|null)\b)'
    ),
    "python": re.compile(
        rf"(?P<c>#[^\n]*)|(?P<s>\b[rb]{{0,2}}(?:{_STRING})|{_STRING})|(?P<w>\b(?:{_PYTHON})\b)|(?P<n>{_NUMBER})"
    ),
    "bash": re.compile(r"""(?P<s>'[^']*'|"(?:[^"\\]|\\.)*")|(?P<w>\bcurl\b|(?<=\s)--?[\w-]+)"""),
}


def highlighted(code: str, language: str) -> str:
    """Code as the content of a `code` element."""
    pieces: list[str] = []
    at = 0
    for match in _PATTERNS[language].finditer(code):
        pieces.append(escape(code[at : match.start()], quote=False))
        pieces.append(f"<i class={match.lastgroup}>{escape(match[0], quote=False)}</i>")
        at = match.end()
    pieces.append(escape(code[at:], quote=False))
    return "".join(pieces)
