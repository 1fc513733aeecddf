"""Examples are formatted like black."""

from __future__ import annotations

import black
from fiddlehead.line_breaks import Atom, Expression, Group, expression_lines
from fiddlehead.literals import literal
from hypothesis import given, settings
from hypothesis import strategies as st

ATOMS = st.one_of(
    st.integers(0, 10**9).map(lambda number: Atom(str(number))),
    st.text("abc d'\"\\\n", max_size=40).map(lambda text: Atom(literal(text))),
)


def groups(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    items = st.lists(inner, max_size=4)
    return st.one_of(
        items.map(lambda item: Group("[", tuple(("", x) for x in item), "]")),
        items.map(
            lambda item: Group("{", tuple((f'"k{n}": ', x) for n, x in enumerate(item)), "}")
        ),
        items.map(
            lambda item: Group("Model(", tuple((f"a{n}=", x) for n, x in enumerate(item)), ")")
        ),
    )


@settings(max_examples=200)
@given(st.recursive(ATOMS, groups, max_leaves=12))
def test_as_black_has_it(expression: Expression) -> None:
    call = Group("client.jobs.create(", (("value=", expression), ("other=", Atom("1"))), ")")
    lines = expression_lines(call, 60)
    formatted = black.format_str("\n".join(lines), mode=black.Mode(line_length=60))
    assert "\n".join(lines) == formatted.rstrip("\n")


@given(st.text())
def test_a_quoted_text_is_that_text(text: str) -> None:
    assert eval(literal(text)) == text
