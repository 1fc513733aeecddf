"""`fiddlehead release`: the next version of a client, and its section in CHANGELOG.md."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import tempfile
from datetime import date, datetime, timezone
from pathlib import Path

from .. import review
from ..config import Settings, find, toml
from ..diagnostics import Diagnostics, Span
from ..output import with_endings_of
from ..release import Version, add_section, next_version, section
from . import diff
from .console import count, generate_command, note, relative
from .exit_codes import DONE, DRIFT, CommandError
from .progress import Progress
from .settings import load

CHANGELOG = "CHANGELOG.md"


def run(options: argparse.Namespace) -> int:
    """Increase the version and write the section, or check that this was done; return the exit
    code."""
    if options.settings is None and find(Path.cwd()) is None:
        raise CommandError(
            "a release requires a settings file with the version", "run 'fiddlehead init'"
        )
    settings = load(options, Diagnostics())
    current = _version(settings.version, "the version in the settings")
    tag = options.since or _highest_tag(settings)
    if tag is None:
        raise CommandError(
            "there is no previous release: no git tag is a version",
            f"tag the current version (git tag v{current}), or pass a revision with --since",
        )
    released = _released(tag, settings, current)
    result = _compare(options, settings, tag)
    needed = next_version(released, result.bump) if result.bump is not None else released
    if options.check:
        return _check(result, current, needed, tag)
    if result.bump is None:
        note(f"no changes since {tag}: nothing to release")
        return DONE
    version = max(current, needed)
    if version != current:
        _require_version(settings, version)  # Fails before anything is written.
    changelog = settings.output / CHANGELOG
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    _write(changelog, add_section(text, version, _today(options), section(result)))
    if version != current:
        _step(settings, current, version)
    note(f"{tag} -> {version}: {result.verdict}", "bold")
    if released.major == 0 and result.bump == "major":
        note("before version 1.0.0, a breaking change increases only the minor version")
    note(f"wrote {relative(changelog, Path.cwd())}; now:")
    note(f"  {generate_command(options)}")
    note(f"  {shlex.join(('git', 'add', relative(settings.output, Path.cwd())))}")
    note(f"  git commit --all --message 'Release {version}'")
    note(f"  {shlex.join(('git', 'tag', _tag_like(tag, version)))}")
    return DONE


def _check(comparison: review.Review, current: Version, needed: Version, tag: str) -> int:
    if current >= needed:
        note(f"version {current} is high enough for the changes since {tag}", "green")
        return DONE
    decisive = [finding for finding in comparison.findings if finding.bump == comparison.bump]
    for finding in decisive:
        note(f"{finding.bump:6} {finding.message}")
    changes = count(len(decisive), "change")
    verb = "requires" if len(decisive) == 1 else "require"
    raise CommandError(
        f"version {current} is too low: {changes} since {tag} {verb} {needed}",
        "run fiddlehead release",
        DRIFT,
    )


def _compare(options: argparse.Namespace, settings: Settings, tag: str) -> review.Review:
    """The changes between the description of the tag and the current one."""
    spec = Path(os.path.relpath(settings.spec.resolve(), _top(settings))).as_posix()
    diff_options = argparse.Namespace(
        old=f"{tag}:{spec}",
        new=None,
        settings=settings.file,
        group=options.group,
        layer="all",
        accept=None,
        format="text",
    )
    with tempfile.TemporaryDirectory(prefix="fiddlehead-") as folder, Progress() as progress:
        return diff.compare(diff_options, Path(folder), progress).review


def _version(text: str | None, what: str) -> Version:
    try:
        return Version.parse(text or "")
    except ValueError as error:
        raise CommandError(f"{what}: {error}", "set 'version' in the settings") from None


def _released(tag: str, settings: Settings, current: Version) -> Version:
    """The version in the name of a tag, or else in the settings of that revision."""
    version_match = re.search(r"\d+\.\d+\.\d+$", tag)
    if version_match is not None:
        return _version(version_match[0], f"the tag {tag}")
    assert settings.file is not None
    path = Path(os.path.relpath(settings.file.resolve(), _top(settings))).as_posix()
    text = _git(settings, "show", f"{tag}:{path}") or ""
    written = re.search(r"^version\s*=\s*[\"']([^\"']*)[\"']", text, re.MULTILINE)
    return _version(written[1], f"the version at {tag}") if written else current


def _highest_tag(settings: Settings) -> str | None:
    """The highest version tag that HEAD contains: `v1.2.3`, `1.2.3` or `NAME-v1.2.3`."""
    listed = _git(settings, "tag", "--list", "--merged", "HEAD") or ""
    package = re.escape(settings.package)
    pattern = re.compile(rf"(?:{package}[-/@])?v?(\d+\.\d+\.\d+)")
    result = [
        (Version.parse(match[1]), tag)
        for tag in listed.split()
        if (match := pattern.fullmatch(tag))
    ]
    return max(result)[1] if result else None


def _tag_like(tag: str, version: Version) -> str:
    """A tag for a version, in the format of the last tag."""
    if re.search(r"\d+\.\d+\.\d+$", tag) is None:
        return f"v{version}"
    return re.sub(r"\d+\.\d+\.\d+$", str(version), tag)


def _require_version(settings: Settings, new: Version) -> tuple[Path, Span]:
    """The settings file and the location of its version; ends the command if there is none."""
    file = settings.file
    assert file is not None
    place = _place_of_version(file)
    if place is None:
        raise CommandError(
            f"'{file.name}' has no version",
            f'add version = "{new}", then run fiddlehead release again',
        )
    return file, place


def _step(settings: Settings, old: Version, new: Version) -> None:
    """Replace the version in the settings; the rest of the file is unchanged."""
    file, place = _require_version(settings, new)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    line = lines[place.line - 1]
    before, after = line[: place.column - 1], line[place.column - 1 :]
    lines[place.line - 1] = before + after.replace(str(old), str(new), 1)
    _write(file, "".join(lines))


def _place_of_version(file: Path) -> Span | None:
    if file.suffix != ".toml":
        return None
    root = toml.read(file, file.name, Diagnostics())
    for key in ("tool", "fiddlehead") if file.name == "pyproject.toml" else ():
        root = root.get(key) if root is not None else None
    node = root.get("version") if root is not None else None
    return node.span if node is not None else None


def _write(path: Path, text: str) -> None:
    """Write a file atomically, with the line endings of the file that it replaces."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes() if path.exists() else None
        part = path.with_name(path.name + ".part")
        part.write_bytes(with_endings_of(text.encode(), old))
        part.replace(path)
    except OSError as error:
        raise CommandError(f"cannot write '{path}': {error.strerror}") from None


def _today(options: argparse.Namespace) -> str:
    """The date of the release: `--date`, SOURCE_DATE_EPOCH (reproducible-builds.org), or today."""
    if options.date is not None:
        return str(options.date)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), timezone.utc).date().isoformat()
    return date.today().isoformat()


def _top(settings: Settings) -> Path:
    top = _git(settings, "rev-parse", "--show-toplevel")
    if top is None:
        raise CommandError("this is not a git repository", "a release is compared with a git tag")
    return Path(top.strip()).resolve()


def _git(settings: Settings, *arguments: str) -> str | None:
    folder = settings.file.resolve().parent if settings.file is not None else Path.cwd()
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
