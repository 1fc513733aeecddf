"""YAML and JSON files as nodes that know where they stand, across files."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

import yaml

from .diagnostics import Diagnostics, SourceFile, Span
from .json_pointer import escape, unescape
from .nesting import LOADER, MAX_DEPTH, too_deep

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Scalar | dict[str, Node] | list[Node]"
Json: TypeAlias = "Scalar | dict[str, Json] | list[Json]"

MAX_NODES = 20_000_000
"""How many values a file may stand for once its YAML aliases are expanded."""


@dataclass(eq=False, slots=True)
class Node:
    """A value of a file with its place and its JSON pointer (RFC 6901).

    `value` is a scalar, a dict of nodes or a list of nodes. `keys` has the place of each key.
    """

    value: Value
    span: Span
    file: Path
    pointer: str
    keys: dict[str, Span]

    def get(self, key: str) -> Node | None:
        """The value of a key, or None where this is no mapping or lacks the key."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping; nothing where this is none."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def elements(self) -> Iterator[Node]:
        """The elements of a list; nothing where this is none."""
        if isinstance(self.value, list):
            yield from self.value

    @property
    def mapping(self) -> dict[str, Node] | None:
        return self.value if isinstance(self.value, dict) else None

    @property
    def list(self) -> list[Node] | None:
        return self.value if isinstance(self.value, list) else None

    @property
    def string(self) -> str | None:
        return self.value if isinstance(self.value, str) else None

    def json(self) -> Json:
        """The value without its places, as `json.loads` would give it."""
        if isinstance(self.value, dict):
            return {key: node.json() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.json() for node in self.value]
        return self.value

    def key_span(self, key: str) -> Span:
        """The place of a key, or of the whole mapping where it is not there."""
        return self.keys.get(key, self.span)


class Sources:
    """Loads files once each, and follows references between them.

    `root` is the folder that shown file names are relative to. `texts` holds files that are not
    on disk (a git revision), by path.
    """

    def __init__(
        self, diagnostics: Diagnostics, root: Path, texts: Mapping[Path, str] | None = None
    ) -> None:
        self._diagnostics = diagnostics
        self._root = root
        self._texts = dict(texts or {})
        self._loaded: dict[Path, Node | None] = {}

    @property
    def files(self) -> list[Path]:
        """Every file that was read, sorted: what the output depends on."""
        return sorted(path for path, node in self._loaded.items() if node is not None)

    def text(self, path: Path) -> str:
        """The text of a file as it was read; raises OSError or UnicodeDecodeError."""
        if path in self._texts:
            return self._texts[path]
        return path.read_bytes().decode("utf-8-sig")

    def exists(self, path: Path) -> bool:
        """Whether there is such a file."""
        path = Path(_normalised(path))
        return path in self._texts or path.is_file()

    def listing(self, folder: Path) -> list[Path]:
        """Every file below a folder, sorted; of a revision (`texts`) where that has any there."""
        folder = Path(_normalised(folder))
        given = [path for path in self._texts if folder in path.parents]
        return sorted(given or (path for path in folder.rglob("*") if path.is_file()))

    def load(self, path: Path, because: Span | None = None) -> Node | None:
        """The root node of a file; None, and an error at `because`, where it cannot be read."""
        path = Path(_normalised(path))
        if path not in self._loaded:
            self._loaded[path] = self._read(path, because)
        return self._loaded[path]

    def replace(self, path: Path, root: Node) -> None:
        """Makes references into a file lead to another root: the file with its overrides."""
        self._loaded[Path(_normalised(path))] = root

    def resolve(self, reference: str, base: Node, span: Span) -> Node | None:
        """The node that a `$ref` leads to; None, and a warning at `span`, where it leads nowhere.

        `base` is the node that holds the reference: relative references start from its file.
        See RFC 3986 section 4.1 (URI references) and RFC 6901 section 6 (pointers in fragments).
        """
        target, _, fragment = reference.partition("#")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", target) or target.startswith("//"):
            self._diagnostics.warning(
                "remote-reference",
                f"'{reference}' is on another machine, and fiddlehead works offline",
                span,
                hint="download the file beside the description and refer to the copy",
            )
            return None
        root = self._referred(base.file.parent / unquote(target), span) if target else None
        root = root if target else self.load(base.file)
        if root is None:
            return None
        return self._walk(root, unquote(fragment), reference, span)

    def _referred(self, path: Path, span: Span) -> Node | None:
        """The root of a file that a reference names; None, and a warning, where there is none."""
        if not self.exists(path):
            self._diagnostics.warning(
                "unresolved-reference",
                f"'{self.shown(path)}': no such file",
                span,
                hint="put the file there, or correct the reference",
            )
            return None
        return self.load(path, span)

    def _walk(self, root: Node, pointer: str, reference: str, span: Span) -> Node | None:
        if pointer and not pointer.startswith("/"):
            self._diagnostics.warning(
                "bad-reference",
                f"'{reference}' names an anchor; only JSON pointers (#/…) are followed",
                span,
            )
            return None
        node, done = root, ""
        for token in pointer.split("/")[1:]:
            key = unescape(token)
            child: Node | None = None
            if isinstance(node.value, dict):
                child = node.value.get(key)
            elif isinstance(node.value, list) and key.isdecimal() and int(key) < len(node.value):
                child = node.value[int(key)]
            if child is None:
                self._diagnostics.warning(
                    "unresolved-reference",
                    f"'{reference}' leads to nothing: there is no '{key}' in '#{done or '/'}'",
                    span,
                    hint=_nearest(key, node) or "define it there, or correct the reference",
                )
                return None
            node, done = child, f"{done}/{token}"
        return node

    def _read(self, path: Path, because: Span | None) -> Node | None:
        name = self.shown(path)
        try:
            text = self.text(path)
        except OSError as error:
            reason = (error.strerror or "cannot be read").lower()
            self._diagnostics.error("missing-file", f"'{name}': {reason}", because)
            return None
        except UnicodeDecodeError as error:
            self._diagnostics.error(
                "invalid-yaml", f"'{name}' is not UTF-8: byte {error.start} is not valid", because
            )
            return None
        return _Reader(SourceFile(name, text), path, self._diagnostics).read()

    def shown(self, path: Path) -> str:
        """A path as it is shown: relative to the root where it is inside, with slashes."""
        path = Path(_normalised(path))
        try:
            return path.relative_to(_normalised(self._root)).as_posix()
        except ValueError:
            return path.as_posix()


def _normalised(path: Path) -> str:
    # Not Path.resolve: `..` is taken as text, so that no name depends on symbolic links.
    return os.path.abspath(path)  # noqa: PTH100


def _nearest(key: str, node: Node) -> str | None:
    import difflib

    names = difflib.get_close_matches(key, [name for name, _ in node.items()], n=1)
    return f"did you mean '{names[0]}'?" if names else None


class _Reader:
    """One file to a node: YAML 1.2 core schema, plus merge keys, which are in wide use."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._source = source
        self._path = path
        self._diagnostics = diagnostics
        self._size = 0
        self._sizes: dict[int, int] = {}
        self._done: dict[int, Node] = {}
        self._open: set[int] = set()
        self._whole = True

    def read(self) -> Node | None:
        text = self._source.text
        if text.lstrip()[:1] in ("{", "["):
            text = _json_as_yaml(text)
        deep = too_deep(text)
        if deep is not None:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._error("too-deep", message, self._at(deep))
            return None
        try:
            composed = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(part for part in (error.context, error.problem) if part)
            begun, span = self._at(error.context_mark or mark), self._at(mark)
            if span.line > len(self._source.lines):
                # At the end of the file there is nothing to show; what is open began before.
                span = begun
            self._diagnostics.error(
                "invalid-yaml",
                problem or "not YAML",
                span,
                hint=_advice(problem, span),
                related=[("it begins here", begun)] if begun.line != span.line else [],
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
        return node if self._whole else None

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
        if id(raw) in self._done:  # an alias: the value stands where its anchor is
            self._size += self._sizes[id(raw)]
            return self._done[id(raw)]
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
                self._error("invalid-yaml", "a key has to be a plain value", key_span)
                continue
            # A response key such as 200 and a property such as null are text, however written.
            key = str(raw_key.value)
            step = escape(key)
            value = self._convert(raw_value, f"{pointer}/{step}", depth + 1)
            if raw_key.tag == "tag:yaml.org,2002:merge":
                for source in value.elements() if value.list is not None else [value]:
                    for name, child in source.items():
                        merged.setdefault(name, child)
                        node.keys.setdefault(name, source.key_span(name))
                continue
            if key in entries:
                self._diagnostics.error(
                    "duplicate-key",
                    f"the key '{key}' is here twice",
                    key_span,
                    hint="keep one of the two",
                    related=[("first here", node.keys[key])],
                )
                self._whole = False
                continue
            entries[key] = value
            node.keys[key] = key_span
        return {**merged, **entries} if merged else entries

    def _scalar(self, raw: yaml.ScalarNode) -> Scalar:
        text: str = raw.value
        # libyaml gives plain scalars an empty style, the Python parser gives them none.
        if raw.style or raw.tag == "tag:yaml.org,2002:str":
            # PyYAML resolves by YAML 1.1, which takes `1e3` and `0o17` for text; 1.2 does not.
            if not raw.style and _FLOAT.fullmatch(text) and not _INTEGER.fullmatch(text):
                return _float(text)
            return int(text, 0) if not raw.style and _OCTAL.fullmatch(text) else text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE"):
            return True
        if text in ("false", "False", "FALSE"):
            return False
        if _INTEGER.fullmatch(text):
            return int(text) if len(text) < 400 else text
        if _HEXADECIMAL.fullmatch(text):
            return int(text, 16)
        if _FLOAT.fullmatch(text):
            return _float(text)
        return text

    def _span(self, raw: yaml.Node) -> Span:
        start, end = raw.start_mark, raw.end_mark
        return Span(self._source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _at(self, mark: yaml.Mark | None) -> Span:
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        return Span(self._source, line, column, line, column + 1)

    def _error(self, code: str, message: str, span: Span | None) -> None:
        self._diagnostics.error(code, message, span or Span(self._source, 1, 1, 1, 2))
        self._whole = False


_ADVICE = (
    ("any token", "quote a text that begins with this character"),
    ("mapping values", "begin a new line, or quote a text that has ': ' in it"),
    ("entries are not allowed", "begin the list on a new line"),
    ("',' or", "put a comma before this, or close the bracket"),
    ("node content", "write a value, or take out what is too much"),
    ("end of stream", "close the quotation mark"),
    ("escape character", "write the backslash twice, or quote the text with ' in place of \""),
    ("undefined alias", "quote the text; an alias needs its anchor before it"),
    ("another document", "keep one document in a file"),
)
"""What helps against what YAML complains of."""


def _advice(problem: str, span: Span) -> str:
    lines = span.source.lines
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    if line[: span.column].strip(" ").startswith("\t"):
        return "indent with spaces: YAML takes no tabs there"
    known = (advice for words, advice in _ADVICE if words in problem)
    return next(known, "indent this line like those that it belongs with")


_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", re.IGNORECASE
)
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def _float(text: str) -> float:
    lowered = text.lower()
    return float(lowered.replace(".inf", "inf").replace(".nan", "nan"))


def _json_as_yaml(text: str) -> str:
    """JSON where it is not YAML, made so: tabs between tokens, and UTF-16 pairs in strings."""

    def character(match: re.Match[str]) -> str:
        high, low = int(match[1], 16), int(match[2], 16)
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"

    for ending in ("\x85", "\u2028", "\u2029"):  # YAML 1.1, and so PyYAML, ends lines there
        text = text.replace(ending, f"\\u{ord(ending):04x}")
    return _SURROGATES.sub(character, text).replace("\t", " ")
