"""The text of docstrings: the text of the description with its line breaks, then `Args:` (Google
style) and an example."""

from __future__ import annotations

from collections.abc import Iterable

from ..package import Argument, Example

UNEXPLAINED = "This is deprecated by the API."
"""The message about a deprecated element whose description gives no reason."""


def description(summary: str | None, doc: str | None) -> str:
    """Summary and description as one text; a summary that only repeats the start is left out."""
    first, rest = clean(summary), clean(doc)
    if not first or rest.startswith(first):
        return rest
    if first.startswith(rest):
        return first
    return f"{first}\n\n{rest}"


def method(
    text: str,
    arguments: Iterable[Argument],
    deprecated: str | None = None,
    example: Example | None = None,
    raises: Iterable[tuple[str, str]] = (),
) -> str:
    """The docstring of a method; `raises` are exceptions and when they are raised."""
    blocks = [text] if text else []
    if deprecated:
        blocks.append(f"Deprecated: {clean(deprecated)}")
    described = [_argument(argument) for argument in arguments if _says(argument)]
    if described:
        blocks.append("\n".join(["Args:", *described]))
    listed = [f"    {name}: {when}" for name, when in raises]
    if listed:
        blocks.append("\n".join(["Raises:", *listed]))
    if example is not None:
        blocks.append("\n".join(["Example:", indented(example.code, 4)]))
    return "\n\n".join(blocks)


def with_note(doc: str | None, deprecated: str | None) -> str:
    """A description with a note that the element is deprecated."""
    text = clean(doc)
    if not deprecated:
        return text
    note = f"Deprecated: {clean(deprecated)}"
    return f"{text}\n\n{note}" if text else note


def without_note(doc: str | None, deprecated: str | None) -> str | None:
    """A description without that note, where it is shown in another way."""
    note = f"Deprecated: {clean(deprecated)}"
    if not deprecated or not doc or not doc.endswith(note):
        return doc
    return doc.removesuffix(note).rstrip() or None


def clean(text: str | None) -> str:
    """A description without leading and trailing whitespace in the text and at the ends of lines."""
    if not text:
        return ""
    lines = [line.rstrip() for line in text.expandtabs(4).strip().splitlines()]
    return "\n".join(lines)


def indented(text: str, columns: int) -> str:
    """Indented lines; empty ones stay empty."""
    space = " " * columns
    return "\n".join(f"{space}{line}" if line else "" for line in text.split("\n"))


def _says(argument: Argument) -> bool:
    # Every method has `request_options`, which is documented where it is defined.
    return argument.location != "options" and bool(clean(argument.doc) or argument.deprecated)


def _argument(argument: Argument) -> str:
    first, _, rest = with_note(argument.doc, argument.deprecated).partition("\n")
    line = f"    {argument.name}: {first}"
    return f"{line}\n{indented(rest, 8)}" if rest else line
