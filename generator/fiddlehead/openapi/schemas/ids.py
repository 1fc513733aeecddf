"""The ids of schemas, and components that only name a schema of another file."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator

from ...source import Node
from ...source.json_pointer import escape, names
from ..document.context import Context
from ..document.references import place as location


class SchemaIds:
    """The ids of the schemas of one description.

    A component that only refers to a schema of another file gives that schema its name.
    """

    def __init__(self, context: Context, *, single_file: bool = False) -> None:
        """`single_file`: no reference to another file exists."""
        self._context = context
        self._single_file = single_file
        self._files = {context.root.file: ""}

    def of(self, node: Node) -> str:
        """The id of a schema: its file, unless it is the root file, and its pointer."""
        file, pointer = location(node)
        if file is self._context.root.file:
            return f"#{pointer}"
        if file not in self._files:
            self._files[file] = self._context.sources.location(file)
        return f"{self._files[file]}#{pointer}"

    def named_by(self, id: str) -> Node | None:
        """The schema in another file that a component names; None if it names none."""
        named_schema = self._elsewhere.get(id)
        return named_schema[1] if named_schema is not None else None

    def name_of(self, id: str) -> str | None:
        """The name that a component gives to a schema in another file."""
        return self._names.get(id)

    def named_part(self, node: Node) -> tuple[str, list[str]] | None:
        """The name that a component gives to a schema in another file, or to the one around it, and
        the rest of the pointer."""
        if not self._names:
            return None
        id = self.of(node)
        file = id.removesuffix(node.pointer)
        tokens = node.pointer.split("/")
        for length in range(len(tokens), 0, -1):
            name = self.name_of(file + "/".join(tokens[:length]))
            if name is not None:
                return name, names("/".join(["", *tokens[length:]]))
        return None

    def key(self, node: Node) -> str:
        """The reference to a schema from the root file: to the component that names it, if there
        is one, or else its id."""
        if self.is_own(node):
            return f"#{node.pointer}"
        id = self.of(node)
        name = self.name_of(id)
        return id if name is None else f"#/components/schemas/{escape(name)}"

    def reference(self, node: Node) -> str | None:
        """The reference of a node as `key` writes it; None if it has none. One that cannot be
        resolved is unchanged."""
        written = node.get("$ref")
        if written is None or written.string is None:
            return None
        if self.is_inside(node):
            return written.string
        target = self._context.references.target(node)
        return written.string if target is None else self.key(self.through(target))

    def through(self, target: Node) -> Node:
        """The target of a reference; where it is a file with nothing but a reference, the target of
        that."""
        references = self._context.references
        while (
            not target.pointer
            and set(target.mapping or ()) == {"$ref"}
            and not self._has_name(target)
        ):
            following = references.target(target) if references.final(target) is not None else None
            if following is None:
                break
            target = following
        return target

    def _has_name(self, node: Node) -> bool:
        return self.name_of(self.of(node)) is not None

    def is_own(self, node: Node) -> bool:
        """Whether a node is in the root file."""
        file = self._context.root.file
        return node.file is file or node.file == file

    def is_inside(self, node: Node) -> bool:
        """Whether a reference of the root file stays in it."""
        written = node.get("$ref")
        return written is not None and (written.string or "#")[0] == "#" and self.is_own(node)

    def is_name(self, node: Node) -> bool:
        """Whether a component only names a schema in another file."""
        return not self._single_file and self.of(node) in self._elsewhere

    @functools.cached_property
    def _elsewhere(self) -> dict[str, tuple[str, Node]]:
        """Components that only refer to a schema of another file, by id: their names, and that
        schema."""
        result: dict[str, tuple[str, Node]] = {}
        if self._single_file:
            return result
        for name, node in self._components():
            alone = set(node.mapping or ()) == {"$ref"}
            target = self._context.references.target(node) if alone else None
            if target is not None and target.mapping is not None and target.file != node.file:
                result[self.of(node)] = (name, target)
        uses = Counter(self.of(target) for _, target in result.values())
        # If several components refer to one schema, none of them names it.
        return {id: pair for id, pair in result.items() if uses[self.of(pair[1])] == 1}

    @functools.cached_property
    def _names(self) -> dict[str, str]:
        result = {self.of(target): name for name, target in self._elsewhere.values()}
        if not self._single_file:
            # The components themselves may be in another file.
            for name, node in self._components():
                if node.file != self._context.root.file:
                    result.setdefault(self.of(node), name)
        return result

    def _components(self) -> Iterator[tuple[str, Node]]:
        holder = self._context.mapping(self._context.root, "components")
        if holder is not None:
            yield from self._context.entries(holder, "schemas")
