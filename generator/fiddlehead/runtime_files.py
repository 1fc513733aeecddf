"""The files of the runtime as a package has them: those of its layout, with their imports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import runtime_modules
from .runtime_modules import Used
from .template_files import templates


def files(modules: Iterable[str], fern: bool = False, used: Used | None = None) -> dict[str, str]:
    """The files of these modules of the runtime. With `used`, they lack what others need.

    With layout `fern`, a file of `runtime_fern` replaces the file of that name; the original is
    kept as `_name.py`, so that the replacement can import it. Without the original there is none.
    The modules import what a team may replace by its own file from another module
    (`moved_imports`).
    """
    folder = templates() / "runtime"
    needed = None if fern else used
    result = {f"{name}.py": runtime_modules.text(name, needed) for name in modules}
    if fern:
        result = {name: moved_imports(text) for name, text in result.items()}
        own = templates() / "runtime_fern"
        for path in sorted(own.rglob("*.py")):
            name = path.relative_to(own).as_posix()
            if name in result and name != "__init__.py":
                result[f"_{name}"] = result[name]
            elif name not in result and (folder / name).is_file():
                continue
            result[name] = path.read_text(encoding="utf-8")
    return result


_ERRORS = {"MissingCredentialError": "_credential_error", "ParsingError": "parse_error"}
"""The modules of errors in layout `fern`. Teams write `api_error.py` by hand."""
_PARSE_ERROR = re.compile(
    r"^(from \.parse_error import ParsingError\n)(from \.(\w+) import (?:\([^)]*\)|[^\n(]*)\n)",
    re.M,
)
"""An import of `parse_error`, and the import after it."""


def moved_imports(text: str) -> str:
    """A module of the runtime that imports each error and response from its module in layout
    `fern`."""

    def moved(match: re.Match[str]) -> str:
        names = sorted(
            match[1].split(", "), key=lambda name: (_ERRORS.get(name, "api_error"), name)
        )
        return "\n".join(f"from .{_ERRORS.get(name, 'api_error')} import {name}" for name in names)

    text = re.sub(r"^from \.http_response import", "from .http_responses import", text, flags=re.M)
    text = re.sub(r"^from \.api_error import (.+)$", moved, text, flags=re.M)
    # The imports stay sorted by module.
    while (out_of_order := _PARSE_ERROR.search(text)) and out_of_order[3] < "parse_error":
        text = _PARSE_ERROR.sub(r"\2\1", text, count=1)
    return text
