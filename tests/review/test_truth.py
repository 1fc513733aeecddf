"""`diff` of two OpenAPI descriptions reports all breaking changes, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead.review.python import compare_packages

from .descriptions import client, get, post, reviewed, rules, schemas

LID = schemas(Lid="{type: [object, 'null'], properties: {id: {type: string}}}")
REF = "{$ref: '#/components/schemas/Pot'}"


def pot(schema: str, more: str = "") -> str:
    return get(REF) + schemas(Pot=schema) + more


@pytest.mark.parametrize(
    ("old", "new", "location"),
    [
        (
            "{type: object, properties: {lid: {type: string}}}",
            "{type: object, required: [lid], properties: {lid: {type: string}}}",
            "types.Pot.lid",
        ),
        (
            "{type: object, properties: {lid: {type: [string, 'null']}}}",
            "{type: object, required: [lid], properties: {lid: {type: [string, 'null']}}}",
            "types.Pot.lid",
        ),
        (
            "{type: object, properties: {id: {type: string}}}",
            "{type: object, required: [lid], properties: {id: {type: string}, lid: {type: string}}}",
            "types.Pot.lid",
        ),
        (
            "{allOf: [{type: object, properties: {lid: {type: string}}}]}",
            "{allOf: [{type: object, required: [lid], properties: {lid: {type: string}}}]}",
            "types.Pot.lid",
        ),
        (
            "{type: array, items: {type: object, properties: {lid: {type: string}}}}",
            "{type: array, items: {type: object, required: [lid], properties: {lid: {type: string}}}}",
            "types.PotItem.lid",
        ),
    ],
)
def test_a_model_that_cannot_be_built_as_before(
    old: str, new: str, location: str, tmp_path: Path
) -> None:
    findings = reviewed(pot(old), pot(new), tmp_path)
    broken = [finding for finding in findings.breaking if finding.layer == "python"]
    assert [(argument.location, argument.kind) for argument in broken] == [(location, "SOURCE")]
    assert broken[0].rule in ("python-field-became-required", "python-field-added-required")


ONE_MORE = [
    ("{oneOf: [A, B]}", "{oneOf: [A, B, C]}"),
    ("{anyOf: [A, B]}", "{anyOf: [A, B, C]}"),
    (
        "{type: object, properties: {x: {anyOf: [A, B]}}}",
        "{type: object, properties: {x: {anyOf: [A, B, C]}}}",
    ),
    ("{type: array, items: {oneOf: [A, B]}}", "{type: array, items: {oneOf: [A, B, C]}}"),
]


def variants(schema: str) -> str:
    for name in "ABC":
        schema = schema.replace(name, f"{{$ref: '#/components/schemas/{name}'}}")
    choices = {
        name: f"{{type: object, properties: {{{name}: {{type: string}}}}}}" for name in "ABC"
    }
    return get(REF) + schemas(Pot=schema, **choices)


@pytest.mark.parametrize(("old", "new"), ONE_MORE)
def test_a_further_object_in_a_union_that_keeps_unknown_ones(
    old: str, new: str, tmp_path: Path
) -> None:
    findings = reviewed(variants(old), variants(new), tmp_path)
    assert not findings.breaking
    assert {finding.layer for finding in findings.infos} == {"api", "python"}


def test_a_further_type_that_is_no_object_is_not_expected(tmp_path: Path) -> None:
    old, new = variants("{oneOf: [A, B]}"), variants("{oneOf: [A, B, {type: string}]}")
    assert "python-type-changed" in rules(reviewed(old, new, tmp_path), "breaking")


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("/pots/{id}", "/pots/{potId}", {"id": "pot_id"}),
        ("/pots/{a}/{b}", "/pots/{c}/{d}", {"a": "c", "b": "d"}),
        ("/pots/{a}/{b}", "/pots/{a}/{d}", {"b": "d"}),
    ],
)
def test_a_renamed_path_parameter(
    old: str, new: str, names: dict[str, str], tmp_path: Path
) -> None:
    def at(path: str) -> str:
        findings = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        listed = ", ".join(
            f"{{name: {name}, in: path, required: true, schema: {{type: integer}}}}"
            for name in findings
        )
        return get(REF, path, f", parameters: [{listed}]") + schemas(Pot="{type: object}")

    findings = reviewed(at(old), at(new), tmp_path)
    assert {finding.before: finding.after for finding in findings.breaking} == names
    assert {finding.rule for finding in findings.breaking} == {"python-argument-renamed"}
    assert not findings.notices
    assert all(finding.setting for finding in findings.breaking)


TIGHTER = [
    ("{type: object, X, properties: {a: {type: string}}}", "additionalProperties: false"),
    ("{type: object, X, properties: {a: {type: string}}}", "minProperties: 1"),
    ("{type: object, X, properties: {a: {type: string}}}", "maxProperties: 3"),
    ("{type: object, X, properties: {a: {type: string}}}", "dependentRequired: {a: [b]}"),
    ("{type: object, X, properties: {a: {type: string}}}", "not: {required: [b]}"),
    ("{type: object, X, properties: {a: {type: string}}}", "anyOf: [{required: [a]}]"),
    ("{type: object, X, additionalProperties: {type: string}}", "propertyNames: {pattern: a}"),
    ("{type: array, X, items: {type: string}}", "uniqueItems: true"),
    ("{type: array, X, items: {type: string}}", "contains: {const: a}"),
    ("{type: string, X}", "not: {const: a}"),
]

PLACES = {
    "body": lambda schema: post(schema),
    "property": lambda schema: post(f"{{type: object, properties: {{p: {schema}}}}}"),
    "component": lambda schema: post(REF) + schemas(Pot=schema),
    "items": lambda schema: post(f"{{type: array, items: {schema}}}"),
    "part": lambda schema: post(f"{{allOf: [{schema}, {{type: object}}]}}"),
    "query": lambda schema: get(
        "{type: string}", more=f", parameters: [{{name: q, in: query, schema: {schema}}}]"
    ),
}


@pytest.mark.parametrize(("schema", "keyword"), TIGHTER, ids=[item[1] for item in TIGHTER])
@pytest.mark.parametrize("place", PLACES)
def test_requests_that_are_refused_now(
    place: str, schema: str, keyword: str, tmp_path: Path
) -> None:
    if place == "part" and "object" not in schema:
        pytest.skip("an allOf of an object and something else")
    old = PLACES[place](schema.replace(" X,", "").replace(", X", ""))
    new = PLACES[place](schema.replace("X", keyword))
    findings = reviewed(old, new, tmp_path)
    assert [(notice.kind, notice.bump) for notice in findings.notices] == [("WIRE", "minor")]
    assert findings.notices[0].rule.endswith("-constraint-added")
    back = reviewed(new, old, tmp_path / "back")
    assert {finding.level for finding in back.findings} == {"info"}


def test_meaningless_differences_are_no_change(tmp_path: Path) -> None:
    plain = "{type: object, properties: {a: {type: array, items: {type: string}}}}"
    says = (
        "{type: object, minProperties: 0, properties: {a: {type: array, uniqueItems: false, "
        "items: {type: string}}}}"
    )
    assert not reviewed(post(plain), post(says), tmp_path).findings


def test_a_bound_has_a_direction(tmp_path: Path) -> None:
    def least(count: int) -> str:
        return post(
            f"{{type: object, minProperties: {count}, properties: {{a: {{type: string}}}}}}"
        )

    assert [notice.rule for notice in reviewed(least(1), least(2), tmp_path).notices] == [
        "request-body-constraint-tightened"
    ]
    assert not reviewed(least(2), least(1), tmp_path / "back").notices


def test_whether_a_parameter_may_be_null(tmp_path: Path) -> None:
    def query(schema: str) -> str:
        return get(
            "{type: string}", more=f", parameters: [{{name: q, in: query, schema: {schema}}}]"
        )

    old, new = query("{type: [string, 'null']}"), query("{type: string}")
    assert rules(reviewed(old, new, tmp_path), "breaking") == {
        "request-parameter-became-not-nullable": "GET /pots query.q"
    }
    assert not reviewed(new, old, tmp_path / "back").breaking


def test_headers_of_responses(tmp_path: Path) -> None:
    def header(text: str) -> str:
        return post("{type: string}", f", headers: {{{text}}}")

    always = header("X-Batch: {required: true, schema: {type: string}}")
    sometimes = header("X-Batch: {schema: {type: string}}")
    assert "required-response-header-removed" in rules(
        reviewed(always, header(""), tmp_path / "1"), "breaking"
    )
    assert "response-header-became-optional" in rules(
        reviewed(always, sometimes, tmp_path / "2"), "breaking"
    )
    assert not reviewed(sometimes, header(""), tmp_path / "3").breaking


def test_headers_of_failures(tmp_path: Path) -> None:
    def header(text: str) -> str:
        failure = f"'429': {{description: Slow down., headers: {{{text}}}}}"
        return get("{type: string}").replace("responses: {", f"responses: {{{failure}, ")

    always = header("Retry-After: {required: true, schema: {type: integer}}")
    sometimes = header("Retry-After: {schema: {type: integer}}")
    gone = reviewed(always, header(""), tmp_path / "1").breaking
    assert [(finding.rule, finding.message) for finding in gone] == [
        (
            "required-response-header-removed",
            "GET /pots: the error response 429 no longer has the header Retry-After",
        )
    ]
    assert "response-header-became-optional" in rules(
        reviewed(always, sometimes, tmp_path / "2"), "breaking"
    )
    text = header("Retry-After: {schema: {type: string}}")
    assert "response-header-type-changed" in rules(
        reviewed(sometimes, text, tmp_path / "3"), "notice"
    )
    assert not reviewed(sometimes, header(""), tmp_path / "4").breaking


# --- classes ---------------------------------------------------------------------------------


def test_types_that_become_one_are_all_renamed(tmp_path: Path) -> None:
    inline = "{type: object, properties: {glaze: {type: string, enum: [matt, gloss]}}}"
    named = "{type: object, properties: {glaze: {$ref: '#/components/schemas/Coat'}}}"
    both = "{type: object, properties: {p: {$ref: '#/components/schemas/Pot'}, c: {$ref: '#/components/schemas/Cup'}}}"
    old = get(both) + schemas(Pot=inline, Cup=inline)
    new = get(both) + schemas(Pot=named, Cup=named, Coat="{type: string, enum: [matt, gloss]}")
    findings = reviewed(old, new, tmp_path)
    assert [(finding.rule, finding.location) for finding in findings.breaking] == [
        ("python-class-renamed", "types.CupGlaze"),
        ("python-class-renamed", "types.PotGlaze"),
    ]
    setting = '[naming.aliases]\n"types.Coat" = ["CupGlaze", "PotGlaze"]'
    assert {finding.setting for finding in findings.breaking} == {setting}


def test_a_type_that_becomes_another_that_was_there(tmp_path: Path) -> None:
    both = "{type: object, properties: {p: {$ref: '#/components/schemas/P'}, c: {$ref: '#/components/schemas/C'}}}"
    one = "{type: object, properties: {p: {$ref: '#/components/schemas/P'}, c: {$ref: '#/components/schemas/P'}}}"
    thing = "{type: object, properties: {id: {type: string}}}"
    old, new = get(both) + schemas(P=thing, C=thing), get(one) + schemas(P=thing)
    findings = reviewed(old, new, tmp_path)
    assert [finding.setting for finding in findings.breaking] == [
        '[naming.aliases]\n"types.P" = ["C"]'
    ]


def test_a_lost_base_class(tmp_path: Path) -> None:
    base = "{type: object, properties: {id: {type: string}}}"
    child = "{allOf: [{$ref: '#/components/schemas/Thing'}, {type: object, properties: {n: {type: string}}}]}"
    flat = "{type: object, properties: {id: {type: string}, n: {type: string}}}"
    less = "{type: object, properties: {n: {type: string}}}"
    old = get(REF) + schemas(Thing=base, Pot=child)
    for schema, expected in (
        (flat, {("python-class-base-removed", "types.Pot")}),
        (
            less,
            {
                ("python-class-base-removed", "types.Pot"),
                ("python-field-removed", "types.Pot.id"),
            },
        ),
    ):
        new = get(REF) + schemas(Thing=base, Pot=schema)
        findings = reviewed(old, new, tmp_path / schema[-20:-10])
        broken = {
            (finding.rule, finding.location)
            for finding in findings.breaking
            if finding.layer == "python"
        }
        assert broken == expected
    # A class that derives from a further one still derives from the runtime's.
    new = get(REF) + schemas(Thing=base, Pot=flat)
    back = reviewed(new, old, tmp_path / "back")
    assert "python-class-base-removed" not in rules(back, "breaking")


def test_a_class_that_another_module_defines(tmp_path: Path) -> None:
    """However modules are chosen: a class of a cycle is moved by hand here."""
    from dataclasses import replace

    text = get(REF) + schemas(Pot="{type: object, properties: {id: {type: string}}}")
    old = client(text, tmp_path)
    modules = tuple(
        replace(module, path="types/jar.py") if module.path == "types/pot.py" else module
        for module in old.package.modules
    )
    assert modules != old.package.modules
    new = replace(old.package, modules=modules)
    result = compare_packages(old.api, old.api, old.package, new)
    assert [(finding.rule, finding.location) for finding in result] == [
        ("python-class-moved", "module types.pot Pot")
    ]
    assert result[0].after == "from acme.types.jar import Pot"


# --- what a finding shows --------------------------------------------------------------------


def test_a_finding_shows_only_its_own_line(tmp_path: Path) -> None:
    many = ", ".join(f"{name}: {{type: string}}" for name in "abcd")
    old = post(f"{{type: object, properties: {{{many}}}}}")
    findings = reviewed(old, post("{type: object, properties: {z: {type: string}}}"), tmp_path)
    removed = [
        finding for finding in findings.breaking if finding.rule == "python-argument-removed"
    ]
    assert [finding.before for finding in removed] == [
        f"{name}: str | None = OMIT" for name in "abcd"
    ]
    assert all(finding.signatures for finding in removed)


def test_a_field_is_shown_without_its_alias(tmp_path: Path) -> None:
    old = pot("{type: object, required: [potName], properties: {potName: {type: string}}}")
    new = pot("{type: object, required: [potName], properties: {potName: {type: integer}}}")
    finding = next(
        finding for finding in reviewed(old, new, tmp_path).breaking if finding.layer == "python"
    )
    assert finding.message == "types.Pot.pot_name was str and is int"
    assert (finding.before, finding.after) == ("pot_name: str", "pot_name: int")


def test_a_new_schema_is_reported_once(tmp_path: Path) -> None:
    old = get(REF) + schemas(Pot="{type: object}")
    findings = reviewed(old, old + "    Cup: {type: object}\n", tmp_path)
    assert [finding.rule for finding in findings.findings if "Cup" in finding.location] == [
        "python-class-added"
    ]
