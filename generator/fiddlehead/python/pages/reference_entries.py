"""The entries of reference.md, and those parts of it that only types decide.

The cache of results prints such a part again, alone, where one of the types has changed.
"""

from __future__ import annotations

from ... import ir, markdown
from ...frozen import dataclass
from ...package import Model, TypeDef
from . import type_entries
from .type_entries import TypeEntryWriter, deprecation, paragraphs, section_items

TYPE = "entry of "
"""The prefix of a type's id in the name of the record of its entry."""


@dataclass(frozen=True)
class Section:
    """A part of an entry: a title, a paragraph and a list, each of them Markdown."""

    title: str
    text: str = ""
    items: str = ""


_LONGEST = 100
"""The maximum number of characters of a summary in the contents."""


@dataclass(frozen=True)
class Entry:
    """The documentation of one method or one type, as Markdown."""

    heading: str
    anchor: str
    summary: str
    text: str
    contents: str
    """The text after its name in the table of contents."""
    sections: tuple[Section, ...]


def type_entry(writer: TypeEntryWriter, type_def: TypeDef, anchor: str) -> Entry:
    """The entry of a type."""
    entry = writer.type_(type_def)
    return Entry(
        heading=markdown.words(type_def.name),
        anchor=anchor,
        summary="",
        text=paragraphs(deprecated(entry), entry.text),
        contents="",
        sections=tuple(
            Section(section.title, section.text, section_items(section, writer))
            for section in entry.sections
        ),
    )


def short(summary: str) -> str:
    """A summary for a line of the contents: its first sentence if it is long."""
    text = markdown.plain(summary)
    return text if len(text) <= _LONGEST else markdown.plain(type_entries.first_sentence(summary))


def fields_list(writer: TypeEntryWriter, model: Model) -> str:
    """The fields of a model, as a method that returns it lists them."""
    section = type_entries.Section("", items=writer.fields(model), model=model)
    return section_items(section, writer)


def response_example(writer: TypeEntryWriter, endpoint: ir.Endpoint) -> Section | None:
    """The section with the example of a response; None where there is none."""
    title, blocks = writer.response_example(endpoint)
    if not blocks:
        return None
    return Section(title, "\n\n".join(markdown.fenced(block, "json") for block in blocks))


def deprecated(entry: type_entries.Entry) -> str:
    """The sentence about a deprecation; nothing where there is none."""
    return deprecation(entry.deprecated) if entry.deprecated is not None else ""
