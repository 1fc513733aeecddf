"""Generated example values for large real descriptions are valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support import pipeline
from ..support.made_up import violations
from ..support.pipeline import SHARED
from ..support.skips import NEEDS_SHARED

SPECS = SHARED / "specs"
FILES = [
    *(SPECS / f"{name}.yaml" for name in ("asana", "figma", "mistral", "openai")),
    SPECS / "twilio_api_v2010.yaml",
    SPECS / "kestra.yml",
    SPECS / "qdrant.json",
    SPECS / "cohere" / "openapi.yaml",
    SPECS / "label-studio" / "openapi" / "openapi.yaml",
    SPECS / "adyen" / "CheckoutService-v71.yaml",
    SPECS / "opc_baseline_3.0.json",
    SPECS / "opc_baseline_3.1.yaml",
]

KNOWN = {
    # One part of the allOf forbids the properties of the other: no value is valid.
    "opc_baseline_3.0": [
        "GET /models/allof response $.extended: Additional properties are not allowed "
        "('fromExtended' was unexpected)"
    ],
    "opc_baseline_3.1": [
        "GET /models/allof response $.extended: Additional properties are not allowed "
        "('fromExtended' was unexpected)"
    ],
}

pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason=NEEDS_SHARED)


@pytest.mark.parametrize("spec", FILES, ids=lambda spec: spec.stem)
def test_values_of_a_large_description(spec: Path) -> None:
    assert [*violations(pipeline.read_spec(spec), spec)] == KNOWN.get(spec.stem, [])
