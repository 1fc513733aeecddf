"""Three real changes of Cohere's description, compared by hand with their textual diffs.

The descriptions are in ../shared; without it the tests are skipped.
"""

from __future__ import annotations

import difflib
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fiddlehead import config, openapi, python, render, review
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

from ..support.skips import NEEDS_SHARED
from .clients import Client, compared

COHERE = Path(__file__).parents[3] / "shared" / "specs" / "cohere"
HISTORY = COHERE / "history"

pytestmark = pytest.mark.skipif(not HISTORY.is_dir(), reason=NEEDS_SHARED)


@cache
def built(name: str) -> Client:
    path = HISTORY / f"{name}.yaml"
    diagnostics = Diagnostics()
    values = {"spec": path, "output": Path("out"), "group": "python"}
    settings = config.load(COHERE / "generators.yml", values, diagnostics, COHERE)
    assert settings is not None
    settings = replace(settings, spec_label="openapi.yaml")
    api = openapi.read(settings, Sources(diagnostics, HISTORY), diagnostics)
    package = python.build(api, settings, diagnostics)
    assert diagnostics.errors == []
    return Client(api, package)


def results(number: int) -> review.Review:
    old, new = built(f"{number}-before"), built(f"{number}-after")
    return compared(old, new)


def hunks(number: int) -> list[tuple[int, int]]:
    """The first and the last line of each place where lines came, counted from 1."""
    old, new = (
        (HISTORY / f"{number}-{side}.yaml").read_text(encoding="utf-8").splitlines()
        for side in ("before", "after")
    )
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(j1 + 1, j2) for tag, _, _, j1, j2 in codes if tag != "equal"]


def test_1_a_new_operation_with_its_schema_and_inline_types() -> None:
    """By hand: a path (POST /v2/prompt, for the audience v2-beta, in the group v2), the schema of
    its response, and a shared request body, which has three inline types: the items of `documents`
    (text or a document), the enums of `safety_mode` and of `tool_choice`. Nothing else."""
    result = results(1)
    assert {(finding.rule, finding.location) for finding in result.findings} == {
        ("endpoint-added", "POST /v2/prompt"),
        ("python-method-added", "v2.prompt"),
        ("python-class-added", "types.PromptResponseV2"),
        ("python-class-added", "v2.types.V2PromptRequestDocumentsItem"),
        ("python-class-added", "v2.types.V2PromptRequestSafetyMode"),
        ("python-class-added", "v2.types.V2PromptRequestToolChoice"),
    }
    assert {finding.kind for finding in result.findings} == {"INFO"}
    assert (result.bump, result.breaks) == ("minor", False)


def test_1_every_place_of_the_textual_diff_is_a_place_of_a_finding() -> None:
    lines = [finding.new.line for finding in results(1).findings if finding.new is not None]
    places = hunks(1)
    assert len(places) == 3
    for first, last in places:
        assert any(first <= line <= last for line in lines)


def test_1_the_signature_has_the_properties_of_the_body() -> None:
    """By hand: 21 properties, `model` and `messages` required; `stream` stays an argument, since
    nothing makes this operation a stream. Its header is in every operation, so the client has
    it, and the method has not."""
    method = next(
        finding for finding in results(1).findings if finding.rule == "python-method-added"
    )
    lines = [line.strip() for line in (method.after or "").splitlines()]
    names = [line.partition(":")[0] for line in lines if ":" in line and "->" not in line]
    assert len(names) == 21 + 1
    assert {"stream", "model", "messages", "priority", "request_options"} <= set(names)
    required = [line.partition(":")[0] for line in lines if ":" in line and " = " not in line]
    assert sorted(required) == ["messages", "model"]


def test_2_marks_of_audiences_that_change_nothing() -> None:
    """By hand: 96 times the mark `x-fern-audiences: [public]` goes from a schema or a response,
    and no other line differs. What has no mark is for everybody, so the client is the same."""
    assert results(2).findings == ()
    assert results(2).bump is None
    old = built("2-before"), built("2-after")
    assert render.render(old[0].package) == render.render(old[1].package)


def test_3_examples_with_another_model() -> None:
    """By hand: 34 lines of the examples of POST /v2/chat name a newer model. The requests of five
    examples are among them, two without a stream and three with one; the rest is code in
    other languages. Reading differs, calling does not."""
    result = results(3)
    assert {(finding.rule, finding.location) for finding in result.findings} == {
        ("documentation-changed", "POST /v2/chat"),
        ("documentation-changed", "POST /v2/chat#stream"),
    }
    assert "2 of 4 examples" in result.findings[0].message
    assert (result.bump, result.breaks) == ("patch", False)


def test_all_three_are_fast() -> None:
    built("1-before"), built("1-after")
    start = time.process_time()
    report = review.report(results(1), "html")
    assert time.process_time() - start < 2.0
    assert len(report) < 200_000
