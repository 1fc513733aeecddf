"""Cohere's complete API, with its settings: public surface, size, and laws."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from fiddlehead import ir
from hypothesis import HealthCheck, given, settings

from ..support import examples
from ..support.inspection import same
from ..support.json_values import ApiValues
from ..support.pipeline import ROOT, SHARED
from ..support.skips import NEEDS_SHARED
from . import subjects
from .workshop import Built, Workshop, decoded_type, module_of

TOOL = SHARED / "tools" / "surface.py"
EXPECTED = SHARED / "reference" / "cohere-7.0.9-surface.json"
COMPATIBILITY = ROOT / "docs" / "from-fern.md"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=NEEDS_SHARED)


@pytest.fixture(scope="module")
def compact(workshop: Workshop) -> Built:
    return workshop.get(subjects.cohere("compact"))


@pytest.fixture(scope="module")
def fern(workshop: Workshop) -> Built:
    return workshop.get(subjects.cohere("fern"))


def facts(built: Built) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """The expected and the actual facts, by kind and name."""
    client = "cohere.base_client:BaseCohere"
    done = subprocess.run(
        [sys.executable, str(TOOL), "dump", str(built.folder), "cohere", client],
        capture_output=True,
        text=True,
        env={**os.environ, "CO_API_KEY": "secret"},
    )
    assert done.returncode == 0, done.stderr
    with mock.patch.object(sys, "path", [str(TOOL.parent), *sys.path]):
        surface = importlib.import_module("surface")
    return surface.facts(json.loads(EXPECTED.read_text())), surface.facts(json.loads(done.stdout))


@pytest.mark.skipif(
    sys.version_info < (3, 11),
    reason="before Python 3.11, list[X] counts as a class: the tool finds no alias of one",
)
@pytest.mark.parametrize(("layout", "share"), [("compact", 0.984), ("fern", 0.997)])
def test_the_surface_is_that_of_the_published_package(
    workshop: Workshop, layout: subjects.Layout, share: float
) -> None:
    subject = subjects.cohere(layout)
    expected, actual = facts(workshop.get(subject))
    total = sum(map(len, expected.values()))
    differing = [
        f"{kind} {name}"
        for kind, known in expected.items()
        for name, fact in known.items()
        if name not in actual[kind] or actual[kind][name] != fact
    ]
    matched = total - len(differing)
    workshop.row(subject).facts = f"{matched:,}/{total:,}"
    assert matched / total >= share, "\n".join(differing)
    assert [item for item in differing if not explained(item, layout)] == []


def explained(difference: str, layout: subjects.Layout) -> bool:
    """Whether docs/from-fern.md explains a difference, in its part about the layout."""
    both, compact = COMPATIBILITY.read_text(encoding="utf-8").split(
        "## What differs in layout `compact`"
    )
    if f"`{difference}`" in both:
        return True
    # Every class of `errors` has one reason.
    difference = re.sub(r"(export cohere\.errors)\..*", r"\1.BadRequestError", difference)
    return layout == "compact" and f"`{difference}`" in compact


def test_it_has_a_third_of_the_lines(compact: Built) -> None:
    """Without the fake client, which the published package does not have."""
    lines = {
        name: text.count("\n")
        for name, text in compact.generated.files.items()
        if name.endswith(".py") and not name.startswith(("cohere/testing", "cohere/core/testing"))
    }
    assert sum(lines.values()) <= 14_070


def responses(api: ir.Api) -> dict[str, ir.Type]:
    """What each method decodes, by the id of its endpoint."""
    return {
        item.id: item.result.type
        for _, item in ir.endpoints(api.root)
        if item.result.kind == "json" and item.result.type is not None
    }


@pytest.fixture(scope="module")
def codec(compact: Built) -> Iterator[Any]:
    """Decodes the JSON of a response and encodes it again, with the generated package."""
    package = compact.generated.package
    with examples.importable(compact.folder, "cohere"):
        decode = importlib.import_module("cohere.core.decode").decode
        to_json = importlib.import_module("cohere.core.encode").to_json
        types = {
            method.id: eval(
                decoded_type(method),
                vars(importlib.import_module(module_of("cohere", resource))),
            )
            for resource, method in package.methods()
            if method.id in responses(compact.generated.api)
        }

        def codec(id_: str, value: Any) -> Any:
            text = json.dumps(value, ensure_ascii=True).encode()
            return json.loads(to_json(decode(types[id_], text)))

        yield codec


def test_json_to_model_to_json_is_the_identity(compact: Built, codec: Any) -> None:
    """For every response, with unknown properties, values and variants, and with missing ones."""
    api = compact.generated.api
    built = ApiValues(api)
    response_types = responses(api)
    assert len(response_types) > 30

    for id_, type_ in response_types.items():

        @settings(
            max_examples=40,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(built.of(type_))
        def identity(value: Any) -> None:
            again = codec(id_, value)  # noqa: B023  (called at once)
            assert same(again, value), f"{id_}: {again}"  # noqa: B023

        identity()


def test_unsupported_settings_are_reported(compact: Built) -> None:
    """No warning about Cohere's settings; located warnings about flaws of its description."""
    problems = compact.generated.diagnostics.reported
    assert Counter(diagnostic.code for diagnostic in problems) == {
        "discriminator": 3,
        "duplicate-name": 4,
        "misplaced-extension": 13,
        "required-without-property": 11,
    }
    assert all(item.span.line > 1 for item in problems)


def test_nothing_is_written_outside_the_package(compact: Built) -> None:
    package = Path("cohere")
    for name in compact.generated.files:
        path = Path(name)
        assert package in path.parents or name in ("pyproject.toml", "README.md", "reference.md")
        assert ".." not in path.parts
