"""A package with a thousand types: its names are a text, which is searched when one is used."""

from __future__ import annotations

import difflib
import importlib
import pickle
from pathlib import Path

import pytest

from ..support import checkers
from .workbench import bench, make

LAYOUTS = ("compact", "fern")
USE = """
from typing_extensions import assert_type

from acme import Thing7
from acme.types import Thing8

def count(thing: Thing7) -> int:
    return thing.count

assert_type(Thing8(count=1).count, int)
assert_type(Thing8(count=1).count, str)  # expected: a mistake
"""


def description(number: int) -> str:
    lines = ["paths: {}", "components:", "  schemas:"]
    for index in range(number):
        fields = "required: [count], properties: {count: {type: integer}}"
        lines.append(f"    Thing{index}: {{type: object, {fields}}}")
    return "\n".join(lines)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_names_are_found_in_a_text(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, description(1000), layout=layout) as it:
        types = it.module("types")
        assert "NameTable" in it.generated.files["acme/types/__init__.py"]
        assert it.package.Thing7 is types.Thing7 is it.module("types.thing7").Thing7
        thing = pickle.loads(pickle.dumps(types.Thing999(count=1)))
        assert thing.count == 1
        names = {f"Thing{index}" for index in range(1000)}
        assert set(dir(types)) == set(types.__all__) == names
        assert len(types._names) == 1000
        assert names <= set(dir(it.package))
        stars: dict[str, object] = {}
        exec("from acme.types import *", stars)
        assert names <= stars.keys()
        for missing in ("Thing", "Thing1000", "things", ".thing7", "", "Thing7\n.thing8"):
            with pytest.raises(AttributeError, match="has no attribute"):
                getattr(types, missing)


def test_the_module_of_a_name_may_be_longer_than_a_line(tmp_path: Path) -> None:
    long = "Batch" * 18
    text = description(1000).replace("Thing500", long)
    with bench(tmp_path, text, layout="fern") as it:
        assert getattr(it.package, long)(count=1).count == 1


def test_smaller_packages_have_a_dictionary(tmp_path: Path) -> None:
    files = make(tmp_path, description(999)).files
    assert "acme/types/_exports.py" not in files
    assert "acme/core/name_table.py" not in files
    assert '        "Thing7": ".thing7",\n' in files["acme/types/__init__.py"]


def test_a_type_is_a_line_for_each_reader(tmp_path: Path) -> None:
    before = make(tmp_path, description(1000)).files
    after = make(tmp_path, description(1001)).files
    for name, lines in (
        ("types/__init__.py", ["+.thing1000", "+Thing1000"]),
        ("types/_exports.py", ["+from .thing1000 import Thing1000 as Thing1000"]),
    ):
        old, new = (files[f"acme/{name}"].split("\n") for files in (before, after))
        diff = [*difflib.unified_diff(old, new, n=0, lineterm="")][3:]
        assert diff == lines


@pytest.mark.parametrize("layout", LAYOUTS)
def test_type_checkers_see_the_names(tmp_path: Path, layout: str) -> None:
    make(tmp_path, description(1000), layout=layout).write(tmp_path / "out")
    (tmp_path / "out" / "user.py").write_text(USE)
    line = 1 + next(n for n, text in enumerate(USE.split("\n")) if "a mistake" in text)
    for checker in (checkers.mypy, checkers.pyright):
        errors = checker(tmp_path / "out", ["user.py"]).values()
        assert {text.split(": ")[0] for texts in errors for text in texts} == {f"user.py:{line}"}


def test_the_module_of_names_can_be_imported(tmp_path: Path) -> None:
    with bench(tmp_path, description(1000)) as it:
        names = importlib.import_module("acme.types._exports")
        assert names.Thing7 is it.package.Thing7
