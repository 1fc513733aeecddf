"""The unchanged Fern folders of two published SDKs: the public surface is the same."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from ..support.pipeline import ROOT, SHARED
from ..support.skips import NEEDS_SHARED

TOOL = SHARED / "tools" / "surface.py"
COMPATIBILITY = ROOT / "docs" / "from-fern.md"

pytestmark = [
    pytest.mark.skipif(not SHARED.is_dir(), reason=NEEDS_SHARED),
    pytest.mark.skipif(
        sys.version_info < (3, 11),
        reason="before Python 3.11, list[X] counts as a class: the tool finds no alias of one",
    ),
]


@dataclass(frozen=True)
class Customer:
    """A team's folder, and what was published from it."""

    name: str
    folder: Path
    package: str
    client: str
    share: float
    by_hand: dict[str, str] = field(default_factory=dict[str, str])
    """Stand-ins for modules that the team writes by hand and that its settings export."""


CUSTOMERS = (
    Customer(
        "langfuse",
        SHARED / "specs" / "langfuse" / "server",
        "langfuse",
        "langfuse.client:LangfuseAPI",
        0.99,
    ),
    Customer(
        "label-studio",
        SHARED / "specs" / "label-studio",
        "label_studio_sdk",
        "label_studio_sdk.base_client:LabelStudioBase",
        0.999,
        {
            "client.py": "from .base_client import AsyncLabelStudioBase, LabelStudioBase\n\n\n"
            "class LabelStudio(LabelStudioBase): ...\n\n\n"
            "class AsyncLabelStudio(AsyncLabelStudioBase): ...\n",
            "_legacy/__init__.py": "class Client: ...\n",
        },
    ),
)


@pytest.mark.parametrize("customer", CUSTOMERS, ids=lambda customer: customer.name)
def test_the_surface_is_that_of_the_published_sdk(customer: Customer, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fiddlehead", "generate", str(customer.folder)]
    options = ["--output", str(tmp_path), "--package", customer.package]
    done = subprocess.run([*command, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for name, text in customer.by_hand.items():
        path = tmp_path / customer.package / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    expected, actual = facts(customer, tmp_path)
    differing = [
        f"{kind} {name}"
        for kind, known in expected.items()
        for name, fact in known.items()
        if name not in actual[kind] or actual[kind][name] != fact
    ]
    total = sum(map(len, expected.values()))
    assert (total - len(differing)) / total >= customer.share, "\n".join(differing)
    assert [item for item in differing if not explained(item)] == []


def facts(customer: Customer, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The expected and the actual facts, by kind and name."""
    done = subprocess.run(
        [sys.executable, str(TOOL), "dump", str(folder), customer.package, customer.client],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    with mock.patch.object(sys, "path", [str(TOOL.parent), *sys.path]):
        surface = importlib.import_module("surface")
    published = SHARED / "reference" / "surfaces" / f"{customer.name}.json"
    return surface.facts(json.loads(published.read_text())), surface.facts(json.loads(done.stdout))


def explained(difference: str) -> bool:
    """Whether docs/from-fern.md explains a difference; `…` in the page matches any name."""
    _, page = COMPATIBILITY.read_text(encoding="utf-8").split("## Other published SDKs")
    patterns = (re.escape(item).replace("…", ".*") for item in re.findall(r"`([^`]+)`", page))
    return any(re.fullmatch(pattern, difference) for pattern in patterns)
