"""Discriminators whose values are enums with several values: the tag alone selects the variant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench

CAT = "{type: string, enum: [cat, lion]}"
DOG = "{type: string, enum: [dog, wolf]}"
BOTH = "{type: string, enum: [cat, dog]}"


def _variant(kind: str, color: str, name: str) -> str:
    color = f"{{type: string{color}}}"
    return (
        f"{{type: object, required: [kind], properties: {{kind: {kind}, color: {color},"
        f" {name}: {{type: string}}}}}}"
    )


def _api(cat: str, dog: str, pet: str) -> str:
    return f"""
paths:
  /pets: {{get: {{operationId: pet, responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Pet"}}}}}}}}}}}}}}
components:
  schemas:
    CatKind: {CAT}
    DogKind: {DOG}
    Both: {BOTH}
    Cat: {cat}
    Dog: {dog}
    Pet: {pet}
"""


RED = ", enum: [red]"
NAMED = '{KEY: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}], discriminator: {propertyName: kind}}'
BASE = "{type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}"
CAT_KIND, DOG_KIND, SHARED = (
    f'{{$ref: "#/components/schemas/{name}"}}' for name in ("CatKind", "DogKind", "Both")
)
SUBCLASS = '{allOf: [{$ref: "#/components/schemas/Pet"}, %s]}'
APIS = {
    "oneOf": _api(
        _variant(CAT, RED, "meow"), _variant(DOG, "", "bark"), NAMED.replace("KEY", "oneOf")
    ),
    "anyOf of enums by reference": _api(
        _variant(CAT_KIND, RED, "meow"),
        _variant(DOG_KIND, "", "bark"),
        NAMED.replace("KEY", "anyOf"),
    ),
    "inline": _api(
        "{}",
        "{}",
        f"{{oneOf: [{_variant(CAT, RED, 'meow')}, {_variant(DOG, '', 'bark')}], discriminator: {{propertyName: kind}}}}",
    ),
    "subclasses": _api(
        SUBCLASS % _variant(CAT, RED, "meow"), SUBCLASS % _variant(DOG, "", "bark"), BASE
    ),
}


# In layout `fern`, as in Fern, a base without a mapping is one class.
@pytest.mark.parametrize(
    ("layout", "api"),
    [(x, api) for x in ("compact", "fern") for api in APIS if (x, api) != ("fern", "subclasses")],
)
def test_another_wrong_value_selects_no_other_variant(
    tmp_path: Path, layout: str, api: str
) -> None:
    with bench(tmp_path, APIS[api], layout=layout) as acme:
        assert acme.generated.diagnostics.reported == []
        acme.server.replies = [
            Reply(body={"kind": "cat", "color": "red", "meow": "m"}),
            Reply(body={"kind": "lion", "color": "blue", "bark": "b"}),
            Reply(body={"kind": "wolf", "color": 7, "meow": "m"}),
        ]
        client = acme.client()
        cat, lion, wolf = (client.pet() for _ in range(3))
        assert type(cat) is type(lion) and type(lion) is not type(wolf)
        assert "meow" in type(lion).model_fields and "bark" in type(wolf).model_fields
        assert (lion.kind, lion.color, wolf.kind, wolf.color) == ("lion", "blue", "wolf", 7)


@pytest.mark.parametrize("pet", ["oneOf", "subclasses"])
def test_an_enum_that_all_variants_share_names_no_variant(tmp_path: Path, pet: str) -> None:
    """Their values are the names of the components, then."""
    cat, dog = _variant(SHARED, "", "meow"), _variant(SHARED, "", "bark")
    if pet == "subclasses":
        api = _api(SUBCLASS % cat, SUBCLASS % dog, BASE)
    else:
        api = _api(cat, dog, NAMED.replace("KEY", "oneOf"))
    with bench(tmp_path, api) as acme:
        acme.server.replies = [Reply(body={"kind": "Dog", "meow": "m"})]
        assert type(acme.client().pet()) is acme.package.Dog
