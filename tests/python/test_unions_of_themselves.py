"""Unions with a discriminator that contain themselves: the other variants are decoded."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench

API = """
paths:
  /pets: {get: {operationId: pet, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}}}
components:
  schemas:
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: string}}}
"""
CAT, DOG, PET = (f'{{$ref: "#/components/schemas/{name}"}}' for name in ("Cat", "Dog", "Pet"))
MAPPING = 'cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"'
UNIONS = {
    "in the mapping": f"""
    Pet:
      oneOf: [{CAT}, {DOG}]
      discriminator: {{propertyName: kind, mapping: {{{MAPPING}, pet: "#/components/schemas/Pet"}}}}
""",
    "in the list": f"""
    Pet:
      oneOf: [{CAT}, {PET}, {DOG}]
      discriminator: {{propertyName: kind, mapping: {{{MAPPING}}}}}
""",
    "through another union": f"""
    Pet:
      oneOf: [{CAT}, {{$ref: "#/components/schemas/Hound"}}]
      discriminator: {{propertyName: kind, mapping: {{cat: "#/components/schemas/Cat", dog: "#/components/schemas/Hound", pet: "#/components/schemas/Hound"}}}}
    Hound:
      oneOf: [{DOG}, {PET}]
      discriminator: {{propertyName: kind, mapping: {{dog: "#/components/schemas/Dog", pet: "#/components/schemas/Pet"}}}}
""",
    "through an alias": f"""
    Pet:
      oneOf: [{CAT}, {DOG}, {{$ref: "#/components/schemas/Same"}}]
      discriminator: {{propertyName: kind, mapping: {{{MAPPING}, pet: "#/components/schemas/Same"}}}}
    Same: {PET}
""",
}


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("union", UNIONS)
def test_the_other_variants_are_decoded(tmp_path: Path, layout: str, union: str) -> None:
    with bench(tmp_path, API + UNIONS[union], layout=layout) as acme:
        (warning,) = acme.generated.diagnostics.warnings
        assert warning.span is not None
        fern_leaves_out = layout == "fern" and union == "in the list"
        assert warning.code == ("discriminator" if fern_leaves_out else "reference-loop")
        client = acme.client()
        acme.server.replies = [
            Reply(body={"kind": "cat", "lives": 9}),
            Reply(body={"kind": "dog", "bark": "woof"}),
            Reply(body={"kind": "pet", "name": "Tom"}),
        ]
        assert client.pet().lives == 9
        assert client.pet().bark == "woof"
        unknown = client.pet()
        assert (unknown.kind, unknown.name) == ("pet", "Tom")
