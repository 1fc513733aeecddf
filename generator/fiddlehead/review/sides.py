"""One side of a diff on disk, and the parameters of the search for it."""

from __future__ import annotations

import os
from pathlib import Path

from ..diagnostics import Diagnostics
from ..frozen import dataclass
from ..source import Sources
from .revisions import top_of


@dataclass(frozen=True)
class Side:
    """One side of a diff, on disk.

    `label` is its name in reports, `spec` the description to read, `settings` the settings file of
    that side, or None to use the current settings. If `borrowed` is set, the settings file is a
    copy of the current one, next to the old descriptions. `prefix` is put before file names
    (`main:`).
    """

    label: str
    spec: Path
    root: Path
    settings: Path | None = None
    prefix: str = ""
    borrowed: bool = False

    def sources(self, diagnostics: Diagnostics) -> Sources:
        """The sources that read the description, with locations of this side."""
        return LabelledSources(diagnostics, self.root, self.prefix)


class LabelledSources(Sources):
    """Sources that show files with a prefix, and without absolute paths.

    A file of the repository outside `root` is shown relative to it (`../api.yaml`).
    """

    def __init__(self, diagnostics: Diagnostics, root: Path, prefix: str = "") -> None:
        super().__init__(diagnostics, root)
        self._prefix, self._top = prefix, top_of(root)

    def display_path(self, path: Path) -> str:
        name = super().display_path(path)
        if not Path(name).is_absolute():
            return self._prefix + name
        if self._top is not None and path.resolve().is_relative_to(self._top):
            return Path(os.path.relpath(path.resolve(), self._root.resolve())).as_posix()
        return name


@dataclass(frozen=True)
class Search:
    """The parameters of the search for a side."""

    cwd: Path
    folder: Path
    """A temporary folder of the caller for the files of a revision. It must exist as long as the
    side is read."""
    diagnostics: Diagnostics
    settings_file: Path | None = None
    root: Path | None = None
    """Files are shown relative to this folder (default: the working directory)."""
    spec: Path | None = None
    """The description in the current settings, which helps to find the description of a package."""
    fern: Path | None = None
    """The Fern folder in the current settings."""

    def display_path(self, path: Path) -> str:
        """The name of a file in messages."""
        return LabelledSources(self.diagnostics, self.root or self.cwd).display_path(path)
