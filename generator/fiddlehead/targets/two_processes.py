"""Builds and prints a Python package in two processes: one makes the modules of types, the other
everything else.

The modules of types are about half of the work over a large description, and the rest needs few of
them: those are built on demand (`TypesOnDemand`). The result is the same as that of one process.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TypedDict

from .. import gc_pause, ir, parallel, python, render
from ..config import Settings
from ..diagnostics import Diagnostics
from ..python import features, name_record, types
from ..python.context import Context
from ..python.recorder import Recorder
from ..recording import Tracked
from .python import PythonPackage

FEWEST_TYPES = 50
"""Below it, the start of a second process takes longer than it saves."""


def are_suited(api: ir.Api, settings: Settings) -> bool:
    """Whether two processes are possible, and most types are needed by one of them only."""
    typed_dicts = settings.layout == "fern" and settings.python.use_typeddict_requests
    # reference.md has all types, and a custom template may report a problem.
    needs_types = settings.project or settings.templates is not None or typed_dicts
    many = len(api.declarations) >= FEWEST_TYPES
    return many and not needs_types and parallel.is_possible()


def build(
    api: ir.Api, settings: Settings, diagnostics: Diagnostics, recorder: Recorder | None = None
) -> PythonPackage:
    """The package with its files, which lacks the modules of types in another form."""
    context = python.prepare(api, settings, diagnostics, recorder)
    render.load()  # Once for both processes.
    before = diagnostics.number
    with parallel.beside(partial(_types, context)) as types_made:
        on_demand = types.TypesOnDemand(context)
        made = python.assemble(context, types.Types((), on_demand), recorder)
        files: dict[str, str] = {}
        if not diagnostics.errors:
            with gc_pause.collect_rarely():
                files = render.render(replace(made, runtime=()))
        found = types_made()
    # The problems of types come first, as in one process.
    later = diagnostics.taken_after(before)
    for path in found["problems"]:
        on_demand.module(path)
    diagnostics.add_all(later)
    context.names.add_used(found["used"])
    context.names.report_unused()
    if isinstance(context.api.declarations, Tracked):
        context.api.declarations.add_parts(found["read"])
    context.classes.release()
    made = replace(made, runtime=features.with_types(context, made.runtime, found["needs"]))
    files |= {f"{made.name}/{path}": text for path, text in found["files"].items()}
    files |= render.render(replace(made, modules=(), pages=()))
    return PythonPackage(
        api, made, dict(sorted(files.items())), settings.folder, type_names=found["names"]
    )


class _Types(TypedDict):
    """The results of the second process."""

    files: dict[str, str]
    """The modules of types, by path inside the package."""
    problems: list[str]
    """The modules with problems, which the first process builds again to report them."""
    needs: list[str]
    """The modules of the runtime that the types need."""
    names: name_record.Record
    used: list[str]
    """The keys of the naming settings that were used."""
    read: dict[str, list[str]]
    """The declarations from which each module was built, if they are recorded."""


def _types(context: Context) -> _Types:
    """Builds and prints the modules of types, one after the other."""
    declarations, diagnostics = context.api.declarations, context.diagnostics
    made = _Types(files={}, problems=[], needs=[], names={}, used=[], read={})
    needs: set[str] = set()
    header = python.header(context.settings)
    with gc_pause.collect_rarely():
        for path, ids in context.type_locations.members.items():
            before = diagnostics.number
            module = types.recorded_module(context, path)
            if diagnostics.number > before:
                made["problems"].append(path)
            own = [declarations[id_] for id_ in ids]
            made["names"].update(name_record.record_types(own, types.types_of(module)))
            needs |= features.of_modules([module])
            if not made["problems"] or not diagnostics.errors:
                made["files"][path] = render.module_file(context.settings.package, header, module)
    made["needs"] = sorted(needs)
    made["used"] = sorted(context.names.used)
    if isinstance(declarations, Tracked):
        paths = context.type_locations.members
        made["read"] = {path: sorted(declarations.parts[path]) for path in paths}
    return made
