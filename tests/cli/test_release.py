"""`fiddlehead release`, with real git: versions, the CHANGELOG, and the check for CI."""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead.cli import main
from fiddlehead.release import Version, next_version
from fiddlehead.review.findings import Bump

from .conftest import SPEC
from .test_line_endings import git

SETTINGS = """\
# Ours.
spec = "spec.yaml"
output = "out"
package = "acme"
version = "1.4.2"  # stepped by fiddlehead release
"""
BREAKING = SPEC.replace("x-fern-sdk-method-name: get", "x-fern-sdk-method-name: fetch")
ADDED = SPEC.replace("        state:", "        size: {type: integer}\n        state:")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Version 1.4.2, tagged."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fiddlehead.toml").write_text(SETTINGS)
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert main(["generate"]) == 0
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Released")
    git(tmp_path, "tag", "v1.4.2")
    git(tmp_path, "tag", "other-v9.9.9")
    return tmp_path


def release(*more: str) -> int:
    return main(["release", "--date", "2026-01-31", *more])


def test_without_settings_the_message_asks_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert release() == 2
    output = capsys.readouterr().err
    assert "a release requires a settings file" in output and "SPEC" not in output


def test_the_section_says_each_change_once(repository: Path) -> None:
    (repository / "spec.yaml").write_text(BREAKING)
    assert release() == 0
    lines = (repository / "out/CHANGELOG.md").read_text().splitlines()
    renamed = [line for line in lines if "fetch" in line]
    assert renamed and all(line.endswith("fetch()") for line in renamed)


def test_before_version_1_a_break_steps_the_minor_version(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = repository / "fiddlehead.toml"
    settings.write_text(SETTINGS.replace("1.4.2", "0.4.2"))
    git(repository, "commit", "--quiet", "--all", "--message", "Before 1.0.0")
    git(repository, "tag", "--delete", "v1.4.2")
    git(repository, "tag", "v0.4.2")
    (repository / "spec.yaml").write_text(BREAKING)
    assert release() == 0
    assert 'version = "0.5.0"' in settings.read_text()
    assert "before version 1.0.0, a breaking change increases only the minor version" in (
        capsys.readouterr().err
    )


def test_without_a_version_nothing_is_written(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = repository / "fiddlehead.toml"
    settings.write_text(SETTINGS.rsplit("version", 1)[0])
    (repository / "spec.yaml").write_text(BREAKING)
    assert release() == 2
    printed = capsys.readouterr().err
    assert "'fiddlehead.toml' has no version" in printed
    assert not (repository / "out/CHANGELOG.md").exists()


def test_a_break_steps_the_major_version(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "spec.yaml").write_text(BREAKING)
    assert main(["release", "--check"]) == 1
    assert "version 1.4.2 is too low" in capsys.readouterr().err
    head = git(repository, "rev-parse", "HEAD")
    assert release() == 0
    assert 'version = "2.0.0"  # stepped' in (repository / "fiddlehead.toml").read_text()
    assert (repository / "fiddlehead.toml").read_text().startswith("# Ours.\n")
    text = (repository / "out/CHANGELOG.md").read_text()
    assert text.startswith("# Changelog\n\n## 2.0.0 - 2026-01-31\n")
    assert "### Breaking changes" in text and "fetch" in text
    printed = capsys.readouterr().err
    assert "git add out\n" in printed and "git tag v2.0.0" in printed
    # Nothing was committed, tagged or uploaded.
    assert git(repository, "rev-parse", "HEAD") == head
    assert git(repository, "tag").split() == ["other-v9.9.9", "v1.4.2"]
    assert main(["release", "--check"]) == 0
    assert main(["generate"]) == 0
    assert "2.0.0" in (repository / "out/pyproject.toml").read_text()
    assert (repository / "out/CHANGELOG.md").read_text() == text


def test_an_addition_steps_the_minor_version(repository: Path) -> None:
    (repository / "spec.yaml").write_text(ADDED)
    assert release() == 0
    assert 'version = "1.5.0"' in (repository / "fiddlehead.toml").read_text()
    assert "### New" in (repository / "out/CHANGELOG.md").read_text()


def test_a_second_run_writes_the_same(repository: Path) -> None:
    (repository / "spec.yaml").write_text(ADDED)
    assert release() == 0
    once = (repository / "out/CHANGELOG.md").read_text()
    assert release() == 0
    assert (repository / "out/CHANGELOG.md").read_text() == once
    (repository / "spec.yaml").write_text(BREAKING)
    assert release() == 0
    assert 'version = "2.0.0"' in (repository / "fiddlehead.toml").read_text()


def test_text_written_by_hand_is_kept(repository: Path) -> None:
    changelog = repository / "out/CHANGELOG.md"
    old = "# All changes\n\nOur words.\n\n## Unreleased\n\n- Faster.\n\n## 1.4.2 - 2025-01-01\n\n- Old.\n"
    changelog.write_text(old)
    (repository / "spec.yaml").write_text(ADDED)
    assert release() == 0
    text = changelog.read_text()
    assert "# All changes\n\nOur words.\n\n## 1.5.0 - 2026-01-31\n\n- Faster.\n\n<!--" in text
    assert text.endswith("\n\n## 1.4.2 - 2025-01-01\n\n- Old.\n")
    changelog.write_text(text.replace("- Faster.", "- Faster still."))
    assert release() == 0
    assert changelog.read_text() == text.replace("- Faster.", "- Faster still.")


def test_nothing_changed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release() == main(["release", "--check"]) == 0
    assert "nothing to release" in capsys.readouterr().err
    assert not (repository / "out/CHANGELOG.md").exists()


def test_a_version_that_is_high_enough_stays(repository: Path) -> None:
    settings = repository / "fiddlehead.toml"
    settings.write_text(settings.read_text().replace("1.4.2", "3.0.0"))
    (repository / "spec.yaml").write_text(BREAKING)
    assert main(["release", "--check"]) == release() == 0
    assert 'version = "3.0.0"' in settings.read_text()
    assert "## 3.0.0" in (repository / "out/CHANGELOG.md").read_text()


def test_missing_parts_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fiddlehead.toml").write_text(SETTINGS)
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert release() == 2
    assert "no git tag is a version" in capsys.readouterr().err
    git(tmp_path, "init", "--quiet")
    (tmp_path / "fiddlehead.toml").write_text(SETTINGS.replace("1.4.2", "1.4.2rc1"))
    assert release() == 2
    assert "'1.4.2rc1' is not a version of the form 1.2.3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("released", "bump", "expected"),
    [
        ("1.4.2", "major", "2.0.0"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("0.4.2", "major", "0.5.0"),
        ("0.4.2", "minor", "0.4.3"),
        ("0.4.2", "patch", "0.4.3"),
    ],
)
def test_versions(released: str, bump: Bump, expected: str) -> None:
    assert str(next_version(Version.parse(released), bump)) == expected
