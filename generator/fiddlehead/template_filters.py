"""The filters of the templates: import statements, tables of exports, docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import formatting
from .package import Export, Import


def import_block(imports: Iterable[Import]) -> str:
    """Import statements in the given order, combined by module except for aliases, with a blank
    line between the standard library, libraries and the package."""
    grouped: dict[tuple[str, bool, str], list[str]] = {}
    for import_ in imports:
        name = import_.name or import_.module
        text = f"{name} as {import_.alias}" if import_.alias else name
        own = text if import_.alias else ""
        grouped.setdefault((import_.module, bool(import_.name), own), []).append(text)
    lines: list[str] = []
    before = None
    for (module, has_name, _), names in grouped.items():
        kind = _origin(module)
        if before is not None and kind != before:
            lines.append("")
        before = kind
        if not has_name:
            lines.append(f"import {names[0]}")
            continue
        lines += formatting.import_statement(module, names)
    return "\n".join(lines)


_LIBRARIES = frozenset({"httpx", "pydantic", "typing_extensions"})


def _origin(module: str) -> int:
    return 2 if module.startswith(".") else int(module in _LIBRARIES)


def _by_module(names: Iterable[Export]) -> dict[str, list[Export]]:
    grouped: dict[str, list[Export]] = {}
    for name in names:
        grouped.setdefault(name.module, []).append(name)
    return grouped


def export_table(names: Iterable[Export]) -> str:
    """The lines of the runtime's `NameTable`: each module, followed by its names."""
    grouped = _by_module(names).items()
    return "\n".join(line for module, own in grouped for line in (module, *(x.name for x in own)))


def export_block(names: Iterable[Export], columns: int) -> str:
    """The imports with which type checkers see exported names, combined by module; in the module,
    they are indented by `columns`."""
    lines: list[str] = []
    for module, exports in _by_module(names).items():
        texts = [f"{export.name} as {export.name}" for export in exports]
        if any(export.handwritten for export in exports):
            # The module may not exist yet: only its name is known. is all that is known of it.
            note = "  # type: ignore[import-not-found,unused-ignore]"
            lines += (f"from {module} import {text}{note}" for text in texts)
            continue
        lines += formatting.import_statement(module, texts, columns)
    return "\n".join(lines)


def docstring(text: str, columns: int = 0) -> str:
    """Text as a triple-quoted string; further lines are indented by `columns`.

    The text cannot end the string, contain invisible characters, or be interpreted as an escape.
    """
    plain = text.expandtabs(4).replace("\xa0", " ").strip()
    escaped = _UNSEEN.sub(_escape, plain.replace("\\", "\\\\"))
    escaped = _QUOTES.sub(lambda match: '\\"' * len(match[0]), escaped)
    if escaped.startswith('"'):
        escaped = f" {escaped}"
    space = " " * columns
    first, *rest = (line.rstrip() for line in escaped.split("\n"))
    if not rest:
        # A quote at the end would close the string early; black adds the same space.
        return f'"""{first} """' if first.endswith('"') else f'"""{first}"""'
    # Only the relative indentation matters (PEP 257).
    depth = min((len(line) - len(line.lstrip()) for line in rest if line), default=0)
    rest = [line[depth:] for line in rest]
    lines = [first, *(f"{space}{line}" if line else "" for line in rest), f'{space}"""']
    return '"""' + "\n".join(lines)


_QUOTES = re.compile('"{3,}')

# This includes control characters, bidirectional marks, line separators and lone surrogates.
_UNSEEN = re.compile(r"[^\n -~\w]")


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
