"""Each report format: its content, its escaping, and its size limits."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.review import FORMATS, Review, report

from .reviews import HOSTILE, NEW, OLD, finding, hostile, place, review, sample

SCHEMA = Path(__file__).parents[2] / "docs" / "review.schema.json"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "results", [sample(), hostile(), review()], ids=["sample", "hostile", "none"]
)
def test_every_format_is_whole_and_always_the_same(format: str, results: Review) -> None:
    text = report(results, format, old_files={"a.py": "1\n"}, new_files={"a.py": "2\n"})
    assert text.endswith("\n")
    assert text == report(results, format, old_files={"a.py": "1\n"}, new_files={"a.py": "2\n"})


def test_the_verdict() -> None:
    assert sample().verdict == (
        "2 breaking changes. 1 more accepted. Suggested bump: major (2 SOURCE, 1 WIRE)."
    )
    assert review().verdict == "Nothing changed. The API and the client are the same."
    assert review(finding("endpoint-added")).verdict == "No breaking change. Suggested bump: minor."


# --- text -------------------------------------------------------------------------------------


def test_text_is_plain_unless_colour_is_wanted() -> None:
    assert "\x1b" not in report(sample(), "text")
    assert "\x1b[1;31m2 breaking changes" in report(sample(), "text", color=True)


def test_the_content_of_the_text_report() -> None:
    lines = report(sample(), "text").splitlines()
    assert lines[0] == f"{OLD} -> {NEW}"
    assert lines[2] == sample().verdict
    text = "\n".join(lines)
    assert f"{OLD}:3:5 -> {NEW}:7:5" in text
    assert "-     truncate: Truncate | None = OMIT," in text
    assert "+     cut: Truncate | None = OMIT," in text
    # What stayed is not repeated.
    assert "model: str" not in text
    assert '"embed_jobs.create.cut" = ["truncate"]' in text
    assert "accepted: nobody called it (until 2027-01-01)" in text


def test_text_cannot_reach_the_terminal() -> None:
    text = report(hostile(), "text")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\r" not in text


# --- Markdown ---------------------------------------------------------------------------------


def test_markdown_starts_with_the_verdict_and_folds_the_rest() -> None:
    text = report(sample(), "markdown")
    assert text.startswith("**❌ 2 breaking changes.")
    assert text.index("### Breaking (2)") < text.index("<details>")
    assert text.count("<details>") == text.count("</details>") == 3


@pytest.mark.parametrize("count", [1, 200, 5_000])
@pytest.mark.parametrize("text", ["short", HOSTILE, "é" * 5_000])
def test_markdown_always_fits_into_a_comment(count: int, text: str) -> None:
    findings = review(
        *(
            finding(rule, f"{text}{number}", text, before=text, after=text * 2, setting=text)
            for number in range(count)
            for rule in ("python-class-removed", "endpoint-added")
        ),
        notes=(text,) * count,
    )
    page = report(findings, "markdown")
    assert len(page.encode()) < 65_536
    display = len(re.findall(r"^- \*\*", page, flags=re.MULTILINE))
    left_out = re.search(r"_(\d+) more findings exceed", page)
    assert display + (int(left_out[1]) if left_out else 0) == 2 * count
    assert page.count("<details>") == page.count("</details>")


def test_markdown_escapes_text_of_the_description() -> None:
    page = report(hostile(), "markdown")
    outside = re.sub(r"^ *(`{3,}).*?^ *\1$", "", page, flags=re.MULTILINE | re.DOTALL)
    outside = re.sub(r"(`+).*?[^`]\1(?!`)", "", outside)
    assert "<script" not in outside
    assert "@everyone" not in outside
    assert "\r" not in page
    for block in re.findall(r"^ *(`{3,})(?:diff|toml)$(.*?)^ *\1$", page, re.MULTILINE | re.DOTALL):
        assert block[0] not in block[1]


# --- JSON -------------------------------------------------------------------------------------


def check(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> None:
    """The part of JSON Schema that docs/review.schema.json uses."""
    if "$ref" in schema:
        check(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
        return
    if "const" in schema:
        assert value == schema["const"]
    if "enum" in schema:
        assert value in schema["enum"]
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer"}
        assert (names.get(type(value)) or "null") in kinds
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value) <= set(schema["properties"])
        for key, item in value.items():
            check(item, schema["properties"][key], root)
    if isinstance(value, list):
        for item in value:
            check(item, schema["items"], root)


@pytest.mark.parametrize(
    "results", [sample(), hostile(), review()], ids=["sample", "hostile", "none"]
)
def test_json_matches_its_schema(results: Review) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    check(json.loads(report(results, "json")), schema, schema)


def test_json_has_the_whole_finding() -> None:
    result = json.loads(report(sample(), "json"))["findings"]
    renamed = next(item for item in result if item["rule"] == "python-argument-renamed")
    assert renamed["class"] == "SOURCE"
    assert renamed["new"] == {
        "file": NEW,
        "line": 7,
        "column": 5,
        "end_line": 7,
        "end_column": 11,
    }
    assert renamed["accepted"] is None


# --- GitHub -----------------------------------------------------------------------------------


def test_github_points_into_the_new_description() -> None:
    lines = report(sample(), "github").splitlines()
    assert lines[0] == (
        f"::error file={NEW},line=7,col=5,title=SOURCE python-argument-renamed::"
        f"embed_jobs.create.truncate is now cut%0Awas at {OLD}:3:5%0A"
        "to avoid it, in the settings:%0A[naming.aliases]%0A"
        '"embed_jobs.create.cut" = ["truncate"]'
    )
    assert lines[2].startswith("::warning title=SOURCE python-method-removed::")


def test_github_escapes_so_that_one_command_stays_one() -> None:
    findings = review(finding("python-class-removed", "x", "100%\r\n::error::x", new=None))
    line = report(findings, "github").splitlines()[0]
    assert line.endswith("::100%25%0D%0A::error::x%0Awas at main:spec/openapi.yaml:3:5")
    odd = review(finding("python-class-removed", new=finding("endpoint-added").new))
    assert "file=spec/openapi.yaml,line=7" in report(odd, "github")
    for item in report(hostile(), "github").splitlines():
        assert re.match(r"::(error|warning|notice) ", item)


def test_github_shows_ten_findings_of_a_kind_and_the_number_of_others() -> None:
    findings = review(
        *(
            finding("python-class-removed", f"c{number}", old=place(OLD, number))
            for number in range(1, 31)
        )
    )
    errors = [
        line for line in report(findings, "github").splitlines() if line.startswith("::error")
    ]
    assert len(errors) == 10
    assert errors[-1] == "::error title=fiddlehead diff::21 more: see the report"


def test_github_has_one_annotation_for_one_edit() -> None:
    findings = review(
        finding("python-argument-removed", "jobs.add.id", "jobs.add.id is gone", new=None),
        finding("request-property-removed", "POST /jobs body.id", "'id' is gone"),
        finding(
            "request-property-removed", "POST /jobs body.no", "'no' is gone", old=place(OLD, 4)
        ),
    )
    lines = report(findings, "github").splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]
    # The line of the new description comes from the finding that knows one.
    assert lines[0] == (
        f"::error file={NEW},line=7,col=5,title=SOURCE python-argument-removed::jobs.add.id is gone"
        f"%0Awas at {OLD}:3:5%0A'id' is gone%0Awas at {OLD}:3:5"
    )


# --- several of one kind ----------------------------------------------------------------------


def many(count: int) -> Review:
    return review(
        *(
            finding(
                "python-argument-removed",
                f"jobs.add.a{number}",
                f"jobs.add.a{number} is gone",
                old=place(OLD, number),
                new=None,
                before=f"a{number}: str",
            )
            for number in range(1, count + 1)
        )
    )


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_findings_of_one_kind_have_one_heading(format: str) -> None:
    text = report(many(40), format)
    assert text.count("python-argument-removed") == 1
    assert text.count(OLD) == 2
    for item in many(40).findings:
        assert item.before is not None and item.old is not None
        assert (
            f"{item.message.replace('_', chr(92) + '_') if format == 'markdown' else item.message} "
            in text
        )
        assert item.before in text
        assert f"{item.old.line}:{item.old.column}" in text
    assert report(many(2), format).count("python-argument-removed") == 2


def test_a_long_class_is_shortened_with_a_count() -> None:
    fields = "\n".join(f"    f{number}: str" for number in range(40))
    findings = review(finding("python-class-removed", before=f"class A(Base):\n{fields}"))
    assert "… 30 more lines" in report(findings, "text")


def test_a_shortened_section_has_the_number_of_omitted_findings() -> None:
    findings = review(
        *(
            finding(rule, f"{rule}{number}", "x" * 290, old=place(OLD, number))
            for number in range(1, 150)
            for rule in ("python-class-removed", "request-property-removed")
        )
    )
    page = report(findings, "markdown")
    left = [int(item) for item in re.findall(r"_(\d+) more in this section", page)]
    total = re.search(r"_(\d+) more findings exceed", page)
    text = len(re.findall(r"^- \*\*", page, flags=re.MULTILINE))
    assert total is not None
    assert text + int(total[1]) == len(findings.findings)
    assert left == [int(total[1])]


def test_markdown_has_a_marker() -> None:
    last = report(sample(), "markdown").rstrip().splitlines()[-1]
    assert last == f"<!-- fiddlehead diff {NEW} -->"
    assert re.fullmatch(
        r"<!-- fiddlehead diff [\w./@ :-]+ -->",
        report(Review((), new_label=HOSTILE + "-->"), "markdown").rstrip().splitlines()[-1],
    )


# --- SARIF ------------------------------------------------------------------------------------


def test_sarif_has_the_structure_of_2_1_0() -> None:
    log = json.loads(report(sample(), "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(sample().findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        for location in [*result.get("locations", ()), *result.get("relatedLocations", ())]:
            physical = location["physicalLocation"]
            assert re.fullmatch(r"[\w.~/%:@!$&'()*+,;=-]+", physical["artifactLocation"]["uri"])
            region = physical["region"]
            assert 1 <= region["startLine"] <= region["endLine"]
            assert region["startColumn"] >= 1
    accepted = [result for result in run["results"] if "suppressions" in result]
    assert [item["ruleId"] for item in accepted] == ["python-method-removed"]
    assert accepted[0]["suppressions"] == [
        {"kind": "external", "justification": "nobody called it"}
    ]


# --- HTML -------------------------------------------------------------------------------------


def test_html_needs_nothing_else() -> None:
    page = report(sample(), "html", old_files={"a.py": "1\n"}, new_files={"a.py": "2\n"})
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "url(" not in page
    assert "default-src 'none'" in page


class Tags(HTMLParser):
    """The elements of a page and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes.update(name for name, _ in attrs)


def test_html_escapes_text_of_the_description() -> None:
    files = {"a.py": "1\n"}
    plain = Tags(report(sample(), "html", old_files=files, new_files={}))
    page = report(hostile(), "html", old_files={HOSTILE: HOSTILE}, new_files={})
    tags = Tags(page)
    assert set(tags.elements) <= set(plain.elements)
    assert tags.elements.count("script") == 1
    assert tags.attributes <= plain.attributes
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_html_shows_the_diff_of_each_generated_file() -> None:
    old = {"acme/a.py": "one\ntwo\n", "acme/gone.py": "x\n", "same.py": "s\n"}
    new = {"acme/a.py": "one\nthree\n", "acme/come.py": "y\n", "same.py": "s\n"}
    page = report(sample(), "html", old_files=old, new_files=new)
    assert '<span class="del">-two\n</span>' in page
    assert '<span class="ins">+three\n</span>' in page
    assert "acme/gone.py" in page
    assert "acme/come.py" in page
    assert "same.py" not in page
    assert "Generated diff" not in report(sample(), "html")


def test_html_limits_lines_and_findings() -> None:
    old, new = {"a.py": "x\n" * 9_000}, {"a.py": "y\n" * 9_000}
    page = report(sample(), "html", old_files=old, new_files=new)
    assert "more lines are not shown" in page
    many = review(*(finding("python-class-removed", f"c{number}") for number in range(3_100)))
    assert "100 more findings are not on this page" in report(many, "html")
