"""`fiddlehead init`: writes a first fiddlehead.toml."""

from __future__ import annotations

import argparse
import os.path
import re
from pathlib import Path

from ..config import Settings, find, is_fern_folder
from ..config.checks import is_identifier, no_identifier
from ..diagnostics import Diagnostics
from ..frontends import frontend_of
from ..source import Sources
from ..targets import target
from .console import needs, note, requirements, show
from .exit_codes import DONE, INVALID, CommandError
from .find_description import find as find_description

NAME = "fiddlehead.toml"

_TEMPLATE = """\
# Settings of fiddlehead; its docs/settings.md lists all of them.
spec = {spec}
output = {output}
package = {package}

# The version of the generated project.
version = "0.1.0"

# Patterns of hand-written files in the output.
keep = []
"""


def run(options: argparse.Namespace) -> int:
    """Write the file unless it exists; return the exit code."""
    path = Path.cwd() / NAME
    existing = find(Path.cwd())
    if path.exists() or (existing is not None and existing.parent == path.parent):
        name = NAME if path.exists() else "pyproject.toml with [tool.fiddlehead]"
        raise CommandError(f"{name} already exists", "edit it, or remove it first")
    if options.tool is not None:
        from . import init_from

        return init_from.run(options, path)
    if options.spec is None and is_fern_folder(Path()):
        note("this folder has a Fern folder: 'fiddlehead init --from fern' reads its settings")
    options.output = options.output or "generated"
    spec = options.spec or _only_description()
    if not spec.exists():
        raise CommandError(f"'{spec}' not found")
    package = options.package or _package(spec)
    if package is None:
        return INVALID
    if not is_identifier(package):
        raise CommandError(f"'{package}' cannot be a Python package: {no_identifier(package)}")
    spec_path = Path(os.path.relpath(spec)).as_posix()
    try:
        path.write_text(
            _TEMPLATE.format(
                spec=_quoted(spec_path), output=_quoted(options.output), package=_quoted(package)
            ),
            encoding="utf-8",
        )
    except OSError as error:
        raise CommandError(f"cannot write {NAME}: {error.strerror}") from None
    settings = Settings(
        spec=spec, output=Path(options.output), package=package, spec_label=spec_path
    )
    note(f"wrote {NAME}; now run:\n  fiddlehead generate")
    _git_attributes(options)
    needs(requirements(target(), settings))
    return DONE


def _git_attributes(options: argparse.Namespace) -> None:
    """Add a line to .gitattributes with `--gitattributes`, otherwise suggest it."""
    line = f"{Path(options.output).as_posix()}/** text eol=lf linguist-generated=true"
    path = Path.cwd() / ".gitattributes"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if line in text.splitlines():
        return
    if not options.gitattributes:
        note(
            "recommended in .gitattributes, for the same line endings on every system and generated "
            f"files that are folded in reviews:\n  {line}"
        )
        return
    separator = "" if not text or text.endswith("\n") else "\n"
    try:
        path.write_text(f"{text}{separator}{line}\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"cannot write .gitattributes: {error.strerror}") from None
    note("added a line to .gitattributes")


def _only_description() -> Path:
    """The only description in the working directory; with several, the user must choose."""
    paths = find_description(Path())
    if not paths:
        raise CommandError(
            "no description was found in this folder", "pass it: fiddlehead init SPEC"
        )
    if len(paths) > 1:
        names = ", ".join(path.as_posix() for path in paths)
        raise CommandError(
            f"several descriptions were found in this folder: {names}",
            f"pass one of them: fiddlehead init {paths[0].as_posix()}",
        )
    return paths[0]


def _package(spec: Path) -> str | None:
    """A package name from the title of an API, or from the name of its folder."""
    title = spec.resolve().parent.name
    entry = frontend_of(spec).title_file(spec)
    if entry.exists():
        diagnostics = Diagnostics()
        root = Sources(diagnostics, Path.cwd()).load(entry)
        if root is None:
            show(diagnostics.reported)
            return None
        info = root.get("info")
        node = info.get("title") if info is not None else root.get("name")
        title = (node.string if node is not None else None) or title
    words = re.findall(r"[A-Za-z0-9]+", title)
    useful_words = [word.lower() for word in words if word.lower() not in ("api", "the", "openapi")]
    name = "_".join(useful_words or ["client"])
    return name if is_identifier(name) else f"client_{name}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
