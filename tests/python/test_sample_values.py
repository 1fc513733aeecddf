"""Generated arguments in examples are valid by the description."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from fiddlehead import ir
from fiddlehead.examples import patterns
from fiddlehead.examples.sample_values import Samples
from fiddlehead.queries.value_matching import ValueMatcher

from ..openapi.descriptions import schemas
from ..support.pipeline import make

SPEC = """\
openapi: 3.1.0
info: {{title: Acme, version: 1.0.0}}
paths:
  /things:
    post:
      operationId: create
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [given]
              properties:
                given: {schema}
      responses:
        '204': {{description: Done.}}
"""


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{type: number}", "1.1"),
        ("{type: number, minimum: 0, maximum: 1}", "0.5"),
        ("{type: number, minimum: 0, maximum: 2}", "1.1"),
        ("{type: number, exclusiveMinimum: 3}", "4"),
        ("{type: integer, minimum: 10}", "10"),
        ("{type: integer, maximum: -3}", "-3"),
        ("{type: integer, exclusiveMaximum: 1}", "0"),
        ("{type: integer, multipleOf: 5}", "5"),
        ("{type: integer, minimum: 7, multipleOf: 5}", "10"),
        ("{type: string}", '"given"'),
        ("{type: string, format: uuid}", '"d5e9c84f-c2b2-4bf4-b4b0-7ffd7a9ffc32"'),
        ("{type: string, format: email}", '"jane@example.com"'),
        ("{type: string, format: unheard-of}", '"given"'),
        ("{type: string, maxLength: 2}", '"gi"'),
        ("{type: string, minLength: 8}", '"givengiv"'),
        ("{type: string, minLength: 120}", f'"{"given" * 24}"'),
        ("{type: string, format: email, maxLength: 10}", '"a@b.test"'),
        ("{type: string, format: email, minLength: 20}", '"eeeejane@example.com"'),
        ("{type: string, format: uri, minLength: 22}", '"https://example.com/aa"'),
        ("{type: string, pattern: '^[a-z]+$'}", '"given"'),
        ("{type: string, pattern: '^[A-Z]{2}-[0-9]{4}$'}", '"AB-4567"'),
        ("{type: string, pattern: '^(live|test)_.*$', minLength: 12}", '"live_fghijkl"'),
        ("{type: string, pattern: '^[a-z]*$', maxLength: 3}", '"giv"'),
        ("{type: string, pattern: '[0-9]$', minLength: 3}", '"aa1"'),
        ("{type: string, format: email, pattern: '@acme[.]test$'}", '"@acme.test"'),
        ("{type: string, pattern: '^(?=.*[0-9]).+$'}", '"given"'),
        ("{type: number, minimum: 0.15, maximum: 0.25, multipleOf: 0.1}", "0.2"),
        ("{type: integer, maximum: -7, multipleOf: 5}", "-10"),
        ("{type: integer, exclusiveMinimum: 10, multipleOf: 2.5}", "15"),
        ("{type: array, items: {type: integer}, minItems: 3}", "[1, 1, 1]"),
        ("{type: array, items: {type: integer}, maxItems: 1}", "[1]"),
    ],
)
def test_a_made_up_argument_is_valid(tmp_path: Path, schema: str, value: str) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(SPEC.format(schema=schema), encoding="utf-8")
    built = make(spec, "acme")
    (method,) = (item for _, item in built.package.methods())
    assert f"given={value}" in " ".join(method.examples[0].code.split())


PATTERNS = [
    "",
    "abc",
    "^$",
    "^a|b$",
    "^(a+)+$",
    r"^[^/\s]+$",
    r"^\S{3,}$",
    r"^#(?:[0-9a-fA-F]{3}){1,2}$",
    r"^v\d+(\.\d+){0,2}?$",
    r"^(?:[01]\d|2[0-3]):[0-5]\d$",
    r"^\+?[1-9]\d{1,14}$",
    r"^[\w.+-]+@[\w-]+\.\w{2,}$",
    r"^arn:aws(-[a-z]+)*:[a-z0-9]+:.*\$",
    r"^[\u4e00-\u9fa5]+$",
    r"^[-+]?\d*\.?\d+(?P<e>[eE]\d+)?$",
    r"(^https?://|^mailto:)\x41\/",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("least", [0, 12])
def test_a_text_of_a_pattern(pattern: str, least: int) -> None:
    text = patterns.matching(pattern, least)
    bounded = pattern in ("^$",) or pattern.startswith(("^#", "^(?:"))
    assert (text is None) == (bounded and least > 0)
    assert text is None or (re.search(pattern, text) and len(text) >= least)


@pytest.mark.parametrize(
    "pattern",
    ["(", "[b-a]", "[", "a{2", "^(?!b)a", r"\bx", r"(a)\1", r"\p{L}", "a^", "$a", "(?i)a", "[[a]]"],
)
def test_unsupported_patterns_have_no_text(pattern: str) -> None:
    assert patterns.matching(pattern) is None
    assert patterns.matcher(pattern) is None


def test_the_size_of_a_text_is_limited() -> None:
    for pattern in ("a{5000}", "(" * 99 + "a" + ")" * 99, "((a{99}){99}){99}", "a" * 3000):
        assert patterns.matching(pattern) is None
    assert patterns.matching("^a*$", 5000) is None


def test_a_search_cannot_take_exponential_time() -> None:
    for pattern in (r"^(a+)+$", r"^(a|a)*$", r"^(\w*)*$", "a*" * 9 + "b"):
        assert patterns.matcher(pattern) is None
        assert patterns.matching(pattern, 40, 60)


def test_a_parameter_that_is_an_object_has_a_property(tmp_path: Path) -> None:
    """An object without properties would be nothing in a URL."""
    spec = tmp_path / "api.yaml"
    filter_ = "{type: object, properties: {field: {type: string}}}"
    spec.write_text(
        f"""\
openapi: 3.1.0
info: {{title: Acme, version: 1.0.0}}
paths:
  /things:
    get:
      operationId: find
      parameters:
        - {{name: one, in: query, required: true, style: deepObject, schema: {filter_}}}
        - name: several
          in: query
          required: true
          content: {{application/json: {{schema: {{type: array, items: {filter_}}}}}}}
      responses:
        '204': {{description: Done.}}
""",
        encoding="utf-8",
    )
    built = make(spec, "acme")
    (method,) = (item for _, item in built.package.methods())
    code = " ".join(method.examples[0].code.split())
    assert code.count('field="field"') == 2


def test_an_example_does_not_depend_on_the_examples_before_it() -> None:
    """Neither on their size nor on the objects that they share."""

    def scalars(count: int) -> str:
        names = [f"p{index}" for index in range(count)]
        properties = ", ".join(f"{name}: {{type: string}}" for name in names)
        return f"{{type: object, required: [{', '.join(names)}], properties: {{{properties}}}}}"

    def holding(**fields: str) -> str:
        properties = ", ".join(
            f"{name}: {{$ref: '#/components/schemas/{target}'}}" for name, target in fields.items()
        )
        return f"{{type: object, required: [{', '.join(fields)}], properties: {{{properties}}}}}"

    api = schemas(f"""
        Wide: {scalars(200)}
        Half: {scalars(80)}
        Halves: {holding(a="Half", b="Half")}
        Alone: {holding(halves="Halves")}
        Late: {holding(wide="Wide", halves="Halves")}
        Many: {{type: array, minItems: 9, items: {{$ref: '#/components/schemas/Halves'}}}}
        Listed: {holding(many="Many")}
        """).api

    def examples(samples: Samples, name: str) -> list[ir.Json]:
        type_ = ir.Ref(name)
        return [
            samples.value(type_, name, "response"),
            samples.value(type_, name, "request"),
            samples.fit({}, type_, name, "response"),
            samples.parameter(type_, name),
        ]

    names = ["Alone", "Late", "Listed", "Many"]
    alone = {name: examples(Samples(ValueMatcher(api)), name) for name in names}
    for order in itertools.permutations(names):
        samples = Samples(ValueMatcher(api))
        for name in order:
            assert examples(samples, name) == alone[name], order
