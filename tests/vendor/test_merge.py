"""Three-way merges, compared with git's."""

from __future__ import annotations

import subprocess
from pathlib import Path

from fiddlehead.vendor.merge import merge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def git(folder: Path, base: str, ours: str, theirs: str) -> tuple[int, str]:
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(text)
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


BASE = "".join(f"line {number}\n" for number in range(12))


def test_changes_apart_from_each_other_are_merged() -> None:
    ours = BASE.replace("line 2\n", "LINE 2\n")
    theirs = BASE.replace("line 9\n", "").replace("line 5\n", "line 5\nadded\n")
    merged = merge(BASE, ours, theirs)
    assert merged.conflicts == 0
    assert merged.text == ours.replace("line 9\n", "").replace("line 5\n", "line 5\nadded\n")


def test_the_same_change_on_both_sides_is_one() -> None:
    both = BASE.replace("line 2\n", "LINE 2\n")
    assert merge(BASE, both, both).text == both


def test_a_conflict_shows_both_sides() -> None:
    merged = merge("a\nb\nc", "a\nB\nc", "a\nX\nc")
    assert merged.conflicts == 1
    assert merged.text == "a\n<<<<<<< yours\nB\n=======\nX\n>>>>>>> new\nc"


texts = st.lists(st.sampled_from("abcdef"), max_size=10).map(
    lambda item: "".join(f"{x}\n" for x in item)
)


@given(base=texts, ours=texts, theirs=texts)
@settings(deadline=None, max_examples=150)
def test_laws(base: str, ours: str, theirs: str) -> None:
    assert merge(base, ours, base).text == ours
    assert merge(base, base, theirs).text == theirs
    assert merge(base, ours, ours).text == ours
    assert merge(base, ours, theirs).conflicts == merge(base, theirs, ours).conflicts


edits = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(["", "new\n", "X\nY\n"])), max_size=3
)


@given(left=edits, right=edits)
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_where_git_merges_we_agree(
    tmp_path: Path, left: list[tuple[int, str]], right: list[tuple[int, str]]
) -> None:
    ours, theirs = edited(left), edited(right)
    code, text = git(tmp_path, BASE, ours, theirs)
    merged = merge(BASE, ours, theirs)
    if code == 0 and not merged.conflicts:
        assert merged.text == text
    # git takes changes of neighbouring lines for a conflict; it is never bolder than that.
    if code == 0:
        assert merged.conflicts == 0


def edited(edits: list[tuple[int, str]]) -> str:
    lines = BASE.splitlines(keepends=True)
    for index, text in edits:
        lines[index] = text
    return "".join(lines)
