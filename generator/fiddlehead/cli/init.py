"""`fiddlehead init`: a fiddlehead.toml to start from."""

from __future__ import annotations

import argparse
import os.path
import re
from pathlib import Path

from ..config import find
from ..config.checks import is_identifier, no_identifier
from ..diagnostics import Diagnostics
from ..frontends import frontend_of
from ..source import Sources
from .console import note, show
from .exits import DONE, INVALID, CommandError

NAME = "fiddlehead.toml"

_USUAL = [
    *(
        f"{folder}openapi.{suffix}"
        for folder in ("", "spec/", "api/", "docs/", "openapi/", "fern/", "fern/openapi/")
        for suffix in ("yaml", "yml", "json")
    ),
    "fern/definition",
    "definition",
    "spec/definition",
]

_TEMPLATE = """\
# What fiddlehead generates from. Every setting: docs/settings.md of fiddlehead.
spec = {spec}
output = {output}
package = {package}

# The version of the generated project.
version = "0.1.0"

# Files in the output that are written by hand.
keep = []
"""


def run(options: argparse.Namespace) -> int:
    """Writes the file unless there is one; the exit code."""
    path = Path.cwd() / NAME
    found = find(Path.cwd())
    if path.exists() or (found is not None and found.parent == path.parent):
        name = NAME if path.exists() else "pyproject.toml with [tool.fiddlehead]"
        raise CommandError(f"there is a {name} already", "edit it, or remove it first")
    spec = options.spec or _found()
    if spec is None:
        raise CommandError("no description was found here", "give it: fiddlehead init SPEC")
    if not spec.exists():
        raise CommandError(f"there is no '{spec}'")
    package = options.package or _package(spec)
    if package is None:
        return INVALID
    if not is_identifier(package):
        raise CommandError(f"'{package}' cannot be a Python package: {no_identifier(package)}")
    shown = Path(os.path.relpath(spec)).as_posix()
    try:
        path.write_text(
            _TEMPLATE.format(
                spec=_quoted(shown), output=_quoted(options.output), package=_quoted(package)
            ),
            encoding="utf-8",
        )
    except OSError as error:
        raise CommandError(f"cannot write {NAME}: {error.strerror}") from None
    note(f"wrote {NAME}; now run:\n  fiddlehead generate")
    return DONE


def _found() -> Path | None:
    return next((Path(name) for name in _USUAL if Path(name).exists()), None)


def _package(spec: Path) -> str | None:
    """A package name from the title of an API, or from the folder it is in."""
    title = spec.resolve().parent.name
    entry = frontend_of(spec).title_file(spec)
    if entry.exists():
        diagnostics = Diagnostics()
        root = Sources(diagnostics, Path.cwd()).load(entry)
        if root is None:
            show(diagnostics.found)
            return None
        info = root.get("info")
        node = info.get("title") if info is not None else root.get("name")
        title = (node.string if node is not None else None) or title
    words = re.findall(r"[A-Za-z0-9]+", title)
    kept = [word.lower() for word in words if word.lower() not in ("api", "the", "openapi")]
    name = "_".join(kept or ["client"])
    return name if is_identifier(name) else f"client_{name}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
