"""A run that fails or is killed at any step leaves the complete old or new package."""

from __future__ import annotations

import errno
import itertools
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from fiddlehead.output import OutputError, ProtectedFiles, transaction
from fiddlehead.output.write import write

from .trees import NEW, NEW_PROJECT, OLD, OLD_PROJECT, encoded, expected, seen, with_manifest

BEFORE = expected(with_manifest(OLD, OLD_PROJECT), OLD_PROJECT)
AFTER = expected(with_manifest(NEW, NEW_PROJECT), NEW_PROJECT)

MODES = ["exchange", "rename", "each", "mount"]
"""How the package is swapped: one system call, two renames, or file by file, within one file system
or from another one, as where the package is a mount point."""


def put(folder: Path, which: str) -> None:
    files, project = (OLD, OLD_PROJECT) if which == "old" else (NEW, NEW_PROJECT)
    write(folder / "acme", with_manifest(files, project), encoded(project), keep=ProtectedFiles())


def restrict(mode: str, patch: Callable[[object, str, object], None]) -> None:
    """Takes away what a system may not have."""
    if mode != "exchange":
        patch(transaction, "exchange", lambda one, other: False)
    if mode == "mount":
        replace = Path.replace

        def stay(self: Path, target: Path) -> Path:
            if ("acme" in self.parts) != ("acme" in Path(target).parts):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            return replace(self, target)

        patch(Path, "replace", stay)
    if mode in ("each", "mount"):
        rename = Path.rename

        def refuse(self: Path, target: Path) -> Path:
            if self.name == "acme":
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            return rename(self, target)

        patch(Path, "rename", refuse)


STEPS = ["mkdir", "write_bytes", "write_text", "replace", "rename", "symlink_to", "unlink", "rmdir"]


def count_steps(patch: Callable[[object, str, object], None], act: Callable[[int], None]) -> None:
    """Calls `act` with its number before every step that changes the disk."""
    done = [0]

    def wrapped(original: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            done[0] += 1
            act(done[0])
            return original(*arguments, **options)

        return step

    for name in STEPS:
        patch(Path, name, wrapped(getattr(Path, name)))
    patch(os, "link", wrapped(os.link))
    patch(transaction, "exchange", wrapped(transaction.exchange))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_step_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, code: int
) -> None:
    for step in itertools.count(1):
        folder = tmp_path / str(step)
        folder.mkdir()
        put(folder, "old")
        failed: list[int] = []
        with monkeypatch.context() as patched:
            restrict(mode, patched.setattr)

            def fail(number: int, at: int = step, failed: list[int] = failed) -> None:
                if number == at:
                    failed.append(number)
                    raise OSError(code, os.strerror(code))

            count_steps(patched.setattr, fail)
            try:
                put(folder, "new")
            except OutputError as error:
                assert os.strerror(code).lower() in str(error)
                assert seen(folder) == BEFORE, step
            else:
                # Some steps have another way: a file that cannot be linked is copied.
                assert seen(folder) == AFTER, step
        if not failed:
            assert step > 20
            return


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("mode", MODES)
def test_a_killed_run_leaves_a_whole_package(tmp_path: Path, mode: str) -> None:
    for step in itertools.count(1):
        folder = tmp_path / str(step)
        folder.mkdir()
        put(folder, "old")
        if not killed_at(step, folder, mode):
            assert step > 20
            return
        if mode == "exchange":
            # Nobody has to clean up: the package is the old or the new one at any moment.
            package = {name: data for name, data in seen(folder).items() if name[:5] == "acme/"}
            assert package in (inside(BEFORE), inside(AFTER)), step
        transaction.recover(folder / "acme")
        assert seen(folder) in (BEFORE, AFTER), step
        put(folder, "new" if step % 2 else "old")
        assert seen(folder) == (AFTER if step % 2 else BEFORE), step


def killed_at(step: int, folder: Path, mode: str) -> bool:
    """Writes in a separate process that is killed before a step; returns whether it reached the
    step."""
    child = os.fork()
    if child == 0:
        restrict(mode, setattr)

        def die(number: int) -> None:
            if number == step:
                os.kill(os.getpid(), signal.SIGKILL)

        count_steps(setattr, die)
        try:
            put(folder, "new")
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def inside(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith("acme/")}


def test_a_full_disk_gives_a_plain_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "old")

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="no space left on device; nothing was changed"):
        put(tmp_path, "new")
    assert seen(tmp_path) == BEFORE


def test_a_run_that_never_began_leaves_no_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError):
        put(tmp_path / "deep" / "down", "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_read_only_folder_is_respected(tmp_path: Path) -> None:
    put(tmp_path, "old")
    (tmp_path / "acme/types").chmod(0o555)
    with pytest.raises(OutputError, match="permission denied"):
        put(tmp_path, "new")
    (tmp_path / "acme/types").chmod(0o755)
    assert seen(tmp_path) == BEFORE


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with transaction.lock(tmp_path), pytest.raises(OutputError, match="another run"):
        put(tmp_path, "new")
    put(tmp_path, "new")
    assert seen(tmp_path) == AFTER


def test_a_file_that_came_while_the_run_was_on_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "old")
    exchange = transaction.exchange

    def meanwhile(one: Path, other: Path) -> bool:
        (tmp_path / "acme/mine.py").write_text("MINE = 1\n")
        return exchange(one, other)

    monkeypatch.setattr(transaction, "exchange", meanwhile)
    put(tmp_path, "new")
    assert seen(tmp_path) == {**AFTER, "acme/mine.py": b"MINE = 1\n"}
