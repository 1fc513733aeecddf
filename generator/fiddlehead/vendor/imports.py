"""Adapts the import path in the examples of a vendored copy."""

from __future__ import annotations

import keyword
import re


def is_import_path(path: str) -> bool:
    """Whether a text is a dotted path of valid Python names."""
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in path.split("."))


def rewrite(text: str, old: str, new: str) -> str:
    """Replace imports of `old` in examples by imports of `new`, under the same local name.

    Only lines that are exactly an import statement of the package are changed. Generated code uses
    relative imports, so these lines are in docstrings and pages.
    """
    if old == new:
        return text
    name = old.rpartition(".")[2]
    parent, _, last = new.rpartition(".")
    full_import = f"from {parent} import {last}" if parent else f"import {last}"
    if last != name:
        full_import += f" as {name}"
    quoted = re.escape(old)
    prompt = r"^([ \t]*(?:>>> |\.\.\. )?)"
    statement = f"import {quoted}"
    if "." in old:
        old_parent = re.escape(old.rpartition(".")[0])
        statement = rf"from {old_parent} import {re.escape(name)}(?: as \w+)?"
    text = re.sub(rf"{prompt}{statement}[ \t]*$", rf"\g<1>{full_import}", text, flags=re.MULTILINE)
    text = re.sub(
        rf"{prompt}from {quoted}((?:\.\w+)*) import (?=[\w(*])",
        rf"\g<1>from {new}\g<2> import ",
        text,
        flags=re.MULTILINE,
    )
    return re.sub(
        rf"{prompt}import {quoted}((?:\.\w+)+ as \w+)[ \t]*$",
        rf"\g<1>import {new}\g<2>",
        text,
        flags=re.MULTILINE,
    )
