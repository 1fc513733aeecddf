"""Checks values of settings that have the right type but are invalid."""

from __future__ import annotations

import keyword
import os.path
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ..diagnostics import Diagnostics, Span
from ..frontends import frontend_of
from ..settings_text import loads
from ..source import STDIN, Node
from .settings import Settings

# A package with this name would import itself instead of its dependency.
_NEEDED = ("httpx", "httpx2", "pydantic", "pydantic_core", "typing_extensions")

# The tables of the generated pyproject.toml, which TOML does not allow to define again.
_OURS = re.compile(r"^[ \t]*\[(build-system|project|tool\.hatch\.build\.targets\.wheel)\]", re.M)
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9.]+)?")
_SPECIFIER = re.compile(
    r"(\[[A-Za-z0-9._, -]+\])?\s*"
    r"((===|[<>=!~]=|[<>])\s*[A-Za-z0-9._*+!-]+\s*(,\s*(?=[<>=!~])|$))*"
)


# Unsupported values: the setting, the value, and what is done instead.
_IN_VAIN: tuple[tuple[str, bool, str], ...] = (
    ("importer.group_environments_by_host", True, "each server is a separate environment"),
    ("importer.inline_path_parameters", True, "'inline-path-params' makes them keywords"),
    ("importer.respect_readonly_schemas", False, "read-only properties are never arguments"),
    ("importer.respect_forward_compatible_enums", False, "unknown values are always kept"),
    ("importer.optional_additional_properties", False, "additional properties are always nullable"),
)


class Places:
    """The locations of settings in files, by dotted name (`python.timeout`)."""

    def __init__(self) -> None:
        self._spans: dict[str, Span] = {}

    def add(self, name: str, node: Node) -> None:
        self._spans[name] = node.span

    def add_table(self, table: Node, prefix: str = "") -> None:
        """Record all entries of a table, under names with underscores."""
        for key, node in table.items():
            name = prefix + key.replace("-", "_")
            self._spans[name] = node.span
            self.add_table(node, f"{name}.")

    def remove(self, name: str) -> None:
        """Remove the location of a setting whose value is from somewhere else."""
        self._spans.pop(name, None)

    def below(self, table: str) -> dict[str, Span]:
        """The locations of the entries of a table, by names relative to it:
        `rename.types.EmbedJob`."""
        within = f"{table}."
        spans = (span for span in self._spans if span.startswith(within))
        return {key[len(within) :]: self._spans[key] for key in spans}

    def is_set(self, name: str) -> bool:
        """Whether a file sets the setting."""
        return name in self._spans

    def get(self, name: str) -> Span | None:
        """The location of a setting, or of the nearest table that contains it."""
        while name:
            if name in self._spans:
                return self._spans[name]
            name = name.rpartition(".")[0]
        return None


def check(settings: Settings, places: Places, diagnostics: Diagnostics) -> None:
    """Report every invalid value, with its location if it is in a file."""
    for name, problem in problems(settings):
        diagnostics.error("bad-config", problem, places.get(name))
    for name, value, instead in _IN_VAIN:
        section, _, setting = name.partition(".")
        if setting == "respect_readonly_schemas" and settings.layout == "fern":
            continue
        if places.is_set(name) and getattr(getattr(settings, section), setting) is value:
            key = setting.replace("_", "-")
            text = key if value else f"{key}: false"
            diagnostics.warning(
                "unused-setting", f"'{text}' is not supported: {instead}", places.get(name)
            )
    if settings.package in sys.stdlib_module_names:
        diagnostics.warning(
            "hidden-package",
            f"the standard library has a module '{settings.package}', which hides the package",
            places.get("package"),
            hint="the package can only be imported as part of another package",
        )
    files = [("spec", settings.spec), *(("overrides", path) for path in settings.overrides)]
    files += [("overlays", path) for path in settings.overlays]
    for description in settings.further:
        # All these files are recorded under the path of the description.
        place = f"spec.{description.spec}"
        files += [
            (place, path)
            for path in (description.spec, *description.overrides, *description.overlays)
        ]
    for name, path in files:
        if not path.exists() and path.name != STDIN:
            what = name.partition(".")[0]
            diagnostics.error(
                "missing-file",
                f"{what} '{_label(settings, name, path)}' not found",
                places.get(name),
            )
    if settings.templates is not None:
        _check_templates(settings, "templates", settings.templates, places, diagnostics)
    _check_docs(settings, places, diagnostics)


def _check_docs(settings: Settings, places: Places, diagnostics: Diagnostics) -> None:
    """Check the files in the table `[docs]`."""
    chosen = settings.docs
    if chosen.templates is not None:
        _check_templates(settings, "docs.templates", chosen.templates, places, diagnostics)
    for name, path in (("docs.logo", chosen.logo), ("docs.css", chosen.css)):
        if path is not None and not path.is_file():
            label = _label(settings, name, path)
            message = f"{name.partition('.')[2]} '{label}' not found"
            diagnostics.error("missing-file", message, places.get(name))
    if chosen.logo is not None and chosen.logo.suffix.lower() not in LOGO_SUFFIXES:
        message = f"'{_label(settings, 'docs.logo', chosen.logo)}' is not an image format that browsers support"
        hint = f"use one of {', '.join(LOGO_SUFFIXES)}"
        diagnostics.error("bad-config", message, places.get("docs.logo"), hint=hint)


LOGO_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


def _check_templates(
    settings: Settings, name: str, folder: Path, places: Places, diagnostics: Diagnostics
) -> None:
    """Check a folder of templates, and each template in it."""
    label = _label(settings, name, folder)
    if folder.resolve() in settings.spec.resolve().parents:
        diagnostics.error(
            "bad-config",
            f"the templates folder '{label}' contains the description",
            places.get(name),
            hint="use a folder with templates only",
        )
    elif folder.is_dir():
        from .. import custom_templates

        known = custom_templates.SITE if name == "docs.templates" else custom_templates.REPLACEABLE
        custom_templates.check(folder, diagnostics, known)
    else:
        diagnostics.error(
            "missing-file", f"the templates folder '{label}' is not a folder", places.get(name)
        )


_SITE = re.compile(r"https?://[^\s/?#\"<>]+[^\s?#\"<>]*")


def _label(settings: Settings, name: str, path: Path) -> str:
    """A path as in the settings file, or as on the command line if there is no file."""
    if settings.file is None:
        return str(path)
    if name == "spec" and not settings.further:
        return settings.spec_label
    return Path(os.path.relpath(path, settings.file.parent)).as_posix()


def problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """The invalid settings by dotted name, with the reasons."""
    python = settings.python
    if not is_identifier(settings.package):
        yield "package", f"'{settings.package}' cannot be a Python package: {no_identifier(settings.package)}"
    elif settings.package in _NEEDED:
        yield "package", f"the package cannot be called '{settings.package}', because it depends on a package of that name"
    yield from _places_of_output(settings)
    if settings.distribution is not None and not _DISTRIBUTION.fullmatch(settings.distribution):
        yield "distribution", f"'{settings.distribution}' is not a distribution name"
    if not _VERSION.fullmatch(settings.version):
        yield "version", f"'{settings.version}' is not a version (PEP 440)"
    if settings.base_url is not None and not _SITE.fullmatch(settings.base_url):
        yield "base_url", f"'{settings.base_url}' is not a URL such as https://docs.example.com"
    frontend = frontend_of(settings.spec)
    if not frontend.patchable:
        for name in ("overrides", "overlays"):
            if getattr(settings, name):
                yield name, f"'{name}' are for OpenAPI only: edit the files of the definition"
    if not settings.spec_label.isprintable():
        yield "spec_label", "'spec-label' has characters that cannot be printed"
    for name, value in (
        ("client_class_name", python.client_class_name),
        ("client_module", python.client_module),
        ("exported_client_class_name", python.exported_client_class_name),
        ("exported_client_module", python.exported_client_module),
        ("environment_class_name", python.environment_class_name),
        ("custom_pager_name", python.custom_pager_name),
    ):
        if value is not None and not is_identifier(value):
            yield f"python.{name}", f"'{value}' is not a Python identifier"
    for export in python.additional_init_exports:
        for word in (*export.module.split("."), *export.names):
            if not is_identifier(word):
                yield "python.additional_init_exports", f"'{word}' is not a Python identifier"
    yield from _numbers(settings)
    yield from _dependencies(settings)
    for path, new in settings.naming.rename.items():
        if not is_identifier(new):
            yield f"naming.rename.{path}", f"'{new}' is not a Python identifier"
    for path, old_names in settings.naming.aliases.items():
        for old in old_names:
            if not is_identifier(old):
                yield f"naming.aliases.{path}", f"'{old}' is not a Python identifier"


def _places_of_output(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.folder is not None and not re.fullmatch(r"[^/\\:]*[^/\\:.\s]", settings.folder):
        yield "folder", f"'{settings.folder}' is not a folder name"


def _numbers(settings: Settings) -> Iterator[tuple[str, str]]:
    python = settings.python
    if python.timeout is not None and not 0 < python.timeout < float("inf"):
        yield "python.timeout", "a timeout must be greater than 0 seconds"
    phases = python.timeouts
    if phases is not None:
        for phase in ("connect", "read", "write"):
            seconds = getattr(phases, phase)
            if seconds is not None and not 0 < seconds < float("inf"):
                yield "python.timeouts", f"the timeout '{phase}' must be greater than 0 seconds"
    for name in python.import_paths:
        if not all(is_identifier(part) for part in name.split(".")):
            yield "python.import_paths", f"'{name}' is not the name of a module"
    if python.recursion_limit is not None and python.recursion_limit < 1:
        yield "python.recursion_limit", "the recursion limit must be at least 1"
    path = python.package_path
    if path is not None and not all(is_identifier(part) for part in path.split("/")):
        yield "python.package_path", f"'{path}' is not a path of packages, such as 'sub/package'"
    if python.max_retries < 0:
        yield "python.max_retries", "the number of retries cannot be negative"
    if python.user_agent is not None and not _is_header(python.user_agent):
        yield "python.user_agent", "a header must have printable ASCII characters only"
    size = python.default_bytes_stream_chunk_size
    if size is not None and size < 1:
        yield "python.default_bytes_stream_chunk_size", "the chunk size must be at least 1 byte"
    key = python.auto_generate_idempotency_key
    if key is not None and not is_header_name(key.header_name):
        place = "python.auto_generate_idempotency_key"
        yield place, f"'{key.header_name}' is not an HTTP header name"
    alive = python.tcp_keepalive
    if alive is not None and min(alive.idle_seconds, alive.interval_seconds, alive.count) < 1:
        yield "python.tcp_keepalive", "the numbers of tcp-keepalive must be at least 1"


def _dependencies(settings: Settings) -> Iterator[tuple[str, str]]:
    python = settings.python
    names = {dependency.name for dependency in python.extra_dependencies}
    for dependency in python.extra_dependencies:
        where = f"python.extra_dependencies.{dependency.name}"
        if not _DISTRIBUTION.fullmatch(dependency.name):
            yield where, f"'{dependency.name}' is not a distribution name"
        if not _SPECIFIER.fullmatch(dependency.specifier):
            yield where, f"'{dependency.specifier}' is not a version specifier (PEP 440)"
    for extra, members in python.extras.items():
        where = f"python.extras.{extra}"
        if not _DISTRIBUTION.fullmatch(extra):
            yield where, f"'{extra}' is not the name of an extra (PEP 685)"
        for member in members:
            if member not in names:
                yield where, f"the extra '{extra}' has '{member}', which is not an extra dependency"
    pyproject_toml = python.pyproject_toml
    if not pyproject_toml:
        return
    where = "python.pyproject_toml"
    try:
        loads(pyproject_toml)
    except ValueError as error:
        yield where, f"invalid TOML: {error}"
    for table in _OURS.findall(pyproject_toml):
        yield where, f"the generated pyproject.toml already has a table [{table}]"


def is_identifier(text: str) -> bool:
    """Whether a text is an identifier and not a keyword."""
    return text.isidentifier() and text.isascii() and not keyword.iskeyword(text)


def no_identifier(text: str) -> str:
    """The reason why a text is not an identifier."""
    return "it is a Python keyword" if keyword.iskeyword(text) else "it is not an identifier"


def is_header_name(text: str) -> bool:
    """Whether a text is a valid header name (RFC 9110, section 5.6.2)."""
    return re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", text) is not None


def _is_header(text: str) -> bool:
    return text.isascii() and text.isprintable()
