"""Text that could end its string, file or folder is escaped or an error."""

from __future__ import annotations

import ast
import functools
import json
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from fiddlehead.diagnostics import InvalidInput
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ..support import pipeline

CALL = "pwned()"
QUOTES = ['"', "'", '"' * 3, "'" * 3, "\\", "#", "{", "}", "{{", "}}", "{%", "%}", "*/", ";", ")"]
SPACE = ["\n", "\r", "\r\n", "\t", " ", "\x00", "\x1b", "\u2028", "\u2029", "\ud7ff"]
BREAKS = st.sampled_from([*QUOTES, *SPACE, "../", "`", "$", "<b>", "|", "]"])
HOSTILE = st.lists(BREAKS, max_size=5).flatmap(
    lambda before: st.lists(BREAKS, max_size=3).map(
        lambda after: "".join(before) + CALL + "".join(after)
    )
)


def definition(text: str) -> dict[str, Any]:
    """A definition with one text in every place where any text is allowed, and in some where not."""
    return {
        "api.yml": {
            "name": text,
            "display-name": text,
            "docs": text,
            "auth": "A",
            "auth-schemes": {
                "A": {
                    "header": "X-Key",
                    "name": f"{text}key",
                    "env": text,
                    "prefix": text,
                    "docs": text,
                }
            },
            "environments": {text: {"url": "https://acme.dev", "docs": text}},
            "headers": {
                "X-Name": {"type": "optional<string>", "name": text, "env": text, "docs": text}
            },
        },
        "main.yml": {
            "docs": text,
            "types": {
                "Color": {"docs": text, "enum": [text, {"value": "b", "name": text, "docs": text}]},
                "User": {
                    "docs": text,
                    "availability": {"status": "deprecated", "message": text},
                    "properties": {
                        text: "string",
                        "fixed": f"literal<{json.dumps(text, ensure_ascii=False)}>",
                        "named": {
                            "type": "string",
                            "name": f"{text}named",
                            "docs": text,
                            "default": text,
                            "validation": {"pattern": text, "format": text},
                        },
                    },
                    "examples": [{"name": text, "docs": text, "value": {text: text}}],
                },
                "Shape": {
                    "discriminant": f"{text}kind",
                    "docs": text,
                    "union": {text: "User", "b": {}},
                },
            },
            "errors": {"Gone": {"status-code": 410, "docs": text, "type": "string"}},
            "service": {
                "base-path": "/main",
                "endpoints": {
                    text: {
                        "display-name": text,
                        "docs": text,
                        "method": "POST",
                        "path": "/{id}",
                        "path-parameters": {"id": {"type": "string", "docs": text}},
                        "request": {
                            "name": text,
                            "query-parameters": {text: "optional<string>"},
                            "headers": {
                                "X-H": {"type": "string", "name": f"{text}h", "docs": text}
                            },
                            "body": {"properties": {f"b{text}": {"type": "Color", "docs": text}}},
                        },
                        "response": {"type": "User", "docs": text},
                        "errors": ["Gone"],
                        "examples": [
                            {
                                "name": text,
                                "docs": text,
                                "path-parameters": {"id": text},
                                "request": {f"b{text}": text},
                                "response": {"body": {text: text}},
                            }
                        ],
                    },
                    "path": {"path": f"/{text}"},
                },
            },
        },
    }


def generate(files: dict[str, Any]) -> dict[str, str]:
    """The generated files; none if the definition is rejected, which requires a located error."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in files.items():
            path = Path(folder, "definition", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(document), encoding="utf-8")
        try:
            return pipeline.make(Path(folder, "definition"), "acme").files
        except InvalidInput as problem:
            assert all(error.span is not None for error in problem.diagnostics.errors)
            return {}


def check(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = PurePosixPath(name)
        assert not path.is_absolute() and ".." not in path.parts and "pwned(" not in name
        assert not set(name) & set("\0\n\r\\'\"")
        if name.endswith(".py"):
            check_code(text)


@functools.lru_cache(maxsize=1_000)
def check_code(text: str) -> None:
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    assert all(getattr(call.func, "id", None) != "pwned" for call in calls)


def without(document: Any, *way: str) -> Any:
    """A document without the value at the end of a way."""
    key, *rest = way
    return {
        name: without(value, *rest) if name == key else value
        for name, value in document.items()
        if name != key or rest
    }


@settings(max_examples=25, deadline=None)
@example(f'{CALL}"""')
@example(f"{CALL}\"'")
@given(HOSTILE)
def test_text_of_every_kind(text: str) -> None:
    files = definition(text)
    check(generate(files))
    # Some texts are refused as paths and names: the rest must be harmless in output too.
    files = without(files, "main.yml", "service", "endpoints", "path")
    check(generate(files))


def test_harmless_looking_text_gets_into_the_output() -> None:
    """Otherwise the test above would pass on nothing but refusals."""
    files = without(definition("pwned() or not"), "main.yml", "service", "endpoints", "path")
    built = generate(files)
    assert any(CALL in text for text in built.values())
    check(built)


def test_names_of_files() -> None:
    service = {"service": {"base-path": "/x", "endpoints": {"go": {"path": "/y"}}}}
    for name in (
        "..yml",
        "a'b.yml",
        'a"b.yml',
        "a\nb.yml",
        "con/.yml",
        "import.yml",
        "core.yml",
        "3d.yml",
        " .yml",
        "a/../b.yml",
    ):
        built = generate({"api.yml": {"name": "acme"}, name: service})
        check(built)
