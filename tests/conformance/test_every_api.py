"""Every description becomes a package that imports, type-checks, and decodes its examples."""

from __future__ import annotations

import json
from typing import cast

import pytest
from fiddlehead import ir

from ..support import checkers, examples
from ..support.example_server import ExampleServer
from ..support.pipeline import SHARED
from ..support.skips import NEEDS_SHARED
from . import subjects
from .subjects import Layout, Subject
from .workshop import Workshop, values

SUBJECTS = [*subjects.all_subjects()]
LAYOUTS: list[Layout] = ["compact", "fern"]

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=NEEDS_SHARED)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.id)
def test_every_operation_becomes_a_method(workshop: Workshop, subject: Subject) -> None:
    made = workshop.get(subject).made
    assert made.diagnostics.errors == []
    one, of = workshop.row(subject).operations.split("/")
    assert one == of


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_module_imports_and_every_example_decodes(workshop: Workshop, layout: Layout) -> None:
    chosen = [subject for subject in SUBJECTS if subject.layout == layout]
    tasks = []
    for subject in chosen:
        built = workshop.get(subject)
        found = [*values(built.made)]
        workshop.row(subject).values = len(found)
        alone = subject.name == "cohere"
        tasks.append({"package": subject.package, "alone": alone, "values": found})
    reports = checkers.inspect(workshop.folder(layout), tasks)
    failures = [text for report in reports for text in cast("list[str]", report["failures"])]
    assert failures == [], json.dumps(failures, indent=1)[:20_000]
    assert sum(cast("int", report["values"]) for report in reports) > len(chosen)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_package_is_clean_under_mypy(workshop: Workshop, layout: Layout) -> None:
    chosen = [subject for subject in SUBJECTS if subject.layout == layout]
    packages = [workshop.get(item).subject.package for item in chosen]
    errors = checkers.mypy(workshop.folder(layout), packages)
    for item in chosen:
        workshop.row(item).type_errors = len(errors[item.package])
    assert [text for found in errors.values() for text in found] == []


# The largest have nothing but more of the same, and layout `fern` has the same examples. A server
# cannot tell the operations of `pagination` apart: they have one URL.
EXAMPLES = [
    subject
    for subject in SUBJECTS
    if subject.name not in (*subjects.LARGE, "pagination")
    and (subject.layout == "compact" or subject.name == "cohere")
]


@pytest.mark.parametrize("subject", EXAMPLES, ids=lambda example: example.id)
def test_every_example_of_a_docstring_runs(workshop: Workshop, subject: Subject) -> None:
    built = workshop.get(subject)
    # The server of the examples opens no WebSockets; tests/python/test_sockets.py has one.
    every = examples.in_docstrings(built.package)
    found = [diagnostic for diagnostic in every if " as socket:" not in diagnostic.code]
    workshop.row(subject).examples = len(found)
    assert len(found) >= ir.operations(built.made.api.root)
    with (
        examples.importable(built.folder, subject.package),
        ExampleServer(built.made.api) as server,
    ):
        assert examples.run(found, server) == []


STRICT = ("cohere", "exhaustive", "examples", "pagination", "unions", "resend", "tictactoe")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_packages_are_clean_under_pyright(workshop: Workshop, layout: Layout) -> None:
    chosen = [
        subject for subject in SUBJECTS if subject.layout == layout and subject.name in STRICT
    ]
    packages = [workshop.get(item).subject.package for item in chosen]
    errors = checkers.pyright(workshop.folder(layout), packages)
    for item in chosen:
        row = workshop.row(item)
        row.type_errors = (row.type_errors or 0) + len(errors[item.package])
    assert [text for found in errors.values() for text in found] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_package_is_formatted_like_black(workshop: Workshop, layout: Layout) -> None:
    chosen = [subject for subject in SUBJECTS if subject.layout == layout]
    if layout == "fern":
        chosen = [declared for declared in chosen if declared.name in STRICT]
    packages = [workshop.get(item).subject.package for item in chosen]
    assert checkers.black(workshop.folder(layout), packages) == ""
