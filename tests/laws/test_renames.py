"""A rename in the settings keeps the old name as a deprecated alias, unless the setting removes
it."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply, Server
from ..support import checkers, examples, pipeline

SPEC = Path(__file__).parent / "bookshop.yaml"
RENAMED = {
    "books.create": ("add", "create"),
    "books.create.title": ("heading", "title"),
    "types.Author": ("Writer", "Author"),
    "types.Author.name": ("full_name", "name"),
    "books": ("volumes", "books"),
}
SETTINGS = "\n".join(
    [
        "[naming.rename]",
        *(f'"{key}" = "{new}"' for key, (new, _) in RENAMED.items()),
        "[naming.aliases]",
        *(f'"{key}" = ["{old}"]' for key, (_, old) in RENAMED.items()),
    ]
)


def make(folder: Path, settings: str) -> pipeline.Generated:
    file = folder / "fiddlehead.toml"
    file.write_text(settings)
    built = pipeline.make(SPEC, "bookshop", file, project=False)
    assert built.diagnostics.reported == []
    built.write(folder)
    return built


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("renamed")
    make(folder, SETTINGS)
    return folder


@pytest.fixture
def bookshop(folder: Path) -> Iterator[Any]:
    with examples.importable(folder, "bookshop"):
        yield importlib.import_module("bookshop")


@pytest.fixture
def server() -> Iterator[Server]:
    own_server = Server()
    own_server.default = Reply(201, {"id": "1", "title": "Emma", "author": {"name": "Jane"}})
    yield own_server
    own_server.close()


def client(bookshop: Any, server: Server) -> Any:
    (name,) = (text for text in bookshop.__all__ if text.endswith("Client") and "Async" not in text)
    return getattr(bookshop, name)(token="x", base_url=server.url)


def test_new_names_are_silent(bookshop: Any, server: Server) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with client(bookshop, server) as co:
            book = co.volumes.add(heading="Emma", kind="novel")
        assert book.author.full_name == "Jane"
        assert type(book.author) is bookshop.Writer
    assert server.seen[-1].json == {"title": "Emma", "kind": "novel"}


def test_old_names_still_work_and_warn(bookshop: Any, server: Server) -> None:
    with client(bookshop, server) as co:
        with pytest.deprecated_call():
            books = co.books
        with pytest.deprecated_call():
            book = books.create(heading="Emma", kind="novel")
        with pytest.deprecated_call():
            co.volumes.add(title="Emma", kind="novel")
    assert server.seen[-1].json == {"title": "Emma", "kind": "novel"}
    with pytest.deprecated_call():
        assert bookshop.Author is bookshop.Writer
    with pytest.deprecated_call():
        assert importlib.import_module("bookshop.types").Author is bookshop.Writer
    with pytest.deprecated_call():
        assert book.author.name == "Jane"


def test_both_type_check(folder: Path) -> None:
    assert checkers.mypy(folder, ["bookshop"]) == {"bookshop": []}


def test_without_aliases_old_names_are_gone(tmp_path: Path, server: Server) -> None:
    make(tmp_path, SETTINGS.partition("[naming.aliases]")[0])
    with examples.importable(tmp_path, "bookshop"):
        bookshop = importlib.import_module("bookshop")
        assert not hasattr(bookshop, "Author")
        with client(bookshop, server) as co:
            assert not hasattr(co, "books") and not hasattr(co.volumes, "create")
            with pytest.raises(TypeError):
                co.volumes.add(title="Emma", kind="novel")


def test_a_rename_of_an_unknown_element_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "fiddlehead.toml"
    file.write_text('[naming.rename]\n"types.Nobody" = "Somebody"\n')
    built = pipeline.make(SPEC, "bookshop", file)
    (problems,) = built.diagnostics.reported
    assert "types.Nobody" in problems.message
