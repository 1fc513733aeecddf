"""Resolves `$ref`s across the files of a description, with cycles and sibling keys."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

from ...diagnostics import Diagnostics
from ...recording import Reads
from ...source import Node, Sources

_ANNOTATIONS = ("description", "summary")
"""Keys next to a `$ref` that replace those of its target (OpenAPI 3.1, section 4.8.23)."""


class References:
    """The targets of references; each is resolved once."""

    def __init__(self, sources: Sources, diagnostics: Diagnostics) -> None:
        self._sources = sources
        self._diagnostics = diagnostics
        self._targets: dict[int, tuple[Node, Node | None]] = {}
        self.reads: Reads | None = None
        """Records the visited components, if they are needed."""

    def release(self) -> None:
        """Free the nodes that are kept."""
        self._targets.clear()

    @contextlib.contextmanager
    def without_recording(self) -> Generator[None, None, None]:
        """Do not record the components visited inside: only the properties in
        `notes.reference_inputs` are used."""
        if self.reads is None:
            yield
        else:
            with self.reads.apart():
                yield

    def is_reference(self, node: Node) -> bool:
        return isinstance(node.value, dict) and "$ref" in node.value

    def target(self, node: Node) -> Node | None:
        """The direct target of the `$ref` of a node; None, and a warning, if it does not exist."""
        known = self._targets.get(id(node))
        if known is None:
            # The node is kept with the result, because an id is unique only while its object lives.
            known = self._targets[id(node)] = (node, self._resolve(node))
        if self.reads is not None and known[1] is not None:
            self.reads.add(known[1].pointer)
        return known[1]

    def _resolve(self, node: Node) -> Node | None:
        reference = node.get("$ref")
        if reference is None:
            return None
        if not isinstance(reference.value, str):
            self._diagnostics.warning(
                "bad-reference", "'$ref' must be a string", reference.span, hint="write '#/…'"
            )
            return None
        try:
            target = self._sources.resolve(reference.value, node, reference.span)
        except ValueError as error:
            # For example a NUL byte in a file name.
            self._diagnostics.warning(
                "bad-reference", f"'{reference.value}' is not a reference: {error}", reference.span
            )
            return None
        if target is not None and not target.pointer and _is_description(target):
            self._diagnostics.warning(
                "bad-reference",
                f"'{reference.value}' refers to a whole description",
                reference.span,
                hint="write '#/…'",
            )
            return None
        return target

    def final(self, node: Node) -> Node | None:
        """The final target of a chain of `$ref`s, without sibling keys; the node itself if it is
        not a reference. A cycle is a warning."""
        seen: list[Node] = []
        while self.is_reference(node):
            loop = next(
                (seen[index:] for index, visited in enumerate(seen) if visited is node), None
            )
            if loop is not None:
                references = [node.get("$ref") or node for node in loop]
                self._sources.report_cycle([(str(node.value), node.span) for node in references])
                return None
            seen.append(node)
            following = self.target(node)
            if following is None:
                return None
            node = following
        return node

    def follow(self, node: Node) -> Node | None:
        """Like `final`, with the description and summary next to the reference."""
        target = self.final(node)
        if target is None or target is node or target.mapping is None or node.mapping is None:
            return target
        siblings = {
            key: value
            for key, value in node.mapping.items()
            if key in _ANNOTATIONS or key.startswith("x-")
        }
        if not siblings:
            return target
        return Node(
            {**target.mapping, **siblings},
            target.span,
            target.file,
            target.pointer,
            {**target.keys, **node.keys},
        )


def _is_description(node: Node) -> bool:
    return not {"openapi", "asyncapi"}.isdisjoint(node.mapping or ())


def place(node: Node) -> tuple[Path, str]:
    """A key for a node that does not depend on the references to it."""
    return node.file, node.pointer
