"""Follows `$ref` through the files of a description, with loops and siblings."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

from ..diagnostics import Diagnostics
from ..recording import Reads
from ..source import Node, Sources

_ANNOTATIONS = ("description", "summary")
"""Keys beside a `$ref` that replace those of its target (OpenAPI 3.1 section 4.8.23)."""


class References:
    """Where references lead; each is followed once."""

    def __init__(self, sources: Sources, diagnostics: Diagnostics) -> None:
        self._sources = sources
        self._diagnostics = diagnostics
        self._targets: dict[int, tuple[Node, Node | None]] = {}
        self.reads: Reads | None = None
        """Notes of what was looked into, where somebody wants them."""

    @contextlib.contextmanager
    def without_recording(self) -> Generator[None, None, None]:
        """What is looked into inside is noted nowhere: no more of a component is asked than
        `notes.reference_inputs` says of it."""
        if self.reads is None:
            yield
        else:
            with self.reads.apart():
                yield

    def is_reference(self, node: Node) -> bool:
        return isinstance(node.value, dict) and "$ref" in node.value

    def target(self, node: Node) -> Node | None:
        """What the `$ref` of a node leads to in one step; None, and a warning, where to nothing."""
        known = self._targets.get(id(node))
        if known is None:
            # The node is kept with the result: an id is only unique while its object lives.
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
                "bad-reference", "'$ref' must be text", reference.span, hint="write '#/…'"
            )
            return None
        try:
            return self._sources.resolve(reference.value, node, reference.span)
        except ValueError as error:
            # A NUL byte in a file name, for one.
            self._diagnostics.warning(
                "bad-reference", f"'{reference.value}' is not a reference: {error}", reference.span
            )
            return None

    def final(self, node: Node) -> Node | None:
        """What a chain of `$ref`s leads to in the end, without siblings; the node itself where it
        is not a reference. A chain that comes back to itself is a warning."""
        seen: list[Node] = []
        while self.is_reference(node):
            loop = next((seen[index:] for index, each in enumerate(seen) if each is node), None)
            if loop is not None:
                self._report(loop)
                return None
            seen.append(node)
            following = self.target(node)
            if following is None:
                return None
            node = following
        return node

    def _report(self, loop: list[Node]) -> None:
        """The warning of a loop, which is one however it was come to."""
        start = min(range(len(loop)), key=lambda index: _order(loop[index]))
        turned = [*loop[start:], *loop[:start]]
        chain = " -> ".join(str((each.get("$ref") or each).value) for each in turned)
        self._diagnostics.warning(
            "reference-loop",
            f"references lead only to each other: {chain}",
            (turned[0].get("$ref") or turned[0]).span,
            hint="one of them must be a value",
        )

    def follow(self, node: Node) -> Node | None:
        """Like `final`, with the description and summary that stand beside the reference."""
        target = self.final(node)
        if target is None or target is node or target.mapping is None or node.mapping is None:
            return target
        beside = {
            key: value
            for key, value in node.mapping.items()
            if key in _ANNOTATIONS or key.startswith("x-")
        }
        if not beside:
            return target
        return Node(
            {**target.mapping, **beside},
            target.span,
            target.file,
            target.pointer,
            {**target.keys, **node.keys},
        )


def _order(node: Node) -> tuple[str, int, int]:
    return (node.span.file, node.span.line, node.span.column)


def place(node: Node) -> tuple[Path, str]:
    """A key for a node that is the same however it was reached."""
    return node.file, node.pointer
