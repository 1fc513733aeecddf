"""Builds and prints a Python package in two processes: one makes the modules of types, the other
everything else.

The modules of types are about half of the work over a large description, and the rest needs few of
them: those are built on demand (`TypesOnDemand`). The result is the same as that of one process.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from functools import partial
from typing import TypedDict

from .. import gc_pause, ir, parallel, python, render
from ..config import Settings
from ..diagnostics import Diagnostics
from ..frozen import replace
from ..python import name_record, needed_runtime
from ..python.context import Context
from ..python.recorder import Recorder
from ..python.types import package_types
from ..recording import Tracked
from ..typing_ import definitions
from .python_package import PythonPackage

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
    paths = [*context.type_locations.members]
    size = len(paths) // _SHARES + 1
    shares = parallel.Shares(-(-len(paths) // size))
    with closing(shares):
        wanted = (path for share in shares for path in paths[share * size : (share + 1) * size])
        with parallel.beside(partial(_types, context, wanted)) as types_made:
            on_demand = package_types.TypesOnDemand(context)
            python_package = python.assemble(context, package_types.Types((), on_demand), recorder)
            files: dict[str, str] = {}
            if not diagnostics.errors:
                with gc_pause.collect_rarely():
                    files = render.render(replace(python_package, runtime=()))
            # Whoever is ready first makes more modules of types.
            parts = [_types(context, wanted), types_made()]
    done = {path for part in parts for path in part["paths"]}
    # A process that failed has taken modules and has not made them.
    parts.append(_types(context, [path for path in paths if path not in done]))
    # The problems of types come first, as in one process.
    later = diagnostics.taken_after(before)
    problems = {path for part in parts for path in part["problems"]}
    for path in paths:
        if path in problems:
            on_demand.module(path)
    diagnostics.add_all(later)
    runtime, names = python_package.runtime, name_record.Record()
    for part in parts:
        runtime = needed_runtime.with_types(context, runtime, part["needs"])
        names |= part["names"]
        files |= {f"{python_package.name}/{path}": text for path, text in part["files"].items()}
        context.names.add_used(part["used"])
        if isinstance(context.api.declarations, Tracked):
            context.api.declarations.add_parts(part["read"])
    context.names.report_unused()
    context.types.release()
    definitions.release()
    python_package = replace(python_package, runtime=runtime)
    files |= render.render(replace(python_package, modules=(), pages=()))
    return PythonPackage(
        api, python_package, dict(sorted(files.items())), settings.folder, type_names=names
    )


_SHARES = 150
"""In about how many shares the modules of types are made."""


class _Types(TypedDict):
    """Modules of types that a process made."""

    paths: list[str]
    """Their paths inside the package."""
    files: dict[str, str]
    """Their text, by path, if there are no errors."""
    problems: list[str]
    """The modules with problems, which the first process builds again to report them."""
    needs: list[str]
    """The modules of the runtime that the types need."""
    names: name_record.Record
    used: list[str]
    """The keys of the naming settings that were used."""
    read: dict[str, list[str]]
    """The declarations from which each module was built, if they are recorded."""


def _types(context: Context, paths: Iterable[str]) -> _Types:
    """Builds and prints modules of types, one after the other."""
    declarations, diagnostics = context.api.declarations, context.diagnostics
    share = _Types(paths=[], files={}, problems=[], needs=[], names={}, used=[], read={})
    needs: set[str] = set()
    header = python.header(context.settings)
    with gc_pause.collect_rarely():
        for path in paths:
            before = diagnostics.number
            module = package_types.recorded_module(context, path)
            if diagnostics.number > before:
                share["problems"].append(path)
            own = [declarations[id_] for id_ in context.type_locations.members[path]]
            share["names"].update(name_record.record_types(own, package_types.types_of(module)))
            needs |= needed_runtime.of_modules([module])
            if not (share["problems"] and diagnostics.errors):
                share["files"][path] = render.module_file(
                    context.settings.package,
                    header,
                    module,
                    context.settings.python.license_header,
                )
            share["paths"].append(path)
    share["needs"] = sorted(needs)
    share["used"] = sorted(context.names.used)
    if isinstance(declarations, Tracked):
        share["read"] = {path: sorted(declarations.parts[path]) for path in share["paths"]}
    return share
