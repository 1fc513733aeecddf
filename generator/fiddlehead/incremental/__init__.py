"""Reuses the results of the previous run after a small change, with a cache on disk.

A run over a large OpenAPI description in JSON records which declarations each module of types was
built from. The next run compares the two descriptions. If only components changed that no other
module depends on, it rebuilds their modules and takes all other files from the cache. In case of
doubt, it discards the records and generates everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from dataclasses import replace as replace_
from pathlib import Path

from .. import ir, python, queries
from ..cache import Reading, Store, folder
from ..config import Settings
from ..diagnostics import Diagnostic, Diagnostics
from ..frozen import dataclass
from ..openapi.notes import Notes
from ..openapi.read import read
from ..python.context import Context
from ..python.examples import fake_examples
from ..python.locations.placement import TypeLocations
from ..python.pages.page_marks import PrintedMarks
from ..python.pages.reference_entries import TYPE
from ..python.pages.type_entries import FIELDS
from ..queries import ambiguous_unions
from ..recording import Tracked, part
from ..source import Sources
from ..source.json_reader import later_parts
from ..targets import two_processes
from ..targets.python_package import PythonPackage
from .ir_values import as_text
from .problems import UNCERTAIN, find_problems
from .replay import Replayed, replay
from .samples import sample_endpoint
from .second import Second, SecondMaker
from .state import Example, State, components, from_sections, to_sections
from .suited import is_suited, is_suited_text, large_text, names_unchanged, suited_text
from .types import Unknown
from .update import Side

__all__ = ["Incremental", "Replayed", "Second", "Unknown", "folder", "is_suited"]


class Incremental:
    """One run, which can reuse the results of the previous one and stores its own."""

    def __init__(self, settings: Settings, text: bytes, reading: Reading | None = None) -> None:
        self._settings = settings
        self._text = text
        self._reading = reading
        self._notes = Notes()
        self._declarations: Tracked[ir.Declaration] | None = None
        self._header = ""
        self._examples: list[tuple[str, str, ir.Endpoint]] = []
        self.marks = PrintedMarks()
        self._homes: TypeLocations | None = None
        self._before: list[Diagnostic] = []
        self._extents: Mapping[str, tuple[int, int]] = {}

    @staticmethod
    def of(settings: Settings, reading: Reading) -> Incremental | None:
        """A run with settings; None if its results could not be reused. `reading` reads those of the
        previous run, and has the key for its own."""
        text = large_text(settings)
        return Incremental(settings, text, reading) if text is not None else None

    @staticmethod
    def first_of_two(settings: Settings) -> Incremental | None:
        """A run over the first of two descriptions that are compared: nothing is stored."""
        text = suited_text(settings) if is_suited(settings) else None
        return Incremental(settings, text) if text is not None else None

    # --- using ----------------------------------------------------------------------------

    def replay(
        self, diagnostics: Diagnostics, written: Mapping[str, Mapping[str, str]] | None
    ) -> Replayed | None:
        """The result of this run, with its warnings; None if a whole run is needed.

        `written` are the names of the package on disk: if one of them changes, a whole run reports
        it.
        """
        sections = self._reading.sections() if self._reading is not None else None
        state = from_sections(sections) if sections is not None else None
        if state is None:
            return None
        own = Diagnostics()
        previous = replay(state, self._settings, own, Path.cwd(), self._text)
        if previous is None or not names_unchanged(written or {}, previous.names):
            return None
        for diagnostic in own.reported:
            diagnostics.warning(
                diagnostic.code,
                diagnostic.message,
                diagnostic.span,
                hint=diagnostic.hint,
                related=diagnostic.related,
            )
        return previous

    def second(
        self,
        first: tuple[ir.Api, PythonPackage, Sources, Diagnostics],
        settings: Settings,
        sources: Sources,
    ) -> Second | None:
        """The second description, with other settings, from the results of this run (`first`).

        None if it must be read completely.
        """
        api, built, old_sources, diagnostics = first
        text = suited_text(settings)
        state = self._state(old_sources, diagnostics)
        first_settings = self._settings
        alike = replace_(
            settings,
            spec=first_settings.spec,
            spec_label=first_settings.spec_label,
            spec_path=first_settings.spec_path,
        )
        if text is None or state is None or alike != first_settings:
            return None
        try:
            old = Side.first(state, self._settings, old_sources, self._text)
            new = Side(state, settings, sources, text, old.layout.part)
            assert self._declarations is not None
            known = self._declarations.values_by_key
            return SecondMaker(state, settings, api, built, known, old, new).make()
        except Unknown:
            return None

    # --- storing --------------------------------------------------------------------------

    def can_be_stored(self) -> bool:
        """Whether the next run can use the results of this one."""
        return is_suited_text(self._text)

    def read(self, sources: Sources, diagnostics: Diagnostics) -> ir.Api:
        """The API of the description."""
        self._before = diagnostics.reported
        api = read(self._settings, sources, diagnostics, self._notes)
        self._declarations = Tracked(api.declarations)
        root = sources.load(self._settings.spec)
        self._extents = later_parts(root) if root is not None else {}
        return replace_(api, declarations=self._declarations)

    def build(
        self, api: ir.Api, diagnostics: Diagnostics, *, printed: bool = False
    ) -> PythonPackage:
        """The package of the API; with `printed`, only its files and names are needed."""
        with part(api.declarations, python.SAMPLES):
            ambiguous_unions.report(api, diagnostics)
        if printed and two_processes.are_suited(api, self._settings):
            python_package = two_processes.build(api, self._settings, diagnostics, self)
        else:
            package = python.build(api, self._settings, diagnostics, self)
            python_package = PythonPackage(api, package)
        self._header = python_package.package.header
        return _MarkedPackage(
            api,
            python_package.package,
            python_package.rendered,
            type_names=python_package.type_names,
            marks=self.marks,
        )

    def prepared(self, context: Context) -> None:
        """Stores the decisions that were made before the first class is built."""
        self._homes = context.type_locations
        declarations = context.api.declarations
        if isinstance(declarations, Tracked):
            self._declarations = declarations

    def examples(self, methods: Iterable[tuple[str, str, ir.Endpoint]]) -> None:
        """Stores the methods that have examples of responses."""
        self._examples = [*methods]

    def remember(
        self,
        files: Mapping[str, str],
        names: Mapping[str, Mapping[str, str]],
        summaries: tuple[str, tuple[str, ...]],
        sources: Sources,
        diagnostics: Diagnostics,
    ) -> None:
        """Writes the results for the next run.

        `summaries` is what the run reports about operations and about the package's dependencies.
        """
        state = self._state(sources, diagnostics)
        if state is None or self._declarations is None or self._reading is None:
            return
        component_ids = components(self._notes)
        parts = self._declarations.parts
        state = replace_(
            state,
            files=files,
            inline={
                id_: as_text(declaration)
                for id_, declaration in self._declarations.items()
                if id_ not in component_ids
            },
            uses={
                id_: tuple(dict.fromkeys(ref.id for ref in queries.references(declaration)))
                for id_, declaration in self._declarations.items()
            },
            examples={
                path: Example(kind, sample_endpoint(endpoint))
                for path, kind, endpoint in self._examples
            },
            example_reads={
                path: frozenset(parts.get(f"{fake_examples.EXAMPLE}{path}", ()))
                for path, _, _ in self._examples
            },
            anchors=self.marks.anchors,
            marks=self.marks.places,
            page_reads={
                name: frozenset(ids)
                for name, ids in parts.items()
                if name.startswith((TYPE, FIELDS))
            },
            names=names,
            operations=summaries[0],
            requirements=summaries[1],
        )
        Store(folder()).write(self._reading.key, to_sections(state))

    def _state(self, sources: Sources, diagnostics: Diagnostics) -> State | None:
        """The results of this run, except its files; None if they cannot be reused."""
        if self._declarations is None or self._homes is None or len(sources.files) != 1:
            return None
        problems = find_problems(
            diagnostics.reported, sources.display_path(self._settings.spec), self._before
        )
        if problems is None or any(problem.code in UNCERTAIN for problem in problems):
            return None
        parts = {path: frozenset(ids) for path, ids in self._declarations.parts.items()}
        return State(
            text=self._text,
            header=self._header,
            notes=self._notes,
            declarations={
                id_: (declaration.name, declaration.package, declaration.owner, declaration.places)
                for id_, declaration in self._declarations.items()
            },
            type_locations=self._homes,
            rest=frozenset(self._declarations.read),
            samples=parts.get(python.SAMPLES, frozenset()) | self._notes.styled,
            parts={path: parts[path] for path in self._homes.members if path in parts},
            problems=problems,
            extents=self._extents,
        )


@dataclass(frozen=True)
class _MarkedPackage(PythonPackage):
    """A package whose pages are printed with marks, which its files do not have."""

    marks: PrintedMarks = field(default_factory=PrintedMarks)

    def files(self) -> Mapping[str, str]:
        files = dict(super().files())
        for page in self.package.pages:
            files[page.path] = self.marks.take(page.path, files[page.path])
        return files
