"""The differences between two descriptions, of which the first was read completely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..openapi.partial import Partial as Reading
from ..recording import SCHEMAS
from ..source import Sources
from .changes import (
    Layout,
    changed_parts,
    comparable,
    differ_in_prose_only,
    same_declarations,
    stays_inside,
)
from .problems import UNCERTAIN, Problem, find_problems
from .state import State
from .types import Types, Unknown

_MOST_COMPONENTS = 150
"""The maximum number of components that are read again; above it, a whole run is not slower."""


class Side:
    """The old or the new description, and the parts of it that are read."""

    def __init__(
        self,
        state: State,
        settings: Settings,
        sources: Sources,
        data: bytes,
        similar: Callable[[str], str] | None = None,
    ) -> None:
        """`similar` returns the parts of the other description, most of which are equal."""
        self.diagnostics = Diagnostics()
        self.sources = sources.with_data(self.diagnostics, {settings.spec: data}, similar)
        node = self.sources.load(settings.spec)
        if node is None or self.diagnostics.reported:
            raise Unknown
        self.source = node.span.source
        self.layout = Layout(self.source.octets, node)
        self.name = self.sources.display_path(settings.spec)
        self.reading = Reading(settings, self.sources, self.diagnostics, node, state.notes)
        self.declarations: dict[str, ir.Declaration] = {}

    @staticmethod
    def first(state: State, settings: Settings, sources: Sources, data: bytes) -> Side:
        """The old description, whose parts are where the run over it found them."""
        octets = data.decode("latin-1")

        def part(name: str) -> str:
            return octets[slice(*state.extents.get(name, (0, 0)))]

        return Side(state, settings, sources, data, part)

    def problems(self) -> set[Problem]:
        """The problems found in it."""
        problems = find_problems(self.diagnostics.reported, self.name)
        if problems is None:
            raise Unknown
        return set(problems)


class Update:
    """Reads the changed parts of the second of two descriptions.

    Raises `Unknown` if the results of the first do not determine the second.
    """

    def __init__(self, state: State, settings: Settings, old: Side, new: Side) -> None:
        self._state = state
        self._settings = settings
        self._old, self._new = old, new
        self._old_types, self._new_types = (
            Types(state, settings, side.diagnostics, side.declarations, self._declare)
            for side in (old, new)
        )

    def _declare(self, id_: str) -> ir.Declaration:
        """An unchanged declaration."""
        raise NotImplementedError

    def _changed_parts(self) -> set[str]:
        """The JSON pointers of the changed components."""
        parts = changed_parts(self._old.layout, self._new.layout)
        if parts is None or not all(part.startswith(SCHEMAS) for part in parts):
            raise Unknown
        return set(parts)

    def _changed_ids(self, parts: set[str]) -> tuple[set[str], set[str]]:
        """The ids of the changed declarations, and of those that differ in more than prose."""
        state = self._state
        changed = {part.removeprefix(SCHEMAS) for part in parts}
        self._check_uses(changed)
        ids = self._changed_declarations(self._read_again(changed))
        if ids & (state.rest | state.notes.altered):
            raise Unknown
        structural = {id_ for id_ in ids if not self._is_prose(id_)}
        if structural & state.samples:
            raise Unknown
        return ids, structural

    def _paths(self, ids: set[str]) -> list[str]:
        """The modules of types that depend on declarations."""
        locations = self._state.type_locations
        paths = {locations.types[id_].module for id_ in ids}
        paths |= {path for path, others in self._state.parts.items() if others & ids}
        if not paths <= locations.members.keys():
            raise Unknown
        return sorted(paths)

    def _check_uses(self, changed: set[str]) -> None:
        """Raise an exception if anything except components has changed."""
        notes, old, new = self._state.notes, self._old.reading, self._new.reading
        bodies = {body.removeprefix(f"#{SCHEMAS}") for body in notes.bodies}
        if changed & (notes.reads.outside | bodies):
            raise Unknown
        if any(old.usage(name) != new.usage(name) for name in changed):
            raise Unknown
        if any(old.hierarchy_inputs(name) != new.hierarchy_inputs(name) for name in changed):
            raise Unknown
        seen = changed | {name for name, others in notes.seen.items() if others & changed}
        if any(old.reference_inputs(name) != new.reference_inputs(name) for name in seen):
            raise Unknown

    def _read_again(self, changed: set[str]) -> set[str]:
        """The components whose declarations may have changed."""
        reads = self._state.notes.reads.by_component
        names = changed | {name for name, others in reads.items() if others & changed}
        if len(names) > _MOST_COMPONENTS:
            raise Unknown
        return names

    def _changed_declarations(self, components: set[str]) -> set[str]:
        """Computes and stores the ids of the changed declarations."""
        state, ids = self._state, set[str]()
        for name in sorted(components):
            old, new = self._old.reading.entries(name), self._new.reading.entries(name)
            if not same_declarations(old, new):
                raise Unknown
            for before, after in zip(old, new, strict=True):
                id_ = state.notes.final.get(before.id)
                if id_ is None:
                    raise Unknown
                one, two = self._old.reading.renamed(before), self._new.reading.renamed(after)
                self._old.declarations[id_] = declared(state, id_, one)
                self._new.declarations[id_] = declared(state, id_, two)
                if comparable(one) == comparable(two):
                    continue
                if before.id in state.notes.shared or not stays_inside(one, two):
                    raise Unknown
                ids.add(id_)
        return ids

    def _is_prose(self, id_: str) -> bool:
        return differ_in_prose_only(self._old.declarations[id_], self._new.declarations[id_])

    def _warnings(self, changed: set[str]) -> list[Problem]:
        """The warnings of the previous run, at their locations in the new text.

        Warnings about changed parts are replaced by the new ones.
        """
        old, new = self._old, self._new
        before, after = old.problems(), new.problems()
        known = set(self._state.problems)
        about = {problem for problem in known if problem.touches(old.layout, changed)}
        if {problem for problem in before if problem.touches(old.layout, changed)} != about:
            raise Unknown  # Some of them are from stages that do not run here.
        unchanged = {problem.moved(old.layout, new.layout) for problem in known - about}
        problems = {problem for problem in after if problem.touches(new.layout, changed)}
        if not (before <= known and after - problems <= unchanged):
            raise Unknown
        if any(problem.code in UNCERTAIN for problem in problems):
            raise Unknown
        return [*unchanged, *problems]


def declared(state: State, id_: str, declaration: ir.Declaration) -> ir.Declaration:
    known = state.declarations.get(id_)
    if known is None:
        raise Unknown
    name, package, owner, places = known
    return replace(declaration, id=id_, name=name, package=package, owner=owner, places=places)
