"""The values of scalars by the core schema of YAML 1.2 (section 10.3)."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..node import Scalar
from .nesting import LOADER

MERGE = "tag:yaml.org,2002:merge"
"""The tag of a merge key."""

_PLAIN = "plain"
"""The tag of a scalar without quotes and without an explicit tag."""

_FLOAT_TAG = "tag:yaml.org,2002:float"
_NOT_STRINGS = frozenset(
    [
        _PLAIN,
        "tag:yaml.org,2002:null",
        "tag:yaml.org,2002:bool",
        "tag:yaml.org,2002:int",
        _FLOAT_TAG,
    ]
)
"""Tags with which a scalar may not be a string, even in quotes (YAML 1.2.2, section 10.2.1)."""

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STARTS_NUMBER = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", re.IGNORECASE
)
_LONGEST_INTEGER = 400
"""Integers with at least this many characters stay strings: Python limits the conversion."""
_LONGEST_FLOAT = 300
"""Integers with fewer characters fit a float."""
_MARKED = re.compile(r"(&\S+\s+)?!\s")


class Loader(LOADER):  # type: ignore[misc, valid-type]  # one of two classes of PyYAML, chosen when it runs
    """Resolves scalars by YAML 1.2 instead of PyYAML's YAML 1.1, and distinguishes explicit tags."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            if not implicit[0]:
                return "tag:yaml.org,2002:str"
            return MERGE if value == "<<" else _PLAIN
        return "tag:yaml.org,2002:seq" if kind is yaml.SequenceNode else "tag:yaml.org,2002:map"


def scalar(raw: yaml.ScalarNode, text: str) -> Scalar:
    """The value of a scalar that `Loader` read from a text."""
    value: str = raw.value
    if raw.tag not in _NOT_STRINGS:
        return value
    if value not in _WORDS and value[0] not in _STARTS_NUMBER:
        return value
    if raw.tag == _PLAIN and _is_marked(raw, text):
        return value
    return _WORDS[value] if value in _WORDS else _number(value, raw.tag)


def _number(value: str, tag: str) -> Scalar:
    """The number that a text is; the text if it is none."""
    if _INTEGER.fullmatch(value):
        if tag == _FLOAT_TAG and len(value) < _LONGEST_FLOAT:
            return float(value)
        return int(value) if len(value) < _LONGEST_INTEGER else value
    if _OCTAL.fullmatch(value):
        return int(value, 0)
    if _HEXADECIMAL.fullmatch(value):
        return int(value, 16)
    if _FLOAT.fullmatch(value):
        lowered = value.lower()
        return float(lowered.replace(".inf", "inf").replace(".nan", "nan"))
    return value


def _is_marked(raw: yaml.ScalarNode, text: str) -> bool:
    """Whether a plain scalar has the non-specific tag `!`, which makes it a string (YAML 1.2.2,
    section 6.9.1). The parsers do not report it; the node starts at its tag, or at its anchor.
    """
    start = raw.start_mark.index
    return text.startswith(("!", "&"), start) and _MARKED.match(text, start) is not None
