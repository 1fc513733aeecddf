"""The two sides of a comparison, read with their settings. If only types of a large description
differ, the second side reuses the results of the first."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from .. import config, gc_pause, ir
from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput, SeverityRule, Span
from ..frozen import dataclass, replace
from ..incremental import Incremental
from ..incremental import Unknown as NotShared
from ..review.sides import Side
from ..source import Sources
from ..targets import Built
from ..targets.python_package import PythonPackage
from . import rules
from .console import problem_counts, show
from .exit_codes import INVALID, CommandError
from .progress import Progress
from .run import build_names, read_api

__all__ = ["BuiltSide", "NotShared", "SideReader"]


@dataclass(frozen=True)
class BuiltSide:
    """One side: its API, and its generated files if the report shows them."""

    api: ir.Api
    built: Built | None
    """None if only the API layer is compared."""
    files: Mapping[str, str] | None
    rules: tuple[SeverityRule, ...]
    """The severities of changes, with their places in this side."""
    diagnostics: Diagnostics
    sources: Sources
    run: Incremental | None = None
    """The run that can read a second side incrementally."""
    place: Callable[[Span | None], Span | None] | None = None
    """The place in this side of something that it shares with the first; raises `NotShared`."""


class SideReader:
    """Reads sides with their own settings, or with the current ones (`settings`)."""

    def __init__(
        self,
        settings: Settings | None,
        options: argparse.Namespace,
        progress: Progress,
        cwd: Path,
    ) -> None:
        self._settings = settings
        self._options = options
        self._progress = progress
        self._cwd = cwd

    def first(self, side: Side) -> BuiltSide:
        """The first side, with what a second one needs; raises `CommandError`."""
        return self._complete_side(
            side, shared=self._options.layer != "api" and not self._shows_files
        )

    def complete(self, side: Side) -> BuiltSide:
        """A side that shares nothing; raises `CommandError`."""
        return self._complete_side(side, shared=False)

    def second(self, first: BuiltSide, side: Side) -> BuiltSide:
        """The second side; raises `CommandError`."""
        if first.run is None or not isinstance(first.built, PythonPackage):
            return self.complete(side)
        diagnostics = Diagnostics()
        try:
            own = self._own_settings(side, diagnostics)
        except InvalidInput:
            raise _invalid(diagnostics, side) from None
        sources = side.sources(diagnostics)
        self._progress("reading what differs")
        known = first.api, first.built, first.sources, first.diagnostics
        with gc_pause.collection_disabled():
            second = first.run.second(known, own, sources)
        if second is None:
            return self.complete(side)
        return BuiltSide(
            second.api, second.built, None, first.rules, diagnostics, sources, place=second.place
        )

    @property
    def _shows_files(self) -> bool:
        return bool(self._options.format == "html")

    def _complete_side(self, side: Side, shared: bool) -> BuiltSide:
        diagnostics = Diagnostics()
        try:
            own = self._own_settings(side, diagnostics)
            sources = side.sources(diagnostics)
            run = Incremental.first_of_two(own) if shared else None
            with gc_pause.collection_disabled():
                if run is None:
                    api = read_api(own, sources, diagnostics, self._progress)
                else:
                    self._progress("reading the description")
                    api = run.read(sources, diagnostics)
                diagnostics.rules = rules.resolve(own, sources, diagnostics)
                calls = any(ir.endpoints(api.root)) or any(ir.channels(api.root))
                if not (api.declarations or calls or api.webhooks):
                    # Nothing could be read. Otherwise, what could be read is compared.
                    diagnostics.stop_on_errors()
                sources.release()
                built = self._built(own, api, diagnostics, run)
        except InvalidInput:
            raise _invalid(diagnostics, side) from None
        files = built.files() if built is not None and self._shows_files else None
        return BuiltSide(api, built, files, diagnostics.rules, diagnostics, sources, run)

    def _built(
        self, own: Settings, api: ir.Api, diagnostics: Diagnostics, run: Incremental | None
    ) -> Built | None:
        if self._options.layer == "api":
            return None
        if run is None:
            return build_names(own, api, diagnostics, self._progress)
        self._progress("naming and typing")
        return run.build(api, diagnostics)

    def _own_settings(self, side: Side, diagnostics: Diagnostics) -> Settings:
        """The settings of a side; raises `InvalidInput`."""
        settings, options = self._settings, self._options
        from_fern = config.is_fern_folder(side.spec)
        if from_fern:
            file = side.settings or (settings.file if settings is not None else None)
            own_file = file if file is not None and file.suffix == ".toml" else None
            overrides = {"spec": side.spec, "group": options.group}
            own = config.load(own_file, overrides, diagnostics, self._cwd, ("spec",))
        elif (laid_out := _laid_out(side, options, diagnostics)) is not None:
            own = laid_out
        elif settings is not None:
            own = settings
        else:
            own = config.load(None, {"spec": side.spec}, diagnostics, self._cwd, ("spec",))
        # Severities are always the current ones.
        weights = settings.rules if settings is not None else own.rules
        own = replace(own, spec=own.spec if from_fern else side.spec, rules=weights)
        if not self._shows_files:
            # The pages and tests of the project have no part in the comparison.
            own = replace(own, project=False, python=replace(own.python, tests=False))
        if getattr(options, "audiences", None):
            own = replace(own, audiences=tuple(options.audiences))
        return own


def _invalid(diagnostics: Diagnostics, side: Side) -> CommandError:
    """The end of a command one side of which cannot be used, after the reasons were shown."""
    show(diagnostics.reported)
    return CommandError(f"{problem_counts(diagnostics)} in {side.label}", code=INVALID)


def _laid_out(side: Side, options: argparse.Namespace, diagnostics: Diagnostics) -> Settings | None:
    """The settings in the folder of a side; None if there are none, or if the current settings
    refer to files that the side does not have."""
    if side.settings is None:
        return None
    problems = Diagnostics() if side.borrowed else diagnostics
    try:
        group = {"group": options.group}
        return config.load(side.settings, group, problems, side.settings.parent, ())
    except InvalidInput:
        if side.borrowed:
            return None
        raise
