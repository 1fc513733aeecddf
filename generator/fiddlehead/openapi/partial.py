"""Reads single components again, with the recorded results of a run over the whole description."""

from __future__ import annotations

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..recording import SCHEMAS
from ..source import Node, Sources
from ..source.json_pointer import unescape
from .document.context import Context
from .notes import Notes, reference_inputs
from .schemas import usage
from .schemas.converter import SchemaConverter
from .schemas.hierarchies import Hierarchies
from .schemas.queries import SchemaQueries
from .schemas.registry import Entry, Registry
from .schemas.rewrite import Renamer
from .schemas.usage import Usage


class Partial:
    """Reads components of a description independently of each other."""

    def __init__(
        self,
        settings: Settings,
        sources: Sources,
        diagnostics: Diagnostics,
        root: Node,
        notes: Notes,
    ) -> None:
        self.context = Context(settings, sources, diagnostics, root)
        self._hierarchies = Hierarchies(self.context, notes.subclasses)
        self._schema_queries = SchemaQueries(self.context, self._hierarchies)
        self._notes = notes
        self._renamed = Renamer(notes.final)
        self._by_name: dict[str, list[Entry]] = {}

    def node(self, name: str) -> Node | None:
        """A component by its key in JSON pointers."""
        components = self.context.root.get("components")
        schemas = components.get("schemas") if components is not None else None
        return schemas.get(unescape(name)) if schemas is not None else None

    def entries(self, name: str) -> list[Entry]:
        """The declarations of a component: its own, and those of its inline schemas."""
        if name not in self._by_name:
            node = self.node(name)
            assert node is not None
            registry = Registry()
            self._schemas(registry).declare(node)
            values = registry.entries.values()
            self._by_name[name] = [entry for entry in values if entry.declaration is not None]
        return self._by_name[name]

    def renamed(self, entry: Entry) -> ir.Declaration:
        """The declaration of an entry, with final ids in references."""
        assert entry.declaration is not None
        return self._renamed(entry.declaration)

    def reference_inputs(self, name: str) -> tuple[object, ...]:
        """The properties of a component that references to it use."""
        node = self.node(name)
        assert node is not None
        return reference_inputs(self._schemas(Registry()), node)

    def hierarchy_inputs(self, name: str) -> frozenset[object]:
        """What other components use of a component because they are its base or subclass."""
        node = self.node(name)
        assert node is not None
        return self._hierarchies.uses(name, node)

    def usage(self, name: str) -> Usage:
        """The declarations that only this component refers to."""
        node = self.node(name)
        assert node is not None
        return usage.count_component(self.context, node, f"#{SCHEMAS}{name}")

    def _schemas(self, registry: Registry) -> SchemaConverter:
        notes = self._notes
        return SchemaConverter(
            self.context,
            self._schema_queries,
            registry,
            notes.usage,
            notes.bodies,
            single_file=True,
        )
