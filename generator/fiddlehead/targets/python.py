"""The target `python`: an importable package with a client, its project files and pages.

The stages are imported when they run: most commands need none if the description is unchanged.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Settings
from ..diagnostics import Diagnostics
from ..installed import PYTHON_TOOLS
from . import Built, Location
from .python_package import PythonPackage

if TYPE_CHECKING:
    from .. import ir
    from ..package import Package


class _Python:
    uses: tuple[str, ...] = ()
    tools = PYTHON_TOOLS

    def location(self, settings: Settings) -> Location:
        always = ("tests/",) if settings.python.tests else ()
        return Location(settings.output, settings.folder or settings.package, always)

    def requirements(self, settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
        from ..python.pages.project import dependencies

        return dependencies(settings, api)

    def build(
        self,
        api: ir.Api,
        settings: Settings,
        diagnostics: Diagnostics,
        built: Mapping[str, Built],
    ) -> PythonPackage:
        from .. import python

        package = python.build(api, settings, diagnostics)
        if settings.templates is None or diagnostics.errors:
            return PythonPackage(api, package, folder=settings.folder)
        rendered = _rendered(package, settings.templates, diagnostics)
        return PythonPackage(api, package, rendered, settings.folder)

    def load(self) -> None:
        from .. import render

        importlib.import_module(".two_processes", __package__)
        render.load()

    def build_printed(
        self, api: ir.Api, settings: Settings, diagnostics: Diagnostics
    ) -> PythonPackage:
        from . import two_processes

        if not two_processes.are_suited(api, settings):
            return self.build(api, settings, diagnostics, {})
        return two_processes.build(api, settings, diagnostics)


def _rendered(package: Package, folder: Path, diagnostics: Diagnostics) -> Mapping[str, str]:
    """The files of a package with custom templates; errors in them are reported."""
    import jinja2

    from .. import custom_templates, render

    try:
        return render.render(package)
    except jinja2.TemplateError as error:
        if not custom_templates.report(error, folder, diagnostics):
            raise
    except render.TemplateProblem as error:
        custom_templates.report_output(folder / error.template, str(error), diagnostics)
    return {}


TARGET = _Python()
