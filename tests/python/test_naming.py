"""Fern's rules for names, and hostile names."""

from __future__ import annotations

import json
import keyword
from pathlib import Path

import pytest
from fiddlehead.diagnostics import Diagnostics, SourceFile, Span
from fiddlehead.naming import Claim, Names, reserved
from hypothesis import example, given
from hypothesis import strategies as st

from ..support.pipeline import SHARED
from ..support.skips import NEEDS_SHARED

SURFACE = SHARED / "reference" / "cohere-7.0.9-surface.json"


def span(line: int = 1) -> Span:
    return Span(SourceFile("spec.yaml", "one\ntwo\nthree"), line, 1, line, 4)


NAMES = Names(Diagnostics())


@pytest.mark.parametrize(
    ("text", "smart", "plain", "boundary"),
    [
        ("job_id", "job_id", "job_id", "job_id"),
        ("jobId", "job_id", "job_id", "job_id"),
        ("v2ChatRequest", "v2chat_request", "v_2_chat_request", "v2_chat_request"),
        ("embedV2", "embed_v2", "embed_v_2", "embed_v2"),
        ("3d", "3d", "3_d", "3_d"),
        ("HTTPStatus", "http_status", "http_status", "http_status"),
        ("OAuthAuthorize", "o_auth_authorize", "o_auth_authorize", "o_auth_authorize"),
        ("two words", "two_words", "two_words", "two_words"),
        ("tool-call", "tool_call", "tool_call", "tool_call"),
        ("it's", "its", "its", "its"),
        ("1st_place", "1st_place", "1st_place", "1st_place"),
        ("Größe", "grosse", "grosse", "grosse"),
    ],
)
def test_snake_case(text: str, smart: str, plain: str, boundary: str) -> None:
    assert NAMES.snake(text) == smart
    assert Names(Diagnostics(), smart_casing=False).snake(text) == plain
    assert Names(Diagnostics(), digit_word_boundary=True).snake(text) == boundary


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("EmbedJob", "status"), "EmbedJobStatus"),
        (("plant_owner",), "PlantOwner"),
        (("AssistantMessageV2", "content", "One", "Item"), "AssistantMessageV2ContentOneItem"),
        (("2fa", "code"), "TwoFaCode"),
        (("1234",), "OneThousandTwoHundredThirtyFour"),
        (("X-Output",), "XOutput"),
        (("none",), "None_"),
        (("HTTPStatus",), "HttpStatus"),
    ],
)
def test_class_names(words: tuple[str, ...], name: str) -> None:
    assert NAMES.class_name(words) == name


@pytest.mark.parametrize(
    ("text", "field", "argument", "method"),
    [
        ("class", "class_", "class_", "class_"),
        ("float", "float_", "float_", "float"),
        ("list", "list_", "list_", "list"),
        ("schema", "schema_", "schema", "schema"),
        ("model_dump", "model_dump_", "model_dump", "model_dump"),
        ("model_name", "model_name", "model_name", "model_name"),
        ("str", "str_", "str_", "str"),
        ("self", "self_", "self_", "self"),
        ("request_options", "request_options", "request_options_", "request_options"),
        ("close", "close", "close", "close_"),
        ("_id", "f_id", "f_id", "id"),
        ("__class__", "f_class", "f_class", "class_"),
        ("3d", "f_3d", "f_3d", "three_d"),
        ("2fa-enable", "f_2fa_enable", "f_2fa_enable", "two_fa_enable"),
        ("+1", "plus_1", "plus_1", "plus_1"),
        ("-1", "minus_1", "minus_1", "minus_1"),
        ("Date<", "date_less_than", "date_less_than", "date_less_than"),
        (
            "Date>=",
            "date_greater_than_or_equal_to",
        )
        * 1
        + ("date_greater_than_or_equal_to",) * 2,
        ("../../etc/passwd", "etc_passwd", "etc_passwd", "etc_passwd"),
        ("日本", "日本", "日本", "日本"),
        ("address_line_1", "address_line_1", "address_line_1", "address_line_1"),
        ("v2_chat_3d", "v2_chat_3d", "v2_chat_3d", "v2_chat_3d"),
        ("_line_1", "f_line_1", "f_line_1", "line_1"),
        ("line-1", "line1", "line1", "line1"),
    ],
)
def test_identifiers(text: str, field: str, argument: str, method: str) -> None:
    assert NAMES.field(text) == field
    assert NAMES.argument(text) == argument
    assert NAMES.method((text,)) == method


@pytest.mark.parametrize(
    ("text", "name", "fern"),
    [("2FA", "two_fa", "_2fa"), ("365", "three_hundred_sixty_five", "_365"), ("v2", "v2", "v2")],
)
def test_groups_and_methods_that_begin_with_a_digit_are_public(
    text: str, name: str, fern: str
) -> None:
    for names, expected in ((NAMES, name), (Names(Diagnostics(), fern=True), fern)):
        assert names.group(text) == expected
        assert names.method((text,)) == expected


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("object", "object"),
        ("_object", "object"),
        ("__meta", "meta"),
        ("_class", "class_"),
        ("_1a", "f_1a"),
        ("schema", "schema_"),
        ("address_line_1", "address_line1"),
    ],
)
def test_fields_of_layout_fern(text: str, field: str) -> None:
    assert Names(Diagnostics(), fern=True).field(text) == field


def test_smart_casing_off_makes_words_of_digits_in_snake_case() -> None:
    names = Names(Diagnostics(), smart_casing=False)
    assert names.field("v2_chat") == "v_2_chat"


@pytest.mark.parametrize(
    ("value", "member"),
    [
        ("processing", "PROCESSING"),
        ("embed-input", "EMBED_INPUT"),
        (">=", "GREATER_THAN_OR_EQUAL_TO"),
        ("", "EMPTY"),
        ("*", "ALL"),
        ("2d", "TWO_D"),
        ("mro", "MRO"),
        ("name", "NAME"),
    ],
)
def test_members_of_enum_classes(value: str, member: str) -> None:
    assert NAMES.member(value) == member


HOSTILE = st.one_of(
    st.text(),
    st.text(st.sampled_from("_./\\\0\n\"'({[;#= -+<>0aZé日\u202e\ud800💥ﬁ")),
    st.sampled_from(sorted(reserved.KEYWORDS)),
)


@given(HOSTILE, HOSTILE)
@example("\ufb01", "")
@example("_" * 5, "\u00b7")
@example("", "\u0591")
@example("\u0591a", "")
@example("\uffdd:\U00018d09", "\uffdd")
def test_any_name_becomes_an_identifier(text: str, other: str) -> None:
    results = [
        NAMES.field(text),
        NAMES.argument(text),
        NAMES.method((text, other)),
        NAMES.group(text),
        NAMES.class_name((text, other)),
        NAMES.member(text),
        NAMES.module(NAMES.class_name((text,))),
    ]
    for name in results:
        assert name == "" or name.isidentifier()
        assert not keyword.iskeyword(name)
        assert "__" not in name[:2] or not name.endswith("__")
    assert not NAMES.field(text).startswith("_")
    assert not NAMES.argument(text).startswith("__")


@given(HOSTILE)
def test_a_name_that_cannot_be_written_is_reported(text: str) -> None:
    diagnostics = Diagnostics()
    named = Names(diagnostics).decide(NAMES.field(text), "types.A.x", text, span())
    assert named.name.isidentifier()
    assert bool(diagnostics.errors) == (NAMES.field(text) == "")
    assert all(error.span is not None and error.hint for error in diagnostics.errors)


def test_two_claims_on_one_name_show_both_places() -> None:
    diagnostics = Diagnostics()
    first, second = span(1), span(2)
    claims = [Claim(("a_b", "a_dash_b"), "a-b", second, key="A.a-b"), Claim(("a_b",), "aB", first)]
    named = Names(diagnostics).assign(claims, "the fields of A", parent="A")
    assert [declared.name for declared in named] == ["a_b", "a_b_"]
    [problem] = diagnostics.warnings
    assert problem.code == "duplicate-name"
    assert "'aB' and 'a-b' would both be 'a_b' among the fields of A" in problem.message
    assert problem.span is first and problem.related == (("'a-b' is defined here", second),)
    assert problem.hint is not None and '"A.a_b_" = ' in problem.hint


def test_settings_rename_and_keep_old_names() -> None:
    diagnostics = Diagnostics()
    names = Names(
        diagnostics,
        rename={"types.A.x": "y", "types.B": "not a name", "types.Gone": "C"},
        aliases={"types.A.x": ("x", "y")},
    )
    named = names.decide("x", "types.A.x", "x", span())
    assert (named.name, named.old_names) == ("y", ("x",))
    assert names.decide("B", "types.B", "B", span()).name == "B"
    names.report_unused()
    assert [diagnostic.code for diagnostic in diagnostics.reported] == [
        "bad-config",
        "unused-setting",
    ]


@pytest.mark.skipif(not SURFACE.exists(), reason=NEEDS_SHARED)
def test_every_name_of_a_fern_sdk_is_its_own() -> None:
    surface = json.loads(Path(SURFACE).read_text(encoding="utf-8"))
    for name in (*surface["classes"], *surface["aliases"]):
        assert NAMES.class_name((name,)) == name
    fields = 0
    for cls in surface["classes"].values():
        for name, fact in cls.get("fields", {}).items():
            assert NAMES.field(fact["wire"]) == name
            fields += 1
    assert fields > 500
