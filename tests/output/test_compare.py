"""The four classes of differences, from generation and from checksums alone."""

from __future__ import annotations

from pathlib import Path

from fiddlehead.output import ProtectedFiles, compare, compare_fast, read_manifest
from fiddlehead.output.write import write

from .trees import HEADER, NEW, NEW_PROJECT, OLD, OLD_PROJECT, encoded, with_manifest

REASON = "the spec changed (spec.yaml)"


def put(folder: Path) -> Path:
    owned_folder = folder / "acme"
    write(
        owned_folder, with_manifest(OLD, OLD_PROJECT), encoded(OLD_PROJECT), keep=ProtectedFiles()
    )
    return owned_folder


def results(owned_folder: Path) -> dict[str, tuple[str, str]]:
    differences = compare(
        owned_folder,
        with_manifest(NEW, NEW_PROJECT),
        encoded(NEW_PROJECT),
        written=read_manifest(owned_folder),
        reasons=REASON,
        keep=ProtectedFiles(),
    )
    return {difference.path: (difference.kind, difference.reason) for difference in differences}


def fast(owned_folder: Path) -> dict[str, str]:
    return {
        protectedfile.path: protectedfile.kind
        for protectedfile in compare_fast(
            owned_folder, read_manifest(owned_folder), ProtectedFiles()
        )
    }


def test_each_class_has_its_reason(tmp_path: Path) -> None:
    owned_folder = put(tmp_path)
    (owned_folder / "__init__.py").write_text("MINE = 1\n")
    (owned_folder / "client.py").write_text("MINE = 2\n")
    (owned_folder / "py.typed").unlink()
    (owned_folder / "lost.py").write_text(HEADER)
    (owned_folder / "mine.py").write_text("MINE = 3\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname='mine'\n")
    assert results(owned_folder) == {
        "README.md": ("outdated", REASON),
        "acme/__init__.py": ("edited", "edited by hand"),
        "acme/_manifest.json": ("outdated", REASON),
        "acme/client.py": ("edited", f"edited by hand; also, {REASON}"),
        "acme/lost.py": (
            "stale",
            "has the header of generated files, but is not part of this package",
        ),
        "acme/new_group/client.py": ("missing", f"new: {REASON}"),
        "acme/old_group/client.py": ("stale", "no longer generated"),
        "acme/py.typed": ("missing", "deleted, or not committed"),
        "acme/types/__init__.py": ("outdated", REASON),
        "acme/types/added.py": ("missing", f"new: {REASON}"),
        "acme/types/gone.py": ("stale", "no longer generated"),
        "pyproject.toml": ("edited", "not written by fiddlehead"),
        "reference.md": ("stale", "no longer generated"),
    }


def test_checksums_detect_edited_files(tmp_path: Path) -> None:
    owned_folder = put(tmp_path)
    assert fast(owned_folder) == {}
    (owned_folder / "client.py").write_text("MINE = 2\n")
    (owned_folder / "py.typed").unlink()
    (owned_folder / "lost.py").write_text(HEADER)
    (tmp_path / "README.md").write_text("mine")
    assert fast(owned_folder) == {
        "README.md": "edited",
        "acme/client.py": "edited",
        "acme/lost.py": "stale",
        "acme/py.typed": "missing",
    }
