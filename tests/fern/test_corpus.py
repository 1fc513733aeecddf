"""All of Fern's own test definitions in ../shared can be read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fiddlehead import fern, ir
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

from ..support.skips import NEEDS_SHARED
from .definitions import SETTINGS

CORPUS = Path(__file__).parents[3] / "shared" / "fern-corpus"
APIS = sorted(path.parent.name for path in CORPUS.glob("*/definition"))

pytestmark = pytest.mark.skipif(not APIS, reason=NEEDS_SHARED)


def read(name: str) -> tuple[ir.Api, Diagnostics]:
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, CORPUS / name)
    api = fern.read(replace(SETTINGS, spec=CORPUS / name), sources, diagnostics)
    return api, diagnostics


@pytest.mark.parametrize("name", APIS)
def test_every_definition_is_read_without_problems(name: str) -> None:
    api, diagnostics = read(name)
    assert [diagnostic.render() for diagnostic in diagnostics.reported] == []
    described = sum(1 for _, item in ir.endpoints(api.root) if not item.id.endswith("#stream"))
    assert described == api.operations_found


@pytest.mark.parametrize("name", ["path-parameters", "exhaustive"])
def test_paths_are_those_that_fern_calls(name: str) -> None:
    """Fern's generator wrote the stubs: their calls are the described operations."""
    stubs = json.loads((CORPUS / name / "wiremock" / "wiremock-mappings.json").read_text("utf-8"))
    calls = {
        (stub["request"]["method"], stub["request"]["urlPathTemplate"])
        for stub in stubs["mappings"]
    }
    ours = {(endpoint.method, endpoint.path) for _, endpoint in ir.endpoints(read(name)[0].root)}
    assert ours & calls, "the corpus and the stubs have endpoints in common"
    similar = {(method, path.rstrip("/")): path for method, path in ours}
    for method, path in calls:
        # Not all files of these definitions are in the corpus; those that are agree to the slash.
        assert similar.get((method, path.rstrip("/")), path) == path
