"""The settings of a run: the settings file combined with Fern's files and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostics, SourceFile, Span
from ..frontends import frontend_of
from ..source import Sources
from . import fern_folder, fields
from .checks import Places, check, problems
from .fields import Layer
from .settings import Settings
from .settings_file import SettingsFile, find, read, same_path

REQUIRED = ("spec", "output", "package")


def load(
    path: Path | None,
    overrides: Mapping[str, Any],
    diagnostics: Diagnostics,
    cwd: Path,
    needs: Sequence[str] = REQUIRED,
) -> Settings:
    """The settings of a run; raises `InvalidInput` if they are invalid.

    `path` is a fiddlehead.toml, a pyproject.toml or Fern's generators.yml. By default, it is the
    nearest of the first two, unless it names a description and `overrides` another. If the
    description is a Fern folder, its generators.yml is read too. `overrides` are arguments of
    `Settings` from the command line, and `group` is the group of generators.yml. The settings in
    `needs` are required. Without a description, `spec_label` is "".
    """
    return _Loader(path, overrides, diagnostics, cwd, needs).settings()


class _Loader:
    """Combines the settings of a run; arguments of the command line take precedence."""

    def __init__(
        self,
        path: Path | None,
        overrides: Mapping[str, Any],
        diagnostics: Diagnostics,
        cwd: Path,
        needs: Sequence[str],
    ) -> None:
        self._path = path
        self._options = {name: value for name, value in overrides.items() if value is not None}
        self._group: str | None = self._options.pop("group", None)
        self._diagnostics = diagnostics
        self._cwd = cwd
        self._needs = needs
        self._file = path or find(cwd)
        self._read = SettingsFile()
        if self._file is not None:
            self._read = read(self._file, self._group, cwd)

    def settings(self) -> Settings:
        self._select_description()
        self._diagnostics.add_all(self._read.problems)
        layer, places = self._read.layer, self._read.places
        self._group = self._group or layer.pop("group", None)
        layer.pop("group", None)
        described: Path | None = self._options.get("spec") or layer.get("spec")
        if described is not None and fern_folder.is_fern_folder(described):
            self._diagnostics.stop_on_errors()
            layer = self._with_fern_folder(described, layer)
        layer = fields.merge(layer, self._options)
        for name in self._options:
            places.remove(name)
        self._diagnostics.stop_on_errors()
        _require(layer, self._file, self._needs, self._diagnostics, self._cwd)
        if "spec" in layer:
            layer = fields.merge(dict(frontend_of(layer["spec"]).defaults), layer)
        else:
            # Settings for descriptions that a command is given.
            layer |= {"spec": self._cwd, "spec_label": ""}
        layer.setdefault("output", self._cwd)
        layer.setdefault("package", "client")
        layer |= {"file": self._file, "places": places.below("naming")}
        _leave_out(layer, places, self._diagnostics)
        settings: Settings = fields.build(Settings, layer)
        check(settings, places, self._diagnostics)
        self._diagnostics.stop_on_errors()
        return settings.with_package_path()

    def _select_description(self) -> None:
        """Let the description of the command line replace that of the settings file."""
        spec: Path | None = self._options.get("spec")
        if spec is None:
            return
        if self._read.names_generators(spec):
            # This is the description of the settings, in another notation.
            del self._options["spec"]
            return
        layer = self._read.layer
        named: Path | None = layer.get("spec")
        # Settings without a description apply to every description.
        is_general = named is None and self._read.generators is None and "output" not in layer
        if self._path is None and not is_general and not same_path(named, spec):
            self._file, self._read = None, SettingsFile()
            layer = self._read.layer
        if fern_folder.is_fern_folder(spec) or same_path(layer.get("spec"), spec):
            return
        layer["spec_label"] = layer["spec_path"] = spec.name or spec.resolve().name
        # It replaces all descriptions of a Fern file.
        layer.pop("further", None)
        layer.pop("namespace", None)
        if self._file is None or (self._path is None and is_general):
            # `generate SPEC --output DIR --package NAME` writes only DIR/NAME.
            layer.setdefault("project", False)

    def _with_fern_folder(self, folder: Path, layer: Layer) -> Layer:
        """The settings of a Fern folder combined with those of the settings file.

        The folder replaces the description, which is removed from both.
        """
        fern = fern_folder.find(folder, self._group, self._diagnostics)
        for table in (layer, self._options):
            for name in ("spec", "spec_label", "spec_path"):
                table.pop(name, None)
        under = fern_folder.read(
            fern,
            self._group,
            {**layer, **self._options},
            Sources(self._diagnostics, self._cwd),
            self._diagnostics,
            self._read.places,
            wants_output="output" in self._needs,
        )
        if self._file is not None and "output" in layer:
            # The files next to the package are decided by that file.
            under.pop("project", None)
        self._file = self._file or fern.generators
        return fields.merge(under, layer, {"fern": fern.api})


def _leave_out(layer: Layer, places: Places, diagnostics: Diagnostics) -> None:
    """Remove invalid values of a generators.yml, with a warning, because Fern accepts them."""
    while True:
        settings: Settings = fields.build(Settings, layer)
        for name, problem in problems(settings):
            span = places.get(name)
            lenient = span is not None and Path(span.file).stem == "generators"
            if lenient and name not in REQUIRED and fields.remove(layer, name):
                diagnostics.warning("ignored-setting", problem, span)
                break
        else:
            return


_OPTIONS = {"spec": "SPEC", "output": "--output DIR", "package": "--package NAME"}


def _require(
    layer: Layer, file: Path | None, needs: Sequence[str], diagnostics: Diagnostics, cwd: Path
) -> None:
    missing = [name for name in needs if name not in layer]
    if not missing:
        return
    options = " ".join(_OPTIONS[name] for name in missing)
    if file is None:
        what = "there is no fiddlehead.toml in this folder or above, and no " + options
        diagnostics.error(
            "bad-config", what, hint="run 'fiddlehead init SPEC', or pass the missing options"
        )
    else:
        label = Sources(diagnostics, cwd).display_path(file)
        place = Span(SourceFile(label, ""), 1, 1, 1, 1)
        for name in missing:
            diagnostics.error(
                "bad-config",
                f"'{name}' is not set",
                place,
                hint=f"add it, or pass {_OPTIONS[name]}",
            )
    diagnostics.stop_on_errors()
