"""The contract with datamodel-code-generator: a new version that changes it fails here."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from datamodel_code_generator.model.base import DataModel
from datamodel_code_generator.model.pydantic_v2 import DataModelField
from datamodel_code_generator.reference import Reference
from datamodel_code_generator.types import DataType
from fiddlehead import ir
from fiddlehead.imports import Import
from fiddlehead.literals import literal
from fiddlehead.typing_ import Type, TypeBuilder, definitions
from fiddlehead.typing_.types import (
    ANY,
    BYTES,
    FLOAT,
    INT,
    ITERATOR,
    NONE,
    STR,
    annotated,
    core,
    dict_of,
    function,
    generic,
    http,
    list_of,
    literals,
    named,
    optional,
    sequence_of,
    union,
)

LITERAL = Import("typing", "Literal")
ANY_IMPORT = Import("typing", "Any")
DATETIME = Import("datetime", "", "dt")
SEQUENCE = Import("collections.abc", "Sequence")
STRING = ir.Primitive("string")
CAT, OWNER = ir.Ref("x/Cat.z"), ir.Ref("owner#tag")
NAMES = {"x/Cat.z": "Cat", "owner#tag": "Owner"}

TYPES = TypeBuilder(NAMES)
CAT_TYPE, OWNER_TYPE = TYPES.type_of(CAT), TYPES.type_of(OWNER)

CONTRACT: list[tuple[ir.Type | Type, str, tuple[Import, ...], tuple[str, ...]]] = [
    (STRING, "str", (), ()),
    (ir.Primitive("integer"), "int", (), ()),
    (ir.Primitive("long"), "int", (), ()),
    (ir.Primitive("uint"), "int", (), ()),
    (ir.Primitive("uint64"), "int", (), ()),
    (ir.Primitive("bigint"), "str", (), ()),
    (ir.Primitive("float"), "float", (), ()),
    (ir.Primitive("double"), "float", (), ()),
    (ir.Primitive("boolean"), "bool", (), ()),
    (ir.Primitive("date"), "dt.date", (DATETIME,), ()),
    (ir.Primitive("date-time"), "dt.datetime", (DATETIME,), ()),
    (ir.Primitive("date-time-rfc-2822"), "str", (), ()),
    (ir.Primitive("uuid"), "uuid.UUID", (Import("uuid"),), ()),
    (ir.Primitive("base64"), "str", (), ()),
    (ir.Primitive("bytes"), "bytes", (), ()),
    (ir.Literal("a"), 'Literal["a"]', (LITERAL,), ()),
    (ir.Literal(True), "Literal[True]", (LITERAL,), ()),
    (ir.Literal(1), "Literal[1]", (LITERAL,), ()),
    (ir.Literal(1.0), "float", (), ()),
    (literals("a", 2), 'Literal["a", 2]', (LITERAL,), ()),
    (ir.Unknown(), "Any", (ANY_IMPORT,), ()),
    (ir.Nullable(ir.Unknown()), "Any", (ANY_IMPORT,), ()),
    (TYPES.union(ANY, NONE), "Any", (ANY_IMPORT,), ()),
    (CAT, "Cat", (), ("x/Cat.z",)),
    (ir.Nullable(CAT), "Cat | None", (), ("x/Cat.z",)),
    (ir.ListOf(CAT), "list[Cat]", (), ("x/Cat.z",)),
    (ir.ListOf(ir.ListOf(ir.Primitive("double"))), "list[list[float]]", (), ()),
    (ir.ListOf(ir.Nullable(STRING)), "list[str | None]", (), ()),
    (ir.Nullable(ir.ListOf(ir.Nullable(STRING))), "list[str | None] | None", (), ()),
    (ir.ListOf(STRING, unique=True), "set[str]", (), ()),
    (ir.ListOf(CAT, unique=True), "list[Cat]", (), ("x/Cat.z",)),
    (ir.MapOf(STRING, ir.Unknown()), "dict[str, Any]", (ANY_IMPORT,), ()),
    (ir.MapOf(ir.Primitive("integer"), CAT), "dict[int, Cat]", (), ("x/Cat.z",)),
    (
        ir.ListOf(ir.MapOf(OWNER, ir.Primitive("uuid"))),
        "list[dict[Owner, uuid.UUID]]",
        (Import("uuid"),),
        ("owner#tag",),
    ),
    (
        ir.UnionOf((OWNER, STRING, ir.ListOf(CAT))),
        "Owner | str | list[Cat]",
        (),
        ("owner#tag", "x/Cat.z"),
    ),
    (ir.UnionOf((ir.Primitive("integer"), ir.Primitive("double"))), "int | float", (), ()),
    (ir.UnionOf((STRING, ir.Primitive("uuid"))), "str | uuid.UUID", (Import("uuid"),), ()),
    (
        ir.UnionOf((ir.Literal("a"), ir.Nullable(STRING), ir.Literal("b"))),
        'Literal["a"] | str | Literal["b"] | None',
        (LITERAL,),
        (),
    ),
    (ir.UnionOf((ir.Literal("a"), ir.Literal(2))), 'Literal["a", 2]', (LITERAL,), ()),
    # A union in a union is one union, and what two members share is there once.
    (
        union(union(STR, optional(CAT_TYPE)), STR, OWNER_TYPE),
        "str | Cat | Owner | None",
        (),
        ("x/Cat.z", "owner#tag"),
    ),
    (ir.UnionOf((ir.Unknown(), STRING)), "Any | str", (ANY_IMPORT,), ()),
    # What JSON Schema has no word for: an open enum, an unknown variant, a discriminator.
    (
        union(literals("a"), core("enums", "UnknownStr"), FLOAT),
        'Literal["a"] | UnknownStr | float',
        (Import("core/enums.py", "UnknownStr"), LITERAL),
        (),
    ),
    (
        annotated(
            union(CAT_TYPE, core("unions", "UnknownVariant")),
            core("unions", "Discriminated"),
            '"kind"',
        ),
        'Annotated[Cat | UnknownVariant, Discriminated("kind")]',
        (
            Import("core/unions.py", "Discriminated"),
            Import("core/unions.py", "UnknownVariant"),
            Import("typing", "Annotated"),
        ),
        ("x/Cat.z",),
    ),
    (
        optional(union(STR, function(returns=STR))),
        "str | Callable[[], str] | None",
        (Import("collections.abc", "Callable"),),
        (),
    ),
    (
        function(INT, CAT_TYPE, returns=NONE),
        "Callable[[int, Cat], None]",
        (Import("collections.abc", "Callable"),),
        ("x/Cat.z",),
    ),
    (
        union(BYTES, generic(ITERATOR, BYTES)),
        "bytes | Iterator[bytes]",
        (Import("collections.abc", "Iterator"),),
        (),
    ),
    (
        union(FLOAT, http("Timeout")),
        "float | http_library.Timeout",
        (Import("core/__init__.py", "http_library"),),
        (),
    ),
    (sequence_of(CAT_TYPE), "Sequence[Cat]", (SEQUENCE,), ("x/Cat.z",)),
    (list_of(CAT_TYPE), "list[Cat]", (), ("x/Cat.z",)),
    (dict_of(STR, CAT_TYPE), "dict[str, Cat]", (), ("x/Cat.z",)),
]


def tree(type_: ir.Type | Type, **forms: bool) -> Type:
    return type_ if isinstance(type_, Type) else TypeBuilder(NAMES).type_of(type_, **forms)


@pytest.mark.parametrize(
    ("type_", "text", "imports", "references"), CONTRACT, ids=[case[1] for case in CONTRACT]
)
def test_types(
    type_: ir.Type | Type, text: str, imports: tuple[Import, ...], references: tuple[str, ...]
) -> None:
    result = tree(type_)
    assert (result.text, result.needed_imports, result.references) == (text, imports, references)
    expected = text if text == "Any" or text.endswith(" | None") else f"{text} | None"
    assert TYPES.union(result, NONE).text == expected
    if not isinstance(type_, Type):
        assert tree(ir.Nullable(type_)).text == expected


def printed(results: Type) -> str:
    """A type printed from its parts alone."""
    items = [printed(item) for item in results.items]
    if results.head == Type.UNION:
        return " | ".join(items)
    brackets = f"[{', '.join(items)}]" if items or not results.head else ""
    return f"{results.head}{brackets}"


TREES = [case for case in CONTRACT if not case[1].startswith("Annotated")]


@pytest.mark.parametrize("type_", [case[0] for case in TREES], ids=[case[1] for case in TREES])
def test_the_tree_has_all_information_of_the_text(type_: ir.Type | Type) -> None:
    result = tree(type_)
    assert printed(result) == result.text == result.display()
    ids = [node.id for node in result.nodes if node.id is not None]
    assert sorted(set(ids)) == sorted(result.references)


def test_a_page_shows_a_type_without_metadata() -> None:
    type_ = annotated(list_of(CAT_TYPE), core("unions", "Discriminated"), '"kind"')
    assert optional(type_).display() == "list[Cat] | None"
    assert optional(type_).display(lambda node: node.head.upper()) == "LIST[CAT] | NONE"


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (ir.ListOf(CAT), "Sequence[Cat]"),
        (ir.ListOf(ir.ListOf(STRING)), "Sequence[Sequence[str]]"),
        (ir.ListOf(ir.ListOf(STRING, unique=True)), "Sequence[set[str]]"),
        (ir.MapOf(STRING, ir.ListOf(STRING)), "dict[str, Sequence[str]]"),
        (ir.UnionOf((CAT, ir.ListOf(CAT))), "Cat | Sequence[Cat]"),
        (ir.Nullable(ir.ListOf(STRING)), "Sequence[str] | None"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_list_in_an_argument_is_any_sequence(type_: ir.Type, text: str) -> None:
    result = tree(type_, argument=True)
    assert result.text == text
    assert (SEQUENCE in result.needed_imports) == ("Sequence" in text)


LOCAL_TYPES = {"x/Cat.z": "_ThisCat", "v2/Cat": "_V2Cat"}
LOCAL_NAMES = {
    "Literal": "_Literal",
    "Any": "_Any",
    "dt": "_dt",
    "uuid": "_uuid",
    "list": "builtins.list",
    "dict": "builtins.dict",
    "set": "builtins.set",
    "str": "builtins.str",
    "Sequence": "_Sequence",
    "Annotated": "_Annotated",
    "pydantic": "_pydantic",
}


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (ir.ListOf(CAT), "builtins.list[_ThisCat]"),
        (ir.UnionOf((CAT, ir.Ref("v2/Cat"))), "_ThisCat | _V2Cat"),
        (ir.Literal("str"), '_Literal["str"]'),
        (ir.Nullable(ir.Primitive("date")), "_dt.date | None"),
        (ir.Primitive("uuid"), "_uuid.UUID"),
        (ir.Nullable(ir.Unknown()), "_Any"),
        (ir.ListOf(STRING, unique=True), "builtins.set[builtins.str]"),
        (ir.MapOf(STRING, ir.Unknown()), "builtins.dict[builtins.str, _Any]"),
        (sequence_of(STR), "_Sequence[builtins.str]"),
        (
            annotated(STR, named("pydantic.Field", Import("pydantic")), 'alias="a"'),
            '_Annotated[builtins.str, _pydantic.Field(alias="a")]',
        ),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_module_may_call_things_otherwise(type_: ir.Type | Type, text: str) -> None:
    types = TypeBuilder({**NAMES, "v2/Cat": "Cat"})
    usual = type_ if isinstance(type_, Type) else types.type_of(type_)
    result = usual.renamed(LOCAL_TYPES, LOCAL_NAMES)
    assert result.text == text
    assert result.renamed(LOCAL_TYPES, LOCAL_NAMES) == result != usual
    assert sorted(node.head for node in result.nodes) == sorted(node.head for node in usual.nodes)
    assert result.references == usual.references
    assert set(result.needed_imports) == set(usual.needed_imports)


def test_types_are_equal_if_they_are_printed_equally_for_the_same_declarations() -> None:
    types = TypeBuilder({**NAMES, "v2/Cat": "Cat"})
    assert types.type_of(CAT) != types.type_of(ir.Ref("v2/Cat"))
    assert types.type_of(ir.ListOf(CAT)) == list_of(types.type_of(CAT)) != sequence_of(CAT_TYPE)
    assert literals(1) != literals(True)
    discriminated = core("unions", "Discriminated")
    assert annotated(STR, discriminated, '"a"') != annotated(STR, discriminated, '"b"')


def test_any_includes_none_except_in_fern() -> None:
    nullable = ir.Nullable(ir.UnionOf((ir.Unknown(), ir.Nullable(ir.Unknown()))))
    assert TypeBuilder({}).type_of(nullable) == ANY
    assert TypeBuilder({}, any_or_none=True).type_of(nullable).text == "Any | None"
    assert TypeBuilder({}, any_or_none=True).type_of(ir.Unknown()) == ANY
    assert optional(ANY).needed_imports == (ANY_IMPORT,)


@pytest.mark.parametrize("name", ["Any", "None_", "Optional", "Union"])
def test_a_class_may_have_a_name_that_the_library_knows(name: str) -> None:
    types = TypeBuilder({"id": name})
    for type_, text in (
        (ir.Nullable(ir.Ref("id")), f"{name} | None"),
        (ir.UnionOf((STRING, ir.Nullable(ir.Ref("id")))), f"str | {name} | None"),
        (ir.ListOf(ir.Nullable(ir.Ref("id"))), f"list[{name} | None]"),
    ):
        result = types.type_of(type_)
        assert (result.text, result.needed_imports, result.references) == (text, (), ("id",))


def test_two_classes_of_one_name_in_a_union_are_an_error() -> None:
    """The library would make one of them, without a word."""
    types = TypeBuilder({**NAMES, "v2/Cat": "Cat"})
    for type_ in (
        ir.UnionOf((CAT, ir.Ref("v2/Cat"))),
        ir.ListOf(ir.UnionOf((CAT, ir.Ref("v2/Cat")))),
    ):
        both = types.type_of(type_)
        assert both.references == ("x/Cat.z", "v2/Cat")
        assert both.renamed({"v2/Cat": "_V2Cat"}, {}).display().count("Cat | Cat") == 1
        with pytest.raises(RuntimeError, match=r"printed Cat for Cat \| Cat"):
            assert both.text


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_as_many_members_come_back_as_went_in(count: int) -> None:
    names = {f"id {index}": f"Class{index}" for index in range(count)}
    types = TypeBuilder(names)
    result = union(*(types.type_of(ir.Ref(id_)) for id_ in names))
    assert [member.id for member in result.alternatives] == [*names]
    assert result.text == " | ".join(names.values())


@pytest.mark.parametrize(
    "text",
    ["a'b", 'a"b', "a\\", "\n", "]; import os", "\0D0\0", "{{x}}", "é", "A | None", "\u202e"],
)
def test_a_literal_is_the_text(text: str) -> None:
    result = tree(ir.UnionOf((ir.Literal(text), CAT)))
    scope = {"Literal": {text: int}, "Cat": str}
    assert eval(result.text, scope) == int | str
    assert eval(literal(text)) == text
    assert len(result.alternatives) == 2


@pytest.mark.parametrize(
    "id_", ["a.b", "a/b#c", "a\0b", "100%", "%00", "D1", "list", "Any", "None"]
)
def test_an_id_may_be_any_text(id_: str) -> None:
    result = TypeBuilder({id_: "Thing"}).type_of(ir.ListOf(ir.Nullable(ir.Ref(id_))))
    assert (result.text, result.references) == ("list[Thing | None]", (id_,))


# --- definitions ---


@pytest.mark.parametrize(
    "type_", [case[0] for case in CONTRACT], ids=[case[1] for case in CONTRACT]
)
def test_a_field_has_the_type_that_it_is_given(type_: ir.Type | Type) -> None:
    data_type = tree(type_)
    for values in ({"required": True}, {"required": False}, {"required": False, "default": "x"}):
        built = DataModelField(name="it", data_type=data_type, nullable=False, **values)
        assert built.type_hint == data_type.text


@pytest.mark.parametrize(
    "default",
    [None, "None", '"text"', "'a\"b'", "3", "1.5", "True", '"{{x}}"', '"\\n"', "[]"],
)
def test_a_default_is_the_source_that_is_given(default: str | None) -> None:
    assert definitions.field_default("name", STR, default) == default


def test_a_class_has_the_fields_and_bases_that_it_is_given() -> None:
    fields = [
        ("cat", list_of(CAT_TYPE), None),
        ("class_", optional(STR), "None"),
        ("_private", literals("a"), '"a"'),
        ("copy", tree(ir.Primitive("date")), None),
        ("größe", ANY, None),
    ]
    bases, references = definitions.model(
        "owner#tag", "Owner", {"Animal": "animal", "UncheckedBaseModel": ""}, fields
    )
    assert bases == ("Animal", "UncheckedBaseModel")
    assert references >= {"x/Cat.z", "animal"} and "owner#tag" not in references
    assert definitions.model("empty", "Empty", {"UncheckedBaseModel": ""}, [])[0] == (
        "UncheckedBaseModel",
    )


def test_a_field_of_two_classes_is_one() -> None:
    first = definitions.model("a", "A", {"Base": ""}, [("cat", CAT_TYPE, None), ("b", STR, None)])
    second = definitions.model("b", "B", {"Base": ""}, [("cat", tree(CAT), None)])
    assert first == second == (("Base",), frozenset({"x/Cat.z"}))


def test_a_field_that_is_there_twice_is_an_error() -> None:
    """The library leaves out the second one of its arguments."""
    fields = [("cat", CAT_TYPE, None), ("cat", STR, None)]
    with pytest.raises(RuntimeError, match="1 of 2 fields"):
        definitions.model("a", "A", {"Base": ""}, fields)


def test_a_dotted_name_is_an_error() -> None:
    """The library would cut it at the dot."""
    with pytest.raises(RuntimeError, match=r"made Name of Dotted\.Name"):
        definitions.model("a", "Dotted.Name", {"Base": ""}, [])


@pytest.mark.parametrize("values", [(), ("a",), ("a", "A", "it's", 'say "it"', "\n", "{{x}}")])
def test_an_enum_class_has_the_members_that_it_is_given(values: tuple[str, ...]) -> None:
    members = [(f"M{index}", literal(value)) for index, value in enumerate(values)]
    base, result = definitions.enum("id", "Kind", "OpenEnum", members)
    assert (base, result) == ("OpenEnum", tuple(members))


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize(
    "type_", [case[0] for case in CONTRACT], ids=[case[1] for case in CONTRACT]
)
def test_an_alias_stands_for_the_type_that_it_is_given(
    type_: ir.Type | Type, recursive: bool
) -> None:
    target = tree(type_)
    assert definitions.alias("id", "Other", target, recursive=recursive) == target


def test_an_alias_may_name_itself() -> None:
    type_ = ir.UnionOf((STRING, ir.ListOf(ir.Nullable(ir.Ref("json")))))
    target = TypeBuilder({"json": "Json"}).type_of(type_)
    result = definitions.alias("json", "Json", target, recursive=True)
    assert (result.text, result.references) == ("str | list[Json | None]", ("json",))


def test_a_type_does_not_depend_on_others() -> None:
    types = TypeBuilder(NAMES)
    for type_, *_ in reversed(CONTRACT):
        usual = type_ if isinstance(type_, Type) else types.type_of(type_, argument=True)
        assert optional(usual).renamed(LOCAL_TYPES, LOCAL_NAMES).text
    assert [
        (type_ if isinstance(type_, Type) else types.type_of(type_)).text for type_, *_ in CONTRACT
    ] == [case[1] for case in CONTRACT]


def test_constraints_do_not_show() -> None:
    limited = ir.Primitive("string", ir.Constraints(max_length=3, pattern="^a"))
    assert tree(limited).text == "str"


def test_the_library_is_imported_when_it_is_needed() -> None:
    code = (
        "import sys, fiddlehead.cli, fiddlehead.package, fiddlehead.render; print([*sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("datamodel_code_generator", "black", "jinja2", "pydantic"):
        assert f"'{heavy}'" not in done.stdout


def test_the_parser_of_the_library_is_never_imported() -> None:
    code = "import sys, fiddlehead.python; print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'datamodel_code_generator.types'" in done.stdout
    for heavy in ("datamodel_code_generator.parser", "black", "isort", "inflect", "genson"):
        assert f"'{heavy}'" not in done.stdout


def test_objects_of_the_library_are_freed_with_their_users() -> None:
    """Nothing in them refers back to what uses them: they are freed without the collector."""

    def count() -> int:
        kinds = (DataType, DataModelField, DataModel, Reference)
        return sum(isinstance(case, kinds) for case in gc.get_objects())

    definitions.release()
    gc.collect()
    before = count()
    gc.disable()
    try:
        types = TypeBuilder(NAMES)
        fields = [
            (f"f{index}", types.type_of(type_), None)
            for index, (type_, *_) in enumerate(CONTRACT)
            if not isinstance(type_, Type)
        ]
        definitions.model("owner#tag", "Owner", {"Animal": "animal"}, fields)
        definitions.enum("id", "Kind", "OpenEnum", [("A", '"a"')])
        definitions.alias("json", "Json", types.type_of(ir.ListOf(CAT)), recursive=True)
        assert count() > before
        del fields
        definitions.release()
        types.release()
        assert count() == before
    finally:
        gc.enable()


def test_without_the_library_nothing_is_generated(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
        "components: {schemas: {Thing: {type: object, properties: {name: {type: string}}}}}\n"
    )
    arguments = ["generate", str(spec), "--output", str(tmp_path / "out"), "--package", "acme"]
    code = (
        "import sys; sys.modules['datamodel_code_generator'] = None;"
        f"from fiddlehead.cli import main; main([*{arguments!r}, '--no-cache', '--debug'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "ModuleNotFoundError: No module named 'datamodel_code_generator" in done.stderr
    assert not (tmp_path / "out").exists()
