"""The type checkers of the tests check equal modules once, and report the errors of all others."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from .support import checkers, pyright_server
from .support.copies import copies

PACKAGES = {
    "one": {
        "__init__.py": "",
        "client.py": "from .core.http import get\n\n\nclass Client:\n    one: int = get()\n",
        "core/__init__.py": "",
        "core/http.py": "from ..kind import Kind\n\n\ndef get() -> Kind:\n    return 1\n",
        "core/text.py": "def text() -> str:\n    from . import words\n\n    return words.WORD\n",
        "core/words.py": "WORD = 'a'\n",
        "kind.py": "Kind = int\n",
    }
}
PACKAGES["same"] = {**PACKAGES["one"], "more.py": "from .core.text import text as text\n"}
PACKAGES["other"] = {**PACKAGES["one"], "kind.py": "Kind = str\n"}
"""Its `core/http.py` has an error, though the text of it is that of the first package."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for package, files in PACKAGES.items():
        for name, text in files.items():
            path = tmp_path / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return tmp_path


def test_a_copy_has_the_same_imports(folder: Path) -> None:
    assert {*map(str, copies(folder, [*PACKAGES]))} == {
        "same/__init__.py",
        "same/client.py",
        "same/core/__init__.py",
        "same/core/http.py",
        "same/core/text.py",
        "same/core/words.py",
        "same/kind.py",
        "other/__init__.py",
        "other/core/__init__.py",
        "other/core/text.py",
        "other/core/words.py",
    }
    assert copies(folder, ["other", "same"]) == [
        PurePosixPath("same", name)
        for name in ("__init__.py", "core/__init__.py", "core/text.py", "core/words.py")
    ]


@pytest.mark.parametrize("checker", [checkers.mypy, checkers.pyright])
def test_errors_outside_of_copies_are_reported(folder: Path, checker: checkers.Checker) -> None:
    errors = checker(folder, [*PACKAGES])
    assert errors["one"] == errors["same"] == []
    assert {error.partition(":")[0] for error in errors["other"]} == {
        "other/client.py",
        "other/core/http.py",
    }


def test_each_check_sees_its_own_folder(tmp_path: Path) -> None:
    """The server of pyright stays, and packages of one name differ; a full one is replaced."""
    for number in range(pyright_server.CHECKS + 2):
        folder = tmp_path / str(number)
        (folder / "acme").mkdir(parents=True)
        (folder / "acme" / "__init__.py").write_text(f"NAME: str = {number % 2 or '1.5'}\n")
        (folder / "use.py").write_text(
            f"import acme\n\nnumber: str = acme.NAME\nmissing = acme.x{number}\n"
        )
        errors = checkers.pyright(folder, ["acme", "use.py"])
        assert len(errors["acme"]) == 1 and ("float" in errors["acme"][0]) == (number % 2 == 0)
        assert errors["use.py"] and all(
            f"x{number}" in text or "missing" in text for text in errors["use.py"]
        )
