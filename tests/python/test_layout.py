"""Templates print black's format, and hostile text stays text."""

from __future__ import annotations

import ast
import inspect

import pytest
from fiddlehead import formatting, ir
from fiddlehead.formatting import format_module, format_text
from fiddlehead.literals import literal
from fiddlehead.package import Alias, Field, Import, Model, Module
from fiddlehead.render import module_text
from fiddlehead.template_filters import docstring
from fiddlehead.typing_ import Type, TypeBuilder
from fiddlehead.typing_.types import FLOAT, annotated, core, literals, named, optional, union
from hypothesis import example, given, settings
from hypothesis import strategies as st

MARKS = [
    '"',
    '""',
    '"""',
    "'",
    "'''",
    "\\",
    '\\"""',
    "{",
    "}",
    "{{",
    "{%",
    "#",
    "%s",
    "é",
    "x",
    "word",
]
BLANKS = ["\n", "\n\n", "    ", "\t", "\r", "\x00", "\x0c", "\u2028", "\u202e", "�", "\xa0"]
PIECES = st.sampled_from([*MARKS, *BLANKS])
HOSTILE = st.one_of(st.text(), st.lists(PIECES).map("".join))


def documented(text: str) -> str:
    """A class and a method with a docstring each, as templates print them."""
    return (
        f"class A:\n    {docstring(text, 4)}\n\n    def b(self) -> None:\n"
        f"        {docstring(text, 8)}\n"
    )


@settings(max_examples=400, deadline=None)
@example('ends in "quotes"')
@example('"starts" in quotes')
@example('"""')
@example('"' * 5)
@example('a\n    """')
@example("a \\")
@example("a\n\n\n    b\n        c")
@given(HOSTILE)
def test_a_docstring_is_nothing_else(text: str) -> None:
    module = documented(text)
    tree = ast.parse(module)
    [cls] = tree.body
    assert isinstance(cls, ast.ClassDef)
    [prose, method] = cls.body
    assert isinstance(prose, ast.Expr) and isinstance(prose.value, ast.Constant)
    assert isinstance(method, ast.FunctionDef) and len(method.body) == 1
    # Invisible characters are written as escapes.
    assert all(item.isprintable() or item == "\n" for item in module)


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"])))
def test_a_docstring_has_the_text_of_the_description(text: str) -> None:
    [cls] = ast.parse(documented(f"a {text} b\n\n    c {text} d\ne")).body
    assert isinstance(cls, ast.ClassDef)
    assert ast.get_docstring(cls) == inspect.cleandoc(f"a {text} b\n\n    c {text} d\ne")


@settings(max_examples=200, deadline=None)
@example('ends in "quotes"')
@example('"starts" in quotes')
@example('more\nlines "here"')
@example("one\n  deeper\n    still")
@given(HOSTILE.filter(lambda text: text.strip() != ""))
def test_black_leaves_docstrings_alone(text: str) -> None:
    module = documented(text)
    if not ast.get_docstring(ast.parse(module).body[0]):  # type: ignore[arg-type]  # a class
        return
    assert format_text(module) == module


@given(HOSTILE)
def test_a_literal_is_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@given(st.text("ab'\"\\", max_size=12))
def test_a_literal_has_the_quotes_of_black(text: str) -> None:
    statement = f"name = {literal(text)}\n"
    assert format_text(statement) == statement


LONG = "a_name_that_is_long_enough_to_make_lines_break"


@pytest.mark.parametrize(
    "statement",
    [
        f"from .{LONG}.{LONG} import {LONG} as _{LONG}",
        f"X = Literal['{LONG}', '{LONG}', 'c']",
        f"class {LONG}{LONG}(UncheckedBaseModel):\n    pass",
        f"class A:\n    x: Annotated[{LONG}, pydantic.Field(alias='{LONG}')] = None\n\n    y: int",
        f"class A:\n    @deprecated('{LONG} {LONG}')\n    def f(\n        self,\n    ) -> None:\n"
        f'        """Prose that is longer than any line of code may be, {LONG}."""\n'
        f"        return g('{LONG}', '{LONG}', '{LONG}')\n\n    z: int",
        f"class A:\n    def f(\n        self,\n        x: {LONG}[{LONG}, {LONG}] | None = None,\n"
        f"    ) -> {LONG}:\n        return self._request(\n            {LONG}[{LONG}, {LONG}],\n        )",
        f"if TYPE_CHECKING:\n    from .{LONG} import {LONG} as {LONG}\nelse:\n    x = 1",
        f'class A:\n    """{LONG} {LONG} {LONG}"""\n\n    a: {LONG}[{LONG}, {LONG}]',
        f'x = {{\n    "{LONG}": "{LONG}",\n    "{LONG}": {LONG},\n    "{LONG}{LONG}": "a\\n",\n}}',
        f'{LONG} = Literal["{"日本語" * 10}", "twenty characters, no"] | UnknownStr',
        f"from .types import (\n    {LONG}{LONG},\n    {LONG} as {LONG},\n)",
    ],
)
def test_a_statement_that_does_not_fit_is_laid_out_as_black_does(statement: str) -> None:
    module = f"# Header.\n\n\n{statement}\n"
    assert format_module(format_text(module, 1000)) == format_text(module)


@pytest.mark.parametrize(
    "statement",
    [
        'X = Literal["a", "\\n", "{}"] | UnknownStr',
        'X = Literal["{}"]',
        "X = A | B | {}",
        "X = {} | B | C",
        "X = A | list[{}] | B",
        "{} = async_raw(AsyncClient.get)",
        "get = {}(AsyncClient.get)",
        "get = async_raw(AsyncClient.{})",
        f"get_{LONG} = async_raw(AsyncClient.{{}})",
        f"get_{LONG} = async_raw({{}})",
        f'{LONG} = Literal["{LONG}", "{{}}"] | UnknownStr',
    ],
)
@pytest.mark.parametrize("before", ["", "class A:\n    "])
def test_wherever_a_line_ends(statement: str, before: str) -> None:
    for length in range(1, 95):
        module = f"{before}{statement.format('a' * length)}\n"
        assert format_module(module) == format_text(module)


@pytest.mark.parametrize(
    "item",
    [
        "x: _types.{} | None = OMIT",
        "x: _types.{} | None",
        "x: A | Sequence[_types.{}] | B | None = None",
        "x: Sequence[{}] | Sequence[_types.B] = _types.C",
        "x: Sequence[Sequence[{}]] | None = None",
        "x: dict[str, {}] | None = None",
        "x: _types.{} = OMIT",
        "x: _types.{}",
        "x: {}",
        'x: Literal["{}"] | None = None',
    ],
)
def test_a_parameter_that_does_not_fit_is_broken_as_black_does(item: str) -> None:
    for length in (*range(30, 75), 95):
        long = item.format("a" * length)
        module = (
            f"class A:\n    def f(\n        self,\n        {long},\n    ) -> None:\n        pass\n"
        )
        assert format_module(module) == format_text(module)


@pytest.mark.parametrize("statement", ["self.{} = {}", "self.x = {}", "self.{} = x"])
def test_an_attribute_that_does_not_fit_is_broken_as_black_does(statement: str) -> None:
    for length in (*range(28, 88), 95):
        long = statement.replace("{}", "a" * length)
        module = f"class A:\n    def __init__(\n        self,\n    ) -> None:\n        {long}\n"
        assert format_module(module) == format_text(module)


@pytest.mark.parametrize(
    "statement",
    [
        "def f(self) -> {}:\n        pass",
        'def f(self) -> "{}":\n        pass',
        "def {}(self) -> A:\n        pass",
        "def f(\n        self,\n    ) -> _types.{}:\n        pass",
        "def f(\n        self,\n    ) -> builtins.list[_types.{}]:\n        pass",
        "def f(self):\n        return {}(client_wrapper=self._client_wrapper)",
        "def f(self):\n        return A(wrapper=self.{})",
        "def f(self):\n        from .{} import A, B",
        "def f(self):\n        from .a import {}",
        "def f(self):\n        from .a import {} as _A, B",
        "def f(self):\n        return g(\n            {} | None,\n            1,\n        )",
        "def f(self):\n        return g(\n            _types.A | _types.{} | None,\n            1,\n        )",
        "def f(self):\n        return g(\n            _types.{},\n        )",
        "def f(self):\n        return g(\n            errors={\n                404: _types.{},\n            },\n        )",
        'def f(self):\n        g(\n            auth=Auth("{}", credential(token, "token", "T"), "Bearer "),\n        )',
        'def f(self):\n        g(\n            auth=Any(lambda: Auth("{}", c(a, "b")), lambda: Basic(c(a), c(b)), x=True),\n        )',
        'def f(self):\n        g(\n            auth=E({{"a, b(": lambda: Auth("{}", c(a, "b")), "d": lambda: {}}}, ()),\n        )',
        "def f(self):\n        g(\n            auth=Auth({}(a, b), c),\n        )",
        "def f(self):\n        g(\n            auth=Auth(a if {} else b),\n        )",
        "def f(self):\n        g(\n            auth=Auth(a({})),\n        )",
        "x: {}",
        "{}: A",
    ],
)
def test_a_line_that_does_not_fit_is_broken_as_black_does(statement: str) -> None:
    for length in (*range(20, 88), 95):
        text = statement.replace("{}", "a" * length).replace("{{", "{").replace("}}", "}")
        module = f"class A:\n    {text}\n"
        assert format_module(module) == format_text(module)


@pytest.mark.parametrize("entries", ['"{}": a', '"a, b": a, "{}": b', '"é{}": a, "c": d, "e": f'])
def test_a_dictionary_that_does_not_fit_is_broken_as_black_does(entries: str) -> None:
    for length in (*range(40, 75), 95):
        values = entries.format("a" * length)
        module = f"def f():\n    return g(\n        x=1,\n        path={{{values}}},\n    )\n"
        assert format_module(module) == format_text(module)


@pytest.mark.parametrize("bases", ["A", "A, b.C", "A[int], B", "A, metaclass=B"])
def test_a_class_that_does_not_fit_is_broken_as_black_does(bases: str) -> None:
    for length in range(70, 86):
        module = f"class {'A' * length}({bases}):\n    a: int = 1\n"
        assert format_module(module) == format_text(module)
    module = f"class A({bases.replace('A', 'A' * 90)}):\n    a: int = 1\n"
    assert format_module(module) == format_text(module)


STRING, LONG_REF, NUMBER = ir.Primitive("string"), ir.Ref("long"), ir.Primitive("double")


def broken_types(name: str) -> list[Type]:
    """Types with a class of this name."""
    types = TypeBuilder({"long": name})
    long, string = types.type_of(LONG_REF), types.type_of(STRING)
    field = (named("pydantic.Field", Import("pydantic")), 'alias="aWireName"')
    return [
        long,
        types.type_of(ir.Nullable(LONG_REF)),
        types.type_of(ir.ListOf(LONG_REF)),
        types.type_of(ir.UnionOf((LONG_REF, STRING))),
        types.type_of(ir.UnionOf((STRING, ir.ListOf(LONG_REF), ir.Nullable(ir.Primitive("date"))))),
        types.type_of(ir.UnionOf((ir.MapOf(STRING, ir.UnionOf((LONG_REF, NUMBER))), STRING))),
        types.type_of(ir.Nullable(ir.ListOf(ir.UnionOf((LONG_REF, LONG_REF, STRING))))),
        union(literals("a", "b, c] | (d"), core("enums", "UnknownStr")),
        union(literals('"q"'), long, FLOAT),
        union(long, literals(*(f"value {n}" for n in range(7)))),
        annotated(optional(long), *field),
        annotated(union(long, string, core("unions", "UnknownVariant")), *field),
        optional(annotated(union(long, string, FLOAT), *field)),
        types.type_of(ir.MapOf(STRING, ir.ListOf(LONG_REF))).renamed({}, {"dict": "builtins.dict"}),
    ]


NAMES_OF_TYPES = [type_.text for type_ in broken_types("Long")]


@pytest.mark.parametrize("index", range(len(NAMES_OF_TYPES)), ids=NAMES_OF_TYPES)
def test_a_type_is_broken_as_black_breaks_it(index: int) -> None:
    """The class name has the maximum length, in an alias and in fields with and without a default."""
    for length in (*range(24, 88), 120):
        type_of = broken_types("L" * length)[index]
        fields = tuple(
            Field(name=f"f{n}", wire="f", annotation=type_of, default=default, required=True)
            for n, default in enumerate((None, "None", '"text"'))
        )
        items = (Alias(name="X", value=type_of), Model(name="M", bases=("B",), fields=fields))
        printed = module_text("# Header.", Module(path="m.py", items=items))
        flat = f"X = {type_of}\n\n\nclass M(B):\n    f0: {type_of}\n\n"
        flat += f'    f1: {type_of} = None\n\n    f2: {type_of} = "text"\n'
        assert format_module(printed) == format_text(f"# Header.\n\n{flat}")


def test_a_text_is_printed_without_black(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of a large package, which may be longer than a line."""
    module = (
        f'if X:\n    pass\nelse:\n    _text = """\n.m\n{LONG}{LONG}\n"""\n    y = Table(_text)\n'
    )
    assert format_text(module) == module
    monkeypatch.setattr(formatting, "format_text", None)
    assert format_module(module) == module


@pytest.mark.parametrize("length", range(1, 45, 3))
def test_wide_characters_take_two_columns(length: int) -> None:
    text = "長" * length
    module = (
        f'City = Literal["{text}", "b"] | UnknownStr\n\n\n'
        "def call() -> None:\n    return send(\n"
        f'        where="{text}" if here is not None else there,\n    )\n'
    )
    assert format_module(module) == format_text(module)
