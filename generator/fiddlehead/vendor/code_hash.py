"""A checksum of Python code that is independent of its formatting."""

from __future__ import annotations

import ast
import hashlib
import inspect
import io
import tokenize
from collections.abc import Iterator
from typing import cast


def code_hash(data: bytes) -> str | None:
    """The SHA-256 of the syntax tree and comments of Python code; None if it is not valid Python.

    Line breaks, quotes, parentheses and the indentation of docstrings are ignored; other characters
    of strings and the text of comments are not. The hash is the same on every version of Python:
    empty fields are left out, because new versions add such fields.
    """
    try:
        tree = ast.parse(data)
        comments = list(_comments(data))
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        return None
    total = hashlib.sha256()
    for part in (*_parts(tree), *comments):
        total.update(part.encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def _comments(data: bytes) -> Iterator[str]:
    for token in tokenize.tokenize(io.BytesIO(data).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.lstrip("#").strip() + "\n"


def _parts(node: object) -> Iterator[str]:
    if isinstance(node, ast.AST):
        yield f"{type(node).__name__}("
        docstring = _docstring(node)
        for name in node._fields:
            value: object = getattr(node, name, None)
            if (value is None and not isinstance(node, ast.Constant)) or value == []:
                continue
            if name in ("kind", "type_comment"):
                continue
            yield f"{name}="
            if name == "body" and docstring is not None:
                yield from _body(cast("list[ast.stmt]", value), docstring)
            else:
                yield from _parts(value)
        yield ")"
    elif isinstance(node, list):
        yield "["
        for item in cast("list[object]", node):
            yield from _parts(item)
            yield ","
        yield "]"
    else:
        yield repr(node)


def _docstring(node: ast.AST) -> str | None:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return ast.get_docstring(node, clean=False)
    return None


def _body(statements: list[ast.stmt], docstring: str) -> Iterator[str]:
    lines = inspect.cleandoc(docstring).splitlines()
    yield repr([line.rstrip() for line in lines])
    yield from _parts(statements[1:])
