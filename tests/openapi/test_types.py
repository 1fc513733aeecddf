"""Schemas of scalars, enums, lists, maps and objects, and the notations for null."""

from __future__ import annotations

import pytest
from fiddlehead import ir
from fiddlehead.config import ImporterSettings

from .descriptions import Read, components, read, schemas, show, spell


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string}", "string"),
        ("{type: string, format: date-time}", "date-time"),
        ("{type: string, format: date}", "date"),
        ("{type: string, format: uuid}", "string"),
        ("{type: string, format: email}", "string"),
        ("{type: string, format: byte}", "base64"),
        ("{type: string, contentEncoding: base64}", "base64"),
        ("{type: string, format: json-string}", "any"),
        ("{type: string, format: date-time-rfc-2822}", "date-time-rfc-2822"),
        ("{type: integer}", "integer"),
        ("{type: integer, format: int64}", "long"),
        ("{type: number}", "double"),
        ("{type: number, format: float}", "float"),
        ("{type: number, format: int64}", "long"),
        ("{type: boolean}", "boolean"),
        ("{type: boolean, x-fern-boolean-literal: true}", "True"),
        ("{}", "any"),
        ("true", "any"),
        ("{type: [string]}", "string"),
        ("{const: 3}", "3"),
        ("{const: yes}", "'yes'"),
        ("{const: true}", "True"),
        ("{const: null}", "None"),
        ("{type: 'null'}", "None"),
        ("{enum: [one]}", "'one'"),
        ("{enum: [true]}", "True"),
        ("{enum: [true, false]}", "boolean"),
        ("{type: array, items: {type: string}}", "list[string]"),
        ("{type: array}", "list[any]"),
        ("{items: {type: integer}}", "list[integer]"),
        ("{type: object}", "map[string, any]"),
        ("{type: object, additionalProperties: {type: integer}}", "map[string, integer]"),
        ("{additionalProperties: true}", "map[string, any]"),
        ("{patternProperties: {'^a': {type: integer}}}", "map[string, integer]"),
        (
            "{patternProperties: {'^a': {type: integer}, '^b': {type: string}}}",
            "map[string, integer | string]",
        ),
        ("{x-fern-type: 'optional<map<string, list<long>>>'}", "map[string, list[long]]?"),
        ("{x-fern-type: 'literal<\"a\">'}", "'a'"),
        ("{x-fern-type: Other}", "Other"),
        ("{allOf: [{type: string}, {maxLength: 3}]}", "string"),
        ("{oneOf: [{type: string}]}", "string"),
        ("{anyOf: [{type: string}, {type: string, format: uuid}]}", "string"),
        ("{anyOf: [{type: string}, {}]}", "any"),
    ],
)
def test_a_schema_is_a_type(schema: str, expected: str) -> None:
    result = schemas(
        f"Other: {{type: string}}\nHolder: {{type: object, properties: {{a: {schema}}}}}"
    )
    holder = result["Holder"]
    assert isinstance(holder, ir.Model)
    assert spell(holder.fields[0].type) == expected


@pytest.mark.parametrize(
    "schema",
    [
        "{type: string, nullable: true}",
        "{type: [string, 'null']}",
        "{type: ['null', string]}",
        "{anyOf: [{type: string}, {type: 'null'}]}",
        "{oneOf: [{type: 'null'}, {type: string}]}",
        "{oneOf: [{type: string}, {const: null}]}",
        "{oneOf: [{type: string}, {enum: [null]}]}",
        "{type: string, x-nullable: true}",
        "{x-fern-type: nullable<string>}",
        "{allOf: [{type: string}, {nullable: true}]}",
    ],
)
def test_null_is_one_thing_however_it_is_written(schema: str) -> None:
    text = f"Holder: {{type: object, required: [a], properties: {{a: {schema}}}}}"
    result = Read(components(text))
    # OpenAPI 3.1, in which the schema is, has no such keyword.
    outdated = ", nullable: true" in schema or "{nullable: true}" in schema
    assert ["outdated-keyword" in problem for problem in result.problems] == [True] * outdated
    holder = result["Holder"]
    assert isinstance(holder, ir.Model)
    assert holder.fields[0].type == ir.Nullable(holder.fields[0].type.item)  # type: ignore[union-attr]  # that is the test
    assert spell(holder.fields[0].type) == "string?"


def test_null_in_an_enum() -> None:
    result = schemas("Holder: {properties: {a: {enum: [x, y, null]}, b: {enum: [x, null]}}}")
    assert show(result["Holder"]) == {"a~": "Holder.a?", "b~": "'x'?"}
    assert show(result["Holder.a"]) == ["x", "y"]


def test_null_of_a_component_stands_where_it_is_used() -> None:
    result = schemas("""
        Maybe: {type: object, x-nullable: true, properties: {a: {type: string}}}
        Text: {type: [string, 'null']}
        Pointer: {$ref: '#/components/schemas/Text'}
        Holder:
          required: [maybe, text, pointer, sibling, wrapped]
          properties:
            maybe: {$ref: '#/components/schemas/Maybe'}
            text: {$ref: '#/components/schemas/Text'}
            pointer: {$ref: '#/components/schemas/Pointer'}
            sibling: {$ref: '#/components/schemas/Plain', x-nullable: true}
            wrapped: {allOf: [{$ref: '#/components/schemas/Plain'}], x-nullable: true}
        Plain: {type: object, properties: {b: {type: string}}}
        """)
    assert show(result["Maybe"]) == {"a~": "string"}
    assert show(result["Text"]) == "string"
    assert show(result["Pointer"]) == "Text"
    assert show(result["Holder"]) == {
        "maybe": "Maybe?",
        "text": "Text?",
        "pointer": "Pointer?",
        "sibling": "Plain?",
        "wrapped": "Plain?",
    }


def test_settings_determine_whether_a_nullable_property_is_required() -> None:
    text = components("""
        Text: {type: string, nullable: true}
        Holder:
          required: [a, b, c]
          properties:
            a: {type: string, nullable: true}
            b: {$ref: '#/components/schemas/Text'}
            c: {type: string}
            d: {type: string}
        """)

    def display(**settings: bool) -> object:
        return show(Read(text, importer=ImporterSettings(**settings))["Holder"])  # type: ignore[arg-type]  # booleans

    assert display() == {"a": "string?", "b": "Text?", "c": "string", "d~": "string"}
    assert display(respect_nullable_schemas=False) == {
        "a~": "string?",
        "b~": "Text?",
        "c": "string",
        "d~": "string",
    }
    assert display(wrap_references_to_nullable_in_optional=True) == {
        "a": "string?",
        "b~": "Text?",
        "c": "string",
        "d~": "string",
    }
    assert display(coerce_optional_schemas_to_nullable=True)["d~"] == "string?"  # type: ignore[index]  # a dict


def test_the_settings_decide_about_dates_and_enums_of_one() -> None:
    text = components("Holder: {properties: {a: {type: string, format: date}, b: {enum: [x]}}}")
    importer = ImporterSettings(type_dates_as_strings=True, coerce_enums_to_literals=False)
    assert show(Read(text, importer=importer)["Holder"]) == {"a~": "string", "b~": "Holder.b"}


def test_constraints_are_kept() -> None:
    result = schemas("""
        Old: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 5}
        New: {type: number, exclusiveMaximum: 9.5, multipleOf: 0.5}
        Text: {type: string, minLength: 2, maxLength: 4, pattern: '^a'}
        Items: {type: array, items: {type: string}, minItems: 1, maxItems: 3}
        """)
    assert {name: result[name].type.constraints for name in result.names} == {  # type: ignore[union-attr]  # all are aliases
        "Old": ir.Constraints(minimum=1, exclusive_minimum=True, maximum=5),
        "New": ir.Constraints(maximum=9.5, exclusive_maximum=True, multiple_of=0.5),
        "Text": ir.Constraints(min_length=2, max_length=4, pattern="^a"),
        "Items": ir.Constraints(min_items=1, max_items=3),
    }


def test_an_enum_with_all_that_can_be_said_of_its_values() -> None:
    result = schemas("""
        Operator:
          description: How to compare.
          type: string
          enum: ['>', '<', old, old]
          default: '>'
          x-fern-enum:
            '>': {name: GreaterThan, description: Above.}
            old: {deprecated: true}
        Color: {enum: [1, 2], x-enum-varnames: [COLOR_RED, COLOR_BLUE]}
        Named:
          oneOf:
            - {const: a, description: First.}
            - {const: b}
        """)
    operator = result["Operator"]
    assert isinstance(operator, ir.Enum)
    assert operator.doc == "How to compare."
    assert operator.default == ir.Default(">")
    assert operator.values == (
        ir.EnumValue(">", "GreaterThan", "Above."),
        ir.EnumValue("<"),
        ir.EnumValue("old", availability=ir.Availability("deprecated")),
    )
    color, named = result["Color"], result["Named"]
    assert isinstance(color, ir.Enum) and isinstance(named, ir.Enum)
    assert color.values == (ir.EnumValue(1, "RED"), ir.EnumValue(2, "BLUE"))
    assert named.values == (ir.EnumValue("a", None, "First."), ir.EnumValue("b"))


def test_text_that_yaml_takes_for_a_value_is_text_in_an_enum_of_text() -> None:
    result = schemas("Answer: {type: string, enum: [true, false, 1, 1.5]}")
    assert show(result["Answer"]) == ["true", "false", "1", "1.5"]


def test_a_model_with_all_that_can_be_said_of_its_fields() -> None:
    result = schemas("""
        User:
          description: |
            Somebody.

              Indented.
          deprecated: true
          example: {id: u1}
          required: [id]
          properties:
            id: {type: string, readOnly: true, description: The id., example: u1}
            isFinal: {type: boolean, default: false, x-fern-property-name: final}
            secret: {type: string, writeOnly: true, x-fern-availability: beta}
            hidden: {type: string, x-fern-ignore: true}
          additionalProperties: {type: integer}
        """)
    user = result["User"]
    assert isinstance(user, ir.Model)
    assert user.doc == "Somebody.\n\n  Indented."
    assert user.availability == ir.Availability("deprecated")
    assert user.examples == (ir.Example({"id": "u1"}),)
    assert user.extra == ir.Primitive("integer")
    assert user.fields == (
        ir.Field(
            "id",
            ir.Primitive("string"),
            True,
            doc="The id.",
            access="read-only",
            example=ir.Default("u1"),
        ),
        ir.Field(
            "isFinal", ir.Primitive("boolean"), False, rename="final", default=ir.Default(False)
        ),
        ir.Field(
            "secret",
            ir.Primitive("string"),
            False,
            access="write-only",
            availability=ir.Availability("beta"),
        ),
    )


def test_every_value_has_its_place() -> None:
    result = schemas("""
        User:
          properties:
            id: {type: string}
            kind: {enum: [a, b]}
        """)
    user, kind = result["User"], result["User.kind"]
    assert isinstance(user, ir.Model) and isinstance(kind, ir.Enum)
    places = [user.span, user.fields[0].span, user.fields[0].type.span, kind.values[1].span]
    assert [str(place) for place in places] == [
        "openapi.yaml:7:7",
        "openapi.yaml:8:13",
        "openapi.yaml:8:13",
        "openapi.yaml:9:26",
    ]


def test_models_may_contain_themselves() -> None:
    result = schemas("""
        Tree: {properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
        Json:
          oneOf:
            - {type: string}
            - {type: object, additionalProperties: {$ref: '#/components/schemas/Json'}}
        """)
    assert show(result["Tree"]) == {"children~": "list[Tree]"}
    assert show(result["Json"]) == "string | map[string, Json]"


def test_an_object_that_admits_no_property_is_a_model_without_fields() -> None:
    result = schemas("None: {type: object, additionalProperties: false}\nEmpty: {properties: {}}")
    assert [show(declaration) for declaration in result.api.declarations.values()] == [{}, {}]


def test_inexpressible_keywords_are_a_warning() -> None:
    result = Read(components("""
        Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: {type: string}}
        Older: {type: array, items: [{type: string}, {type: integer}], additionalItems: {type: boolean}}
        Not: {type: string, not: {const: a}}
        If: {type: object, properties: {a: {}}, if: {required: [a]}, then: {}}
        Never: {properties: {a: false}}
        Dynamic: {$dynamicRef: '#node'}
        Odd: {enum: [{a: 1}]}
        Constant: {const: [1]}
        """))
    assert result.problems == [
        "openapi.yaml:6:25: warning[not-expressible]: 'prefixItems' without a fixed number of items is read as a list whose items have any of these types",
        "openapi.yaml:7:26: warning[not-expressible]: 'items' without a fixed number of items is read as a list whose items have any of these types",
        "openapi.yaml:8:25: warning[not-expressible]: 'not' cannot be expressed as a type; it is left out",
        "openapi.yaml:9:45: warning[not-expressible]: 'if' cannot be expressed as a type; it is left out",
        "openapi.yaml:9:66: warning[not-expressible]: 'then' cannot be expressed as a type; it is left out",
        "openapi.yaml:10:29: warning[not-expressible]: the schema allows no value; the type is Any",
        "openapi.yaml:11:15: warning[not-expressible]: '$dynamicRef' cannot be expressed as a type; it is left out",
        "openapi.yaml:12:18: warning[not-expressible]: an enum with values other than strings and numbers is not supported; the type is Any",
        "openapi.yaml:13:23: warning[not-expressible]: a constant list or mapping cannot be expressed as a type; the type is Any",
    ]
    assert show(result["Pair"]) == "list[string | integer]"
    assert show(result["Older"]) == "list[string | integer | boolean]"


def test_schemas_by_position_are_a_tuple() -> None:
    pair = "type: array, prefixItems: [{type: string}, {type: integer}]"
    result = Read(components(f"""
        Exact: {{{pair}, minItems: 2, maxItems: 2}}
        Closed: {{{pair}, minItems: 2, items: false}}
        Longer: {{{pair}, minItems: 3, maxItems: 3}}
        Typed: {{{pair}, items: {{type: boolean}}, minItems: 3, maxItems: 3}}
        Shorter: {{{pair}, minItems: 1, maxItems: 1}}
        Older: {{type: array, items: [{{type: string}}, {{type: integer}}], minItems: 2, additionalItems: false}}
        Optional: {{{pair}, minItems: 0, maxItems: 2}}
        Bare: {{{pair}}}
        Half: {{{pair}, items: false}}
        """))
    assert {name: show(result[name]) for name in result.api.declarations} == {
        "Exact": "tuple[string, integer]",
        "Closed": "tuple[string, integer]",
        "Longer": "tuple[string, integer, any]",
        "Typed": "tuple[string, integer, boolean]",
        "Shorter": "tuple[string]",
        "Older": "tuple[string, integer]",
        "Optional": "list[string | integer]",
        "Bare": "tuple[string, integer]",
        "Half": "tuple[string, integer]",
    }
    other = "is read as a tuple of 2, but the schema also allows other numbers of items"
    assert result.problems == [
        "openapi.yaml:12:29: warning[not-expressible]: 'prefixItems' without a fixed number of items is read as a list whose items have any of these types",
        f"openapi.yaml:13:25: warning[not-expressible]: 'prefixItems' {other}",
        f"openapi.yaml:14:25: warning[not-expressible]: 'prefixItems' {other}",
    ]


def test_wrong_schemas_are_errors_with_their_places() -> None:
    result = Read(components("""
        A: {type: strnig}
        B: {enum: []}
        C: {properties: [a]}
        D: {type: {a: b}}
        E: {type: integer, default: many}
        F: 3
        G: {x-fern-type: 'list<Nothing>'}
        H: {x-fern-type-name: '-'}
        I: {minimum: low, type: integer}
        J: {properties: {a: {type: integer, default: many}}}
        """))
    assert result.problems == [
        "openapi.yaml:6:15: warning[unknown-type]: unknown type 'strnig'; it is left out",
        "openapi.yaml:7:9: warning[empty-enum]: enum has no values; it is left out",
        "openapi.yaml:8:21: warning[wrong-type]: expected a mapping for 'properties', found a list; it is left out",
        "openapi.yaml:9:15: warning[wrong-type]: expected a string for 'type', found a mapping; it is left out",
        "openapi.yaml:11:8: warning[wrong-type]: expected a mapping for a schema, found a number; it is left out",
        "openapi.yaml:12:22: warning[unknown-type]: 'list<Nothing>' is not a Fern type: unknown type 'Nothing'",
        "openapi.yaml:13:27: warning[bad-extension]: 'x-fern-type-name' must be a name with at "
        "least one letter",
        "openapi.yaml:14:18: warning[wrong-type]: expected a number for 'minimum', found a string; it is left out",
        "openapi.yaml:15:50: warning[bad-default]: expected an integer for this default, found a string; it is only documented",
    ]
    assert [warning.hint for warning in result.diagnostics.warnings[:2]] == [
        "did you mean 'string'?",
        "add its values, or remove 'enum'",
    ]


def test_the_default_of_a_referenced_schema_is_used() -> None:
    result = read("""
        paths:
          /a:
            get:
              operationId: sort
              parameters:
                - {name: dir, in: query, schema: {$ref: '#/components/schemas/Again'}}
                - {name: X-Size, in: header, schema: {$ref: '#/components/schemas/Size'}}
                - {name: way, in: query, schema: {allOf: [{$ref: '#/components/schemas/Again'}]}}
              responses: {'204': {description: ok}}
        components:
          schemas:
            Again: {$ref: '#/components/schemas/Dir'}
            Dir: {type: string, enum: [UP, DOWN], default: UP}
            Size: {type: integer, default: 5}
            Holder: {properties: {size: {$ref: '#/components/schemas/Size'}}}
        """)
    assert [parameter.default for parameter in result.endpoint.parameters] == [
        ir.Default("UP"),
        ir.Default(5),
        ir.Default("UP"),
    ]
    holder = result["Holder"]
    assert isinstance(holder, ir.Model) and holder.fields[0].default == ir.Default(5)


def test_a_discriminator_that_is_no_mapping_is_left_out() -> None:
    result = Read(components("""
        Cat: {type: object, properties: {a: {type: string}}}
        Pet: {discriminator: kind, oneOf: [{$ref: '#/components/schemas/Cat'}, {type: string}]}
        """))
    assert isinstance(result["Pet"], ir.Union) and result["Pet"].discriminator is None
    assert [problem.split(": ", 1)[1] for problem in result.problems] == [
        "warning[wrong-type]: expected a mapping for 'discriminator', found a string; "
        "it is left out"
    ]


def test_constants_are_one_enum() -> None:
    result = schemas("""
        Whole: {type: integer, oneOf: [{const: 1, description: one}, {const: 2}]}
        Untyped: {anyOf: [{const: 1}, {enum: [2, 3]}, {type: 'null'}]}
        Mixed: {oneOf: [{const: a}, {const: 1}]}
        Holder: {properties: {levels: {type: array, items: {oneOf: [{const: 1}, {const: 2}]}}}}
        """)
    assert show(result["Whole"]) == [1, 2] and show(result["Untyped"]) == [1, 2, 3]
    assert show(result["Mixed"]) == ["a", 1]
    assert show(result["Holder"]) == {"levels~": "list[Holder.levels.Item]"}


def test_a_schema_is_referred_to_by_its_id() -> None:
    """As code-first tools write recursive schemas."""
    result = Read(components("""
        Tree: {$id: T0, type: object, properties: {trees: {type: array, items: {$ref: T0}}}}
        Wood: {type: object, properties: {first: {$ref: T0}, other: {$id: T1, type: string}, same: {$ref: T1}}}
        """))
    assert result.problems == []
    tree, wood = result["Tree"], result["Wood"]
    assert isinstance(tree, ir.Model) and isinstance(wood, ir.Model)
    (trees,), (first, _, same) = tree.fields, wood.fields
    assert (spell(trees.type), spell(first.type)) == ("list[Tree]", "Tree")
    assert spell(same.type) == "Wood.other"


def test_a_name_in_place_of_a_reference_is_that_of_a_component() -> None:
    result = Read(components("""
        Pet: {type: object}
        Pets: {type: array, items: {$ref: Pet}}
        """))
    assert result.problems == [
        "openapi.yaml:7:39: warning[bad-reference]: 'Pet' is not a file; '#/components/schemas/Pet' is used"
    ]
    assert show(result["Pets"]) == "list[Pet]"
