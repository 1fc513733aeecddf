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
from fiddlehead import ir, typing_
from fiddlehead.literals import literal
from fiddlehead.package import Annotation, Field, Import
from fiddlehead.type_expressions import (
    ANNOTATED,
    ANY,
    BYTES,
    CALLABLE,
    FLOAT,
    INT,
    ITERATOR,
    NONE,
    STR,
    USUAL,
    Call,
    Expression,
    Generic,
    Literals,
    Name,
    OneOf,
    Renamed,
    core,
    http,
    list_of,
    optional,
    sequence_of,
)
from fiddlehead.typing_ import Classes

LITERAL = Import("typing", "Literal")
ANY_IMPORT = Import("typing", "Any")
DATETIME = Import("datetime", "", "dt")
SEQUENCE = Import("collections.abc", "Sequence")
STRING = ir.Primitive("string")
CAT, OWNER = ir.Ref("x/Cat.z"), ir.Ref("owner#tag")
NAMES = {"x/Cat.z": "Cat", "owner#tag": "Owner"}

CONTRACT: list[tuple[Expression, str, tuple[Import, ...], tuple[str, ...]]] = [
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
    (Literals((ir.Literal("a"), ir.Literal(2))), 'Literal["a", 2]', (LITERAL,), ()),
    (ir.Unknown(), "Any", (ANY_IMPORT,), ()),
    (ir.Nullable(ir.Unknown()), "Any", (ANY_IMPORT,), ()),
    (optional(ANY), "Any", (ANY_IMPORT,), ()),
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
        OneOf((OneOf((STRING, optional(CAT))), STRING, OWNER)),
        "str | Cat | Owner | None",
        (),
        ("x/Cat.z", "owner#tag"),
    ),
    (ir.UnionOf((ir.Unknown(), STRING)), "Any | str", (ANY_IMPORT,), ()),
    # What JSON Schema has no word for: an open enum, an unknown variant, a discriminator.
    (
        OneOf((Literals((ir.Literal("a"),)), core("enums", "UnknownStr"), FLOAT)),
        'Literal["a"] | UnknownStr | float',
        (Import("core/enums.py", "UnknownStr"), LITERAL),
        (),
    ),
    (
        Generic(
            ANNOTATED,
            (
                OneOf((CAT, core("unions", "UnknownVariant"))),
                Call(core("unions", "Discriminated"), '"kind"'),
            ),
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
        optional(OneOf((STR, Generic(CALLABLE, (Generic(None, ()), STR))))),
        "str | Callable[[], str] | None",
        (Import("collections.abc", "Callable"),),
        (),
    ),
    (
        Generic(CALLABLE, (Generic(None, (INT, CAT)), NONE)),
        "Callable[[int, Cat], None]",
        (Import("collections.abc", "Callable"),),
        ("x/Cat.z",),
    ),
    (
        OneOf((BYTES, Generic(ITERATOR, (BYTES,)))),
        "bytes | Iterator[bytes]",
        (Import("collections.abc", "Iterator"),),
        (),
    ),
    (
        OneOf((FLOAT, http("Timeout"))),
        "float | http_library.Timeout",
        (Import("core/__init__.py", "http_library"),),
        (),
    ),
    (sequence_of(CAT), "Sequence[Cat]", (SEQUENCE,), ("x/Cat.z",)),
    (list_of(CAT), "list[Cat]", (), ("x/Cat.z",)),
]


def annotation(type_: Expression, renamed: Renamed | None = None, **forms: bool) -> Annotation:
    annotations = typing_.Annotations({**NAMES, **({"v2/Cat": "Cat"} if renamed else {})})
    if renamed is None:
        return annotations.annotation(type_, **forms)
    return annotations.annotation(type_, renamed, **forms)


@pytest.mark.parametrize(
    ("type_", "text", "imports", "references"), CONTRACT, ids=[item[1] for item in CONTRACT]
)
def test_annotations(
    type_: Expression, text: str, imports: tuple[Import, ...], references: tuple[str, ...]
) -> None:
    found = annotation(type_)
    assert (found.text, found.imports, found.references) == (text, imports, references)
    expected = text if text == "Any" or text.endswith(" | None") else f"{text} | None"
    assert annotation(type_, none=True).text == expected


def printed(found: Annotation) -> str:
    """An annotation printed from its tree alone."""
    items = [printed(item) for item in found.items]
    if found.head == Annotation.UNION:
        return " | ".join(items)
    brackets = f"[{', '.join(items)}]" if items or not found.head else ""
    return f"{found.head}{brackets}"


TREES = [item for item in CONTRACT if '"' not in item[1] and "Literal" not in item[1]]


@pytest.mark.parametrize("type_", [tree[0] for tree in TREES], ids=[tree[1] for tree in TREES])
def test_the_tree_has_all_information_of_the_text(type_: Expression) -> None:
    found = annotation(type_)
    assert printed(found) == found.text
    named = [node.id for node in found.walk() if node.id is not None]
    assert sorted(set(named)) == sorted(found.references)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (ir.ListOf(CAT), "Sequence[Cat]"),
        (ir.ListOf(ir.ListOf(STRING)), "Sequence[Sequence[str]]"),
        (ir.ListOf(ir.ListOf(STRING, unique=True)), "Sequence[set[str]]"),
        (ir.MapOf(STRING, ir.ListOf(STRING)), "dict[str, Sequence[str]]"),
        (ir.UnionOf((CAT, ir.ListOf(CAT))), "Cat | Sequence[Cat]"),
        (ir.Nullable(ir.ListOf(STRING)), "Sequence[str] | None"),
        (list_of(CAT), "list[Cat]"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_list_in_an_argument_is_any_sequence(type_: Expression, text: str) -> None:
    found = annotation(type_, argument=True)
    assert found.text == text
    assert (SEQUENCE in found.imports) == ("Sequence" in text)


LOCAL = Renamed(
    {"x/Cat.z": "_ThisCat", "v2/Cat": "_V2Cat"},
    {
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
    },
)


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
        (
            Generic(
                ANNOTATED, (STR, Call(Name("pydantic.Field", Import("pydantic")), 'alias="a"'))
            ),
            '_Annotated[builtins.str, _pydantic.Field(alias="a")]',
        ),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_module_may_call_things_otherwise(type_: Expression, text: str) -> None:
    both = typing_.Annotations({**NAMES, "v2/Cat": "Cat"})
    usual, found = both.annotation(type_), both.annotation(type_, LOCAL)
    assert found.text == text
    assert [node.head for node in found.walk()] == [node.head for node in usual.walk()]
    assert found.references == usual.references
    assert annotation(ir.ListOf(STRING), LOCAL, argument=True).text == "_Sequence[builtins.str]"


@pytest.mark.parametrize("name", ["Any", "None_", "Optional", "Union"])
def test_a_class_may_have_a_name_that_the_library_knows(name: str) -> None:
    annotations = typing_.Annotations({"id": name})
    for type_, text in (
        (ir.Nullable(ir.Ref("id")), f"{name} | None"),
        (ir.UnionOf((STRING, ir.Nullable(ir.Ref("id")))), f"str | {name} | None"),
        (ir.ListOf(ir.Nullable(ir.Ref("id"))), f"list[{name} | None]"),
        (OneOf((ir.Ref("id"), NONE)), f"{name} | None"),
    ):
        found = annotations.annotation(type_)
        assert (found.text, found.imports, found.references) == (text, (), ("id",))


def test_two_classes_of_one_name_in_a_union_are_an_error() -> None:
    """The library would make one of them, without a word."""
    union = ir.UnionOf((CAT, ir.Ref("v2/Cat")))
    both = typing_.Annotations({**NAMES, "v2/Cat": "Cat"})
    assert len(both.annotation(union).alternatives) == 2
    with pytest.raises(RuntimeError, match="two types are called Cat"):
        annotation(union, Renamed({"x/Cat.z": "Cat", "v2/Cat": "Cat"}))


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_as_many_members_come_back_as_went_in(count: int) -> None:
    names = {f"id {index}": f"Class{index}" for index in range(count)}
    found = typing_.Annotations(names).annotation(OneOf(tuple(map(ir.Ref, names))))
    assert [alternative.id for alternative in found.alternatives] == [*names]
    assert [alternative.head for alternative in found.alternatives] == [*names.values()]


@pytest.mark.parametrize(
    "text",
    ["a'b", 'a"b', "a\\", "\n", "]; import os", "\0D0\0", "{{x}}", "é", "A | None", "\u202e"],
)
def test_a_literal_is_the_text(text: str) -> None:
    found = annotation(ir.UnionOf((ir.Literal(text), CAT)))
    scope = {"Literal": {text: int}, "Cat": str}
    assert eval(found.text, scope) == int | str
    assert eval(literal(text)) == text
    assert len(found.alternatives) == 2


@pytest.mark.parametrize(
    "id_", ["a.b", "a/b#c", "a\0b", "100%", "%00", "D1", "list", "Any", "None"]
)
def test_an_id_may_be_any_text(id_: str) -> None:
    found = typing_.Annotations({id_: "Thing"}).annotation(ir.ListOf(ir.Nullable(ir.Ref(id_))))
    assert (found.text, found.references) == ("list[Thing | None]", (id_,))


# --- classes ---


def classes() -> Classes:
    return Classes(typing_.Annotations(NAMES))


def field(made: Classes, name: str, type_: Expression, default: str | None = None) -> Field:
    annotation, printed = made.field(name, type_, default)
    return Field(
        name=name, wire=name, annotation=annotation, default=printed, required=default is None
    )


@pytest.mark.parametrize(
    "type_", [item[0] for item in CONTRACT], ids=[item[1] for item in CONTRACT]
)
def test_a_field_has_the_type_that_it_is_given(type_: Expression) -> None:
    tree = typing_.Annotations(NAMES).trees(USUAL).tree(type_)
    for values in ({"required": True}, {"required": False}, {"required": False, "default": "x"}):
        built = DataModelField(name="it", data_type=tree, nullable=False, **values)
        assert built.type_hint == tree.type_hint


@pytest.mark.parametrize(
    "default",
    [None, "None", '"text"', "'a\"b'", "3", "1.5", "True", '"{{x}}"', '"\\n"', "[]"],
)
def test_a_default_is_the_source_that_is_given(default: str | None) -> None:
    made = classes()
    annotation, printed = made.field("name", STRING, default)
    assert (annotation.text, printed) == ("str", default)


def test_a_class_has_the_fields_and_bases_that_it_is_given() -> None:
    made = classes()
    fields = [
        field(made, "cat", ir.ListOf(CAT)),
        field(made, "class_", optional(STR), "None"),
        field(made, "_private", ir.Literal("a"), '"a"'),
        field(made, "copy", ir.Primitive("date"), None),
        field(made, "größe", ir.Unknown(), None),
    ]
    bases, references = made.model(
        "owner#tag", "Owner", {"Animal": "animal", "UncheckedBaseModel": ""}, fields
    )
    assert bases == ("Animal", "UncheckedBaseModel")
    assert references >= {"x/Cat.z", "animal"} and "owner#tag" not in references
    assert made.model("empty", "Empty", {"UncheckedBaseModel": ""}, [])[0] == (
        "UncheckedBaseModel",
    )


def test_a_field_of_two_classes_is_one() -> None:
    made = classes()
    same = field(made, "cat", CAT)
    first = made.model("a", "A", {"Base": ""}, [same, field(made, "b", STR)])
    second = made.model("b", "B", {"Base": ""}, [same])
    assert first == second == (("Base",), frozenset({"x/Cat.z", "core:Base"}))


@pytest.mark.filterwarnings("ignore:Field name")
def test_a_field_that_is_there_twice_is_an_error() -> None:
    """The library would leave the second one out."""
    made = classes()
    fields = [field(made, "cat", CAT), field(made, "cat", STR)]
    with pytest.raises(RuntimeError, match="1 of 2 fields"):
        made.model("a", "A", {"Base": ""}, fields)


def test_a_dotted_name_is_an_error() -> None:
    """The library would cut it at the dot."""
    with pytest.raises(RuntimeError, match=r"made Name of Dotted\.Name"):
        classes().model("a", "Dotted.Name", {"Base": ""}, [])


@pytest.mark.parametrize("values", [(), ("a",), ("a", "A", "it's", 'say "it"', "\n", "{{x}}")])
def test_an_enum_class_has_the_members_that_it_is_given(values: tuple[str, ...]) -> None:
    members = [(f"M{index}", literal(value)) for index, value in enumerate(values)]
    base, found = classes().enum("id", "Kind", "OpenEnum", members)
    assert (base, found) == ("OpenEnum", tuple(members))


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize(
    "type_", [item[0] for item in CONTRACT], ids=[item[1] for item in CONTRACT]
)
def test_an_alias_stands_for_the_type_that_it_is_given(type_: Expression, recursive: bool) -> None:
    found = classes().alias("id", "Other", type_, recursive=recursive)
    assert found == annotation(type_)


def test_an_alias_may_name_itself() -> None:
    made = Classes(typing_.Annotations({"json": "Json"}))
    type_ = ir.UnionOf((STRING, ir.ListOf(ir.Nullable(ir.Ref("json")))))
    found = made.alias("json", "Json", type_, recursive=True)
    assert (found.text, found.references) == ("str | list[Json | None]", ("json",))


def test_an_annotation_does_not_depend_on_others() -> None:
    annotations = typing_.Annotations(NAMES)
    for type_, *_ in reversed(CONTRACT):
        annotations.annotation(type_, argument=True, none=True)
        annotations.annotation(type_, LOCAL)
    assert [annotations.annotation(item[0]).text for item in CONTRACT] == [
        item[1] for item in CONTRACT
    ]


def test_constraints_do_not_show() -> None:
    limited = ir.Primitive("string", ir.Constraints(max_length=3, pattern="^a"))
    assert annotation(limited).text == "str"


def test_the_library_is_imported_when_it_is_needed() -> None:
    code = "import sys, fiddlehead.python, fiddlehead.render; print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("datamodel_code_generator", "black", "jinja2", "pydantic"):
        assert f"'{heavy}'" not in done.stdout


def test_the_parser_of_the_library_is_never_imported() -> None:
    code = (
        "import sys; from fiddlehead import ir, typing_;"
        "typing_.Annotations({}).annotation(ir.Primitive('string')); print([*sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'datamodel_code_generator.types'" in done.stdout
    for heavy in ("datamodel_code_generator.parser", "black", "isort", "inflect", "genson"):
        assert f"'{heavy}'" not in done.stdout


def test_objects_of_the_library_are_freed_with_their_users() -> None:
    """Nothing in them refers back to what uses them: they are freed without the collector."""

    def count() -> int:
        kinds = (DataType, DataModelField, DataModel, Reference)
        return sum(isinstance(object_, kinds) for object_ in gc.get_objects())

    gc.collect()
    before = count()
    gc.disable()
    try:
        made = classes()
        fields = [field(made, f"f{index}", item[0]) for index, item in enumerate(CONTRACT)]
        made.model("owner#tag", "Owner", {"Animal": "animal"}, fields)
        made.enum("id", "Kind", "OpenEnum", [("A", '"a"')])
        made.alias("json", "Json", ir.ListOf(CAT), recursive=True)
        assert count() > before
        made.release()
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
