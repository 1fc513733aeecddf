"""Generates the files of a description in which only some types changed, from the previous run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .. import ir, render
from ..config import Settings
from ..diagnostics import Diagnostics, SourceFile
from ..examples.example_calls import ExampleCalls
from ..openapi.partial import Partial as Reading
from ..package import TypeDef
from ..python import name_record
from ..python.fake_examples import EXAMPLE
from ..python.partial import runtime_needs
from ..python.reference_entries import TYPE
from ..python.type_entries import FIELDS
from ..recording import SCHEMAS
from ..source import Sources
from . import samples
from .changes import (
    Layout,
    changed_parts,
    comparable,
    differ_in_prose_only,
    same_declarations,
    stays_inside,
)
from .ir_values import decoded
from .pages import PageParts, updated
from .problems import UNCERTAIN, Problem, find_problems
from .state import State, components
from .types import Types, Unknown

_MOST_COMPONENTS = 150
"""The most components that are read again; with more, a whole run takes about as long."""


@dataclass(frozen=True)
class Replayed:
    """The result of a run."""

    files: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    operations: str
    requirements: tuple[str, ...]


def replay(
    state: State, settings: Settings, diagnostics: Diagnostics, root: Path, text: str
) -> Replayed | None:
    """The result of a run over `text`, with its warnings; None if a whole run is needed.

    `root` is the folder that displayed file names are relative to.
    """
    try:
        return _Replay(state, settings, root, text).run(diagnostics, text)
    except Unknown:
        return None


class _Side:
    """The old or the new description, and the parts of it that are read."""

    def __init__(self, state: State, settings: Settings, root: Path, text: str) -> None:
        self.diagnostics = Diagnostics()
        self.sources = Sources(self.diagnostics, root, {settings.spec: text})
        node = self.sources.load(settings.spec)
        if node is None or self.diagnostics.found:
            raise Unknown
        self.layout = Layout(text, node)
        self.name = self.sources.shown(settings.spec)
        self.reading = Reading(settings, self.sources, self.diagnostics, node, state.notes)
        self.declarations: dict[str, ir.Declaration] = {}

    def problems(self) -> set[Problem]:
        """What was found in it."""
        found = find_problems(self.diagnostics.found, self.name)
        if found is None:
            raise Unknown
        return set(found)


class _Replay:
    def __init__(self, state: State, settings: Settings, root: Path, text: str) -> None:
        self._state = state
        self._settings = settings
        self._old = _Side(state, settings, root, state.text.decode())
        self._new = _Side(state, settings, root, text)
        self._component_of = components(state.notes)
        self._old_types, self._new_types = (
            Types(state, settings, side.diagnostics, side.declarations, self._declare)
            for side in (self._old, self._new)
        )

    def run(self, diagnostics: Diagnostics, text: str) -> Replayed:
        state = self._state
        parts = changed_parts(self._old.layout, self._new.layout)
        if parts is None or not all(each.startswith(SCHEMAS) for each in parts):
            raise Unknown
        changed = {each.removeprefix(SCHEMAS) for each in parts}
        self._check_uses(changed)
        ids = self._changed_declarations(self._read_again(changed))
        if ids & (state.rest | state.notes.altered):
            raise Unknown
        structural = {id_ for id_ in ids if not self._is_prose(id_)}
        if structural & state.samples:
            raise Unknown
        files, names = dict(state.files), dict(state.names)
        paths = [*samples.affected(state.examples, state.uses, structural)]
        if len(paths) > samples.MOST_EXAMPLES:
            raise Unknown
        self._print_examples(paths, files)
        types = self._print(ids, files, names)
        self._print_pages(ids, types, paths, files)
        files_read = {*self._old.sources.files, *self._new.sources.files}
        if len(files_read) > 1:
            raise Unknown
        source = SourceFile(self._new.name, text)
        for each in self._warnings(set(parts)):
            each.report(diagnostics, source)
        names = {place: names[place] for place in sorted(names)}
        return Replayed(files, names, state.operations, state.requirements)

    # --- reading --------------------------------------------------------------------------

    def _check_uses(self, changed: set[str]) -> None:
        """Raises if anything but components has changed."""
        notes, old, new = self._state.notes, self._old.reading, self._new.reading
        bodies = {each.removeprefix(f"#{SCHEMAS}") for each in notes.bodies}
        if changed & (notes.reads.outside | bodies):
            raise Unknown
        if any(old.usage(name) != new.usage(name) for name in changed):
            raise Unknown
        seen = changed | {name for name, others in notes.seen.items() if others & changed}
        if any(old.reference_inputs(name) != new.reference_inputs(name) for name in seen):
            raise Unknown

    def _read_again(self, changed: set[str]) -> set[str]:
        """The components whose declarations may have changed."""
        reads = self._state.notes.reads.by_component
        found = changed | {name for name, others in reads.items() if others & changed}
        if len(found) > _MOST_COMPONENTS:
            raise Unknown
        return found

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
                self._old.declarations[id_] = _declared(state, id_, one)
                self._new.declarations[id_] = _declared(state, id_, two)
                if comparable(one) == comparable(two):
                    continue
                if before.id in state.notes.shared or not stays_inside(one, two):
                    raise Unknown
                ids.add(id_)
        return ids

    def _is_prose(self, id_: str) -> bool:
        return differ_in_prose_only(self._old.declarations[id_], self._new.declarations[id_])

    def _declare(self, id_: str) -> ir.Declaration:
        """An unchanged declaration."""
        state, known = self._state, self._old.declarations
        if id_ not in known:
            name = self._component_of.get(id_)
            if name is None and id_ in state.inline:
                known[id_] = decoded(json.loads(state.inline[id_]))
                return known[id_]
            if name is None or id_ in state.notes.altered or self._old.reading.node(name) is None:
                raise Unknown
            for entry in self._old.reading.entries(name):
                final = state.notes.final.get(entry.id)
                if final is not None:
                    declared = _declared(state, final, self._old.reading.renamed(entry))
                    known.setdefault(final, declared)
            if id_ not in known:
                raise Unknown
        return known[id_]

    # --- printing -------------------------------------------------------------------------

    def _print(
        self, ids: set[str], files: dict[str, str], names: dict[str, Mapping[str, str]]
    ) -> set[str]:
        """Prints the modules that depend on declarations, old and new; the ids of their types.

        The old ones must equal the output of the previous run.
        """
        state, settings = self._state, self._settings
        types: set[str] = set()
        paths = {state.type_locations.types[id_].module for id_ in ids}
        paths |= {path for path, others in state.parts.items() if others & ids}
        for path in sorted(paths):
            if path not in state.type_locations.members:
                raise Unknown
            before, after = self._old_types.module(path), self._new_types.module(path)
            name = f"{settings.package}/{path}"
            if files.get(name) != render.module_file(settings.package, state.header, before):
                raise Unknown
            if runtime_needs(before) != runtime_needs(after):
                raise Unknown
            files[name] = render.module_file(settings.package, state.header, after)
            members = state.type_locations.members[path]
            found = self._old_types.of_module(path)
            types.update(found)
            for place in _recorded(members, self._old_types.declarations, found):
                names.pop(place, None)
            new = self._new_types.of_module(path)
            names.update(_recorded(members, self._new_types.declarations, new))
        return types

    def _print_examples(self, paths: Iterable[str], files: dict[str, str]) -> None:
        """Builds again the examples of responses that may contain some declarations."""
        state = self._state
        found = [name for name in files if name.rpartition("/")[2] == samples.FILE]
        if not found:
            return
        lines = files[found[0]].split("\n")
        at = {line: index for index, line in enumerate(lines)}
        old, new = (
            ExampleCalls(ir.Api("", None, ir.Resource(""), side.declarations))
            for side in (self._old_types, self._new_types)
        )
        for path in paths:
            before = samples.line(path, state.examples[path], old)
            if before not in at:
                raise Unknown
            lines[at[before]] = samples.line(path, state.examples[path], new)
        files[found[0]] = "\n".join(lines)

    def _print_pages(
        self, ids: set[str], types: set[str], paths: Iterable[str], files: dict[str, str]
    ) -> None:
        """Prints again the parts of pages about types, or about the examples of some methods."""
        state = self._state
        stale = {name for name, others in state.page_reads.items() if others & ids}
        stale |= {f"{kind}{id_}" for kind in (TYPE, FIELDS) for id_ in types}
        stale |= {f"{EXAMPLE}{path}" for path in paths}
        old, new = (
            PageParts(side, state.anchors, state.examples)
            for side in (self._old_types, self._new_types)
        )
        for name, places in state.marks.items():
            files[name] = updated(files[name], places, stale, old, new)

    # --- warnings -------------------------------------------------------------------------

    def _warnings(self, changed: set[str]) -> list[Problem]:
        """The warnings of the previous run, at their places in the new text.

        Those about changed parts are replaced by the new ones.
        """
        old, new = self._old, self._new
        before, after = old.problems(), new.problems()
        known = set(self._state.problems)
        about = {each for each in known if each.touches(old.layout, changed)}
        if {each for each in before if each.touches(old.layout, changed)} != about:
            raise Unknown  # Some of them are from stages that do not run here.
        kept = {each.moved(old.layout, new.layout) for each in known - about}
        found = {each for each in after if each.touches(new.layout, changed)}
        if not (before <= known and after - found <= kept):
            raise Unknown
        if any(each.code in UNCERTAIN for each in found):
            raise Unknown
        return [*kept, *found]


def _declared(state: State, id_: str, declaration: ir.Declaration) -> ir.Declaration:
    known = state.declarations.get(id_)
    if known is None:
        raise Unknown
    name, package, owner, places = known
    return replace(declaration, id=id_, name=name, package=package, owner=owner, places=places)


def _recorded(
    members: tuple[str, ...],
    declarations: Mapping[str, ir.Declaration],
    types: Mapping[str, TypeDef],
) -> name_record.Record:
    return name_record.record_types([declarations[id_] for id_ in members], types)
