"""The parts that entries of the reference page are made of, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .. import markdown


@dataclass(frozen=True)
class Section:
    """A part of an entry: a title, a paragraph and a list, each of them Markdown."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


def item(name: str, facts: Iterable[str], doc: str | None, notes: Iterable[str]) -> str:
    """An item of a list: a name, short facts, prose, and sentences after it."""
    head = ", ".join([name, *facts])
    prose = markdown.prose(doc or "")
    tail = " ".join(each for each in notes if each)
    if "\n" not in prose:
        said = f"{prose} {tail}".strip()
        return f"- {head}: {said}" if said else f"- {head}"
    return f"- {head}\n\n{markdown.indented(paragraphs(prose, tail), 2)}"


def paragraphs(*texts: str) -> str:
    """Texts with an empty line between them, without those that are empty."""
    return "\n\n".join(each for each in texts if each)
