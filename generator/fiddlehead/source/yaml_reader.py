"""Reads YAML 1.2 (core schema, and the widely used merge keys) into nodes with locations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ..diagnostics import Diagnostics, SourceFile, Span
from .json_pointer import escape
from .nesting import LOADER, too_deep
from .node import MAX_DEPTH, Node, Scalar

MAX_NODES = 20_000_000
"""The maximum number of values in a file after expanding YAML aliases."""


class YamlReader:
    """Reads one file into a node: YAML 1.2 core schema, plus merge keys."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._source = source
        self._text = source.text
        self._path = path
        self._diagnostics = diagnostics
        self._size = 0
        self._sizes: dict[int, int] = {}
        self._done: dict[int, Node] = {}
        self._open: set[int] = set()
        self._is_valid = True

    def read(self) -> Node | None:
        text = self._text
        if text.lstrip()[:1] in ("{", "["):
            text = text.replace("\t", " ")  # YAML in the style of JSON, with tabs between tokens.
        deep = too_deep(text)
        if deep is not None:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._error("too-deep", message, self._at(deep))
            return None
        try:
            composed = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(part for part in (error.context, error.problem) if part)
            begun, span = self._at(error.context_mark or mark), self._at(mark)
            if span.line > len(self._source.lines):
                # The error is at the end of the file; the open construct started before.
                span = begun
            hint = _advice(problem, span)
            if LOADER is yaml.SafeLoader:
                hint += "; or install PyYAML with libyaml, which supports more of YAML"
            self._diagnostics.error(
                "invalid-yaml",
                problem or "not YAML",
                span,
                hint=hint,
                related=[("it starts here", begun)] if begun.line != span.line else [],
            )
            return None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            self._error("invalid-yaml", str(error).splitlines()[0], None)
            return None
        if composed is None:
            return Node(None, Span(self._source, 1, 1, 1, 2), self._path, "", {})
        node = self._convert(composed, "", 0)
        if self._size > MAX_NODES:
            self._error("alias-bomb", f"aliases expand to more than {MAX_NODES} values", None)
            return None
        return node if self._is_valid else None

    def _convert(self, raw: yaml.Node, pointer: str, depth: int) -> Node:
        if id(raw) in self._open or depth > MAX_DEPTH:
            loop = id(raw) in self._open
            self._error(
                "alias-bomb" if loop else "too-deep",
                (
                    "an alias contains itself"
                    if loop
                    else f"values are nested more than {MAX_DEPTH} levels deep"
                ),
                self._span(raw),
            )
            return Node(None, self._span(raw), self._path, pointer, {})
        if id(raw) in self._done:  # An alias: the location is that of its anchor.
            self._size += self._sizes[id(raw)]
            anchored = self._done[id(raw)]
            # A schema of its own, if it is one: `Two: *one` is another name than `One: &one {...}`.
            return Node(anchored.value, anchored.span, self._path, pointer, anchored.keys)
        before = self._size
        self._size += 1
        if isinstance(raw, yaml.ScalarNode):
            return Node(self._scalar(raw), self._span(raw), self._path, pointer, {})
        self._open.add(id(raw))
        node = Node({}, self._span(raw), self._path, pointer, {})
        if isinstance(raw, yaml.SequenceNode):
            node.value = [
                self._convert(item, f"{pointer}/{index}", depth + 1)
                for index, item in enumerate(raw.value)
            ]
        elif isinstance(raw, yaml.MappingNode):
            node.value = self._mapping(raw, node, pointer, depth)
        self._open.discard(id(raw))
        self._done[id(raw)] = node
        self._sizes[id(raw)] = self._size - before
        return node

    def _mapping(
        self, raw: yaml.MappingNode, node: Node, pointer: str, depth: int
    ) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        for raw_key, raw_value in raw.value:
            key_span = self._span(raw_key)
            self._size += 1
            if not isinstance(raw_key, yaml.ScalarNode):
                self._error("invalid-yaml", "a key must be a scalar", key_span)
                continue
            # Keys such as the response 200 or the property null are strings.
            key = str(raw_key.value)
            step = escape(key)
            value = self._convert(raw_value, f"{pointer}/{step}", depth + 1)
            if raw_key.tag == _MERGE:
                for source in value.elements() if value.list is not None else [value]:
                    for name, child in source.items():
                        merged.setdefault(name, child)
                        node.keys.setdefault(name, source.key_span(name))
                continue
            if key in entries:
                self._diagnostics.error(
                    "duplicate-key",
                    f"duplicate key '{key}'",
                    key_span,
                    hint="remove one of them",
                    related=[("the first one is here", node.keys[key])],
                )
                self._is_valid = False
                continue
            entries[key] = value
            node.keys[key] = key_span
        return {**merged, **entries} if merged else entries

    def _scalar(self, raw: yaml.ScalarNode) -> Scalar:
        text: str = raw.value
        if raw.tag not in (_PLAIN, *_CORE) or (raw.tag == _PLAIN and self._is_marked(raw)):
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE"):
            return True
        if text in ("false", "False", "FALSE"):
            return False
        if raw.tag == _CORE_FLOAT and _INTEGER.fullmatch(text) and len(text) < 300:
            return float(text)
        if _INTEGER.fullmatch(text):
            return int(text) if len(text) < 400 else text
        if _OCTAL.fullmatch(text):
            return int(text, 0)
        if _HEXADECIMAL.fullmatch(text):
            return int(text, 16)
        if _FLOAT.fullmatch(text):
            return _float(text)
        return text

    def _is_marked(self, raw: yaml.ScalarNode) -> bool:
        """Whether a plain scalar has the non-specific tag `!`, which makes it a string (YAML 1.2.2,
        section 6.9.1). The parsers do not report it; the node starts at its tag, or at its anchor.
        """
        start = raw.start_mark.index
        return _MARKED.match(self._text, start) is not None

    def _span(self, raw: yaml.Node) -> Span:
        start, end = raw.start_mark, raw.end_mark
        return Span(self._source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _at(self, mark: yaml.Mark | None) -> Span:
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        return Span(self._source, line, column, line, column + 1)

    def _error(self, code: str, message: str, span: Span | None) -> None:
        self._diagnostics.error(code, message, span or Span(self._source, 1, 1, 1, 2))
        self._is_valid = False


_PLAIN = "plain"
"""The tag of a scalar without quotes and without an explicit tag."""

_MERGE = "tag:yaml.org,2002:merge"
_CORE_FLOAT = "tag:yaml.org,2002:float"
_CORE = (
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:int",
    _CORE_FLOAT,
)
"""Tags with which a scalar is not a string, even in quotes (YAML 1.2.2, section 10.2.1)."""

_MARKED = re.compile(r"(&\S+\s+)?!\s")


class _Loader(LOADER):  # type: ignore[misc, valid-type]  # one of two classes of PyYAML, chosen when it runs
    """Resolves scalars by YAML 1.2 instead of PyYAML's YAML 1.1, and distinguishes explicit tags."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            if not implicit[0]:
                return "tag:yaml.org,2002:str"
            return _MERGE if value == "<<" else _PLAIN
        return "tag:yaml.org,2002:seq" if kind is yaml.SequenceNode else "tag:yaml.org,2002:map"


_ADVICE = (
    ("any token", "quote strings that start with this character"),
    ("mapping values", "start a new line, or quote strings that contain ': '"),
    ("entries are not allowed", "start the list on a new line"),
    ("',' or", "add a comma before this, or close the bracket"),
    ("node content", "add a value or remove the extra comma"),
    ("end of stream", "close the quotation mark"),
    ("escape character", "write the backslash twice, or use ' instead of \" as quotes"),
    ("escape code", "write the character itself"),
    ("undefined alias", "quote the string; the anchor of an alias must be before it"),
    ("another document", "write only one document in a file"),
)
"""Hints for YAML syntax errors."""


def _advice(problem: str, span: Span) -> str:
    lines = span.source.lines
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    if line[: span.column].strip(" ").startswith("\t"):
        return "indent with spaces: YAML does not allow tabs here"
    known = (advice for words, advice in _ADVICE if words in problem)
    return next(known, "indent this line like the other lines of its block")


_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", re.IGNORECASE
)


def _float(text: str) -> float:
    lowered = text.lower()
    return float(lowered.replace(".inf", "inf").replace(".nan", "nan"))
