"""Types: the IR of each construct of the definition language."""

from __future__ import annotations

import pytest
from fiddlehead import ir, queries

from .definitions import Read, declaration, read

STRING = ir.Primitive("string")


def alias(type_: str) -> ir.Type:
    result = declaration(f"types:\n  A:\n    type: {type_}\n  Other: {{properties: {{}}}}\n", "A")
    assert isinstance(result, ir.Alias)
    return result.type


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("string", STRING),
        ("integer", ir.Primitive("integer")),
        ("long", ir.Primitive("long")),
        ("uint", ir.Primitive("uint")),
        ("uint64", ir.Primitive("uint64")),
        ("bigint", ir.Primitive("bigint")),
        ("float", ir.Primitive("float")),
        ("double", ir.Primitive("double")),
        ("boolean", ir.Primitive("boolean")),
        ("date", ir.Primitive("date")),
        ("datetime", ir.Primitive("date-time")),
        ("date-time-rfc-2822", ir.Primitive("date-time-rfc-2822")),
        ("uuid", ir.Primitive("uuid")),
        ("base64", ir.Primitive("base64")),
        ("unknown", ir.Unknown()),
        ("list<string>", ir.ListOf(STRING)),
        ("set<string>", ir.ListOf(STRING, unique=True)),
        ("'map<string, list<integer>>'", ir.MapOf(STRING, ir.ListOf(ir.Primitive("integer")))),
        ("optional<string>", ir.Nullable(STRING)),
        ("nullable<string>", ir.Nullable(STRING)),
        ("optional<nullable<string>>", ir.Nullable(STRING)),
        ("list<optional<string>>", ir.ListOf(ir.Nullable(STRING))),
        ("'literal<\"fast, <safe>\">'", ir.Literal("fast, <safe>")),
        (r"""'literal<"say \"hi\"">'""", ir.Literal('say "hi"')),
        ("literal<true>", ir.Literal(True)),
        ("optional<Other>", ir.Nullable(ir.Ref("main/Other"))),
        ("  list < Other >", ir.ListOf(ir.Ref("main/Other"))),
    ],
)
def test_type_syntax(written: str, expected: ir.Type) -> None:
    assert alias(written) == expected


def test_an_object_with_all_that_a_property_can_say() -> None:
    result = declaration(
        """
        types:
          Named: {properties: {name: string}}
          Pet:
            docs: "An animal.\\n"
            extends: Named
            extra-properties: true
            availability: {status: deprecated, message: Use Animal.}
            properties:
              id: {type: string, access: read-only}
              age:
                type: optional<integer>
                docs: In years.
                name: ageInYears
                default: 3
                availability: beta
                validation: {min: 0, max: 90, exclusiveMax: true, multipleOf: 1}
              tag: {type: string, validation: {minLength: 2, maxLength: 8, pattern: "^t", format: x}}
        """,
        "Pet",
    )
    assert result == ir.Model(
        id="",
        name=ir.Name(("Pet",), exact=True),
        package=("main",),
        doc="An animal.",
        availability=ir.Availability("deprecated", "Use Animal."),
        extends=(ir.Ref("main/Named"),),
        extra=ir.Unknown(),
        fields=(
            ir.Field("id", STRING, True, access="read-only"),
            ir.Field(
                "age",
                ir.Primitive(
                    "integer",
                    ir.Constraints(minimum=0, maximum=90, exclusive_maximum=True, multiple_of=1),
                ),
                False,
                doc="In years.",
                rename="ageInYears",
                default=ir.Default(3),
                availability=ir.Availability("beta"),
            ),
            ir.Field(
                "tag",
                ir.Primitive(
                    "string", ir.Constraints(min_length=2, max_length=8, pattern="^t", format="x")
                ),
                True,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("written", "type_", "required"),
    [
        ("string", STRING, True),
        ("optional<string>", STRING, False),
        ("nullable<string>", ir.Nullable(STRING), True),
        ("optional<nullable<string>>", ir.Nullable(STRING), False),
        ("Maybe", ir.Ref("main/Maybe"), False),
        ("AlsoMaybe", ir.Ref("main/AlsoMaybe"), False),
        ("OrNull", ir.Ref("main/OrNull"), True),
    ],
)
def test_whether_a_property_may_be_left_out(written: str, type_: ir.Type, required: bool) -> None:
    result = declaration(
        f"""
        types:
          Maybe: optional<string>
          AlsoMaybe: Maybe
          OrNull: nullable<string>
          A: {{properties: {{p: {written}}}}}
        """,
        "A",
    )
    assert isinstance(result, ir.Model)
    assert (result.fields[0].type, result.fields[0].required) == (type_, required)


def test_an_alias_of_an_optional_alias_is_not_nullable_twice() -> None:
    text = "types:\n  A: optional<string>\n  B: A\n  C: list<A>\n"
    assert declaration(text, "B") == ir.Alias(
        id="", name=ir.Name(("B",), True), package=("main",), type=ir.Ref("main/A")
    )
    result = declaration(text, "C")
    assert isinstance(result, ir.Alias) and result.type == ir.ListOf(ir.Ref("main/A"))


def test_enums() -> None:
    result = declaration(
        """
        types:
          Color:
            default: green-1
            enum:
              - RED
              - {value: green-1, name: GREEN_ONE, docs: Rather blue.}
              - {value: ">", casing: {snake: more}}
        """,
        "Color",
    )
    assert isinstance(result, ir.Enum)
    assert result.default == ir.Default("green-1")
    assert result.values == (
        ir.EnumValue("RED"),
        ir.EnumValue("green-1", "GREEN_ONE", "Rather blue."),
        ir.EnumValue(">", "more"),
    )


def test_discriminated_unions() -> None:
    result = declaration(
        """
        types:
          Dog: {properties: {name: string}}
          Hound: Dog
          Named: {properties: {name: string}}
          Animal:
            discriminant: {value: _kind, name: kind, context: protocol}
            extends: Named
            base-properties: {id: string}
            union:
              dog: Dog
              hound: Hound
              old: {type: Dog, key: dog, docs: Said twice., name: former}
              named: {type: Dog, key: {value: it}}
              count: integer
              dogs: {type: list<Dog>, key: all}
              maybe: optional<datetime>
              nothing: {}
              nothing-either:
        """,
        "Animal",
    )
    assert isinstance(result, ir.Union)
    dog = ir.Ref("main/Dog")
    assert result.discriminator == ir.Discriminator("_kind", rename="kind", context="protocol")
    assert result.extends == (ir.Ref("main/Named"),)
    assert result.fields == (ir.Field("id", STRING, True),)
    assert result.variants == (
        ir.Variant(dog, "dog"),
        ir.Variant(ir.Ref("main/Hound"), "hound"),
        ir.Variant(dog, "old", "dog", "former", "Said twice."),
        ir.Variant(dog, "named", "it"),
        ir.Variant(ir.Primitive("integer"), "count", "value"),
        ir.Variant(ir.ListOf(dog), "dogs", "all"),
        ir.Variant(ir.Nullable(ir.Primitive("date-time")), "maybe", "value"),
        ir.Variant(None, "nothing"),
        ir.Variant(None, "nothing-either"),
    )


def test_the_default_discriminant_is_type() -> None:
    result = declaration("types:\n  U: {union: {a: string}}\n", "U")
    assert isinstance(result, ir.Union) and result.discriminator == ir.Discriminator("type")


def test_undiscriminated_unions_name_each_type_once() -> None:
    result = declaration(
        """
        types:
          Mixed:
            discriminated: false
            union:
              - string
              - {type: list<string>, docs: Several.}
              - string
              - optional<integer>
        """,
        "Mixed",
    )
    assert isinstance(result, ir.Union) and result.discriminator is None
    assert result.variants == (
        ir.Variant(STRING),
        ir.Variant(ir.ListOf(STRING), doc="Several."),
        ir.Variant(ir.Nullable(ir.Primitive("integer"))),
    )


def test_generic_types() -> None:
    result = read("""
        types:
          Pair<K, V>:
            docs: Two of something.
            properties: {key: K, value: V, more: "list<Pair<K, V>>"}
          Named: "Pair<string, integer>"
          User:
            extends: Named
            properties: {pair: "optional<Pair<string, list<boolean>>>"}
        """).api.declarations
    assert sorted(result) == [
        "main/Named",
        "main/Pair.string.List.boolean",
        "main/Pair.string.integer",
        "main/User",
    ]
    named = result["main/Named"]
    assert isinstance(named, ir.Model)
    assert named.name == ir.Name(("Named",), exact=True) and named.doc == "Two of something."
    assert [field.type for field in named.fields] == [
        STRING,
        ir.Primitive("integer"),
        ir.ListOf(ir.Ref("main/Pair.string.integer")),
    ]
    user = result["main/User"]
    assert isinstance(user, ir.Model)
    assert user.extends == (ir.Ref("main/Named"),)
    assert user.fields == (ir.Field("pair", ir.Ref("main/Pair.string.List.boolean"), False),)
    pair = result["main/Pair.string.List.boolean"]
    assert isinstance(pair, ir.Model)
    assert pair.name == ir.Name(("Pair", "string", "List", "boolean"))
    assert pair.fields[1].type == ir.ListOf(ir.Primitive("boolean"))


def test_inline_types_are_named_after_their_container() -> None:
    result = read("""
        types:
          Person:
            properties:
              info:
                type: {properties: {b: string, deep: {enum: [x]}}}
              mood: {docs: How it is., enum: [good, bad]}
              kind: {name: sort, type: {enum: [a]}}
        """).api.declarations
    info = result["main/Person.info"]
    assert isinstance(info, ir.Model)
    assert (info.name, info.owner, info.package) == (
        ir.Name(("Person", "info")),
        "main/Person",
        ("main",),
    )
    assert isinstance(result["main/Person.info.deep"], ir.Enum)
    person = result["main/Person"]
    assert isinstance(person, ir.Model)
    assert person.fields == (
        ir.Field("info", ir.Ref("main/Person.info"), True),
        ir.Field("mood", ir.Ref("main/Person.mood"), True, doc="How it is."),
        ir.Field("kind", ir.Ref("main/Person.kind"), True, rename="sort"),
    )


def test_an_inline_type_belongs_to_the_one_that_uses_it() -> None:
    result = read("""
        types:
          Job: {properties: {status: Status, size: list<Size>}}
          Other: {properties: {size: Size}}
          Status: {inline: true, enum: [done]}
          Size: {inline: true, enum: [big]}
          Ask: {inline: true, enum: [me]}
        service:
          base-path: /
          endpoints:
            get: {path: "", method: POST, request: {name: R, query-parameters: {ask: Ask}}}
        """).api.declarations
    assert result["main/Status"].owner == "main/Job"
    assert result["main/Size"].owner is None
    assert result["main/Ask"].owner == "POST /"


def test_recursive_types_are_fine() -> None:
    result = read("""
        types:
          Tree: {properties: {children: list<Tree>, parent: optional<Tree>}}
          Json: {discriminated: false, union: [string, list<Json>, "map<string, Json>"]}
          Values: list<Values>
          Either: {discriminated: false, union: [Tree, Leaf]}
          Leaf: {properties: {either: Either}}
        """)
    assert len(result.api.declarations) == 5


def test_packages_imports_and_folders() -> None:
    result = Read(
        {
            "api.yml": "name: acme",
            "__package__.yml": "types:\n  Root: string\n",
            "users.yml": """
                imports: {tags: ./shared/tags.yml, root: __package__.yml, shared: shared/__package__.yml}
                types:
                  User: {properties: {tag: tags.Tag, root: root.Root, common: shared.Common}}
                """,
            "shared/tags.yml": "imports: {users: ../users.yml}\ntypes:\n  Tag: {properties: {of: optional<users.User>}}\n",
            "shared/__package__.yml": "types:\n  Common: integer\n",
        }
    )
    assert result.problems == []
    packages = {id_: item.package for id_, item in result.api.declarations.items()}
    assert packages == {
        "Root": (),
        "shared/Common": ("shared",),
        "shared/tags/Tag": ("shared", "tags"),
        "users/User": ("users",),
    }
    user = result.api.declarations["users/User"]
    assert isinstance(user, ir.Model)
    assert [field.type for field in user.fields] == [
        ir.Ref("shared/tags/Tag"),
        ir.Ref("Root"),
        ir.Ref("shared/Common"),
    ]


def test_elements_of_other_audiences_are_omitted() -> None:
    result = read(
        """
        types:
          Secret: {audiences: [internal], properties: {a: string}}
          Open: {audiences: [public, internal], properties: {a: string}}
          Plain:
            properties:
              a: string
              b: {type: Secret, audiences: [internal]}
              c: {type: string, audiences: [public]}
        service:
          base-path: /
          endpoints:
            one: {path: /one, audiences: [internal], response: Secret}
            two: {path: /two, audiences: [public]}
            three: {path: /three}
        """,
        audiences=("public",),
    )
    assert sorted(result.api.declarations) == ["main/Open", "main/Plain"]
    plain = result.api.declarations["main/Plain"]
    assert isinstance(plain, ir.Model) and [field.name for field in plain.fields] == ["a", "c"]
    assert sorted(result.endpoints) == ["main.three", "main.two"]
    assert (result.api.operations_found, result.api.operations_left_out) == (2, 1)


def test_every_value_has_its_location() -> None:
    result = read("types:\n  A:\n    properties:\n      b: list<C>\n  C: string\n")
    model = result.api.declarations["main/A"]
    assert isinstance(model, ir.Model)
    field = model.fields[0]
    assert isinstance(field.type, ir.ListOf)
    places = [str(item.span) for item in (model, field, field.type.item)]
    assert places == ["main.yml:2:3", "main.yml:4:7", "main.yml:4:15"]


@pytest.mark.parametrize(
    ("type_", "fitting", "others"),
    [
        ("boolean", ["true"], ["1", "'true'"]),
        ("integer", ["1", "2.0"], ["1.5", "true", "'1'"]),
        ("double", ["1", "1.5"], ["true", "'1.5'"]),
        ("datetime", ["'2024-01-01T00:00:00Z'"], ["3"]),
        ("bigint", ["'12'"], ["12"]),
        ("unknown", ["1", "{a: [1]}"], []),
        ("list<integer>", ["[]", "[1]"], ["[a]", "{}"]),
        ("'map<string, integer>'", ["{}", "{a: 1}"], ["{a: b}", "[]"]),
        ("nullable<integer>", ["1"], ["a"]),
        ("literal<true>", ["true"], ["1", "false"]),
        ("Color", ["red"], ["pink"]),
        ("Name", ["Ann"], ["3"]),
        ("Mixed", ["3", "red"], ["pink", "[]"]),
        ("Shape", ["{type: a}"], []),
        ("Box", ["{a: x}"], ["3", "{}"]),
    ],
)
def test_which_defaults_fit(type_: str, fitting: list[str], others: list[str]) -> None:
    declared = """
      Color: {enum: [red]}
      Name: string
      Mixed: {discriminated: false, union: [integer, Color]}
      Shape: {union: {a: {}}}
      Box: {properties: {a: string}}
    """
    for default in (*fitting, *others):
        properties = f"{{p: {{type: {type_}, default: {default}}}}}"
        text = f"types:\n      A: {{properties: {properties}}}{declared}"
        problems = [diagnostic.code for diagnostic in Read({"main.yml": text}).diagnostics.reported]
        assert problems == ([] if default in fitting else ["bad-default"]), default


def test_arguments_of_generic_types_are_spelled_in_the_name() -> None:
    arguments = {
        "optional<string>": "Optional.string",
        "nullable<date>": "Nullable.date",
        "set<Tag>": "Set.Tag",
        "map<string, boolean>": "Map.string.boolean",
        'literal<"a b">': "ab",
        "unknown": "Unknown",
        "Box<Tag>": "Box.Tag",
    }
    for argument, spelled in arguments.items():
        result = read(f"""
            types:
              Box<T>: {{properties: {{it: T}}}}
              Tag: string
              A: {{properties: {{box: 'Box<{argument}>'}}}}
            """)
        box = result.api.declarations[f"main/Box.{spelled}"]
        assert isinstance(box, ir.Model)
        assert box.fields[0].required is (not argument.startswith("optional"))


def test_a_type_may_have_a_name_of_several_words() -> None:
    result = read("""
        types:
          Wooden boat: {properties: {deck: integer, twin: optional<Wooden boat>}}
          Boats: list< Wooden boat >
    """)
    boat = result.api.declarations["main/Wooden boat"]
    assert isinstance(boat, ir.Model)
    twin = boat.fields[1].type
    assert [ref.id for ref in queries.references(twin)] == [boat.id]
    boats = result.api.declarations["main/Boats"]
    assert [ref.id for ref in queries.references(boats)] == [boat.id]
