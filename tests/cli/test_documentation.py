"""The pages about settings and commands match the code."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.cli.arguments import COMMANDS
from fiddlehead.config import (
    ImporterSettings,
    NamingSettings,
    PydanticSettings,
    PythonSettings,
    Settings,
)

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
PARTS = ("importer", "python", "naming", "pydantic")


@pytest.mark.parametrize(
    "cls", [Settings, ImporterSettings, PythonSettings, PydanticSettings, NamingSettings]
)
def test_every_setting_is_on_the_page(cls: type[Any]) -> None:
    hidden = {
        *PARTS,
        "api",
        "fern",
        "file",
        "further",
        "namespace",
        "one_of_several",
        "places",
        "protected",
        "spec_path",
    }
    for field in dataclasses.fields(cls):
        if field.name not in hidden:
            assert f"`{field.name.replace('_', '-')}`" in PAGE, field.name


@pytest.mark.parametrize("cls", [ImporterSettings, PythonSettings, NamingSettings])
def test_the_defaults_on_the_page_are_those_of_the_code(cls: type[Any]) -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE))
    for field in dataclasses.fields(cls):
        response = rows.get(field.name.replace("_", "-"))
        if response is not None and field.default is not dataclasses.MISSING:
            spelled = {"true": True, "false": False, "[]": (), "{}": {}}
            value = spelled[response] if response in spelled else response.strip('"')
            default = field.default
            if isinstance(default, float):
                value = float(response)
            assert str(value) == str(default) or value == default, field.name


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"| `fiddlehead {name}" in readme


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
