"""Loads files as nodes with locations."""

from __future__ import annotations

import copy
import functools
import os.path
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostics, Span
from ..paths import normalised, relative_path
from .file_reader import read_file
from .node import Node, release_all

if TYPE_CHECKING:
    from typing_extensions import Self

STDIN = "<stdin>"
"""The name of the file that represents standard input."""


@functools.cache
def standard_input() -> bytes:
    """The content of standard input, without a byte order mark; it is read once."""
    return sys.stdin.buffer.read().removeprefix(BOM_UTF8)


class LoadedFiles:
    """Loads each file once.

    File names in messages are relative to `root`. `texts` has files that are not on disk (of a git
    revision), by path.
    """

    def __init__(
        self, diagnostics: Diagnostics, root: Path, texts: Mapping[Path, str] | None = None
    ) -> None:
        self._diagnostics = diagnostics
        self._root = root
        files = {path: text.encode("utf-8", "replace") for path, text in (texts or {}).items()}
        self._data = {Path(normalised(path)): data for path, data in files.items()}
        self._loaded: dict[Path, Node | None] = {}
        self._released: frozenset[Path] = frozenset()
        self._included: list[LoadedFiles] = []
        self._similar: Callable[[str], str] | None = None
        self._home: Path | None = None

    @property
    def files(self) -> list[Path]:
        """Every file that was read, sorted: the inputs of the output."""
        loaded = (path for path, node in self._loaded.items() if node is not None)
        others = (path for included in self._included for path in included.files)
        return sorted({*self._released, *loaded, *others})

    def independent_copy(self) -> Self:
        """Sources that read each file again, with the same names of locations."""
        duplicate = copy.copy(self)
        duplicate._loaded, duplicate._included = {}, []
        return duplicate

    def start_at(self, description: Path) -> None:
        """Let `location` be relative to the folder of this file; the first call counts."""
        self._home = self._home or Path(normalised(description)).parent

    def location(self, path: Path) -> str:
        """The path of a file relative to the description, which is the same in every checkout and
        working directory."""
        return Path(os.path.relpath(normalised(path), self._home or self._root)).as_posix()

    def with_data(
        self,
        diagnostics: Diagnostics,
        files: Mapping[Path, bytes],
        similar: Callable[[str], str] | None = None,
    ) -> Self:
        """Sources that show places as these do and read these files, by path, in place of those on disk.

        `similar` returns the parts of another large file, most of which are equal. Few parts of large
        files are used, so each is read on first use.
        """
        duplicate = self.independent_copy()
        duplicate._similar = similar or (lambda pointer: "")
        duplicate._diagnostics = diagnostics
        duplicate._data = {Path(normalised(path)): data for path, data in files.items()}
        duplicate._released = frozenset()
        return duplicate

    def include(self, other: LoadedFiles) -> None:
        """Add the files of other sources to those that were read; they are freed together."""
        if other is not self:
            self._included.append(other)

    def release(self) -> None:
        """Free the values of all files when they are no longer needed.

        Each node loses its value, so a remaining reference to a node, for example in a cache, does
        not keep other nodes alive. `files` does not change; `load` reads a file again.
        """
        self._released = frozenset(self.files)
        for other in self._included:
            other.release()
        self._included.clear()
        nodes = [node for node in self._loaded.values() if node is not None]
        self._loaded.clear()
        release_all(nodes)

    def forget(self) -> None:
        """Free all values that can be read again. Nodes inside them lose their values."""
        waiting = [node for node in self._loaded.values() if node is not None]
        while waiting:
            node = waiting.pop()
            if not node.forget():
                waiting += [child for child in node.children() if child.may_hold_nodes]

    def data(self, path: Path) -> bytes:
        """The content of a file; raises OSError."""
        if path in self._data:
            return self._data[path]
        return standard_input() if path.name == STDIN else path.read_bytes()

    def exists(self, path: Path) -> bool:
        """Whether a file exists."""
        path = Path(normalised(path))
        return path in self._data or path.is_file() or path.name == STDIN

    def listing(self, folder: Path) -> list[Path]:
        """Every file below a folder, sorted; files of a revision (`texts`) if there are any."""
        folder = Path(normalised(folder))
        in_memory = [path for path in self._data if folder in path.parents]
        return sorted(in_memory or (path for path in folder.rglob("*") if path.is_file()))

    def load(self, path: Path, because: Span | None = None) -> Node | None:
        """The root node of a file; None, and an error at `because`, if it cannot be read."""
        path = Path(normalised(path))
        if path not in self._loaded:
            self._loaded[path] = self._read(path, because, self._diagnostics)
        return self._loaded[path]

    def _read(self, path: Path, because: Span | None, diagnostics: Diagnostics) -> Node | None:
        name = self.display_path(path)
        return read_file(path, name, self.data, because, diagnostics, self._similar)

    def display_path(self, path: Path) -> str:
        """A path in messages: relative to the root, with slashes."""
        return relative_path(normalised(path), normalised(self._root))
