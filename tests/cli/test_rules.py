"""`[rules]`: the severities of codes, in every command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fiddlehead.cli import rules

from .conftest import SPEC, Project

DOCS = Path(__file__).resolve().parents[2] / "docs"
DOUBTFUL = SPEC.replace(
    "parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
    "parameters: [{name: id, in: path, required: true, schema: {type: string}},"
    " {name: kind, in: query, schema: {type: string, default: 3}},"
    " {name: sort, in: query, schema: {type: string, default: 4}}]",
)


def test_the_page_lists_every_code() -> None:
    """`python -m fiddlehead.cli.rules > docs/rules.md` writes it."""
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules.page()


def test_lint_lists_every_code(project: Project) -> None:
    outcome = project.run("lint", "--rules")
    assert outcome.code == 0
    assert {line.split()[0] for line in outcome.out.splitlines() if line} - {"!"} == {
        diagnostic.code for diagnostic in rules.listed()
    }


@pytest.mark.parametrize(
    ("setting", "strict", "code", "display"),
    [
        ("", False, 0, {"warning": 2}),
        ("", True, 3, {"warning": 2}),
        ('"bad-default" = "off"', True, 0, {}),
        ('"bad-default" = "info"', True, 0, {"info": 2}),
        ('"bad-default" = "error"', False, 3, {"error": 2}),
        # Only one location: the other one is still reported.
        (
            '"bad-default" = {severity = "off", at = "#/paths/~1jobs~1{id}/get/parameters/1"}',
            True,
            3,
            {"warning": 1},
        ),
        (
            '"bad-default" = [{severity = "off", at = "#/paths"}, {severity = "error", at = '
            '"#/paths/~1jobs~1{id}/get/parameters/2"}]',
            False,
            3,
            {"error": 1},
        ),
        # A rule without a location applies to the rest.
        (
            '"bad-default" = ["off", {severity = "info", at = "spec.yaml#/paths/~1jobs~1{id}/get/parameters/1"}]',
            True,
            0,
            {"info": 1},
        ),
    ],
)
@pytest.mark.parametrize("command", ["lint", "generate", "names"])
def test_the_severity_of_a_code(
    project: Project, setting: str, strict: bool, code: int, display: dict[str, int], command: str
) -> None:
    project.spec(DOUBTFUL)
    project.settings(f"[rules]\n{setting}\n")
    outcome = project.run(command, *(["--strict"] if strict else []))
    assert outcome.code == code
    result = re.findall(r"(\w+)\[bad-default\]", outcome.err)
    assert {item: result.count(item) for item in result} == display


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ('"bad-defualt" = "off"', "unknown code 'bad-defualt'"),
        ('"invalid-yaml" = "off"', "'invalid-yaml' is always an error"),
        ('"bad-default" = "never"', "the severity of 'bad-default' must be one of"),
        ('"bad-default" = {at = "#/paths"}', "'bad-default' has no severity"),
        ('"bad-default" = {severity = "off", at = "paths"}', "'at' must be a JSON Pointer"),
    ],
)
def test_a_rule_that_cannot_be_is_an_error_of_the_settings(
    project: Project, setting: str, problem: str
) -> None:
    project.settings(f"[rules]\n{setting}\n")
    for command in ("lint", "generate", "check", "diff"):
        outcome = project.run(command)
        assert (outcome.code, problem in outcome.err) == (2, True), outcome.err
        assert "fiddlehead.toml:5:" in outcome.err


def test_an_unknown_location_is_reported(project: Project) -> None:
    project.settings('[rules]\n"bad-default" = {severity = "off", at = "#/paths/~1nowhere"}\n')
    assert "the description has no '#/paths/~1nowhere'" in project.run("lint").err


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("", 1),
        ('"python-method-renamed" = "off"', 0),
        ('"python-method-renamed" = "warning"', 0),
        ('"python-method-renamed" = {severity = "off", at = "#/paths/~1jobs~1{id}"}', 0),
        ('"python-method-renamed" = {severity = "off", at = "#/components"}', 1),
        ('"python-method-renamed" = "off"\n"api-operation-id-removed" = "error"', 1),
    ],
)
def test_diff_fails_for_changes_with_severity_error(
    project: Project, setting: str, code: int
) -> None:
    project.settings(f"[rules]\n{setting}\n")
    (project.folder / "old.yaml").write_text(SPEC)
    changed = SPEC.replace("operationId: getJob", "operationId: findJob")
    project.spec(changed.replace("method-name: get", "method-name: find"))
    outcome = project.run("diff", "old.yaml", "spec.yaml")
    assert outcome.code == code, outcome.out + outcome.err
    text = "python-method-renamed" in outcome.out
    assert text == (
        not setting.startswith('"python-method-renamed" = "off"') and "jobs" not in setting
    )


def test_check_honours_rules(project: Project) -> None:
    assert project.run("generate").code == 0
    (project.owned_folder / "version.py").write_text("edited\n")
    assert project.run("check").code == 1
    project.settings('[rules]\n"edited" = "off"\n"outdated" = "off"\n')
    assert project.run("check").code == 0
    project.settings('[rules]\n"edited" = "warning"\n"outdated" = "off"\n')
    outcome = project.run("check", "--format", "json")
    assert (outcome.code, [load["level"] for load in json.loads(outcome.out)]) == (0, ["warning"])


def test_many_problems_of_one_cause_are_one_entry(project: Project) -> None:
    many = "\n".join(f"        p{index}: {{type: string, default: {index}}}" for index in range(40))
    project.spec(
        SPEC.replace("        id: {type: string}\n", f"        id: {{type: string}}\n{many}\n")
    )
    outcome = project.run("lint")
    assert outcome.err.count("[bad-default]") == 1
    assert "(and 39 more like it: spec.yaml:" in outcome.err and "-v lists all" in outcome.err
    assert project.run("lint", "-v").err.count("[bad-default]") == 40
    assert len(json.loads(project.run("lint", "--format", "json").out)) == 40


def test_many_problems_at_one_place_are_one_entry(project: Project) -> None:
    """Here a parameter that clashes in every operation of its path."""
    methods = "".join(
        f"    {method}: {{operationId: {method}Thing, responses: {{'204': {{description: Done.}}}}}}\n"
        for method in ("get", "put", "post", "delete")
    )
    project.spec(
        "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\npaths:\n  /things/{id}:\n    parameters:\n"
        "      - {name: id, in: path, required: true, schema: {type: string}}\n"
        "      - {name: id, in: query, schema: {type: string}}\n" + methods
    )
    outcome = project.run("lint")
    assert outcome.err.count("[duplicate-argument]") == 1
    assert "(and 3 more like it at this place; -v lists all)" in outcome.err
    assert project.run("lint", "-v").err.count("[duplicate-argument]") == 4


def test_one_clash_in_many_operations_is_one_entry(project: Project) -> None:
    """An id in the path and in the body of every operation."""
    body = "{content: {application/json: {schema: {properties: {id: {type: string}}}}}}"
    paths = "".join(
        f"  /{name}/{{id}}:\n    put:\n      operationId: put_{name}\n"
        "      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n"
        f"      requestBody: {body}\n      responses: {{'204': {{description: Done.}}}}\n"
        for name in ("cups", "jars", "lids", "pots")
    )
    project.spec(f"openapi: 3.1.0\ninfo: {{title: Acme, version: '1'}}\npaths:\n{paths}")
    outcome = project.run("lint")
    assert outcome.err.count("[duplicate-argument]") == 1
    assert "(and 3 more like it: spec.yaml:" in outcome.err
    assert project.run("lint", "-v").err.count("[duplicate-argument]") == 4


def test_settings_without_a_description_count_for_any(project: Project) -> None:
    """The line that a diagnostic suggests, in a file of nothing else."""
    settings = project.folder / "fiddlehead.toml"
    settings.write_text('[naming.rename]\n"jobs.get" = "fetch"\n')
    outcome = project.run("generate", "spec.yaml", "--output", "made", "--package", "made")
    assert outcome.code == 0, outcome.err
    assert "def fetch(" in (project.folder / "made/made/jobs/client.py").read_text()
    assert [path.name for path in (project.folder / "made").iterdir()] == ["made"]
    for values in ((), ("--settings", "fiddlehead.toml")):
        outcome = project.run("diff", "spec.yaml", "spec.yaml", *values)
        assert outcome.code == 0, outcome.err
        outcome = project.run("diff", *values)
        assert (outcome.code, "'spec' is not set" in outcome.err) == (2, True)
    settings.write_text('spec = "other.yaml"\n[naming.rename]\n"jobs.get" = "fetch"\n')
    assert "-> fetch" not in project.run("names", "spec.yaml").out


def test_a_new_error_is_not_passed_over_where_the_package_is_up_to_date(project: Project) -> None:
    project.spec(DOUBTFUL)
    project.settings("")
    assert project.run("generate").code == 0
    project.settings('[rules]\n"bad-default" = "error"')
    assert project.run("generate").code == 3


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("#/definitions/Jar", ["spec.yaml:3:", "spec.yaml:4:"]),
        ("#/parameters", ["spec.yaml:4:", "spec.yaml:5:"]),
        # The body before it is no parameter in OpenAPI 3.
        ("#/paths/~1jars/post/parameters/1", ["spec.yaml:3:", "spec.yaml:5:"]),
    ],
)
def test_locations_of_swagger_are_those_of_the_file(
    project: Project, at: str, left: list[str]
) -> None:
    project.spec("""\
swagger: "2.0"
info: {title: Acme, version: "1"}
parameters: {Kind: {name: kind, in: query, type: strnig}}
paths: {/jars: {post: {parameters: [{name: b, in: body, schema: {}}, {name: a, in: query, type: strnig}, {$ref: "#/parameters/Kind"}], responses: {}}}}
definitions: {Jar: {type: object, properties: {a: {type: strnig}}}}
""")
    project.settings(f'[rules]\n"unknown-type" = {{severity = "off", at = "{at}"}}\n')
    outcome = project.run("lint")
    lines = [line for line in outcome.err.splitlines() if "[unknown-type]" in line]
    assert [line[:12] for line in lines] == left
    assert "the description has no" not in outcome.err
