"""The example of a method with `with_raw_response`, made from its plain example."""

from __future__ import annotations

import ast

_STATUS = "print(response.status_code, response.headers)"


def raw_example(code: str, method: str, kind: str) -> str | None:
    """The code with the raw response of `method`, an expression such as `client.jobs.get`; None if
    it does not call it. A pager is the same in both; it has the response of each page."""
    if kind in ("pages", "custom_pages", "socket"):
        return None
    for statement in ast.parse(code).body:
        call = _call(statement, method)
        if call is not None:
            start = code.splitlines()[: statement.lineno - 1]
            return "\n".join([*start, *_statements(_raw(code, call), statement, kind)])
    return None


def _call(statement: ast.stmt, method: str) -> ast.Call | None:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == method:
            return node
    return None


def _raw(code: str, call: ast.Call) -> str:
    """The source of the call, without the indentation of its statement."""
    source = ast.get_source_segment(code, call) or ""
    line = code.splitlines()[call.lineno - 1]
    indent = " " * (len(line) - len(line.lstrip()))
    first, *rest = source.split("\n")
    owner, _, name = ast.unparse(call.func).rpartition(".")
    first = f"{owner}.with_raw_response.{name}{first[len(owner) + 1 + len(name) :]}"
    return "\n".join([first, *(text.removeprefix(indent) for text in rest)])


def _statements(call: str, statement: ast.stmt, kind: str) -> list[str]:
    """The statements in place of `statement` and those after it."""
    if kind == "download":
        return [
            f"with {call} as response:",
            f"    {_STATUS}",
            '    with open("download", "wb") as file:',
            "        for chunk in response.data:",
            "            file.write(chunk)",
        ]
    if isinstance(statement, ast.For):
        item = ast.unparse(statement.target)
        loop = [f"for {item} in response.data:", f"    print({item})"]
        return [f"with {call} as response:", f"    {_STATUS}", *(f"    {line}" for line in loop)]
    data = ["print(response.data)"] if isinstance(statement, ast.Assign) else []
    return [f"response = {call}", _STATUS, *data]
