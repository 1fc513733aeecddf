"""Example values are valid, and are taken from the description if it has any."""

from __future__ import annotations

import pytest
from fiddlehead import ir
from fiddlehead.examples.example_calls import ExampleCalls
from hypothesis import given
from hypothesis import strategies as st

STRING, INTEGER, NUMBER = ir.Primitive("string"), ir.Primitive("integer"), ir.Primitive("double")


def model(id_: str, *fields: ir.Field, **more: object) -> ir.Model:
    return ir.Model(id=id_, name=ir.Name((id_,)), fields=fields, **more)  # type: ignore[arg-type]


def example_calls(*declarations: ir.Declaration) -> ExampleCalls:
    root = ir.Resource("")
    return ExampleCalls(
        ir.Api("Test", None, root, {declaration.id: declaration for declaration in declarations})
    )


TREE = model(
    "Tree",
    ir.Field("name", STRING, True),
    ir.Field("parent", ir.Ref("Tree"), False),
    ir.Field("children", ir.ListOf(ir.Ref("Tree")), True),
)
ENDLESS = model("Endless", ir.Field("again", ir.Ref("Endless"), True))
SHAPE = ir.Union(
    id="Shape",
    name=ir.Name(("Shape",)),
    discriminator=ir.Discriminator("kind"),
    variants=(
        ir.Variant(ir.Ref("Circle"), "circle"),
        ir.Variant(STRING, "text", key="value"),
        ir.Variant(None, "nothing"),
    ),
)
CIRCLE = model("Circle", ir.Field("radius", NUMBER, True), ir.Field("label", STRING, False))
COLOR = ir.Enum(
    id="Color", name=ir.Name(("Color",)), values=(ir.EnumValue("red"), ir.EnumValue("green"))
)
EVERY = example_calls(TREE, ENDLESS, SHAPE, CIRCLE, COLOR)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (STRING, "field"),
        (INTEGER, 1),
        (ir.Primitive("long"), 1_000_000),
        (NUMBER, 1.1),
        (ir.Primitive("boolean"), True),
        (ir.Primitive("date-time"), "2024-01-15T09:30:00Z"),
        (ir.Primitive("date"), "2023-01-15"),
        (ir.Primitive("uuid"), "d5e9c84f-c2b2-4bf4-b4b0-7ffd7a9ffc32"),
        (ir.Primitive("base64"), "SGVsbG8gd29ybGQh"),
        (ir.Primitive("bigint"), "1000000"),
        (ir.ListOf(STRING), ("field", "field")),
        (ir.ListOf(STRING, unique=True), ("field",)),
        (ir.MapOf(STRING, INTEGER), {"field": 1}),
        (ir.MapOf(INTEGER, STRING), {"1": "field"}),
        (ir.Nullable(STRING), "field"),
        (ir.Literal("always"), "always"),
        (ir.Ref("Color"), "red"),
        (ir.Ref("Shape"), {"kind": "circle", "radius": 1.1}),
        (ir.Ref("Tree"), {"name": "name", "children": ()}),
    ],
)
def test_values_are_made_up_by_ferns_rule(type_: ir.Type, value: ir.Json) -> None:
    built = EVERY.samples.value(type_, "field", "request")
    assert built == value
    assert EVERY.matcher.fits(built, type_)


def test_a_response_has_optional_fields_and_is_finite() -> None:
    built = EVERY.samples.value(ir.Ref("Tree"), "tree", "response")
    assert isinstance(built, dict)
    assert set(built) == {"name", "parent", "children"}
    assert EVERY.matcher.fits(built, ir.Ref("Tree"))


def test_a_type_without_a_finite_value_is_null() -> None:
    assert EVERY.samples.value(ir.Ref("Endless"), "x", "request") is None


TYPES = st.recursive(
    st.sampled_from(
        [
            *[STRING, INTEGER, NUMBER, ir.Primitive("date-time"), ir.Primitive("uuid")],
            *[ir.Ref("Tree"), ir.Ref("Shape"), ir.Ref("Color"), ir.Literal(True), ir.Unknown()],
        ]
    ),
    lambda inner: st.one_of(
        inner.map(ir.ListOf),
        inner.map(ir.Nullable),
        inner.map(lambda item: ir.MapOf(STRING, item)),
        st.tuples(inner, inner).map(ir.UnionOf),
    ),
    max_leaves=5,
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from(["red", "x", "2024-01-15T09:30:00Z", "circle"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(
            st.sampled_from(["name", "children", "parent", "kind", "radius", "value"]), inner
        ),
    ),
    max_leaves=8,
)


@given(TYPES, VALUES)
def test_any_value_can_be_made_to_fit(type_: ir.Type, value: ir.Json) -> None:
    fitted = EVERY.samples.fit(value, type_, "field", "request")
    assert EVERY.matcher.fits(fitted, type_)
    if EVERY.matcher.fits(value, type_) and not isinstance(type_, ir.UnionOf):
        assert EVERY.samples.fit(fitted, type_, "field", "request") == fitted


def test_the_descriptions_examples_come_first() -> None:
    thing = model(
        "Thing",
        ir.Field("size", INTEGER, True, example=ir.Default(7)),
        ir.Field("color", ir.Ref("Color"), True, default=ir.Default("green")),
        ir.Field("note", STRING, True, example=ir.Default(3)),
    )
    complete = model("Whole", ir.Field("x", STRING, True), examples=(ir.Example({"x": "given"}),))
    result = example_calls(thing, complete, COLOR)
    built = result.samples.value(ir.Ref("Thing"), "x", "request")
    assert built == {"size": 7, "color": "green", "note": "note"}
    assert result.samples.value(ir.Ref("Whole"), "x", "request") == {"x": "given"}


def test_an_example_call_is_completed() -> None:
    body = ir.Body(
        "json",
        "application/json",
        fields=(
            ir.Field("model", STRING, True),
            ir.Field("limit", INTEGER, False),
            ir.Field("secret", STRING, True, access="read-only"),
            ir.Field("color", ir.Ref("Color"), False),
        ),
    )
    call = ir.Call(body=ir.Default({"limit": 3, "color": "no such color"}), path={"id": 12})
    failed = ir.Call(error="404", body=ir.Default({"model": "wrong"}))
    endpoint = ir.Endpoint(
        "POST /x/{id}",
        ("make",),
        "POST",
        "/x/{id}",
        parameters=(
            ir.Parameter("id", "path", STRING, True),
            ir.Parameter("page", "query", INTEGER, False),
        ),
        body=body,
        examples=(failed, call),
    )
    sent = example_calls(COLOR).request(endpoint)
    assert sent.path == {"id": "12"}
    assert sent.query == {}
    assert sent.body == ir.Default({"limit": 3, "color": "red", "model": "model"})
