"""The four classes of differences, from generation and from checksums alone."""

from __future__ import annotations

from pathlib import Path

from fiddlehead.output import Keep, compare, compare_fast, read_manifest, write

from .trees import HEADER, NEW, NEW_PROJECT, OLD, OLD_PROJECT, encoded, with_manifest

REASON = "the spec changed (spec.yaml)"


def put(folder: Path) -> Path:
    home = folder / "acme"
    write(home, with_manifest(OLD, OLD_PROJECT), encoded(OLD_PROJECT), keep=Keep())
    return home


def found(home: Path) -> dict[str, tuple[str, str]]:
    differences = compare(
        home,
        with_manifest(NEW, NEW_PROJECT),
        encoded(NEW_PROJECT),
        written=read_manifest(home),
        reasons=REASON,
        keep=Keep(),
    )
    return {each.path: (each.kind, each.reason) for each in differences}


def fast(home: Path) -> dict[str, str]:
    return {each.path: each.kind for each in compare_fast(home, read_manifest(home), Keep())}


def test_each_class_has_its_reason(tmp_path: Path) -> None:
    home = put(tmp_path)
    (home / "__init__.py").write_text("MINE = 1\n")
    (home / "client.py").write_text("MINE = 2\n")
    (home / "py.typed").unlink()
    (home / "lost.py").write_text(HEADER)
    (home / "mine.py").write_text("MINE = 3\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname='mine'\n")
    assert found(home) == {
        "README.md": ("outdated", REASON),
        "acme/__init__.py": ("edited", "edited by hand"),
        "acme/_manifest.json": ("outdated", REASON),
        "acme/client.py": ("edited", f"edited by hand; also, {REASON}"),
        "acme/lost.py": (
            "stale",
            "generated once: it has the header, but is not part of this package",
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


def test_checksums_tell_what_was_touched(tmp_path: Path) -> None:
    home = put(tmp_path)
    assert fast(home) == {}
    (home / "client.py").write_text("MINE = 2\n")
    (home / "py.typed").unlink()
    (home / "lost.py").write_text(HEADER)
    (tmp_path / "README.md").write_text("mine")
    assert fast(home) == {
        "README.md": "edited",
        "acme/client.py": "edited",
        "acme/lost.py": "stale",
        "acme/py.typed": "missing",
    }
