"""Files as nodes that know where they stand, and references across files."""

from __future__ import annotations

import copy
import functools
import os.path
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from .diagnostics import Diagnostic, Diagnostics, SourceFile, Span
from .json_pointer import unescape
from .json_reader import JsonReader, NotJson
from .node import Json, Node, Scalar, Value

STDIN = "<stdin>"
"""The name of the file that stands for standard input."""


@functools.cache
def standard_input() -> str:
    """What is on standard input; it is read once."""
    return sys.stdin.buffer.read().decode("utf-8-sig")


_CHAIN = 20
"""How many references in a row a JSON pointer is followed through."""


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
        self._texts = {Path(_normalised(path)): text for path, text in (texts or {}).items()}
        self._loaded: dict[Path, Node | None] = {}
        self._released: frozenset[Path] = frozenset()
        self._read_files: list[SourceFile] = []
        self._identities: dict[str, Path] = {}
        self._problems: dict[Path, list[Diagnostic]] = {}
        self._included: list[Sources] = []

    @property
    def files(self) -> list[Path]:
        """Every file that was read, sorted: what the output depends on."""
        loaded = (path for path, node in self._loaded.items() if node is not None)
        others = (path for each in self._included for path in each.files)
        return sorted({*self._released, *loaded, *others})

    def independent_copy(self) -> Sources:
        """Sources that read each file anew, and show places as these do."""
        duplicate = copy.copy(self)
        duplicate._loaded, duplicate._identities, duplicate._included = {}, {}, []
        return duplicate

    def with_texts(self, diagnostics: Diagnostics, texts: Mapping[Path, str]) -> Sources:
        """Sources that show places as these do and read these texts, by path, in place of files."""
        duplicate = self.independent_copy()
        duplicate._diagnostics = diagnostics
        duplicate._texts = {Path(_normalised(path)): text for path, text in texts.items()}
        duplicate._released, duplicate._read_files, duplicate._problems = frozenset(), [], {}
        return duplicate

    def include(self, other: Sources) -> None:
        """Counts the files of other sources among those that were read, and frees them with these."""
        if other is not self:
            self._included.append(other)

    def release(self) -> None:
        """Frees the values of all files once nobody asks for them any more.

        Each node loses its value: what still holds a node, such as a cache that refers to itself,
        keeps no other one with it. `files` stays the same; `load` reads a file anew.
        """
        self._released = frozenset(self.files)
        for other in self._included:
            other.release()
        self._included.clear()
        waiting = [node for node in self._loaded.values() if node is not None]
        self._loaded.clear()
        for source in self._read_files:
            source.pack()
        while waiting:
            node = waiting.pop()
            waiting += node.children()
            node.release()

    def text(self, path: Path) -> str:
        """The text of a file as it was read; raises OSError or UnicodeDecodeError."""
        if path in self._texts:
            return self._texts[path]
        if path.name == STDIN:
            return standard_input()
        return path.read_bytes().decode("utf-8-sig")

    def exists(self, path: Path) -> bool:
        """Whether there is such a file."""
        path = Path(_normalised(path))
        return path in self._texts or path.is_file() or path.name == STDIN

    def listing(self, folder: Path) -> list[Path]:
        """Every file below a folder, sorted; of a revision (`texts`) where that has any there."""
        folder = Path(_normalised(folder))
        given = [path for path in self._texts if folder in path.parents]
        return sorted(given or (path for path in folder.rglob("*") if path.is_file()))

    def load(self, path: Path, because: Span | None = None) -> Node | None:
        """The root node of a file; None, and an error at `because`, where it cannot be read."""
        path = Path(_normalised(path))
        if path not in self._loaded:
            self._loaded[path] = self._read(path, because, self._diagnostics)
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
        target = self._local(target)
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

    def identify(self, uri: str, path: Path) -> None:
        """Makes references to a URI lead to a file, and those relative to it to files beside it
        (`$self`, OpenAPI 3.2 section 4.1.2.2)."""
        self._identities[uri.partition("#")[0]] = Path(_normalised(path))

    def _local(self, target: str) -> str:
        """The target of a reference as a path where it is a URI that is known; else as it is."""
        for uri, path in self._identities.items():
            if target and target == uri:
                return path.as_posix()
            base = uri.rpartition("/")[0] + "/"
            if "://" in uri and target.startswith(base):
                return (path.parent / target[len(base) :]).as_posix()
        return target

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
        path = Path(_normalised(path))
        if path not in self._loaded:
            apart = Diagnostics()
            self._loaded[path] = self._read(path, span, apart)
            self._problems[path] = apart.found
        for each in self._problems.get(path, ()):
            self._report(each, path, span)
        return self._loaded[path]

    def _report(self, problem: Diagnostic, path: Path, span: Span) -> None:
        """Reports why a file of a reference cannot be read, which costs that reference only. A key
        that is there twice stays an error: nobody knows which of the two is meant."""
        if problem.code == "duplicate-key":
            self._diagnostics.error(
                problem.code,
                problem.message,
                problem.span,
                hint=problem.hint,
                related=problem.related,
            )
            return
        at = problem.span
        self._diagnostics.warning(
            "unresolved-reference",
            f"'{self.shown(path)}' cannot be read: {problem.message}",
            span,
            hint="correct the file, or the reference",
            related=[("the problem is here", at)] if at is not None and at is not span else [],
        )

    def _through(self, node: Node) -> Node:
        """The target of a node that is no more than a reference: a pointer goes on there, so that a
        group of components may be in another file."""
        for _ in range(_CHAIN):
            reference = node.get("$ref")
            if reference is None or reference.string is None or len(node.mapping or ()) != 1:
                break
            target = self.resolve(reference.string, node, reference.span)
            if target is None:
                break
            node = target
        return node

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
            node = self._through(node)
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

    def _read(self, path: Path, because: Span | None, diagnostics: Diagnostics) -> Node | None:
        name = self.shown(path)
        try:
            text = self.text(path)
        except OSError as error:
            reason = (error.strerror or "cannot be read").lower()
            diagnostics.error("missing-file", f"'{name}': {reason}", because)
            return None
        except UnicodeDecodeError as error:
            diagnostics.error(
                "invalid-yaml", f"'{name}' is not UTF-8: byte {error.start} is not valid", because
            )
            return None
        source = SourceFile(name, text)
        self._read_files.append(source)
        if text.lstrip(" \t\r\n")[:1] in ("{", "["):
            try:
                return JsonReader(source, path, diagnostics).read()
            except NotJson:
                pass  # YAML may begin with a bracket too, and says better what is wrong.
        # Imported on first use: an up-to-date run reads no YAML, and PyYAML takes its time.
        from .yaml_reader import YamlReader

        return YamlReader(source, path, diagnostics).read()

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


__all__ = [
    "STDIN",
    "Json",
    "Node",
    "Scalar",
    "Sources",
    "Value",
    "standard_input",
]
