"""Path templates: joins base paths, and finds and checks path parameters."""

from __future__ import annotations

import re

from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
from ..source import Node
from .values import Values

_PARAMETER = re.compile(r"\{([^{}]*)\}")
_NOT_A_PATH = re.compile(r"[\x00-\x20\x7f\u2028\u2029?#\\]")


def joined(*parts: str) -> str:
    """One path from its parts, with one slash between two, and a trailing slash if the last part
    has one."""
    filled = [part for part in parts if part]
    path = "/".join(segment for segment in (part.strip("/") for part in filled) if segment)
    return f"/{path}/" if path and filled[-1].endswith("/") else f"/{path}"


def names(path: str) -> list[str]:
    """The parameters of a template, in order."""
    return [match.strip() for match in _PARAMETER.findall(path)]


def read(node: Node, key: str, values: Values) -> str:
    """The path template under a key, with whitespace removed around names; "" if there is none."""
    path = values.string(node, key)
    if path is None:
        return ""
    path = _PARAMETER.sub(lambda match: "{" + match[1].strip() + "}", path.strip())
    span = (node.get(key) or node).span
    rest = _PARAMETER.sub("", path)
    if "{" in rest or "}" in rest or "{}" in path:
        values.warning(
            "bad-path",
            f"'{path}' is not a path template",
            span,
            hint="write, for example, /users/{id}",
        )
        return _PARAMETER.sub("", path).replace("{", "").replace("}", "")
    if _NOT_A_PATH.search(rest):
        values.warning("bad-path", f"{path!r} is not a path: it has invalid characters", span)
    seen: set[str] = set()
    for name in names(path):
        if name in seen:
            values.warning("bad-path", f"'{{{name}}}' is in the path twice", span)
        seen.add(name)
    return path


def check(
    path: str, span: Span, declared: dict[str, Span], all_declared: set[str], values: Values
) -> None:
    """Check that a template matches its declared parameters.

    `declared` are the parameters of this template, `all_declared` the parameters that it may use.
    """
    used_names = names(path)
    for name in used_names:
        if name not in all_declared:
            values.warning(
                "undeclared-path-parameter",
                f"'{{{name}}}' of the path is not in 'path-parameters'; it is a required string",
                span,
                hint=nearest(name, all_declared) or f"add '{name}: string'",
            )
    for name, place in declared.items():
        if name not in used_names:
            values.warning(
                "unused-path-parameter",
                f"the path parameter '{name}' is not in the path '{path}'; it is left out",
                place,
                hint=nearest(name, used_names) or f"add {{{name}}} to the path",
            )
