"""Reviews as values, for tests of their reports."""

from __future__ import annotations

from typing import Any

from fiddlehead.diagnostics import SourceFile, Span
from fiddlehead.review import RULES, Finding, Review
from fiddlehead.review.findings import Accepted, order

OLD, NEW = "main:spec/openapi.yaml", "spec/openapi.yaml"

HOSTILE = (
    "</script><script>alert(1)</script>\"' onload=x ]]> {{ 7*7 }} `` ``` @everyone "
    "| \x1b[31m \u202e \r\n::error::x"
)

BEFORE = """create(
    *,
    model: str,
    name: str | None = OMIT,
    truncate: Truncate | None = OMIT,
    request_options: RequestOptions | None = None,
) -> CreateEmbedJobResponse"""
AFTER = BEFORE.replace("name: str | None = OMIT", "name: str").replace("truncate:", "cut:")


def place(file: str, line: int) -> Span:
    return Span(SourceFile(file, ""), line, 5, line, 11)


def finding(
    rule: str, location: str = "x", message: str = "Something changed", **more: Any
) -> Finding:
    known = RULES[rule]
    values = {"old": place(OLD, 3), "new": place(NEW, 7), **more}
    return Finding(rule, known.layer, known.kind, known.bump, location, message, **values)


def review(*findings: Finding, **more: Any) -> Review:
    return Review(tuple(sorted(findings, key=order)), OLD, NEW, **more)


def sample() -> Review:
    """One finding of each kind: breaking, accepted, behaviour, information."""
    return review(
        finding(
            "python-argument-renamed",
            "embed_jobs.create.truncate",
            "embed_jobs.create.truncate is now cut",
            before=BEFORE,
            after=AFTER,
            setting='[naming.aliases]\n"embed_jobs.create.cut" = ["truncate"]',
        ),
        finding(
            "response-property-became-optional",
            "EmbedJob.model",
            "'EmbedJob.model' was required and is now optional",
            operations=("GET /v1/embed-jobs", "GET /v1/embed-jobs/{id}"),
            old=place(OLD, 13),
            new=place(NEW, 17),
        ),
        finding(
            "python-method-removed",
            "datasets.usage",
            "datasets.usage() is gone",
            old=place(OLD, 23),
            new=None,
            before="usage() -> DatasetUsage",
            accepted=Accepted("nobody called it", "2027-01-01"),
        ),
        finding(
            "request-property-default-value-changed",
            "POST /v1/embed-jobs body.truncate",
            "The default was END and is START",
            old=place(OLD, 33),
            new=place(NEW, 37),
            before='"END"',
            after='"START"',
        ),
        finding("endpoint-added", "POST /v1/pause", "POST /v1/pause is new", old=None),
        finding(
            "python-class-added",
            "types.Paused",
            "types.Paused is new",
            old=None,
            after="class Paused(UncheckedBaseModel):\n    by: str",
        ),
        notes=("fiddlehead-accept.yaml:3:3: the entry for x expired",),
    )


def hostile() -> Review:
    """Text from a description, where every report has text from a description."""
    return review(
        *(
            finding(
                rule,
                HOSTILE,
                HOSTILE,
                old=place(HOSTILE, 1),
                before=HOSTILE,
                after=HOSTILE + "\n" + HOSTILE,
                setting=HOSTILE,
                operations=(HOSTILE,),
                accepted=Accepted(HOSTILE) if rule == "python-method-removed" else None,
            )
            for rule in ("python-class-removed", "python-method-removed", "endpoint-added")
        ),
        notes=(HOSTILE,),
    )
