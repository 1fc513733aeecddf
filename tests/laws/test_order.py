"""The order of keys in mappings changes no byte, if the order has no meaning."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .documents import described, generate, load, shuffled

APIS = dict(described())


@pytest.mark.parametrize("name", APIS)
def test_a_shuffled_description_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    document = load(APIS[name])
    expected = generate(name, document, tmp_path)
    for seed in (1, 2):
        other = shuffled(document, random.Random(seed))
        assert other == document
        built = generate(name, other, tmp_path)
        differing = [
            path
            for path in expected.files.keys() | built.files.keys()
            if expected.files.get(path) != built.files.get(path)
        ]
        assert sorted(differing) == []
        assert [error.code for error in built.diagnostics.errors] == []


def test_orders_that_mean_something_are_kept(tmp_path: Path) -> None:
    """Properties, parameters, values and variants have the order of the description."""
    files = generate("laws", load(APIS["laws"]), tmp_path).files
    books = files["acme/books/client.py"]
    assert books.index("title: str") < books.index("kind: ") < books.index("price: ")
    assert books.index("after: str") < books.index("sort: ")
    all_items = "".join(files[name] for name in sorted(files))
    assert '"hardcover", "paperback"' in all_items and '"novel", "poems"' in all_items
    book = all_items[all_items.index("class Book(") :]
    assert book.index("title:") < book.index("sequel:") < book.index("size:")
