"""The targets of `$ref`s of Swagger 2.0 files after the conversion."""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from ..source import Node, Sources
from ..source.json_pointer import unescape

MOVED = {
    "/definitions": "/components/schemas",
    "/responses": "/components/responses",
    "/parameters": "/components/parameters",
    "/securityDefinitions": "/components/securitySchemes",
}
"""The sections of Swagger 2.0 and their places in OpenAPI 3.0."""


@dataclass
class Files:
    """The original files of a description, and which of them are Swagger documents."""

    originals: dict[Path, Node] = field(default_factory=dict[Path, Node])
    documents: dict[Path, bool] = field(default_factory=dict[Path, bool])


class References:
    """Converts references, and the files that they refer to.

    A file that is itself a Swagger document is converted as one. In other files, only the schemas
    are converted.
    """

    def __init__(
        self,
        root: Node,
        sources: Sources,
        files: Files,
        document: Callable[[Node], Node],
        fragment: Callable[[Node], Node],
    ) -> None:
        self._root = root
        self._sources = sources
        self._document = document
        self._fragment = fragment
        self._files = files
        files.originals[_absolute(root.file)] = root
        files.documents[_absolute(root.file)] = True
        self._moved: dict[str, str] = {}
        self._open: list[tuple[Node, str]] = []

    def moved(self, old: str, new: str) -> None:
        """Record that a schema of the root file has another pointer in the converted document."""
        self._moved.setdefault(old, new)

    def rewrite(self, reference: Node) -> Node:
        """The `$ref` value for the converted target."""
        text = reference.value
        if not isinstance(text, str):
            return reference
        file, mark, fragment = text.partition("#")
        if "://" in file or file.startswith("//") or "\0" in file:
            return reference
        target = reference.file.parent / unquote(file) if file else reference.file
        path = _absolute(target)
        if not self._is_document(path, reference):
            return reference
        section = "/".join(fragment.split("/")[:2])
        new = Node(text, reference.span, reference.file, reference.pointer, {})
        if section in MOVED:
            new.value = f"{file}{mark}{MOVED[section]}{fragment[len(section) :]}"
        elif path == self._root.file and fragment:
            self._open.append((new, fragment))
        return new

    def finish(self) -> None:
        """Convert references to schemas inside paths, after their new locations are known."""
        for node, fragment in self._open:
            steps = unquote(fragment).split("/")
            for length in range(len(steps), 1, -1):
                moved = self._moved.get("/".join(steps[:length]))
                if moved is not None:
                    node.value = f"#{'/'.join([moved, *steps[length:]])}"
                    break

    def follow(self, node: Node) -> Node:
        """The parameter, response or path item that a node is or refers to, before the conversion;
        the node itself if the reference has no target."""
        seen: list[Node] = []
        result = node
        while (reference := result.get("$ref")) is not None and result not in seen:
            seen.append(result)
            target = self._target(result, reference)
            if target is None:
                return node
            result = target
        return result if result.get("$ref") is None else node

    def _target(self, node: Node, reference: Node) -> Node | None:
        """One step of a reference, in the original files."""
        if not isinstance(reference.value, str) or "\0" in reference.value:
            return None
        file, _, fragment = reference.value.partition("#")
        if "://" in file or file.startswith("//"):
            return None
        path = _absolute(node.file.parent / unquote(file) if file else node.file)
        root: Node | None = self._root
        if path != self._root.file:
            if not self._sources.exists(path):
                return None
            self._is_document(path, reference)
            root = self._files.originals.get(path)
        result = root
        for token in unquote(fragment).split("/")[1:]:
            key = unescape(token)
            if result is None:
                return None
            if result.list is not None:
                index = int(key) if key.isdecimal() else -1
                result = result.list[index] if 0 <= index < len(result.list) else None
            else:
                result = result.get(key)
        return result

    def _is_document(self, path: Path, reference: Node) -> bool:
        """Whether a file is a Swagger document; it is converted at the first reference to it."""
        known = self._files.documents.get(path)
        if known is not None:
            return known
        self._files.documents[path] = False
        if not self._sources.exists(path):
            return False
        root = self._sources.load(path, reference.span)
        if root is None:
            return False
        self._files.originals[path] = root
        self._files.documents[path] = root.get("swagger") is not None
        is_document = self._document(root) if self._files.documents[path] else self._fragment(root)
        self._sources.replace(path, is_document, original=root)
        return self._files.documents[path]


def _absolute(path: Path) -> Path:
    # Not Path.resolve: `..` is resolved textually, as in `source`.
    return Path(os.path.abspath(path))  # noqa: PTH100
