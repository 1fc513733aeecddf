"""Reads files of a git revision from the object database, without changing the work tree."""

from __future__ import annotations

import functools
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote

SUFFIXES = (".yaml", ".yml", ".json")
TEMPLATE = ".jinja"
_STRING = re.compile(r"""(["'])([^"'\n]+)\1""")
_BREAKS = re.compile(r"[\s\"'#,\[\]{}()<>|]+")


class GitError(Exception):
    """git is not installed, or the repository or revision does not exist; the message gives the
    reason."""


class Repository:
    """A git repository, accessed with plumbing commands only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.top = Path(self._run("rev-parse", "--show-toplevel").decode().rstrip("\n"))
        self._folder = self.top

    def commit(self, revision: str) -> str:
        """The commit id of a revision."""
        if not revision or revision.startswith("-"):
            raise GitError(f"'{revision}' is not a revision")
        try:
            result = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        except GitError:
            raise GitError(f"the repository has no revision '{revision}'") from None
        return result.decode().strip()

    def paths(self, commit: str) -> list[str]:
        """The files of a commit, relative to the top, with slashes."""
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", "--name-only", commit)
        return [os.fsdecode(name) for name in listed.split(b"\0") if name]

    def history(self, path: str) -> list[str]:
        """The commits that changed a file, on all branches, newest first."""
        return self._run("rev-list", "--all", "HEAD", "--", path).decode().split()

    def read(self, commit: str, path: str) -> bytes | None:
        """A file of a commit; None if it does not exist."""
        try:
            return self._run("cat-file", "blob", f"{commit}:{path}")
        except GitError:
            return None

    def _run(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(
                ["git", "-C", str(self._folder), *arguments],
                capture_output=True,
                check=False,
                env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            )
        except FileNotFoundError:
            raise GitError("git is not installed") from None
        if done.returncode != 0:
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise GitError(words[0].removeprefix("fatal: ") if words else "git failed")
        return done.stdout


@functools.cache
def top_of(folder: Path) -> Path | None:
    """The top of the git repository that contains a folder; None if there is none."""
    try:
        return Repository(folder).top.resolve()
    except GitError:
        return None


def lay_out(
    repository: Repository,
    commit: str,
    start: Iterable[str],
    folder: Path,
    otherwise: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Write files of a commit, and all descriptions that they refer to, to a folder.

    A file refers to another if one of its words is the relative path of a file of the commit. This
    covers `$ref`, overrides and imports in all formats. For a folder in a TOML file, the templates
    are written. `otherwise` has files that are used if the commit does not have them.
    """
    known = set(repository.paths(commit))
    todo, done = sorted(start), set[str]()
    while todo:
        path = todo.pop()
        if path in done:
            continue
        done.add(path)
        data = repository.read(commit, path)
        if data is None:
            data = otherwise.get(path)
        if data is None:
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        text = data.decode("utf-8", errors="replace")
        todo += sorted(set(_named(text, PurePosixPath(path).parent)) & known - done)
        if path.endswith(".toml"):
            folders = tuple(f"{folder}/" for folder in folders_of(text, PurePosixPath(path).parent))
            todo += [path for path in known if path.startswith(folders) and path.endswith(TEMPLATE)]


def folders_of(toml: str, folder: PurePosixPath) -> Iterator[str]:
    """The paths that strings of a TOML file may refer to."""
    for _, word in _STRING.findall(toml):
        yield os.path.normpath(folder / word).replace(os.sep, "/")


def _named(text: str, folder: PurePosixPath) -> Iterator[str]:
    for word in _BREAKS.split(text):
        if word.endswith(SUFFIXES):
            yield os.path.normpath(folder / unquote(word)).replace(os.sep, "/")
