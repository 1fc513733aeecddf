"""Both frontends read nodes alike, and report the same for a value of the wrong type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fiddlehead.config import Settings
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.fern.values import Values
from fiddlehead.frontend_kit.node_reader import NodeReader
from fiddlehead.openapi.document.context import Context
from fiddlehead.source import Node, Sources

TEXT = """
string: word
version: 1.0
quoted: "true"
yes: true
whole: 2.0
half: 0.5
none:
list: [a, 1, true, {b: c}]
"""


def fern(node: Node, sources: Sources, diagnostics: Diagnostics) -> NodeReader:
    return Values(diagnostics)


def openapi(node: Node, sources: Sources, diagnostics: Diagnostics) -> NodeReader:
    settings = Settings(spec=node.file, output=Path("out"), package="p", spec_label="spec")
    return Context(settings, sources, diagnostics, node)


@pytest.mark.parametrize("make", [fern, openapi])
def test_values_by_key(
    make: Callable[[Node, Sources, Diagnostics], NodeReader], tmp_path: Path
) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(TEXT, encoding="utf-8")
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, tmp_path)
    node = sources.load(path)
    assert node is not None
    reader = make(node, sources, diagnostics)
    assert reader.string(node, "string") == "word"
    assert reader.string(node, "version") == "1.0"
    assert reader.string(node, "yes") == "true"
    assert reader.boolean(node, "quoted") is True
    assert reader.integer(node, "whole") == 2
    assert reader.string(node, "none") is None
    assert reader.strings(node, "string") == ["word"]
    assert [diagnostic.message for diagnostic in diagnostics.reported] == []
    assert reader.strings(node, "list") == ["a", "1", "true"]
    assert reader.boolean(node, "string") is None
    assert reader.integer(node, "half") is None
    assert reader.mapping(node, "list") is None
    assert sorted(diagnostic.message for diagnostic in diagnostics.reported) == [
        "expected a mapping for 'list', found a list; it is left out",
        "expected a string for an item of 'list', found a mapping; it is left out",
        "expected an integer for 'half', found a number; it is left out",
        "expected true or false for 'string', found a string; it is left out",
    ]
