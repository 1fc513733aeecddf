"""The table of extensions: what is read is in it, what is in it is read, and the page shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fiddlehead.openapi.extension_table import EXTENSIONS, SILENT, UNSUPPORTED, page

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "generator" / "fiddlehead" / "openapi"


def mentioned() -> set[str]:
    texts = (
        path.read_text(encoding="utf-8")
        for path in SOURCE.glob("*.py")
        if path.name != "extension_table.py"
    )
    return {
        name for text in texts for name in re.findall(r'"(x-(?:fern|fiddlehead)-[a-z-]+)"', text)
    }


def test_every_extension_that_is_read_is_in_the_table() -> None:
    assert mentioned() <= {*EXTENSIONS, *SILENT, *UNSUPPORTED}


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_extension_of_the_table_is_read(name: str) -> None:
    assert name in mentioned()


def test_the_page_is_what_the_table_says() -> None:
    """`make docs` writes it anew."""
    assert (ROOT / "docs" / "extensions.md").read_text(encoding="utf-8") == page()
