"""`diff` of two large descriptions reuses the first for the second, and gives the same report as
without reuse."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.cli import main
from fiddlehead.incremental import Incremental
from fiddlehead.source.json_reader import reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.incremental.test_incremental import DESCRIPTION, changed_at, edited


class Pair:
    """Two descriptions on disk, and the reports of what differs."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._folder = folder
        self._patch = patch
        self._capsys = capsys
        self._shared: list[bool] = []
        second = Incremental.second

        def spied(run: Incremental, *arguments: Any) -> object:
            result = second(run, *arguments)
            self._shared.append(result is not None)
            return result

        patch.setattr(reader, "LARGE", 0)
        patch.setattr(Incremental, "second", spied)
        patch.chdir(folder)

    def write(self, old: object, new: object) -> None:
        for name, description in (("old", old), ("new", new)):
            text = (
                description if isinstance(description, str) else json.dumps(description, indent=1)
            )
            (self._folder / f"{name}.json").write_text(text)

    def same(self, *options: str) -> bool:
        """Compares the reports, which have to agree; whether anything was shared."""
        self._shared.clear()
        shared = self._report(*options)
        with self._patch.context() as patch:
            patch.setattr(Incremental, "first_of_two", lambda _settings: None)
            assert self._report(*options) == shared
        return self._shared == [True]

    def _report(self, *options: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main(["diff", "old.json", "new.json", *options])
        out, err = self._capsys.readouterr()
        return code, out, err


@pytest.fixture
def pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Pair:
    return Pair(tmp_path, monkeypatch, capsys)


_SCHEMAS = "components.schemas"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{_SCHEMAS}.Note.properties.text.type", "integer"),
        (f"{_SCHEMAS}.Thing.properties.id.type", "integer"),
        (f"{_SCHEMAS}.Note.properties.text.minLength", 3),
        (f"{_SCHEMAS}.Owner.properties.since", None),
        (f"{_SCHEMAS}.Note.properties.tone.enum", ["good", "bad", "sad"]),
        (f"{_SCHEMAS}.Note.required", ["text"]),
        # The places after it move.
        (f"{_SCHEMAS}.Basket.description", "What fruit is in.\n\nAfter a while."),
        (f"{_SCHEMAS}.Basket.x-unknown", {"a": [1, 2, 3]}),
    ],
)
def test_a_change_of_a_type_is_reported_from_shared_sides(
    pair: Pair, path: str, value: object
) -> None:
    pair.write(DESCRIPTION, changed_at(path, value))
    assert pair.same("--format", "json")


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(lambda: changed_at("paths./trees.get.summary", "All."), id="an operation"),
        pytest.param(lambda: changed_at(f"{_SCHEMAS}.Owner.title", "Gardener"), id="a name"),
        pytest.param(lambda: changed_at(f"{_SCHEMAS}.Extra", {"type": "object"}), id="a new type"),
        pytest.param(lambda: "{", id="no JSON"),
    ],
)
def test_another_change_is_reported_from_whole_sides(pair: Pair, new: Callable[[], object]) -> None:
    pair.write(DESCRIPTION, new())
    assert not pair.same("--format", "json")


@pytest.mark.parametrize(
    "options", [["--format", "markdown"], ["--format", "text"], ["--layer", "python"]], ids=" ".join
)
def test_moved_lines_are_those_of_the_new_description(pair: Pair, options: list[str]) -> None:
    new = changed_at(f"{_SCHEMAS}.Note.properties.text.type", "integer")
    new["components"]["schemas"]["Basket"]["x-unknown"] = [*range(40)]
    pair.write(DESCRIPTION, new)
    assert pair.same(*options)


def test_settings_with_tests_share_the_sides_too(pair: Pair, tmp_path: Path) -> None:
    pair.write(DESCRIPTION, changed_at(f"{_SCHEMAS}.Note.properties.text.type", "integer"))
    (tmp_path / "fiddlehead.toml").write_text('package = "acme"\n\n[python]\ntests = true\n')
    assert pair.same("--format", "json")


def test_html_shows_the_files_of_whole_sides(pair: Pair) -> None:
    pair.write(DESCRIPTION, changed_at(f"{_SCHEMAS}.Note.properties.text.type", "integer"))
    assert not pair.same("--format", "html")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_random_edits_give_the_report_of_whole_sides(pair: Pair, data: st.DataObject) -> None:
    one = edited(DESCRIPTION, data, 1)
    pair.write(copy.deepcopy(DESCRIPTION), edited(one, data, 1))
    pair.same("--format", "json")
