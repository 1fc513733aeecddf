"""The modules of the runtime (`templates/runtime`), which of them a package needs, and their text.

A module is needed if another needed module imports it. Optional modules are loaded by name
(`lazy.part`), and are copied only if another module imports them. A package without an optional
module does not have the statements that use it.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from .frozen import dataclass
from .template_files import templates

ALWAYS = ("__init__", "lazy", "request_options", "resource", "unchecked_base_model")
"""The modules of every package, besides those that they import."""


def needed(wanted: Iterable[str]) -> tuple[str, ...]:
    """The given modules and those of every package, with all their imports; sorted names.

    Unknown names are ignored.
    """
    known = frozenset(all_names())
    waiting = [*ALWAYS, *wanted]
    result: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in known and name not in result:
            result.add(name)
            waiting += _imported(name)
    return tuple(sorted(result))


@functools.cache
def all_names() -> tuple[str, ...]:
    """The names of all modules, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.py")))


def _folder() -> Path:
    return templates() / "runtime"


@dataclass(frozen=True)
class Used:
    """What a package has: modules of the runtime, keywords of calls, and settings of the client."""

    modules: Collection[str]
    calls: Collection[str]
    settings: Collection[str]


def text(name: str, used: Used | None) -> str:
    """A module as a package has it that uses this; None: everything.

    Left out are `if name := part("name"):` for a module that the package does not have,
    `if "name" in call:` for a keyword that no call has (and the same of settings), keys of calls
    and of `request_options` that nothing uses, methods of responses if none is read in chunks,
    and imports that only these need.
    """
    source = (_folder() / f"{name}.py").read_text(encoding="utf-8")
    if used is None or not _MAY_LACK.search(source):
        return source
    settings = _OPTIONAL.intersection(used.settings)
    return _trimmed(source, Used(frozenset(used.modules), frozenset(used.calls), settings))


@functools.lru_cache(maxsize=1000)
def _trimmed(source: str, used: Used) -> str:
    """The source of a module without what a package has no use for. A process that generates
    several packages makes few different ones."""
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    unused = [stmt for statement in _statements(tree) for stmt in _unused(statement, used)]
    for stmt in unused:
        end = stmt.end_lineno or stmt.lineno
        lines[stmt.lineno - 1 : end] = [""] * (end + 1 - stmt.lineno)
    return _with_used_imports(tree, lines) if unused else source


_MAY_LACK = re.compile(
    r'\bpart\(|" in (?:call|\S*settings)\b|^class Re(?:quest(?:Options)?|sponse)\b', re.MULTILINE
)
"""Found in each module of which something may be left out; others are not parsed."""
_OPTIONAL = frozenset(
    (
        *("base_path", "begin", "error_property", "errors", "result", "retries"),
        *("phases", "transport", "unwrap"),
    )
)
"""Keywords and settings that one statement of the runtime handles."""
_SETTERS = {"begin": {"downloads", "stream_reader"}, "retries": {"raw_bodies"}}
"""Modules that add keywords to calls."""
_OPTIONS = {
    "chunk_size": "downloads",
    "connect_timeout": "phase_timeouts",
    "read_timeout": "phase_timeouts",
    "write_timeout": "phase_timeouts",
    "stream_reconnection_enabled": "streaming",
    "max_stream_reconnection_attempts": "streaming",
}
"""Keys of `RequestOptions` that only one module reads."""


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements inside a node. `ast.walk` takes much longer, because it also visits
    expressions."""
    for name in ("body", "orelse", "handlers", "finalbody", "cases"):
        for child in getattr(node, name, ()):
            if isinstance(child, ast.stmt):
                yield child
            yield from _statements(child)


def _unused(node: ast.stmt, used: Used) -> list[ast.stmt]:
    """The statements of a statement, or itself, that a package has no use for."""
    match node:
        case ast.If():
            return [] if all(_holds(part, used) for part in ast.walk(node.test)) else [node]
        case ast.ClassDef(name="Request"):
            return _without(node, lambda key: key not in used.calls)
        case ast.ClassDef(name="RequestOptions"):
            options = {k for k, module in _OPTIONS.items() if module not in used.modules}
            return _without(node, lambda key: key in options)
        case ast.ClassDef(name="Response") if "chunks" not in used.modules:
            return [stmt for stmt in node.body if not isinstance(stmt, ast.AnnAssign | ast.Expr)]
        case _:
            return []


def _holds(condition: ast.AST, used: Used) -> bool:
    """Whether a condition may hold in a package: `part("module")`, `"keyword" in call` or
    `"setting" in settings`."""
    match condition:
        case ast.Call(func=ast.Name("part"), args=[ast.Constant(str(module))]):
            return module in used.modules
        case ast.Compare(ast.Constant(str(name)), [ast.In()], [ast.Name("call")]):
            setters = _SETTERS.get(name, set()) & {*used.modules}
            return name not in _OPTIONAL or name in used.calls or bool(setters)
        case ast.Compare(
            ast.Constant(str(name)),
            [ast.In()],
            [ast.Name("settings") | ast.Attribute(attr="settings")],
        ):
            return name not in _OPTIONAL or name in used.settings
        case _:
            return True


def _with_used_imports(tree: ast.Module, lines: list[str]) -> str:
    """The lines of a module, without imports of names that they do not use.

    A statement of which something is left out is printed on one line.
    """
    names = _names(ast.parse("".join(lines)))
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        first, end = node.lineno - 1, node.end_lineno or node.lineno
        used = [alias for alias in node.names if alias.asname or alias.name in names]
        if len(used) == len(node.names):
            continue
        listed = ", ".join(ast.unparse(alias) for alias in used)
        text = f"from {'.' * node.level}{node.module or ''} import {listed}\n" if used else ""
        lines[first:end] = [text, *[""] * (end - first - 1)]
        if not used and lines[first - 1] == lines[end] == "\n":
            lines[end] = ""  # it was a block of its own
    # A class of which only the docstring is left has an empty line too many.
    return re.sub(r"\n{4,}", "\n\n\n", "".join(lines))


def _names(tree: ast.Module) -> set[str]:
    """The names that a module uses, also in annotations that are strings."""
    result: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        match waiting.pop():
            case ast.Name(name):
                result.add(name)
            case ast.Constant(str(text)):
                result.update(re.findall(r"\w+", text))
            case ast.Expr(ast.Constant(str())):
                pass  # a docstring
            case node:
                waiting += ast.iter_child_nodes(node)
    return result


def _without(cls: ast.ClassDef, is_unused: Callable[[str], bool]) -> list[ast.stmt]:
    """The keys of a TypedDict that are left out, with their docstrings."""
    result, unused = list[ast.stmt](), False
    for statement in cls.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            unused = is_unused(statement.target.id)
        if unused:
            result.append(statement)
    return result


_IMPORT = re.compile(r"^ *from \.(\w*) import (\([^)]*\)|.*)", re.MULTILINE)


@functools.cache
def _imported(name: str) -> frozenset[str]:
    """The modules of the runtime that one of them imports."""
    result: set[str] = set()
    text = (_folder() / f"{name}.py").read_text(encoding="utf-8")
    # To parse all modules takes as long as many a description.
    for module, names in _IMPORT.findall(text):
        result |= {module} if module else {*re.findall(r"(\w+)(?: as \w+)?", names)}
    return frozenset(result)
