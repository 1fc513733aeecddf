"""The import path in examples: what a reader of a vendored copy has to type there."""

from __future__ import annotations

import keyword
import re


def is_import_path(path: str) -> bool:
    """Whether every part of a dotted path is a name that Python can import."""
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in path.split("."))


def rewrite(text: str, old: str, new: str) -> str:
    """Examples that import `old` import `new` instead, under the name that they go on to use.

    Only lines that are an import statement of the package and nothing else are touched: the code
    of a generated package imports itself relatively, so these are in docstrings and pages.
    """
    if old == new:
        return text
    name = old.rpartition(".")[2]
    parent, _, last = new.rpartition(".")
    whole = f"from {parent} import {last}" if parent else f"import {last}"
    if last != name:
        whole += f" as {name}"
    quoted = re.escape(old)
    prompt = r"^([ \t]*(?:>>> |\.\.\. )?)"
    statement = f"import {quoted}"
    if "." in old:
        old_parent = re.escape(old.rpartition(".")[0])
        statement = rf"from {old_parent} import {re.escape(name)}(?: as \w+)?"
    text = re.sub(rf"{prompt}{statement}[ \t]*$", rf"\g<1>{whole}", text, flags=re.MULTILINE)
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
