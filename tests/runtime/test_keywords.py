"""The keywords of generated calls: the runtime reads each of them, and the design notes list it.

`Call` is a plain dict, so no type checker finds a keyword that is not read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLED = {"_request", "_send", "_stream", "_download", "_paginate", "_custom_pages"}
CALLED |= {"_connect", "_wait"}


def printed() -> Iterator[str]:
    """The keywords of the calls in generated clients."""
    folders = [ROOT / "generated", *(ROOT / "tests/cases").glob("*/expected")]
    for path in (each for folder in folders for each in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CALLED:
                yield from (each.arg for each in node.keywords if each.arg is not None)


def read() -> Iterator[str]:
    """Texts and names of parameters in the runtime."""
    for path in (ROOT / "templates/runtime").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.arg):
                yield node.arg


def documented() -> set[str]:
    text = (ROOT / "docs/design-notes.md").read_text(encoding="utf-8")
    table = text.partition("### Keywords of a call\n")[2].partition("\n#")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`(\w+)`", " ".join(rows)))


def test_the_runtime_reads_each_keyword_and_the_notes_list_it() -> None:
    names = {*printed()}
    assert {"path", "json", "options", "terminator", "cursor", "state"} <= names
    assert names <= {*read()}
    assert names <= documented() <= {*read()}
