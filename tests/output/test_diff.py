"""Diffs can be applied by git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fiddlehead.output.diff import unified
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def apply(folder: Path, diff: bytes) -> None:
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], cwd=folder, input=diff, capture_output=True
    )
    assert done.returncode == 0, (done.stderr.decode(), diff.decode(errors="replace"))


CASES = {
    "changed": (b"a\nb\nc\n", b"a\nB\nc\n"),
    "new": (None, b"a\n"),
    "deleted": (b"a\n", None),
    "new empty": (None, b""),
    "deleted empty": (b"", None),
    "emptied": (b"a\n", b""),
    "filled": (b"", b"a\n"),
    "no newline before": (b"a\nb", b"a\nb\n"),
    "no newline after": (b"a\nb\n", b"a\nb"),
    "no newline at all": (b"a\nb", b"a\nc"),
    "carriage returns": (b"a\r\nb\rc\n", b"a\r\nB\rc\n"),
    "separators that are no newlines": ("a\u2028b\x0cc\x85\n".encode(), "a\u2028B\n".encode()),
    "not UTF-8": (b"\xff\n", b"\xfe\n"),
    "a line like a header": (b"-- a\n", b"++ b\n"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["x.py", "deep/er/x.py", "with space/x y.py", 'q"uo\\te/ü.py'])
def test_git_applies_it(tmp_path: Path, case: str, name: str) -> None:
    old, new = CASES[case]
    path = tmp_path / name
    if old is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(old)
    apply(tmp_path, unified(name, old, new))
    assert (path.read_bytes() if path.exists() else None) == new


def test_nothing_differs() -> None:
    assert unified("x", b"a", b"a") == b""


lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"c\r\n", b"-\n", b"\\ x\n"]), max_size=12)


@given(old=lines, new=lines, cut=st.booleans())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_two_texts(tmp_path: Path, old: list[bytes], new: list[bytes], cut: bool) -> None:
    before, after = b"".join(old), b"".join(new)
    after = after[:-1] if cut else after
    if before == after:
        return
    (tmp_path / "x.py").write_bytes(before)
    apply(tmp_path, unified("x.py", before, after))
    assert (tmp_path / "x.py").read_bytes() == after
