"""The cache folder may be missing, damaged, full or not writable."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
from fiddlehead import cache, config
from fiddlehead.cache import Reading, Store
from fiddlehead.cli import incremental_run, main
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source.json_reader import reader

from .test_incremental import DESCRIPTION


def test_an_entry_is_read_as_it_was_written(tmp_path: Path) -> None:
    sections = (b"", b"one", "\N{SNOWMAN}".encode() * 1000)
    Store(tmp_path / "new").write("key", sections)
    assert Store(tmp_path / "new").read("key") == sections
    assert Store(tmp_path / "new").read("other") is None


@pytest.mark.parametrize("cut", [0, 5, 30, -1])
def test_a_damaged_entry_is_treated_as_missing(tmp_path: Path, cut: int) -> None:
    Store(tmp_path).write("key", [b"one", b"two"])
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:cut])
    assert Store(tmp_path).read("key") is None


def test_an_entry_is_read_in_a_thread(tmp_path: Path) -> None:
    assert Reading(tmp_path, "key").sections() is None
    Store(tmp_path).write("key", [b"one", b"two"])
    assert Reading(tmp_path, "key").sections() == (b"one", b"two")


def test_an_entry_that_was_changed_counts_as_missing(tmp_path: Path) -> None:
    Store(tmp_path).write("key", [b"one", b"two"])
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    data[-6] ^= 1
    path.write_bytes(data)
    assert Store(tmp_path).read("key") is None


def test_the_folder_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = (os.urandom(550),)
    for number, key in enumerate(("old", "used", "new")):
        Store(tmp_path).write(key, value)
        os.utime(tmp_path / f"{key}.entry", (number, number))
    (tmp_path / "killed.part").write_bytes(b"x" * 1000)
    os.utime(tmp_path / "killed.part", (0, 0))
    assert Store(tmp_path).read("old") == value  # It was used last now.
    monkeypatch.setattr(cache, "MOST_BYTES", 1500)
    Store(tmp_path).write("newest", value)
    assert {path.name for path in tmp_path.iterdir()} == {"old.entry", "newest.entry"}


def test_two_writers_and_a_reader_work_concurrently(tmp_path: Path) -> None:
    values = [(str(number).encode() * 50_000,) for number in range(2)]

    def write(number: int) -> None:
        for _ in range(20):
            Store(tmp_path).write("key", values[number])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    results = [Store(tmp_path).read("key") for _ in range(40)]
    for thread in threads:
        thread.join()
    assert all(item is None or item in values for item in results)
    assert Store(tmp_path).read("key") in values
    assert [path.name for path in tmp_path.iterdir()] == ["key.entry"]


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reader, "LARGE", 0)
    monkeypatch.setenv("FIDDLEHEAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.json").write_text(json.dumps(DESCRIPTION))
    return tmp_path / "api.json"


GENERATE = ["generate", "api.json", "--package", "orchard", "--output", "out", "--no-project"]


def test_a_folder_that_cannot_be_written_to_is_no_error(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIDDLEHEAD_CACHE", str(spec / "below"))
    assert main(GENERATE) == 0
    assert (spec.parent / "out/orchard/__init__.py").exists()


def test_without_a_cache_nothing_is_read_or_written(spec: Path) -> None:
    assert main([*GENERATE, "--no-cache"]) == 0
    assert not (spec.parent / "cache").exists()
    assert main(["check", *GENERATE[1:]]) == 0
    assert (spec.parent / "cache").exists()


def key(spec: Path, code: str = "", settings_file: Path | None = None, **overrides: object) -> str:
    arguments = {"spec": spec, "package": "orchard", "output": Path("out"), **overrides}
    settings = config.load(settings_file, arguments, Diagnostics(), Path.cwd())
    return incremental_run.key(settings, [code])


def test_other_settings_and_other_versions_have_other_entries(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [key(spec), key(spec, package="grove"), key(spec, code="x"), key(spec, code="y")]
    (spec.parent / "fiddlehead.toml").write_text(
        'spec = "api.json"\noutput = "out"\npackage = "orchard"\n[python]\ntimeout = 5\n'
    )
    keys.append(key(spec, settings_file=spec.parent / "fiddlehead.toml"))
    monkeypatch.setattr(incremental_run, "__version__", "9.9.9")
    keys.append(key(spec))
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "settings",
    [
        'layout = "fern"',
        'audiences = ["public"]',
        '[naming.rename]\n"types.Tree" = "Plant"',
        '[rules]\n"bad-default" = {severity = "off", at = "#/info"}',
    ],
)
def test_settings_that_reach_into_the_description_use_no_cache(spec: Path, settings: str) -> None:
    text = 'spec = "api.json"\noutput = "out"\npackage = "orchard"\n'
    (spec.parent / "fiddlehead.toml").write_text(text + settings + "\n")
    assert main(["generate"]) == 0
    assert not (spec.parent / "cache").exists()
