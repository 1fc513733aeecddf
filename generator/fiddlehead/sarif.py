"""SARIF 2.1.0 (OASIS), the format of code scanning services: the log structure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

from . import __version__

# Any, because SARIF is heterogeneous JSON that is only written.
Object: TypeAlias = dict[str, Any]


def log(rules: Sequence[Object], results: Sequence[Object]) -> str:
    """The text of a log of one run. `ruleIndex` of a result is an index of `rules`."""
    driver = {"name": "fiddlehead", "semanticVersion": __version__, "rules": list(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(results),
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def physical_location(
    file: str, line: int, column: int | None, end_line: int | None, end_column: int | None
) -> Object:
    """A region of a file; lines and columns start at 1, and None is left out."""
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    return {
        "artifactLocation": {"uri": quote(file)},
        "region": {name: value for name, value in region.items() if value is not None},
    }
