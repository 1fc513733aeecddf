"""All real descriptions in ../shared are read without an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead import ir, openapi
from fiddlehead.config import Settings
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

from ..support.skips import NEEDS_SHARED

SPECS = Path(__file__).parents[2].parent / "shared" / "specs"
FILES = sorted(SPECS.glob("*.yaml")) + sorted(SPECS.glob("oai-examples/v3*.yaml"))

pytestmark = pytest.mark.skipif(not FILES, reason=NEEDS_SHARED)

OPERATIONS = {
    "asana.yaml": 247,
    "langfuse_organizations.yaml": 8,
    "mistral.yaml": 173,
    "openai.yaml": 288,
    "petstore.yaml": 3,
    "resend.yaml": 104,
    "tictactoe.yaml": 3,
    "twilio_api_v2010.yaml": 197,
    "twilio_lookups_v1.yaml": 1,
}
"""How many operations each has, as counted by hand in the list of the descriptions."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_real_description_is_read(file: Path) -> None:
    diagnostics = Diagnostics()
    settings = Settings(spec=file, output=Path("out"), package="acme", spec_label="spec")
    api = openapi.read(settings, Sources(diagnostics, file.parent), diagnostics)
    assert [error.render() for error in diagnostics.errors] == []
    assert api.operations_found == OPERATIONS.get(file.name, api.operations_found)
    assert api.operations_left_out == 0
    endpoints = list(ir.endpoints(api.root))
    ids = {endpoint.id.removesuffix("#stream") for _, endpoint in endpoints}
    assert len(ids) == api.operations_found
    for declaration in api.declarations.values():
        assert str(declaration.span) != ":1:1"
        assert all(words for words in declaration.name.words)
