"""Unions with and without a discriminator, `allOf`, and combinations of them."""

from __future__ import annotations

import pytest
from fiddlehead import ir
from fiddlehead.config import ImporterSettings

from .descriptions import Read, components, schemas, show, spell


def test_a_union_by_shape() -> None:
    result = schemas("""
        Cat: {properties: {meow: {type: string}}}
        Content:
          description: What is said.
          oneOf:
            - {type: string}
            - {type: array, items: {$ref: '#/components/schemas/Cat'}}
            - {type: string, format: uuid}
            - {type: object, properties: {a: {type: string}}}
            - {type: object, properties: {kind: {const: photo}, b: {type: string}}}
            - {title: Video, type: object, properties: {c: {type: string}}}
        """)
    content = result["Content"]
    assert isinstance(content, ir.Union) and content.discriminator is None
    assert content.doc == "What is said."
    assert show(content) == "string | list[Cat] | Content.Three | Content.photo | Video"


def test_a_list_of_types_is_a_union() -> None:
    result = schemas("Value: {type: [string, integer, 'null'], minimum: 3}")
    assert show(result["Value"]) == "string | integer"


def test_a_union_of_one_is_that_one() -> None:
    result = schemas("""
        Cat: {properties: {meow: {type: string}}}
        A: {anyOf: [{$ref: '#/components/schemas/Cat'}]}
        B: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Cat'}]}
        C: {oneOf: [{type: object, properties: {x: {type: string}}}]}
        """)
    assert {name: show(result[name]) for name in "ABC"} == {
        "A": "Cat",
        "B": "Cat",
        "C": {"x~": "string"},
    }


PETS = """
    Pet:
      oneOf:
        - {$ref: '#/components/schemas/Cat'}
        - {$ref: '#/components/schemas/Dog'}
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', dog: Dog}
    Cat: {required: [kind], properties: {kind: {const: cat}, meow: {type: string}}}
    Dog: {required: [kind], properties: {kind: {const: dog}, bark: {type: string}}}
    """


def test_a_union_by_tag() -> None:
    result = schemas(PETS)
    pet = result["Pet"]
    assert isinstance(pet, ir.Union)
    assert pet.discriminator == ir.Discriminator("kind")
    assert show(pet) == {"cat": "Cat", "dog": "Dog"}


def test_the_union_has_the_discriminator_of_types_that_are_only_its_variants() -> None:
    assert show(schemas(PETS)["Cat"]) == {"meow~": "string"}
    home = "Home: {properties: {cat: {$ref: '#/components/schemas/Cat'}}}"
    elsewhere = f"{PETS.rstrip()}\n    {home}\n"
    result = schemas(elsewhere)
    assert show(result["Cat"]) == {"kind": "'cat'", "meow~": "string"}
    assert show(result["Dog"]) == {"bark~": "string"}
    never = ImporterSettings(remove_discriminants_from_schemas="never")
    assert show(schemas(PETS, importer=never)["Cat"]) == {"kind": "'cat'", "meow~": "string"}


def test_the_discriminator_is_removed_from_a_common_parent_too() -> None:
    result = schemas("""
        Event:
          oneOf: [{$ref: '#/components/schemas/Start'}, {$ref: '#/components/schemas/End'}]
          discriminator:
            propertyName: type
            mapping: {start: '#/components/schemas/Start', end: '#/components/schemas/End'}
        Base: {required: [type], properties: {type: {enum: [start, end]}, at: {type: integer}}}
        Start: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {type: string}}}]}
        End: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {b: {type: string}}}]}
        """)
    assert show(result["Base"]) == {"at~": "integer"}
    assert show(result["Start"]) == {"<": "Base", "a~": "string"}


def test_a_discriminator_without_a_mapping_has_the_names_of_components() -> None:
    text = """
        Pet:
          {marker}
          oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
          discriminator: {{propertyName: kind}}
        Cat: {{properties: {{kind: {{const: cat}}}}}}
        Dog: {{properties: {{bark: {{type: string}}, kind: {{type: string}}}}}}
        """
    tags = {"cat": "Cat", "Dog": "Dog"}
    for marker, inline in (("", False), ("x-fern-discriminated: true", True)):
        pet = schemas(text.format(marker=marker))["Pet"]
        assert isinstance(pet, ir.Union) and show(pet) == tags
        assert pet.discriminator == ir.Discriminator("kind", inline=inline)


def test_a_union_may_be_declared_without_a_tag() -> None:
    for marker in ("x-fern-undiscriminated: true", "x-fern-discriminated: false"):
        result = schemas(PETS.replace("oneOf:", f"{marker}\n      oneOf:"))
        assert show(result["Pet"]) == "Cat | Dog"
        assert show(result["Cat"]) == {"kind": "'cat'", "meow~": "string"}


def test_the_tag_of_a_server_sent_event() -> None:
    text = """
        Event:
          oneOf: [{$ref: '#/components/schemas/Ping'}]
          discriminator: {propertyName: event, mapping: {ping: '#/components/schemas/Ping'}%s}
        Ping: {properties: {event: {const: ping}, data: {type: string}%s}}
        """

    def context(extension: str, more: str) -> str:
        event = schemas(text % (extension, more))["Event"]
        assert isinstance(event, ir.Union) and event.discriminator is not None
        return event.discriminator.context

    assert context("", "") == "protocol"
    assert context("", ", more: {type: string}") == "data"
    assert context(", x-fern-discriminator-context: data", "") == "data"
    assert context(", x-fern-discriminator-context: protocol", ", m: {type: string}") == "protocol"


def test_a_base_with_a_mapping_is_the_union_of_its_heirs() -> None:
    result = schemas("""
        Pet:
          type: object
          required: [kind, name]
          properties: {kind: {type: string}, name: {type: string}}
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meow: {type: string}}}]}
        """)
    assert show(result["Pet"]) == {"cat": "Cat"}
    assert show(result["Cat"]) == {"name": "string", "meow~": "string"}


def test_wrong_discriminators_are_problems_with_their_places() -> None:
    result = Read(components("""
        Cat: {properties: {meow: {type: string}}}
        A:
          oneOf: [{$ref: '#/components/schemas/Cat'}]
          discriminator: {mapping: {cat: '#/components/schemas/Cat'}}
        B:
          oneOf: [{$ref: '#/components/schemas/Cat'}]
          discriminator: {propertyName: kind, mapping: {cat: Cat, dog: '#/components/schemas/Dog'}}
        C:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {a: {}}}]
          discriminator: {propertyName: kind, mapping: {cat: 1, kitten: Cat}}
        """))
    assert result.problems == [
        "openapi.yaml:9:22: warning[missing-key]: a discriminator requires 'propertyName'",
        "openapi.yaml:12:58: warning[discriminator]: 'Cat' has no property 'kind', which the discriminator requires",
        "openapi.yaml:12:68: warning[unresolved-reference]: the mapping refers to '#/components/schemas/Dog', which does not exist: the variant is left out",
        "openapi.yaml:14:51: warning[discriminator]: this variant has no value for 'kind': variants are selected by their properties",
        "openapi.yaml:15:58: warning[wrong-type]: expected the name of a schema, found a number; it is left out",
        "openapi.yaml:15:69: warning[discriminator]: 'Cat' has no property 'kind', which the discriminator requires",
    ]


# --- allOf -----------------------------------------------------------------------------------


def test_references_in_an_all_of_are_parents() -> None:
    result = schemas("""
        Base: {required: [id], properties: {id: {type: string}}}
        Other: {properties: {x: {type: string}}}
        Child:
          description: A child.
          allOf:
            - {$ref: '#/components/schemas/Base'}
            - {$ref: '#/components/schemas/Other'}
            - {required: [a], properties: {a: {type: string}}}
          properties: {b: {type: string}}
        """)
    assert show(result["Child"]) == {"<": "Base, Other", "a": "string", "b~": "string"}
    assert result["Child"].doc == "A child."
    inline = ImporterSettings(inline_all_of_schemas=True)
    copied = schemas(
        """
        Base: {required: [id], properties: {id: {type: string}}}
        Child: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {b: {type: string}}}
        """,
        importer=inline,
    )
    assert show(copied["Child"]) == {"id": "string", "b~": "string"}


def test_an_all_of_of_one_is_that_one() -> None:
    result = schemas("""
        Base: {properties: {id: {type: string}}}
        Size: {enum: [s, m]}
        Alias: {description: Described., allOf: [{$ref: '#/components/schemas/Base'}]}
        Holder:
          properties:
            size: {allOf: [{$ref: '#/components/schemas/Size'}], default: s, description: How big.}
            inner: {allOf: [{type: object, properties: {a: {type: string}}}]}
        """)
    assert show(result["Alias"]) == "Base"
    assert show(result["Holder"]) == {"size~": "Size", "inner~": "Holder.inner"}
    holder = result["Holder"]
    assert isinstance(holder, ir.Model)
    assert (holder.fields[0].doc, holder.fields[0].default) == ("How big.", ir.Default("s"))


def test_a_parent_that_a_child_changes_is_copied() -> None:
    result = schemas("""
        Base: {required: [id], properties: {id: {type: string}, size: {enum: [s, m]}}}
        Requires: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [size]}]}
        Narrows:
          allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {id: {const: fixed}, size: {description: How big.}}
        """)
    assert show(result["Requires"]) == {"id": "string", "size": "Base.size"}
    assert show(result["Narrows"]) == {"id": "'fixed'", "size~": "Base.size"}
    assert sum(name.endswith("size") for name in result.names) == 1


def test_parents_of_one_family_do_not_clash() -> None:
    result = schemas("""
        Base: {properties: {id: {type: string}}}
        A: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {b: {type: string}}}]}
        Both: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        """)
    assert show(result["Both"]) == {"<": "A", "b~": "string"}


def test_parts_that_contradict_each_other_are_warnings() -> None:
    result = Read(components("""
        Base: {properties: {id: {type: string}, other: {type: integer}}}
        Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {id: {type: integer}}}]}
        Scalar: {allOf: [{type: string}, {type: boolean}]}
        Mixed: {allOf: [{type: string}, {type: object}]}
        Formats: {allOf: [{type: string, format: date}, {type: string, format: date-time}]}
        Enums: {allOf: [{enum: [a, b]}, {enum: [c, d]}]}
        """))
    both = "in another part of this 'allOf': no value matches both"
    assert [
        problem.partition("warning[conflicting-allof]: ")[2] for problem in result.problems
    ] == [
        f"'id' is of type integer here and of type string {both}",
        f"this is of type boolean, and of type string {both}",
        f"this is an object, and of type string {both}",
        f"this is of type string and format date-time, and of type string and format date {both}",
        f'this is one of "c", "d", and one of "a", "b" {both}',
    ]
    lines = {name: show(result[name]) for name in ("Child", "Scalar", "Mixed")}
    assert lines == {"Child": {"id~": "any", "other~": "integer"}, "Scalar": "any", "Mixed": "any"}


WAYS = {
    "a format": ("{type: string}", "{type: string, format: date-time}", "date-time"),
    "a format without a type": ("{type: string}", "{format: date-time}", "date-time"),
    "an enum": ("{type: string, enum: [a, b]}", "{type: string}", "Model.x"),
    "an enum by reference": ("{$ref: '#/components/schemas/Kind'}", "{type: string}", "Kind"),
    "a constant": ("{type: string}", "{const: a}", "'a'"),
    "a constant of an enum": ("{$ref: '#/components/schemas/Kind'}", "{const: a}", "'a'"),
    "whole numbers": ("{type: number}", "{type: integer}", "integer"),
    "anything": ("{}", "{type: integer}", "integer"),
    "null": ("{type: [string, 'null']}", "{type: string}", "string"),
    "null of both": ("{type: [string, 'null']}", "{type: ['null', string]}", "string?"),
    "items": (
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: string, format: date}}",
        "list[date]",
    ),
    "values": (
        "{type: object, additionalProperties: {}}",
        "{type: object, additionalProperties: {type: integer}}",
        "map[string, integer]",
    ),
    "an heir": (
        "{$ref: '#/components/schemas/Base'}",
        "{$ref: '#/components/schemas/Mid'}",
        "Mid",
    ),
    "a variant": (
        "{oneOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Other'}]}",
        "{$ref: '#/components/schemas/Other'}",
        "Other",
    ),
    "a type of a union": ("{oneOf: [{type: string}, {type: integer}]}", "{type: string}", "string"),
}


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("referred", [False, True], ids=["in place", "by reference"])
def test_the_narrower_of_two_parts_counts_in_any_order(
    way: str, turned: bool, referred: bool
) -> None:
    one, two, expected = WAYS[way]
    if turned:
        one, two = two, one
    parts = [f"{{properties: {{x: {item}}}}}" for item in (one, two)]
    members = ["{$ref: '#/components/schemas/One'}", parts[1]] if referred else parts
    read = Read(components(f"""
        Kind: {{type: string, enum: [a, b]}}
        Base: {{properties: {{p: {{type: string}}}}}}
        Other: {{properties: {{q: {{type: string}}}}}}
        Mid: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{m: {{}}}}}}]}}
        One: {parts[0]}
        Model: {{allOf: [{', '.join(members)}]}}
        """))
    assert read.problems == []
    text = show(read["Model"])
    assert isinstance(text, dict)
    result = text.get("x~") or dict(show(read["One"]))["x~"]
    assert result.replace("One.x", "Model.x") == expected


def test_all_parts_of_an_all_of_of_unions_are_kept() -> None:
    result = schemas("""
        A: {required: [a], properties: {a: {type: string}}}
        B: {required: [b], properties: {b: {type: string}}}
        C: {required: [c], properties: {c: {type: string}}}
        D: {required: [d], properties: {d: {type: string}}}
        Both:
          allOf:
            - oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
            - oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]
        """)
    models = [result[name] for name in result.names if name.startswith("Both")]
    bases = [
        sorted(spell(base) for base in model.extends)
        for model in models
        if isinstance(model, ir.Model)
    ]
    assert sorted(bases) == [["A", "C"], ["A", "D"], ["B", "C"], ["B", "D"]]


def test_a_schema_that_inherits_from_itself_is_an_error() -> None:
    result = Read(components("""
        A: {allOf: [{$ref: '#/components/schemas/B'}], properties: {a: {type: string}}}
        B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {b: {type: string}}}
        """))
    assert result.problems == [
        "openapi.yaml:6:8: warning[reference-loop]: references between schemas form a cycle; their type is Any: A -> B -> A"
    ]


def test_common_properties_are_added_to_every_variant() -> None:
    result = schemas("""
        Base: {properties: {id: {type: string}}}
        Card: {required: [number], properties: {number: {type: string}}}
        Payment:
          allOf:
            - {$ref: '#/components/schemas/Base'}
            - oneOf:
                - {$ref: '#/components/schemas/Card'}
                - {title: Cash, properties: {cash: {type: integer}}}
        Beside:
          properties: {at: {type: integer}}
          anyOf: [{$ref: '#/components/schemas/Card'}, {properties: {x: {type: string}}}]
        Required:
          properties: {a: {type: string}, b: {type: string}}
          anyOf: [{required: [a]}, {required: [b]}]
        """)
    assert show(result["Payment"]) == "Payment.Card | Cash"
    assert show(result["Payment.Card"]) == {"<": "Base, Card"}
    assert show(result["Cash"]) == {"<": "Base", "cash~": "integer"}
    assert show(result["Beside"]) == "Beside.Card | Beside.One"
    assert show(result["Beside.One"]) == {"at~": "integer", "x~": "string"}
    assert show(result["Required"]) == {"a~": "string", "b~": "string"}


def test_common_properties_of_a_discriminated_union_belong_to_the_union() -> None:
    result = schemas("""
        Base: {properties: {id: {type: string}}}
        Cat: {properties: {kind: {const: cat}, meow: {type: string}}}
        Pet:
          allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {kind: {type: string}, age: {type: integer}}
          oneOf: [{$ref: '#/components/schemas/Cat'}]
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
        """)
    pet = result["Pet"]
    assert isinstance(pet, ir.Union)
    assert [field.name for field in pet.fields] == ["age"]
    assert pet.extends == (ir.Ref("Base"),)


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_common_properties_beside_a_mapping(layout: str) -> None:
    read = Read(
        components("""
        Cat: {properties: {kind: {type: string}, meow: {type: string}}}
        Dog: {properties: {kind: {type: string}, bark: {type: string}}}
        Pet:
          required: [kind, owner, tag]
          properties: {kind: {type: string}, tag: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator:
            propertyName: kind
            mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}
        """),
        layout=layout,
    )
    pet = read["Pet"]
    assert isinstance(pet, ir.Union)
    owner = {} if layout == "fern" else {"owner": True}
    assert {field.name: field.required for field in pet.fields} == {"tag": True, **owner}


@pytest.mark.parametrize(
    ("mapping", "tags"),
    [
        (", mapping: {cat: '#/components/schemas/Cat'}", ["cat", "Dog"]),
        ("", ["Cat", "Dog"]),
    ],
)
def test_a_base_that_lists_its_subclasses_is_a_hierarchy(mapping: str, tags: list[str]) -> None:
    result = schemas(f"""
        Pet:
          required: [kind]
          properties: {{kind: {{type: string}}, tag: {{type: string}}}}
          oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
          discriminator: {{propertyName: kind{mapping}}}
        Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{meow: {{}}}}}}]}}
        Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{bark: {{}}}}}}]}}
        """)
    pet, cat = result["Pet"], result["Cat"]
    assert isinstance(pet, ir.Union) and isinstance(cat, ir.Model)
    assert [variant.tag for variant in pet.variants] == tags
    names = [field.name for field in cat.fields]
    assert names == (["tag", "meow"] if mapping else ["kind", "tag", "meow"])


def test_a_union_that_leads_to_itself_keeps_its_other_variants() -> None:
    result = Read(components("""
        A: {allOf: [{$ref: '#/components/schemas/B'}]}
        B: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}
        """))
    assert result.problems == [
        "openapi.yaml:7:17: warning[reference-loop]: the union contains itself; this variant is left out: A -> B -> A"
    ]
    assert [show(result[name]) for name in "AB"] == ["B", "string"]
