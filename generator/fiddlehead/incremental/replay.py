"""Generates the files of a description in which only some types changed, from the previous run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import ir, render
from ..config import Settings
from ..diagnostics import Diagnostics
from ..examples.example_calls import ExampleCalls
from ..frozen import dataclass
from ..package import TypeDef
from ..python import name_record
from ..python.examples.fake_examples import EXAMPLE
from ..python.pages.reference_entries import TYPE
from ..python.pages.type_entries import FIELDS
from ..python.partial import runtime_needs
from ..source import Sources
from . import samples
from .ir_values import decoded
from .pages import PageParts, updated
from .state import State, components
from .suited import is_suited_text
from .types import Unknown
from .update import Side, Update, declared


@dataclass(frozen=True)
class Replayed:
    """The result of a run."""

    files: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    operations: str
    requirements: tuple[str, ...]


def replay(
    state: State, settings: Settings, diagnostics: Diagnostics, root: Path, data: bytes
) -> Replayed | None:
    """The result of a run over `data`, with its warnings; None if a whole run is needed.

    `root` is the folder that displayed file names are relative to.
    """
    sources = Sources(diagnostics, root)
    try:
        old = Side.first(state, settings, sources, state.text)
        new = Side(state, settings, sources, data, old.layout.part)
        return _Replay(state, settings, old, new).run(diagnostics)
    except Unknown:
        return None


class _Replay(Update):
    def __init__(self, state: State, settings: Settings, old: Side, new: Side) -> None:
        super().__init__(state, settings, old, new)
        self._component_of = components(state.notes)

    def run(self, diagnostics: Diagnostics) -> Replayed:
        state = self._state
        parts = self._changed_parts()
        # All other parts were in the description of the previous run.
        layout = self._new.layout
        if not all(is_suited_text(layout.part(part).encode("latin-1")) for part in parts):
            raise Unknown
        ids, structural = self._changed_ids(parts)
        files, names = dict(state.files), dict(state.names)
        paths = [*samples.affected(state.example_reads, state.uses, structural)]
        if len(paths) > samples.MOST_EXAMPLES:
            raise Unknown
        self._print_examples(paths, files)
        types = self._print(ids, files, names)
        self._print_pages(ids, types, paths, files)
        if len({*self._old.sources.files, *self._new.sources.files}) > 1:
            raise Unknown
        for warning in self._warnings(parts):
            warning.report(diagnostics, self._new.source)
        names = {place: names[place] for place in sorted(names)}
        return Replayed(files, names, state.operations, state.requirements)

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
                    again = declared(state, final, self._old.reading.renamed(entry))
                    known.setdefault(final, again)
            if id_ not in known:
                raise Unknown
        return known[id_]

    def _print(
        self, ids: set[str], files: dict[str, str], names: dict[str, Mapping[str, str]]
    ) -> set[str]:
        """Prints the modules that depend on declarations, old and new; the ids of their types.

        The old ones must equal the output of the previous run.
        """
        state, settings = self._state, self._settings
        types: set[str] = set()
        for path in self._paths(ids):
            before, after = self._old_types.module(path), self._new_types.module(path)
            name = f"{settings.package}/{path}"
            text = settings.python.license_header
            if files.get(name) != render.module_file(settings.package, state.header, before, text):
                raise Unknown
            if runtime_needs(before) != runtime_needs(after):
                raise Unknown
            files[name] = render.module_file(settings.package, state.header, after, text)
            members = state.type_locations.members[path]
            definitions = self._old_types.of_module(path)
            types.update(definitions)
            for place in _recorded(members, self._old_types.declarations, definitions):
                names.pop(place, None)
            new = self._new_types.of_module(path)
            names.update(_recorded(members, self._new_types.declarations, new))
        return types

    def _print_examples(self, paths: Iterable[str], files: dict[str, str]) -> None:
        """Builds again the examples of responses that may contain some declarations."""
        state = self._state
        names = [name for name in files if name.rpartition("/")[2] == samples.FILE]
        if not names:
            return
        lines = files[names[0]].split("\n")
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
        files[names[0]] = "\n".join(lines)

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


def _recorded(
    members: tuple[str, ...],
    declarations: Mapping[str, ir.Declaration],
    types: Mapping[str, TypeDef],
) -> name_record.Record:
    return name_record.record_types([declarations[id_] for id_ in members], types)
