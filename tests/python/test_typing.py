"""What datamodel-code-generator is relied on for: a bump that changes it fails here, loudly."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fiddlehead import ir, typing_
from fiddlehead.package import Import

LITERAL = Import("typing", "Literal")
ANY = Import("typing", "Any")
DATETIME = Import("datetime", "", "dt")
STRING = ir.Primitive("string")


def ref(id_: str) -> str:
    return typing_.reference(id_)


CONTRACT: list[tuple[ir.Type, str, tuple[Import, ...], str | None]] = [
    (STRING, "str", (), None),
    (ir.Primitive("integer"), "int", (), None),
    (ir.Primitive("long"), "int", (), None),
    (ir.Primitive("uint"), "int", (), None),
    (ir.Primitive("uint64"), "int", (), None),
    (ir.Primitive("bigint"), "str", (), None),
    (ir.Primitive("float"), "float", (), None),
    (ir.Primitive("double"), "float", (), None),
    (ir.Primitive("boolean"), "bool", (), None),
    (ir.Primitive("date"), "dt.date", (DATETIME,), None),
    (ir.Primitive("date-time"), "dt.datetime", (DATETIME,), None),
    (ir.Primitive("date-time-rfc-2822"), "str", (), None),
    (ir.Primitive("uuid"), "uuid.UUID", (Import("uuid"),), None),
    (ir.Primitive("base64"), "str", (), None),
    (ir.Primitive("bytes"), "bytes", (), None),
    (ir.Literal("a"), 'Literal["a"]', (LITERAL,), None),
    (ir.Literal(True), "Literal[True]", (LITERAL,), None),
    (ir.Literal(3), "Literal[3]", (LITERAL,), None),
    (ir.Literal(1.5), "float", (), None),
    (ir.Unknown(), "Any", (ANY,), None),
    (ir.Ref("x/Y.z"), ref("x/Y.z"), (), None),
    (ir.ListOf(ir.Ref("A")), f"list[{ref('A')}]", (), f"Sequence[{ref('A')}]"),
    (
        ir.ListOf(ir.ListOf(ir.Primitive("double"))),
        "list[list[float]]",
        (),
        "Sequence[Sequence[float]]",
    ),
    (ir.ListOf(ir.Nullable(STRING)), "list[str | None]", (), "Sequence[str | None]"),
    (ir.ListOf(STRING, unique=True), "set[str]", (), None),
    (ir.ListOf(ir.Ref("A"), unique=True), f"list[{ref('A')}]", (), f"Sequence[{ref('A')}]"),
    (ir.ListOf(ir.ListOf(STRING, unique=True)), "list[set[str]]", (), "Sequence[set[str]]"),
    (ir.MapOf(STRING, ir.Unknown()), "dict[str, Any]", (ANY,), None),
    (ir.MapOf(ir.Primitive("integer"), STRING), "dict[int, str]", (), None),
    (
        ir.ListOf(ir.MapOf(ir.Primitive("integer"), ir.Primitive("uuid"))),
        "list[dict[int, uuid.UUID]]",
        (Import("uuid"),),
        "Sequence[dict[int, uuid.UUID]]",
    ),
    (ir.Nullable(STRING), "str | None", (), None),
    (ir.Nullable(ir.Unknown()), "Any", (ANY,), None),
    (
        ir.UnionOf((ir.Ref("B"), STRING, ir.ListOf(ir.Ref("A")))),
        f"{ref('B')} | str | list[{ref('A')}]",
        (),
        f"{ref('B')} | str | Sequence[{ref('A')}]",
    ),
    (ir.UnionOf((ir.Primitive("integer"), ir.Primitive("double"))), "int | float", (), None),
    (
        ir.UnionOf((ir.Literal("a"), ir.Literal("b"), ir.Nullable(STRING))),
        'Literal["a"] | Literal["b"] | str | None',
        (LITERAL,),
        None,
    ),
]


def test_annotations() -> None:
    spelled = typing_.spell(type_ for type_, *_ in CONTRACT)
    found = [
        (type_, spelled[type_].text, spelled[type_].imports, spelled[type_].sequence_text)
        for type_, *_ in CONTRACT
    ]
    assert found == CONTRACT


@pytest.mark.parametrize(
    "text", ["a'b", 'a"b', "a\\", "\n", "]; import os", "\0D0\0", "{{x}}", "é"]
)
def test_a_literal_is_the_text(text: str) -> None:
    [spelled] = typing_.spell([ir.Literal(text)]).values()
    assert eval(spelled.text, {"Literal": dict.fromkeys([text], "here")}) == "here"
    assert eval(typing_.literal(text)) == text


@pytest.mark.parametrize("id_", ["a.b", "a/b#c", "a\0b", "100%", "%00", "D1", "list", "Any"])
def test_a_reference_leads_back(id_: str) -> None:
    spelled = typing_.spell([ir.ListOf(ir.Ref(id_)), ir.Ref("other")])
    text = spelled[ir.ListOf(ir.Ref(id_))].text
    assert typing_.referred(text.removeprefix("list[\0").removesuffix("\0]")) == id_


def test_an_annotation_does_not_depend_on_what_else_there_is() -> None:
    alone = typing_.spell([ir.ListOf(ir.Ref("A"))])
    among = typing_.spell([type_ for type_, *_ in reversed(CONTRACT)])
    assert among[ir.ListOf(ir.Ref("A"))] == alone[ir.ListOf(ir.Ref("A"))]


def test_constraints_do_not_show() -> None:
    limited = ir.Primitive("string", ir.Constraints(max_length=3, pattern="^a"))
    assert typing_.spell([limited])[limited].text == "str"


def test_the_library_is_imported_when_it_is_needed() -> None:
    code = "import sys, fiddlehead.python, fiddlehead.render; print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("datamodel_code_generator", "black", "jinja2", "pydantic"):
        assert f"'{heavy}'" not in done.stdout
