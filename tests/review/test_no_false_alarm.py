"""Changes after which old code still type-checks and runs: `diff` does not call them breaking."""

from __future__ import annotations

from pathlib import Path

import pytest

from .descriptions import HEAD, get, post, reviewed, rules, schemas

QUERY = ", parameters: [{name: size, in: query, schema: SCHEMA}]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{type: integer}", "{type: number}"),
        ("{type: string, const: big}", "{type: string}"),
        ("{type: boolean, const: true}", "{type: boolean}"),
    ],
)
def test_an_argument_that_takes_every_old_value(old: str, new: str, tmp_path: Path) -> None:
    findings = reviewed(
        get("{}", more=QUERY.replace("SCHEMA", old)),
        get("{}", more=QUERY.replace("SCHEMA", new)),
        tmp_path,
    )
    assert "python-argument-type-widened" in rules(findings, "info")
    assert not findings.breaking


def test_an_argument_that_takes_less(tmp_path: Path) -> None:
    number, results = (
        get("{}", more=QUERY.replace("SCHEMA", f"{{type: {kind}}}"))
        for kind in ("number", "integer")
    )
    assert "python-argument-type-changed" in rules(reviewed(number, results, tmp_path), "breaking")


def test_a_field_that_may_be_a_float_now(tmp_path: Path) -> None:
    """An attribute is read, so `x: int = pot.size` fails."""
    old, new = (
        get("{$ref: '#/components/schemas/Pot'}")
        + schemas(Pot=f"{{type: object, required: [size], properties: {{size: {{type: {kind}}}}}}}")
        for kind in ("integer", "number")
    )
    assert "python-field-type-widened" in rules(reviewed(old, new, tmp_path), "breaking")


def test_a_method_that_gives_something_now(tmp_path: Path) -> None:
    json = ", content: {application/json: {schema: {type: string}}}"
    before, after = (post("{}", text).replace('"204"', '"200"') for text in ("", json))
    findings = reviewed(before, after, tmp_path)
    assert not findings.breaking
    assert {"python-method-return-value-added", "response-became-always-present"} <= rules(
        findings, "info"
    ).keys()
    back = rules(reviewed(after, before, tmp_path), "breaking")
    assert {"python-method-return-type-changed", "response-kind-changed"} <= back.keys()


@pytest.mark.parametrize("more", ["", '}, "200": {description: ok'])
def test_a_method_that_may_give_something_now(tmp_path: Path, more: str) -> None:
    """A response with the status 204 has no body, although it is described."""
    json = f"{more}, content: {{application/json: {{schema: {{type: string}}}}}}"
    findings = reviewed(post("{}"), post("{}", json), tmp_path)
    assert not findings.breaking
    assert "python-method-return-value-added" in rules(findings, "info")
    back = rules(reviewed(post("{}", json), post("{}"), tmp_path), "breaking")
    assert "response-kind-changed" in back and "response-became-always-present" not in back


def test_a_new_schema_in_an_open_union(tmp_path: Path) -> None:
    named = {
        name: f"{{type: object, required: [{name}], properties: {{{name}: {{type: string}}}}}}"
        for name in "ABC"
    }

    def union(*names: str) -> str:
        members = ", ".join(f"{{$ref: '#/components/schemas/{name}'}}" for name in names)
        pot = f"{{oneOf: [{members}]}}"
        lines = {name: named[name] for name in names}
        return get("{$ref: '#/components/schemas/Pot'}") + schemas(Pot=pot, **lines)

    findings = reviewed(union("A", "B"), union("A", "B", "C"), tmp_path)
    assert not findings.breaking
    assert {"response-property-variant-added", "python-type-member-added"} <= rules(
        findings, "info"
    ).keys()


SCHEMES = (
    "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key},"
    " token: {type: http, scheme: bearer}}}\n"
)


def secured(everywhere: str | None, *operations: str | None) -> str:
    """A description whose API and operations have these security requirements."""
    paths = "".join(
        f"  /pots/{number}: {{get: {{operationId: get{number}, tags: [pots],"
        + (f" security: {operation}," if operation is not None else "")
        + " responses: {'204': {description: ok}}}}\n"
        for number, operation in enumerate(operations)
    )
    head = f"security: {everywhere}\n" if everywhere is not None else ""
    return f"{HEAD}{head}paths:\n{paths}{SCHEMES}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (secured("[{key: []}]", None, None), secured(None, "[{key: []}]", "[{key: []}]")),
        (secured(None, None), secured(None, "[{key: []}, {token: []}]")),
    ],
)
def test_requirements_that_are_written_elsewhere(old: str, new: str, tmp_path: Path) -> None:
    assert not reviewed(old, new, tmp_path / "there").findings
    assert not reviewed(new, old, tmp_path / "back").findings


def test_requirements_of_some_operations(tmp_path: Path) -> None:
    old = secured("[{key: []}]", None, "[{key: []}]")
    result = rules(
        reviewed(old, secured("[{token: []}]", None, "[{key: []}]"), tmp_path / "all"), "breaking"
    )
    assert result["api-global-security-removed"] == "security"
    result = rules(
        reviewed(old, secured("[{key: []}]", "[{token: []}]", None), tmp_path / "one"), "breaking"
    )
    assert result["api-security-removed"] == "GET /pots/0"


def test_a_group_of_another_name_is_one_finding(tmp_path: Path) -> None:
    """Its module and its clients move with it, and one setting keeps all of them."""
    query = QUERY.replace("SCHEMA", "{type: string, enum: [a, b]}")
    old = get("{}", more=query).replace("pots_get", "getPot")
    findings = reviewed(old, old.replace("tags: [pots]", "tags: [jars]"), tmp_path)
    assert [(finding.rule, finding.location) for finding in findings.breaking] == [
        ("python-group-renamed", "pots")
    ]


def test_the_case_of_a_header_is_no_change(tmp_path: Path) -> None:
    header = ", parameters: [{name: NAME, in: header, schema: {type: string}}]"
    old, new = (get("{}", more=header.replace("NAME", name)) for name in ("X-Size", "x-size"))
    assert not reviewed(old, new, tmp_path).findings


@pytest.mark.parametrize("limit", ["multipleOf: 5", "format: port"])
def test_a_limit_that_is_taken_back(limit: str, tmp_path: Path) -> None:
    old, new = (
        post(f"{{type: object, properties: {{a: {{type: integer{item}}}}}}}")
        for item in (f", {limit}", "")
    )
    assert [finding.rule for finding in reviewed(old, new, tmp_path / "back").findings] == [
        "request-property-constraint-removed"
    ]
    assert rules(reviewed(new, old, tmp_path / "there"), "notice").keys() == {
        "request-property-constraint-added"
    }


def test_a_base_of_the_runtime_that_derives_from_the_old_one(tmp_path: Path) -> None:
    old, new = (
        get("{$ref: '#/components/schemas/Pot'}")
        + schemas(Pot=f"{{type: object, properties: {{id: {{type: string}}}}{more}}}")
        for more in ("", ", additionalProperties: {type: integer}")
    )
    findings = reviewed(old, new, tmp_path)
    assert not findings.breaking
    assert "python-class-base-added" in rules(findings, "info")


def test_a_removed_group_is_one_finding(tmp_path: Path) -> None:
    old = get("{}").replace("pots_get", "getPot")
    findings = reviewed(old, old.replace(", tags: [pots]", ""), tmp_path)
    assert [finding.rule for finding in findings.breaking] == [
        "python-group-removed",
        "python-method-renamed",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{type: array, items: {type: string}}", "{type: array, items: {type: [string, 'null']}}"),
        ("{type: array, items: {type: integer}}", "{type: array, items: {type: number}}"),
        ("{type: string}", "{}"),
    ],
)
def test_a_body_that_takes_every_old_value(old: str, new: str, tmp_path: Path) -> None:
    before, after = (
        post(f"{{type: object, properties: {{a: {schema}}}}}") for schema in (old, new)
    )
    findings = reviewed(before, after, tmp_path / "there")
    assert not findings.breaking
    assert "python-argument-type-widened" in rules(findings, "info")
    assert reviewed(after, before, tmp_path / "back").breaking


def test_a_property_that_is_no_longer_sent_cannot_become_required(tmp_path: Path) -> None:
    def both(more: str) -> str:
        pot = f"{{type: object, required: [id{more}], properties: {{id: {{type: string}}, at: {{type: string{', readOnly: true' if more else ''}}}}}}}"
        body = "requestBody: {required: true, content: {application/json: {schema: REF}}}"
        answer = "responses: {'200': {description: ok, content: {application/json: {schema: REF}}}}"
        paths = f"paths: {{/pots: {{post: {{operationId: addPot, {body}, {answer}}}}}}}\n"
        return HEAD + paths.replace("REF", "{$ref: '#/components/schemas/Pot'}") + schemas(Pot=pot)

    result = rules(reviewed(both(""), both(", at"), tmp_path), "breaking", "notice", "info")
    assert "request-required-property-became-read-only" in result
    assert "request-property-became-required" not in result


def zoo(more: str, kind: str) -> str:
    """Animals, whose kinds are the discriminator of a union."""
    mapping = "cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'"
    variants = "{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}"
    animal = "{type: object, required: [kind], properties: {KIND, name: {type: string}}}"
    tags = "{propertyName: kind, mapping: {MAPPING}}".replace("MAPPING", mapping)
    return (
        post("{$ref: '#/components/schemas/Animal'}")
        + more
        + schemas(
            Animal=f"{{oneOf: [{variants}], discriminator: {tags}}}",
            Cat=animal.replace("KIND", f"kind: {kind.replace('KIND', 'cat')}"),
            Dog=animal.replace("KIND", f"kind: {kind.replace('KIND', 'dog')}"),
        )
    )


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize(
    ("kind", "breaking"),
    [
        ("{type: string, enum: [KIND]}", set[str]()),
        ("{type: string, enum: [cat, dog]}", {"python-field-added-required"}),
        ("{type: string}", {"python-field-added-required"}),
    ],
)
def test_a_second_use_of_a_variant(
    kind: str, breaking: set[str], layout: str, tmp_path: Path
) -> None:
    """`Cat` gets the discriminator as a field, and stays the base class of `CatAnimal`."""
    schema = "{$ref: '#/components/schemas/Cat'}"
    more = get(schema, "/cats").partition("paths:\n")[2].replace("pots_get", "cats_get")
    findings = reviewed(zoo("", kind), zoo(more, kind), tmp_path, layout=layout)
    assert rules(findings, "breaking").keys() == breaking
    assert "new-required-request-property" not in rules(findings, "info")
    assert "response-required-property-added" not in rules(findings, "info")
