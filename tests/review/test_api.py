"""The API layer: each rule with its smallest change, and the text of findings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fiddlehead import ir
from fiddlehead.diagnostics import SourceFile, Span
from fiddlehead.review.api import compare_apis
from fiddlehead.review.findings import Finding
from fiddlehead.review.rules import RULES

from .apis import POST, TEXT, WHOLE, a_field, api, endpoint, enum, model, query, union
from .changes import changes

CHANGES = list(changes())


@pytest.mark.parametrize(("rule", "old", "new"), CHANGES, ids=[change[0] for change in CHANGES])
def test_each_rule_is_found_where_it_is_about(rule: str, old: ir.Api, new: ir.Api) -> None:
    results = {finding.rule: finding for finding in compare_apis(old, new)}
    assert rule in results
    assert (results[rule].kind, results[rule].bump) == (RULES[rule].kind, RULES[rule].bump)


@pytest.mark.parametrize(("rule", "old", "new"), CHANGES, ids=[change[0] for change in CHANGES])
def test_equal_apis_have_no_findings(rule: str, old: ir.Api, new: ir.Api) -> None:
    assert compare_apis(old, old) == []
    assert compare_apis(new, new) == []


def test_every_rule_of_the_layer_has_a_change() -> None:
    known = {rule.id for rule in RULES.values() if rule.layer == "api"}
    assert known - {rule for rule, _, _ in CHANGES} == set()


def only(actual: list[Finding]) -> Finding:
    assert len(actual) == 1, [diagnostic.message for diagnostic in actual]
    return actual[0]


def test_a_shared_schema_is_reported_once_with_all_who_reach_it() -> None:
    def held(*fields: ir.Field) -> ir.Api:
        return api(
            endpoint("GET /a", gives=ir.Ref("Page")),
            endpoint("GET /b", gives=ir.ListOf(ir.Ref("Job"))),
            endpoint("GET /c", gives=TEXT),
            model("Page", a_field("items", ir.ListOf(ir.Ref("Job")))),
            model("Job", a_field("id"), *fields),
        )

    finding = only(compare_apis(held(a_field("size")), held()))
    assert finding.rule == "response-required-property-removed"
    assert finding.location == "Job.size"
    assert finding.operations == ("GET /a", "GET /b")


C = ir.Constraints


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (C(), C(max_items=1), "'maxItems' was added to 'POST /jobs body'"),
        (C(max_items=1), C(), "'maxItems' was removed from 'POST /jobs body'"),
        (C(max_items=3), C(max_items=1), "'maxItems' of 'POST /jobs body' was 3 and is 1"),
        (
            C(minimum=1234567.5),
            C(minimum=1234568.5),
            "'minimum' of 'POST /jobs body' was 1234567.5 and is 1234568.5",
        ),
        (
            C(maximum=10),
            C(maximum=10, exclusive_maximum=True),
            "'maximum' of 'POST /jobs body' was 10 and is 10 (exclusive)",
        ),
    ],
)
def test_a_limit_is_reported_by_its_keyword(
    before: ir.Constraints, after: ir.Constraints, message: str
) -> None:
    def sent(constraints: ir.Constraints) -> ir.Api:
        return api(endpoint(sends=ir.ListOf(ir.Primitive("long", constraints))))

    finding = only(compare_apis(sent(before), sent(after)))
    assert finding.message.replace("body[]", "body") == message


def test_types_that_are_sent_and_received_are_reported_for_both() -> None:
    def held(required: bool) -> ir.Api:
        job = model("Job", a_field("size", required=required))
        return api(endpoint(sends=ir.Ref("Job"), gives=ir.Ref("Job")), job)

    result = compare_apis(held(False), held(True))
    assert {(finding.rule, finding.level) for finding in result} == {
        ("request-property-became-required", "breaking"),
        ("response-property-became-required", "info"),
    }


def test_an_inline_schema_is_reported_at_its_location() -> None:
    def held(*values: str) -> ir.Api:
        return api(
            endpoint(sends=ir.Ref("Job")),
            model("Job", a_field("status", ir.Ref("JobStatus"))),
            enum("JobStatus", *values, owner="Job"),
        )

    finding = only(compare_apis(held("a", "b"), held("a")))
    assert finding.location == "Job.status"
    assert finding.before == '"b"'


def test_a_schema_that_moved_behind_a_reference_is_the_same_schema() -> None:
    inline = api(
        endpoint(gives=ir.Ref("Page")),
        model("Page", a_field("job", ir.Ref("PageJob"))),
        model("PageJob", a_field("id"), owner="Page"),
    )
    named = api(
        endpoint(gives=ir.Ref("Page")),
        model("Page", a_field("job", ir.Ref("Job"))),
        model("Job", a_field("id")),
    )
    assert {finding.rule for finding in compare_apis(inline, named)} == {"api-schema-added"}


def test_a_body_spelled_out_is_the_body_of_its_schema() -> None:
    flat = api(endpoint(fields=(a_field("a"), a_field("b", WHOLE, required=False))))
    held = model("In", a_field("a"), a_field("b", WHOLE, required=False))
    named = api(endpoint(sends=ir.Ref("In")), held)
    assert {finding.rule for finding in compare_apis(flat, named)} == {"api-schema-added"}


def test_recursive_schemas_can_be_compared() -> None:
    def tree(type: ir.Type) -> ir.Api:
        node = model("Node", a_field("value", type), a_field("next", ir.Ref("Node")))
        return api(endpoint(gives=ir.Ref("Node")), node)

    assert only(compare_apis(tree(TEXT), tree(WHOLE))).location == "Node.value"


def test_inherited_properties_count_as_own() -> None:
    base = model("Base", a_field("id"))
    old = api(endpoint(gives=ir.Ref("Job")), base, model("Job", extends=(ir.Ref("Base"),)))
    new = api(endpoint(gives=ir.Ref("Job")), base, model("Job", a_field("id")))
    assert compare_apis(old, new) == []


def test_a_new_variant_is_no_break_only_where_a_tag_tells() -> None:
    a, b = model("A", a_field("a")), model("B", a_field("b"))
    for discriminator, level in (("type", "info"), (None, "breaking")):
        old = union("U", discriminator, a=ir.Ref("A"))
        new = union("U", discriminator, a=ir.Ref("A"), b=ir.Ref("B"))
        result = compare_apis(
            api(endpoint(gives=ir.Ref("U")), old, a, b), api(endpoint(gives=ir.Ref("U")), new, a, b)
        )
        assert only(result).level == level


def test_a_new_enum_value_in_a_response_is_information() -> None:
    old = api(endpoint(gives=ir.Ref("E")), enum("E", "a"))
    new = api(endpoint(gives=ir.Ref("E")), enum("E", "a", "b"))
    finding = only(compare_apis(old, new))
    assert (finding.rule, finding.kind) == ("response-property-enum-value-added", "INFO")


def test_numbers_of_another_size_are_no_break_for_python() -> None:
    old, new = api(endpoint(gives=WHOLE)), api(endpoint(gives=ir.Primitive("long")))
    assert only(compare_apis(old, new)).level == "info"


def test_write_only_properties_are_not_expected_in_responses() -> None:
    secret = a_field("secret", access="write-only")
    old = api(endpoint(gives=ir.Ref("A")), model("A", a_field("id"), secret))
    new = api(endpoint(gives=ir.Ref("A")), model("A", a_field("id")))
    assert compare_apis(old, new) == []


def test_places_are_those_of_the_thing_in_both_descriptions() -> None:
    def span(line: int) -> Span:
        return Span(SourceFile("a.yaml", ""), line, 1, line, 2)

    old = api(endpoint(POST, query(TEXT, span=span(3))))
    new = api(endpoint(POST, query(WHOLE, span=span(7))))
    finding = only(compare_apis(old, new))
    assert finding.old is not None
    assert finding.new is not None
    assert (finding.old.line, finding.new.line) == (3, 7)


def test_order_in_the_description_changes_nothing() -> None:
    parts = [endpoint("GET /a", gives=ir.Ref("A")), endpoint("GET /b", gives=ir.Ref("A"))]
    old = api(*parts, model("A", a_field("x"), a_field("y")))
    new = api(*parts, model("A", a_field("y")))
    back = replace(old, root=replace(old.root, endpoints=tuple(reversed(parts))))
    assert compare_apis(old, new) == compare_apis(back, new)


def test_recursive_aliases_can_be_compared() -> None:
    def json(name: str, type: ir.Type) -> ir.Api:
        value = ir.Alias(
            id=name, name=ir.Name((name,)), type=ir.UnionOf((type, ir.ListOf(ir.Ref(name))))
        )
        held = model("Out", a_field("x", ir.UnionOf((ir.Ref(name), ir.Primitive("boolean")))))
        return api(endpoint(gives=ir.Ref("Out"), sends=ir.Ref(name)), held, value)

    assert compare_apis(json("A", TEXT), json("A", TEXT)) == []
    assert {finding.rule for finding in compare_apis(json("A", TEXT), json("B", TEXT))} == {
        "api-schema-added",
        "api-schema-removed",
    }
    rules = {finding.rule for finding in compare_apis(json("A", TEXT), json("B", WHOLE))}
    assert "request-body-type-changed" in rules


def test_a_tuple_is_compared_by_position() -> None:
    number, unknown = ir.Primitive("integer"), ir.Unknown()

    def held(*positions: ir.Type) -> ir.Api:
        type_ = ir.ListOf(unknown, positions=positions) if positions else ir.ListOf(TEXT)
        return api(endpoint("GET /a", gives=ir.Ref("Job")), model("Job", a_field("at", type_)))

    changed = only(compare_apis(held(TEXT, TEXT), held(TEXT, number)))
    assert (changed.rule, changed.location) == ("response-property-type-changed", "Job.at[1]")
    for other in (held(TEXT), held(number, TEXT, TEXT), held()):
        changed = only(compare_apis(held(TEXT, TEXT), other))
        assert (changed.rule, changed.location) == ("response-property-type-changed", "Job.at")
        assert changed.message.startswith("'Job.at' was tuple of string, string and is ")
