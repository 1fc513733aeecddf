"""Any value of a setting gives valid settings or a located message, never a crash."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from fiddlehead import config
from fiddlehead.config import (
    ImporterSettings,
    NamingSettings,
    PydanticSettings,
    PythonSettings,
    Settings,
)
from fiddlehead.config.fern_python import (
    NO_EFFECT,
    PYDANTIC_REFUSED,
    PYDANTIC_SAME_NAME,
    REFUSED,
    RENAMED,
    SAME_NAME,
    SILENT,
)
from fiddlehead.diagnostics import Diagnostics, InvalidInput

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    10**40,
    1.5,
    "",
    "x",
    "infinity",
    "\u2028\n\x1b]'\"\\",
    [],
    [1],
    [[]],
    ["x", {"a": 1}],
    {},
    {"a": 1},
    {"a": {"b": [1]}},
    {"name": 1, "version": [], "from": 1, "imports": {}, "enabled": "x"},
]


def outcome(path: Path, folder: Path) -> None:
    """Load settings; problems must have a location in the file."""
    diagnostics = Diagnostics()
    arguments = {"spec": folder / "spec.yaml", "output": folder, "package": "acme"}
    try:
        settings = config.load(path, arguments, diagnostics, folder)
        config.fingerprint(settings)
    except InvalidInput:
        for error in diagnostics.errors:
            assert error.span is not None, error.render()
            # A problem of a file in `templates` has its location in that file.
            beside = {result.name for result in folder.iterdir()}
            assert error.span.file in (beside if error.code == "bad-template" else {path.name})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text("openapi: 3.1.0\n")
    return tmp_path


@pytest.mark.parametrize(
    ("table", "cls"),
    [
        ("", Settings),
        ("importer", ImporterSettings),
        ("python", PythonSettings),
        ("python.pydantic", PydanticSettings),
        ("naming", NamingSettings),
    ],
)
def test_fiddlehead_toml(folder: Path, table: str, cls: type[Any]) -> None:
    path = folder / "fiddlehead.toml"
    for field in [*dataclasses.fields(cls), None]:
        name = field.name if field is not None else "group"
        for value in VALUES:
            if value is None:
                continue
            head = f"[{table}]\n" if table else ""
            path.write_text(f"{head}{name} = {toml(value)}\n", encoding="utf-8")
            outcome(path, folder)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value)


CONFIG_KEYS = [
    *SAME_NAME,
    *RENAMED,
    *NO_EFFECT,
    *REFUSED,
    *sorted(SILENT),
    *(["package_name", "client", "additional_init_exports", "tcp_keepalive", "omit_fern_headers"]),
    *(["extras", "extra_dependencies", "pydantic_config"]),
]
PYDANTIC_KEYS = [*PYDANTIC_SAME_NAME, *PYDANTIC_REFUSED, "version", "skip_validation"]


def generators(folder: Path, value: Any) -> None:
    path = folder / "generators.yml"
    path.write_text(json.dumps(value), encoding="utf-8")
    outcome(path, folder)


def generator(**more: Any) -> dict[str, Any]:
    return {"groups": {"python": {"generators": [{"name": "fern-python-sdk", **more}]}}}


@pytest.mark.parametrize("key", CONFIG_KEYS)
def test_config_of_a_generator(folder: Path, key: str) -> None:
    for value in VALUES:
        generators(folder, generator(config={key: value}))
        if isinstance(value, dict | list):
            continue
        generators(folder, generator(config={key: {"class_name": value, "filename": value}}))


@pytest.mark.parametrize("key", PYDANTIC_KEYS)
def test_pydantic_config(folder: Path, key: str) -> None:
    for value in VALUES:
        generators(folder, generator(config={"pydantic_config": {key: value}}))


@pytest.mark.parametrize(
    "path",
    [
        "groups",
        "groups.python",
        "groups.python.generators",
        "groups.python.audiences",
        "default-group",
        "auth-schemes",
        "api",
        "api.specs",
        "api.auth",
        "api.headers",
        "api.environments",
        "api.settings",
        "api.settings.unions",
        "api.settings.filter",
        "api.settings.filter.endpoints",
        "api.settings.resolve-aliases",
        "api.settings.additional-properties-defaults-to",
        "openapi",
    ],
)
def test_anything_anywhere(folder: Path, path: str) -> None:
    for value in VALUES:
        complete = generator(config={}) if not path.startswith("groups") else {"api": {}}
        inner = complete
        *parents, last = path.split(".")
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[last] = value
        generators(folder, complete)
        if path == "api.specs":
            for key in ("openapi", "overrides", "settings", "namespace"):
                complete["api"]["specs"] = [{"openapi": "spec.yaml", key: value}]
                generators(folder, complete)
