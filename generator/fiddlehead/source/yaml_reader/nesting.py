"""The nesting depth of values in a YAML file, computed before the file is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from ..node import MAX_DEPTH

# The wheels of PyYAML include libyaml; a build from source without it is only slower.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def too_deep(text: str) -> yaml.Mark | None:
    """The location where values are nested more than MAX_DEPTH levels deep, or None.

    It is computed before the parser runs: PyYAML is recursive, and libyaml since 0.2.6 has its own
    limit, which it reports as a syntax error.
    """
    brackets = re.findall(r"[\[\]{}]", text)
    if not _exceeds_limit(brackets) and not _DEEP_INDENT.search(text):
        return None
    # The count above includes brackets in strings. The scanner, which is not recursive, excludes
    # them.
    depth, end = 0, 0
    try:
        for token in yaml.scan(text, Loader=LOADER):
            end = token.end_mark.index
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > MAX_DEPTH:
                where: yaml.Mark = token.start_mark
                return where
    except yaml.MarkedYAMLError as error:
        # The scanner reads ahead, so tokens before its limit may be missing.
        mark = error.problem_mark
        if mark and _exceeds_limit(re.findall(r"[\[\]{}]", text[end : mark.index + 1]), depth):
            return mark
    except yaml.YAMLError:
        pass  # The parser reports it.
    return None


_OPENING = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_DEEP_INDENT = re.compile(rf"^[ ?:-]{{{MAX_DEPTH},}}", re.MULTILINE)
"""The indentation of a line in block collections that are nested too deeply."""


def _exceeds_limit(brackets: Iterable[str], depth: int = 0) -> bool:
    for bracket in brackets:
        depth = max(0, depth + (1 if bracket in "[{" else -1))
        if depth > MAX_DEPTH:
            return True
    return False
