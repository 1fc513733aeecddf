"""Packages after `git merge` or `git rebase` of two generated versions.

The manifest then has conflict markers, and other files are merged by git. No user edited them, so a
run may overwrite them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..checksums import digest, normalized
from ..manifest_values import MANIFEST
from .manifest import Manifest, ManifestError, parse_manifest

_CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}\n(?P<theirs>.*?)^>{7}[^\n]*\n?",
    re.MULTILINE | re.DOTALL,
)
_NOBODY = ("-c", "user.name=fiddlehead", "-c", "user.email=fiddlehead@localhost")
_LABELS = re.compile(rb"^(<{7}|>{7}|\|{7}) [^\n]*$", re.MULTILINE)


def sides(text: str, label: str) -> list[Manifest]:
    """The manifests of both sides of a merge, from a manifest with git's conflict markers.

    Empty if the text has no markers. Parts that git merged without a conflict are in both, so their
    tree hashes do not match and are not checked. Raises `ManifestError` if a side is not a valid
    manifest; then somebody edited the file.
    """
    text = text.replace("\r\n", "\n")
    if not _CONFLICT.search(text):
        return []
    result: list[Manifest] = []
    for side in ("ours", "theirs"):
        one = _CONFLICT.sub(lambda match, side=side: match[side], text)  # type: ignore[misc]  # mypy takes the default for an unannotated argument
        result.append(parse_manifest(one, label, merged=True))
    return result


def merged_digests(owned_folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Checksums of files that have exactly the content that git produced from two generated
    versions.

    `names` are relative to the package; project files start with `../`.

    A file counts if each side's commit has it as in that side's manifest, and if its content is
    git's merge of them (git 2.38 or newer), independent of the labels of conflict markers. Empty
    without git.
    """
    merge = _merge(owned_folder)
    if merge is None:
        return {}
    ours, theirs, tree = merge
    manifests = [_manifest_at(owned_folder, commit) for commit in (ours, theirs)]
    result: dict[str, str] = {}
    for name in names:
        try:
            data = (owned_folder / name).read_bytes()
        except OSError:
            continue
        path = posixpath.normpath(f"{_prefix(owned_folder)}{name}")
        expected = _git(owned_folder, "cat-file", "blob", f"{tree}:{path}")
        if expected is None or _unlabelled(expected) != _unlabelled(data):
            continue
        if all(
            _is_generated(owned_folder, commit, name, manifest)
            for commit, manifest in zip((ours, theirs), manifests, strict=True)
        ):
            result[name] = digest(data)
    return result


def _merge(owned_folder: Path) -> tuple[str, str, str] | None:
    """The two commits of the current merge, and the tree that git merges them to."""
    for ours, theirs, base in _candidates(owned_folder):
        commits = _with_base(owned_folder, ours, theirs, base) if base else (ours, theirs)
        done = _git(owned_folder, "merge-tree", "--write-tree", *commits, codes=(0, 1))
        if done:
            return ours, theirs, done.split(b"\n", 1)[0].split(b"\0", 1)[0].decode("ascii")
    return None


def _with_base(owned_folder: Path, ours: str, theirs: str, base: str) -> tuple[str, ...]:
    """Commits of the same trees whose common ancestor has the tree of `base`.

    They stand in for the option `--merge-base`, which git has only from 2.40 on. They are in no
    branch.
    """
    commits: list[str] = []
    for commit in (base, ours, theirs):
        parents = ["-p", commits[0]] if commits else []
        merged = _git(
            owned_folder, *_NOBODY, "commit-tree", *parents, "-m", "", f"{commit}^{{tree}}"
        )
        if merged is None:
            break
        commits.append(merged.decode("ascii").strip())
    return tuple(commits[1:])


def _candidates(owned_folder: Path) -> Iterator[tuple[str, str, str | None]]:
    """Pairs of commits, and the base if it is not their common ancestor."""
    for name, based in (("MERGE_HEAD", False), ("REBASE_HEAD", True), ("CHERRY_PICK_HEAD", True)):
        commit = _git(owned_folder, "rev-parse", "--quiet", "--verify", f"{name}^{{commit}}")
        if commit is not None:
            yield "HEAD", name, f"{name}^" if based else None
    if _git(owned_folder, "rev-parse", "--quiet", "--verify", "HEAD^2^{commit}") is not None:
        yield "HEAD^1", "HEAD^2", None


def _manifest_at(owned_folder: Path, commit: str) -> Manifest | None:
    data = _git(owned_folder, "show", f"{commit}:./{MANIFEST}")
    try:
        return parse_manifest(data.decode("utf-8"), MANIFEST) if data is not None else None
    except (ManifestError, UnicodeDecodeError):
        return None


def _is_generated(owned_folder: Path, commit: str, name: str, manifest: Manifest | None) -> bool:
    data = _git(owned_folder, "show", f"{commit}:./{name}")
    if data is None:
        return True  # The other side added it.
    if manifest is None:
        return False
    around = name.startswith("../")
    recorded = manifest.project.get(name[3:]) if around else manifest.files.get(name)
    return recorded == digest(data)


def _prefix(owned_folder: Path) -> str:
    return (_git(owned_folder, "rev-parse", "--show-prefix") or b"").decode("utf-8").rstrip("\n")


def _unlabelled(data: bytes) -> bytes:
    return _LABELS.sub(rb"\1", normalized(data))


def _git(owned_folder: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> bytes | None:
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", str(owned_folder), *arguments], capture_output=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode in codes else None
