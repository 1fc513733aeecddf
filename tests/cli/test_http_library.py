"""The settings `http-library` and `auto-generate-idempotency-key`, in every place where they are
allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead import config
from fiddlehead.config.python_settings import IdempotencyKey
from fiddlehead.diagnostics import Diagnostics, InvalidInput

SPEC = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n"


def load(folder: Path, text: str, name: str = "fiddlehead.toml") -> config.Settings:
    (folder / "openapi.yaml").write_text(SPEC)
    (folder / name).write_text(text)
    return config.load(folder / name, {}, Diagnostics(), folder, needs=("spec",))


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("", "auto"),
        ("layout = 'fern'\n", "httpx"),
        ("http-library = 'httpx2'\n", "httpx2"),
        ("layout = 'fern'\n[python]\nhttp-library = 'auto'\n", "auto"),
        ("http-library = 'httpx'\n[python]\nhttp_library = 'httpx2'\n", "httpx2"),
    ],
)
def test_which_library_it_is(tmp_path: Path, text: str, library: str) -> None:
    assert load(tmp_path, "spec = 'openapi.yaml'\n" + text).http_library == library


@pytest.mark.parametrize("place", ["", "[python]\n"])
def test_an_unknown_library_is_an_error(tmp_path: Path, place: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        load(tmp_path, f"spec = 'openapi.yaml'\n{place}http-library = 'requests'\n")
    [problems] = raised.value.diagnostics.reported
    assert "'http-library' must be one of 'auto', 'httpx2', 'httpx'" in problems.message


GENERATORS = """
api:
  specs:
    - openapi: openapi.yaml
      settings: {%s}
groups:
  python:
    generators:
      - name: fernapi/fern-python-sdk
        config: {%s}
"""


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("true", IdempotencyKey()),
        ("false", None),
        ("{header-name: X-Key, methods: [POST, PUT]}", IdempotencyKey("X-Key", ("POST", "PUT"))),
    ],
)
def test_an_idempotency_key(tmp_path: Path, written: str, key: IdempotencyKey | None) -> None:
    toml = written.replace(": ", " = ").replace("X-Key", "'X-Key'")
    toml = toml.replace("POST, PUT", "'POST', 'PUT'")
    ours = f"spec = 'openapi.yaml'\n[python]\nauto-generate-idempotency-key = {toml}\n"
    assert load(tmp_path, ours).python.auto_generate_idempotency_key == key
    text = f"auto-generate-idempotency-key: {written}"
    for pair in ((text, ""), ("", text.replace("-", "_", 3).replace("header-name", "header_name"))):
        fern = load(tmp_path, GENERATORS % pair, "generators.yml")
        assert fern.python.auto_generate_idempotency_key == key


def test_the_name_of_the_key_is_a_header(tmp_path: Path) -> None:
    text = "spec = 'openapi.yaml'\n[python.auto-generate-idempotency-key]\nheader-name = 'X Key'\n"
    with pytest.raises(InvalidInput) as raised:
        load(tmp_path, text)
    assert "'X Key' is not an HTTP header name" in raised.value.diagnostics.reported[0].message
