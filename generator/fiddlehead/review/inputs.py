"""Finds a side of a diff: a file, a file in a git revision, or a generated package."""

from __future__ import annotations

from ..config import is_fern_folder
from ..urls import download_hint
from .package_sources import description_of_package, package_in
from .revision_sides import side_of_revision
from .revisions import GitError
from .sides import Search, Side


def find_side(argument: str, search: Search) -> Side | None:
    """The side for an argument of `fiddlehead diff`; None and a diagnostic if it is invalid."""
    diagnostics = search.diagnostics
    hint = download_hint(argument)
    if hint is not None:
        diagnostics.error("missing-file", f"'{argument}' is a URL", hint=hint)
        return None
    if argument == "-":
        message, hint = "diff does not read standard input", "write it to a file, and pass that"
        diagnostics.error("missing-file", message, hint=hint)
        return None
    path = search.cwd / argument
    package = package_in(path) if not is_fern_folder(path) else None
    if package is not None:
        return description_of_package(package, search)
    if path.exists():
        label = argument if search.root is None else search.display_path(path)
        return Side(label, path, search.root or search.cwd)
    revision, colon, name = argument.partition(":")
    if not colon:
        diagnostics.error(
            "missing-file",
            f"'{argument}' not found",
            hint="pass a description, a git revision of one (main:spec/openapi.yaml) or a package",
        )
        return None
    try:
        return side_of_revision(revision, name, search)
    except GitError as error:
        diagnostics.error("missing-file", f"'{argument}' cannot be read: {error}")
        return None
