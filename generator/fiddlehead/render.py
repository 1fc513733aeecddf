"""From `Package` to files: Jinja prints, black lays out, the runtime is copied."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from .package import Import, Item, Module, Package

if TYPE_CHECKING:
    import black
    import jinja2

# The optional files of the runtime (templates/runtime) by feature; every package has the others.
OPTIONAL: dict[str, tuple[str, ...]] = {
    "auth_schemes": ("auth_schemes",),
    "downloads": ("downloads",),
    "enums": ("enums",),
    "files": ("files",),
    "formats": ("formats",),
    "keepalive": ("keepalive",),
    "logging": ("logging",),
    "oauth": ("oauth",),
    "pagination": ("pagination",),
    "renamed": ("renamed",),
    "streaming": ("sse", "streaming"),
    "styles": ("styles",),
    "unions": ("unions",),
    "waiter": ("waiter",),
}
_LARGE = 400_000
"""Characters of Python from which a second process for black is worth its start."""


def render(package: Package) -> dict[str, str]:
    """Every file by its path relative to the output folder, with slashes, sorted."""
    environment = _environment()
    drafts = {
        f"{package.name}/{module.path}": _module(environment, package.header, module)
        for module in package.modules
    }
    files = _formatted(drafts)
    files[f"{package.name}/py.typed"] = ""
    for path, text in _runtime(package.runtime).items():
        files[f"{package.name}/core/{path}"] = text
    for page in package.pages:
        files[page.path] = environment.get_template(page.template).render(page=page.content)
    return dict(sorted(files.items()))


@functools.cache
def templates() -> Path:
    """The folder of templates: beside the package in a wheel, at the top of a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "templates"
    return installed if installed.is_dir() else here.parents[1] / "templates"


def _runtime(features: Sequence[str]) -> dict[str, str]:
    """The files of the runtime: byte for byte, those of layout `fern` over the others."""
    folders = [templates() / "runtime"]
    if "fern" in features:
        folders.append(templates() / "runtime_fern")
    left_out = {
        f"{name}.py"
        for feature, names in OPTIONAL.items()
        if feature not in features
        for name in names
    }
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if path.relative_to(folder).as_posix() not in left_out
    }


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["docstring"] = docstring
    environment.filters["source"] = source
    return environment


def _module(environment: jinja2.Environment, header: str, module: Module) -> str:
    return environment.get_template("module.py.jinja").render(
        header=header,
        module=module,
        imports=import_block(module.imports),
        typing_imports=import_block(module.typing_imports),
        items=[(_kind(item), item) for item in module.items],
    )


_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")


def _kind(item: Item) -> str:
    """The template of an item: `items/error_class.py.jinja` prints an ErrorClass."""
    return f"items/{_CAMEL.sub('_', type(item).__name__).lower()}.py.jinja"


# --- what templates print --------------------------------------------------------------------


def import_block(imports: Iterable[Import]) -> str:
    """Import statements, those of one module together, in the order given; a blank line where
    the standard library, libraries and the package itself meet."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    for each in imports:
        name = each.name or each.module
        text = f"{name} as {each.alias}" if each.alias else name
        grouped.setdefault((each.module, bool(each.name)), []).append(text)
    lines: list[str] = []
    before = None
    for (module, has_name), names in grouped.items():
        kind = _origin(module)
        if before is not None and kind != before:
            lines.append("")
        before = kind
        if not has_name:
            lines.append(f"import {names[0]}")
            continue
        line = f"from {module} import {', '.join(names)}"
        if len(line) <= 88:
            lines.append(line)
        else:
            lines += [f"from {module} import (", *(f"    {name}," for name in names), ")"]
    return "\n".join(lines)


_LIBRARIES = frozenset({"httpx", "pydantic", "typing_extensions"})


def _origin(module: str) -> int:
    return 2 if module.startswith(".") else int(module in _LIBRARIES)


def docstring(text: str, columns: int = 0) -> str:
    """Prose as a string in three quotes, its later lines moved right by `columns`.

    Nothing in it can end the string, hide from a reader or be taken for an escape.
    """
    escaped = "".join(_escaped(character) for character in text.strip())
    escaped = escaped.replace('"""', '\\"\\"\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    space = " " * columns
    first, *rest = (line.rstrip() for line in escaped.split("\n"))
    if not rest:
        return f'"""{first}"""'
    lines = [first, *(f"{space}{line}" if line else "" for line in rest), f'{space}"""']
    return '"""' + "\n".join(lines)


def _escaped(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if character == "\n" or character.isprintable():
        return character
    # Control characters, bidirectional marks, line separators, lone surrogates.
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def source(text: str) -> str:
    """Any text as a Python string literal, with double quotes where that is possible."""
    quoted = repr(text)
    return f'"{quoted[1:-1]}"' if quoted[0] == "'" and '"' not in quoted else quoted


# --- black -----------------------------------------------------------------------------------


def _formatted(drafts: dict[str, str]) -> dict[str, str]:
    paths = list(drafts)
    if sum(map(len, drafts.values())) < _LARGE or (os.cpu_count() or 1) < 2:
        return {path: _black(drafts[path]) for path in paths}
    # The other process takes half of the text: files by turns, the largest first.
    by_size = sorted(paths, key=lambda path: (-len(drafts[path]), path))
    theirs, ours = by_size[::2], by_size[1::2]
    with ProcessPoolExecutor(1) as pool:
        waiting = pool.submit(_black_all, [drafts[path] for path in theirs])
        found = {path: _black(drafts[path]) for path in ours}
        found.update(zip(theirs, waiting.result(), strict=True))
    return found


def _black_all(texts: list[str]) -> list[str]:
    return [_black(text) for text in texts]


def _black(text: str) -> str:
    # Imported here: `--help`, `verify` and an up-to-date `check` must not pay for it.
    from black import format_str

    return format_str(text, mode=_mode())


@functools.cache
def _mode() -> black.Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY310})
