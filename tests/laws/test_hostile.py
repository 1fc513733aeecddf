"""Text that could end its string, file or folder is escaped, or is a located error. It is never
code, and never written outside the output."""

from __future__ import annotations

import ast
import functools
import json
import tempfile
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from fiddlehead.diagnostics import InvalidInput
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ..support import pipeline

CALL = "__import__('os').system('pwned')"
CORPUS = [
    '"""',
    "'''",
    '"',
    "'",
    '""""',
    "\\",
    '\\"""',
    "\\\\",
    "\\N{BULLET}",
    "\\x41\\u0041",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# no #}",
    "${x}",
    "%s %(x)s {0} {x!r}",
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\temp",
    "con",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "\t",
    "\x0b\x0c\x1c\x85",
    "\u2028\u2029",
    "\x00",
    "\x1b[31m",
    "\u202egnp.exe",
    "\ufeff",
    "\ud800",
    "-->",
    "```",
    "</script>",
    "# type: ignore",
    "# fmt: off",
    "# coding: latin-1",
    "import os",
    "    indented",
    "trailing \\",
    f'"""\n{CALL}\n"""',
    f"\n{CALL}\n",
    f"'); {CALL}; ('",
    f"]\n{CALL}\n[",
    "x" * 5000,
    "",
    " ",
    "async",
    "None",
    "self",
    "__class__",
    "ﬁ",
    "é",
    "日本",
]
TEXT = st.lists(st.sampled_from(CORPUS) | st.text(max_size=8), min_size=1, max_size=3).map("".join)


def described(text: str) -> dict[str, Any]:
    """A description with a text in all places for prose and data; names are plain."""
    key = text[:500]  # YAML 1.2, section 7.4.2: a key on one line has at most 1,024 characters.
    schema = {
        "type": "object",
        "description": text,
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "description": text, "default": text, "example": text},
            "state": {"type": "string", "enum": ["on", f"{text}!"], "default": text},
            "fixed": {"type": "string", "const": f"{text}?"},
            f"{key}#field": {"type": "string", "x-fern-property-name": "wired"},
            "old": {"type": "string", "deprecated": True, "pattern": text, "format": text},
        },
        "example": {"id": text, "state": "on", key: text},
    }
    parameter = {
        "schema": {"type": "string", "default": text},
        "description": text,
        "example": text,
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": text, "description": text},
        "servers": [{"url": "https://acme.example", "description": text}],
        "tags": [{"name": "things", "description": text}],
        "security": [{"key": []}],
        "paths": {
            "/things/{id}": {
                "post": {
                    "operationId": "things_make",
                    "tags": ["things"],
                    "summary": text,
                    "description": text,
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, **parameter},
                        {
                            "name": f"{key}#query",
                            "in": "query",
                            "x-fern-parameter-name": "asked",
                            **parameter,
                        },
                    ],
                    "requestBody": {
                        "required": True,
                        "description": text,
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Thing"},
                                "example": {"id": text, "state": f"{text}!"},
                            }
                        },
                    },
                    "responses": {
                        "200": {
                            "description": text,
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "#/components/schemas/Thing"},
                                    "example": {"id": text, "state": f"{text}!"},
                                }
                            },
                        },
                        "400": {"description": text},
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": text}
            },
            "schemas": {"Thing": schema},
        },
    }


def named(text: str) -> dict[str, Any]:
    """A description with a text for every name, path and file."""
    reference = {"$ref": f"#/components/schemas/{pointer(text)}"}
    response = {"description": "", "content": {"application/json": {"schema": reference}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": text, "version": "1"},
        "servers": [{"url": "https://acme.example", "x-fern-server-name": text}],
        "security": [{text: []}],
        "paths": {
            f"/{text}": {
                "get": {
                    "operationId": text,
                    "tags": [text],
                    "x-fern-sdk-group-name": [text],
                    "x-fern-sdk-method-name": text,
                    "parameters": [{"name": text, "in": "query", "schema": {"type": "string"}}],
                    "responses": {"200": response, "400": response},
                }
            }
        },
        "components": {
            "securitySchemes": {text: {"type": "apiKey", "in": "header", "name": text}},
            "schemas": {
                text: {
                    "type": "object",
                    "properties": {
                        text: {"type": "object", "properties": {text: {"enum": [text, "b"]}}}
                    },
                }
            },
        },
    }


def pointer(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def generate(document: dict[str, Any]) -> dict[str, str] | None:
    """The files, or None where the description is refused with places."""
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder, "openapi.json")
        spec.write_text(json.dumps(document), encoding="utf-8")
        try:
            return pipeline.make(spec, "hostile").files
        except InvalidInput as problem:
            assert problem.diagnostics.errors
            assert all(error.span.line for error in problem.diagnostics.errors)
            return None


def shape(tree: ast.AST) -> list[str]:
    """The code of a file without the content of its strings."""
    return [type(node).__name__ for node in ast.walk(tree)]


@pytest.fixture(scope="module")
def plain() -> dict[str, list[str]]:
    files = generate(described("plain"))
    assert files is not None
    return {name: shape(ast.parse(text)) for name, text in files.items() if name.endswith(".py")}


def docstrings(tree: ast.AST) -> str:
    """The content of all strings of a file."""
    return "\0".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def corpus(test: Any) -> Any:
    for text in CORPUS:
        test = example(text)(test)
    return test


@settings(max_examples=60, deadline=None, suppress_health_check=HEALTH)
@example('"' * 5)
@given(TEXT)
@corpus
def test_prose_and_data_stay_text(plain: dict[str, list[str]], text: str) -> None:
    files = generate(described(text))
    if files is None:
        # Half a surrogate pair is no text: no file could hold it.
        assert any("\ud800" <= item <= "\udfff" for item in text)
        return
    for name, source in files.items():
        check_place(name)
        if not name.endswith(".py") or "/core/" in name:
            continue
        tree = ast.parse(source)
        assert calls(tree) == 0
        # Without a word of prose there are fewer docstrings.
        if text.strip() and shape(tree) != plain[name]:
            raise AssertionError(f"{name}\n{source}")
    client = docstrings(ast.parse(files["hostile/things/client.py"]))
    notice = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if "\0" not in notice and notice.isprintable() and notice.isascii():
        assert notice.strip() in client


@settings(max_examples=60, deadline=None, suppress_health_check=HEALTH)
@given(TEXT)
@corpus
def test_names_become_names_or_errors(text: str) -> None:
    files = generate(named(text))
    for name, source in (files or {}).items():
        check_place(name)
        if name.endswith(".py"):
            check_code(source)


@functools.lru_cache(maxsize=1_000)
def check_code(source: str) -> None:
    tree = ast.parse(source)
    assert calls(tree) == 0
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            # As Python reads it, so that a module is found under its name.
            assert unicodedata.normalize("NFKC", node.name) == node.name


def check_place(name: str) -> None:
    path = PurePosixPath(name)
    assert not path.is_absolute() and ".." not in path.parts
    assert path.parts[0] == "hostile" or name in ("README.md", "pyproject.toml", "reference.md")
    assert name.isprintable() and not set(name) & set('\\:*?"<>| ')
    assert unicodedata.normalize("NFKC", name) == name


def calls(tree: ast.AST) -> int:
    """How often the code of the corpus would be run."""
    return sum(
        (isinstance(node, ast.Name) and node.id == "__import__")
        or (isinstance(node, ast.Constant) and node.value == "pwned")
        for node in ast.walk(tree)
    )
