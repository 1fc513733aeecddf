"""`check --fast` of a package in which nothing changed, without the modules of the command line.

Importing `Settings`, `dataclasses` and `pathlib` takes as long as hashing the files of a large package.
Here, settings are the values of the command line and of a TOML file as they are written. If their
checksum is that of the manifest, they are the valid settings of the run that wrote the package. Whatever
needs more, and each difference, is left to the command.
"""

# ruff: noqa: PTH109, PTH112, PTH113, PTH118, PTH119, PTH120

from __future__ import annotations

import json
import os
import sys
from os.path import basename, dirname, join, realpath

from . import __version__, checksums, installed, settings_text, unchanged
from .manifest_values import FORMAT, MANIFEST, values
from .paths import label, posix, relative_path

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from .manifest_values import Values

FLAGS = ("--fast", "--no-cache", "--exit-zero", "--strict")
OPTIONS = ("--settings", "--output", "--package", "--version", "--layout")
DEFAULTS = {"layout": "compact", "project": True, "version": "0.1.0"}
"""Defaults that are often written, which the checksum of settings does not have."""
NOT_VALUES = settings_text.NOT_IN_FINGERPRINT | frozenset(
    {
        *("api", "docs", "generators", "group", "http_library", "importer", "namespace"),
        *("overlays", "overrides", "places", "protected"),
    }
)
"""Settings that depend on other files, are checked in each run, or are not in the checksum."""


class _Undecided(Exception):
    """The command has to run."""


def message(arguments: list[str]) -> str | None:
    """What the command prints if nothing changed; None if it has to run."""
    # An invalid file raises one of the others.
    try:
        return _Check(os.getcwd()).message(arguments)
    except (_Undecided, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _require(condition: bool) -> None:
    if not condition:
        raise _Undecided


class _Check:
    """One check, and the states of the files that it depends on, for a record."""

    def __init__(self, cwd: str) -> None:
        self._cwd = cwd
        self._states: dict[str, str] = {}

    def message(self, arguments: list[str]) -> str:
        spec, output, settings = self._settings(_options(arguments))
        _require(settings["package"] not in sys.stdlib_module_names)  # It is warned about.
        folder = join(output, settings["package"])
        data = self._read(join(folder, MANIFEST))
        written = _manifest(data)
        _require(written["generator"] == f"fiddlehead {__version__}")
        _require(written["spec_path"] == settings.pop("spec_path"))
        _require(written["settings_sha256"] == settings_text.checksum(settings))
        _require(not written["keep"] and not written["kept"])
        self._check_tools(written["tools"])
        self._check_absent(realpath(folder), realpath(output))
        self._check_description(spec, written["spec_files"], written["spec_sha256"])
        self._check_files(output, written["project"])
        _require(unchanged.has_files(folder, written["files"]))
        text = f"{relative_path(realpath(folder), realpath(self._cwd))} is up to date"
        if "--no-cache" not in arguments:
            unchanged.write(text, folder, self._states, written["files"])
        return text

    def _settings(self, options: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
        """The description, the folder of the package, and the other settings that are no defaults."""
        file = options.pop("settings", None)
        folder, table = self._nearest() if file is None else (dirname(file), self._table(file))
        if file is None and table and "spec" in options:
            table = self._without_another(options["spec"], folder, table)
        settings = _underscored(table or {})
        _require(not settings.keys() & (NOT_VALUES - {"spec", "output"}))
        _require("package_path" not in settings.get("python", {}))
        if "spec" in options:
            # A settings file may be for another description.
            _require(file is None and table is None)
            written = basename(options["spec"])
            settings |= {"spec_label": written, "project": False}
        else:
            written = settings["spec"]
            options["spec"] = join(folder, written)
            settings.setdefault("spec_label", label(written))
        output = options.pop("output", None) or join(folder, settings["output"])
        settings |= options
        for name, default in DEFAULTS.items():
            value = settings.get(name)
            if value == default and type(value) is type(default):
                del settings[name]
        spec = settings.pop("spec")
        settings.pop("output", None)
        return (
            spec,
            output,
            {**settings, "overrides": [], "overlays": [], "spec_path": posix(written)},
        )

    def _without_another(
        self, spec: str, folder: str, table: dict[str, Any]
    ) -> dict[str, Any] | None:
        """None if the settings of a file are for another description: they are ignored."""
        named: str = join(folder, table["spec"])
        _require(os.path.isfile(named))
        return table if realpath(named) == realpath(spec) else None

    def _nearest(self) -> tuple[str, dict[str, Any] | None]:
        """The folder of the nearest settings file, and the settings in it; None if there is none."""
        folder, parent = self._cwd, ""
        while folder != parent:
            for name in (settings_text.NAME, settings_text.PROJECT):
                path = join(folder, name)
                if not os.path.isfile(path):
                    _require(not os.path.lexists(path))
                    self._states[path] = unchanged.ABSENT
                elif (table := self._table(path)) is not None:
                    return folder, table
            folder, parent = dirname(folder), folder
        return folder, None

    def _table(self, path: str) -> dict[str, Any] | None:
        """The settings in a file; None for the pyproject.toml of another project."""
        _require(path.endswith(".toml"))
        data = self._read(path)
        if basename(path) != settings_text.PROJECT:
            return settings_text.loads(settings_text.text_of(data))
        if not settings_text.mentions_settings(data):
            return None
        project = settings_text.loads(settings_text.text_of(data))
        table: dict[str, Any] | None = project.get("tool", {}).get("fiddlehead")
        return table

    def _check_tools(self, versions: Mapping[str, str]) -> None:
        """Require that the tools that affect the output have their versions in the manifest."""
        _require(versions == {name: installed.version(name) for name in installed.PYTHON_TOOLS})
        for name in installed.PYTHON_TOOLS:
            folder = installed.metadata_folder(name)
            if folder is not None:
                self._states[folder] = unchanged.PRESENT

    def _check_absent(self, folder: str, output: str) -> None:
        """Require that no interrupted run left anything, and that no file protects others."""
        for name in (".staging.fiddlehead", settings_text.FERNIGNORE):
            self._states[join(folder, name)] = unchanged.ABSENT
        self._states[join(output, f".{basename(folder)}.fiddlehead")] = unchanged.ABSENT
        parent = ""
        while output != parent:
            self._states[join(output, settings_text.FERNIGNORE)] = unchanged.ABSENT
            output, parent = dirname(output), output
        absent = [path for path, state in self._states.items() if state == unchanged.ABSENT]
        _require(not any(map(os.path.lexists, absent)))

    def _check_description(self, spec: str, files: Mapping[str, str], checksum: str) -> None:
        """Require that the description has its checksum in the manifest. A folder is of Fern."""
        _require(not os.path.isdir(spec))
        folder, name = os.path.split(spec)
        recorded = files or {name: checksum}
        _require(name in recorded and checksums.combined(recorded) == checksum)
        # The names in a manifest are relative to the description itself, and not to a link to it.
        for path in recorded:
            _require(realpath(join(folder, path)) == os.path.normpath(join(realpath(folder), path)))
        self._check_files(folder, recorded)

    def _check_files(self, folder: str, recorded: Mapping[str, str]) -> None:
        for name, checksum in recorded.items():
            path = join(folder, name)
            _require(checksums.file_digest(path) == checksum)
            self._states[path] = checksum

    def _read(self, path: str) -> bytes:
        data = b"".join(checksums.blocks(path))
        self._states[path] = checksums.digest(data)
        return data


def _options(arguments: Iterable[str]) -> dict[str, Any]:
    """The options of `check` by the names of settings."""
    words = iter(arguments)
    _require(next(words, "") == "check")
    options: dict[str, Any] = {}
    for word in words:
        if word in OPTIONS:
            options[word[2:]] = value = next(words, "-")
            _require(not value.startswith("-"))
        elif word in ("--project", "--no-project"):
            options["project"] = word == "--project"
        elif word not in FLAGS:
            _require("spec" not in options and not word.startswith("-"))
            options["spec"] = word
    return options


def _underscored(table: dict[str, Any], depth: int = 2) -> dict[str, Any]:
    """A table with the names of settings. In tables of inner tables, a key may be any name."""
    result: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        _require(name not in result)
        is_inner = depth > 1 and isinstance(value, dict)
        result[name] = _underscored(table[key], depth - 1) if is_inner else value
    return result


def _manifest(data: bytes) -> Values:
    """The values of a manifest that was not edited, of a package that is no copy."""
    content = json.loads(data.decode())
    _require(content["format"] == FORMAT and "vendored" not in content)
    written = values(content)
    _require(content["tree"] == checksums.tree_hash(written["files"]))
    return written
