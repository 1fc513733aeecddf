"""Resolves references within and across files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..diagnostics import Diagnostic, Diagnostics, Span
from ..paths import normalised
from .converted_sections import ConvertedSections
from .json_pointer import unescape
from .loaded_files import LoadedFiles
from .node import Node
from .open_references import OpenReferences
from .schema_names import SchemaNames, component

if TYPE_CHECKING:
    from typing_extensions import Self

_CHAIN = 20
"""The maximum number of consecutive references in the resolution of a JSON pointer."""


class Sources(LoadedFiles):
    """Loads each file once, and resolves references between files."""

    def __init__(
        self, diagnostics: Diagnostics, root: Path, texts: Mapping[Path, str] | None = None
    ) -> None:
        super().__init__(diagnostics, root, texts)
        self._identities: dict[str, Path] = {}
        self._problems: dict[Path, list[Diagnostic]] = {}
        self._sections = ConvertedSections()
        self._originals: dict[Path, Node] = {}
        self._schema_names = SchemaNames()
        self._targets: dict[tuple[Path, str], Node] = {}
        """The targets of references inside a file, by the file."""
        self._open = OpenReferences()
        self.prepare: Callable[[Node], object] = lambda root: None
        """Changes the root of each file that something refers to, before it is read."""

    def independent_copy(self) -> Self:
        duplicate = super().independent_copy()
        duplicate._identities, duplicate._schema_names = {}, SchemaNames()
        duplicate._originals, duplicate._targets = {}, {}
        return duplicate

    def with_data(
        self,
        diagnostics: Diagnostics,
        files: Mapping[Path, bytes],
        similar: Callable[[str], str] | None = None,
    ) -> Self:
        duplicate = super().with_data(diagnostics, files, similar)
        duplicate._problems = {}
        return duplicate

    def release(self) -> None:
        self._schema_names.clear()
        self._targets.clear()
        self._originals.clear()
        super().release()

    def forget(self) -> None:
        self._schema_names.clear()
        self._targets.clear()
        super().forget()

    def replace(self, path: Path, root: Node, original: Node | None = None) -> None:
        """Let references into a file resolve to another root: the file with its overrides, or
        converted from `original`."""
        self._loaded[Path(normalised(path))] = root
        self._targets.clear()
        if original is not None:
            self._originals[Path(normalised(path))] = original

    def as_written(self, path: Path) -> Node | None:
        """The root of a file before its conversion from an older version."""
        return self._originals.get(Path(normalised(path))) or self.load(path)

    def resolve(self, reference: str, base: Node, span: Span) -> Node | None:
        """The target of a `$ref`; None, and a warning at `span`, if it does not exist.

        `base` is the node with the reference: relative references are relative to its file. See RFC
        3986, section 4.1 (URI references) and RFC 6901, section 6 (pointers in fragments).
        """
        known = self._targets.get((base.file, reference))
        if known is not None:
            return known
        with self._open.entered(base, reference, span) as cycle:
            if cycle:
                self.report_cycle(cycle)
                return None
            return self._resolve(reference, base, span)

    def report_cycle(self, cycle: Sequence[tuple[str, Span]]) -> None:
        """Warn about references that form a cycle, once for all its members."""
        start = min(range(len(cycle)), key=lambda index: _order(cycle[index][1]))
        chain = [self.original(text) for text, _ in (*cycle[start:], *cycle[:start])]
        self._diagnostics.warning(
            "reference-loop",
            f"references form a cycle: {' -> '.join(chain)}",
            cycle[start][1],
            hint="replace one of them by a schema or value",
        )

    def _resolve(self, reference: str, base: Node, span: Span) -> Node | None:
        target, _, fragment = reference.partition("#")
        target = self._local(target)
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", target) or target.startswith("//"):
            self._diagnostics.warning(
                "remote-reference",
                f"'{reference}' is a URL, which fiddlehead does not fetch",
                span,
                hint="download the file next to the description and reference the copy",
            )
            return None
        root = self._referred(base.file.parent / unquote(target), span) if target else None
        root = root if target else self._loaded.get(base.file) or self.load(base.file)
        if root is None:
            return None
        node = self._walk(root, unquote(fragment), reference, span)
        if node is not None and not target:
            self._targets[base.file, reference] = node
        return node

    def converted(self, moved: Mapping[str, str]) -> None:
        """Let messages name sections of a description as it was before its conversion: `moved` maps
        pointers to the old sections to the new ones."""
        self._sections = ConvertedSections(moved)

    @property
    def is_converted(self) -> bool:
        """Whether the description was converted from an older version."""
        return bool(self._sections.moved)

    def original(self, reference: str) -> str:
        """A reference as it was before the conversion of the description."""
        return self._sections.original(reference)

    def identify(self, uri: str, path: Path) -> None:
        """Let references to a URI resolve to a file, and relative ones to files next to it
        (`$self`, OpenAPI 3.2, section 4.1.2.2)."""
        self._identities[uri.partition("#")[0]] = Path(normalised(path))

    def _local(self, target: str) -> str:
        """The target of a reference as a path if it is a known URI; otherwise unchanged."""
        for uri, path in self._identities.items():
            if target and target == uri:
                return path.as_posix()
            base = uri.rpartition("/")[0] + "/"
            if "://" in uri and target.startswith(base):
                return (path.parent / target[len(base) :]).as_posix()
        return target

    def _referred(self, path: Path, span: Span) -> Node | None:
        """The root of the file of a reference; None, and a warning, if there is none."""
        if not self.exists(path):
            return self._named(path, span)
        path = Path(normalised(path))
        if path not in self._loaded:
            own_diagnostics = Diagnostics()
            root = self._loaded[path] = self._read(path, span, own_diagnostics)
            if root is not None:
                self.prepare(root)
            self._problems[path] = own_diagnostics.reported
        for problem in self._problems.get(path, ()):
            self._report(problem, path, span)
        return self._loaded[path]

    def _named(self, path: Path, span: Span) -> Node | None:
        """The schema with this name in place of a file that does not exist: one with this `$id`, or
        a component (`$ref: Pet`), with a warning. None, and a warning, if there is none."""
        name = path.name
        roots = [node for node in self._loaded.values() if node is not None]
        schema = self._schema_names.with_id(roots, name)
        if schema is not None:
            return schema
        schema = component(roots, name)
        if schema is not None:
            pointer = self.original(f"#/components/schemas/{name}")
            self._diagnostics.warning(
                "bad-reference",
                f"'{name}' is not a file; '{pointer}' is used",
                span,
                hint=f"write '{pointer}'",
            )
            return schema
        self._diagnostics.warning(
            "unresolved-reference",
            f"'{self.display_path(path)}': no such file",
            span,
            hint="add the file, or correct the reference",
        )
        return None

    def _report(self, problem: Diagnostic, path: Path, span: Span) -> None:
        """Report why the file of a reference cannot be read; only that reference is affected. A
        half-done merge is an error, because it is unknown what is meant."""
        if problem.severity == "warning" or problem.code == "conflict-markers":
            report = self._diagnostics.warning
            if problem.severity == "error":
                report = self._diagnostics.error
            report(
                problem.code,
                problem.message,
                problem.span,
                hint=problem.hint,
                related=problem.related,
            )
            return
        problem_span = problem.span
        self._diagnostics.warning(
            "unresolved-reference",
            f"'{self.display_path(path)}' cannot be read: {problem.message}",
            span,
            hint="correct the file, or the reference",
            related=(
                [("the problem is here", problem_span)]
                if problem_span is not None and problem_span is not span
                else []
            ),
        )

    def _through(self, node: Node) -> Node:
        """The target of a node that is only a reference: a pointer is resolved through it, so that
        a group of components may be in another file."""
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
            schema = self._schema_names.with_anchor(root, pointer)
            if schema is None:
                self._diagnostics.warning(
                    "unresolved-reference",
                    f"'{reference}' cannot be resolved: no schema has the '$anchor' '{pointer}'",
                    span,
                    hint="a JSON pointer begins with '#/'",
                )
            return schema
        node, resolved_pointer = root, ""
        for token in pointer.split("/")[1:]:
            key = unescape(token)
            child: Node | None = None
            node = self._through(node)
            if isinstance(node.value, dict):
                child = node.value.get(key)
            elif isinstance(node.value, list) and key.isdecimal() and int(key) < len(node.value):
                child = node.value[int(key)]
            if child is None and self._open.is_cyclic:
                return None  # The cycle was reported.
            if child is None:
                self._diagnostics.warning(
                    "unresolved-reference",
                    self._sections.unresolved(reference, pointer, resolved_pointer, key),
                    span,
                    hint=_nearest(key, node) or "define it there, or correct the reference",
                )
                return None
            node, resolved_pointer = child, f"{resolved_pointer}/{token}"
        return node


def _order(span: Span) -> tuple[str, int, int]:
    return (span.file, span.line, span.column)


def _nearest(key: str, node: Node) -> str | None:
    import difflib

    names = difflib.get_close_matches(key, [name for name, _ in node.items()], n=1)
    return f"did you mean '{names[0]}'?" if names else None
