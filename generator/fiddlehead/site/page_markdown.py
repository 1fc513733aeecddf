"""A page of the site as Markdown."""

from __future__ import annotations

from ..markdown import code, fenced, prose, words
from ..python.pages.entries import EntryWriter
from ..python.pages.type_entries import deprecation, section_items
from .markup import SCHEME
from .page import Response, SitePage


def as_markdown(page: SitePage, writer: EntryWriter) -> str:
    """The page as Markdown; links between pages still have their scheme."""
    lines = [f"# {words(page.title)}"]
    if page.url:
        lines.append(code(f"{page.verb} {page.url}"))
    if page.signature:
        lines.append(code(page.signature))
    lines += [deprecation(page.deprecated)] if page.deprecated is not None else []
    lines += [page.text] if page.text else []
    for example in page.examples:
        label = f": {words(example.name)}" if example.name else ""
        lines += [f"## Request{label}"]
        lines += [prose(example.doc)] if example.doc else []
        for tab in example.tabs:
            lines += [f"### {tab.label}", fenced(tab.code, tab.language)]
        lines += _responses(example.responses, "###")
    lines += _responses(page.responses, "##")
    for listed in page.lists:
        lines.append(f"## {words(listed.title)}")
        lines += [listed.text] if listed.text else []
        lines.append("\n".join(link(page) for page in listed.pages))
    for section in page.sections:
        lines.append(f"## {section.title}")
        lines += [section.text] if section.text else []
        lines += [section_items(section, writer)] if section.items else []
    return "\n\n".join(lines) + "\n"


def link(page: SitePage) -> str:
    """A list item with a link to a page."""
    verb = f"{code(page.verb)} " if page.verb else ""
    summary_text = f": {code(page.summary)}" if page.verb and page.summary else ""
    return f"- {verb}[{words(page.title)}]({SCHEME}{page.path}){summary_text}"


def _responses(responses: tuple[Response, ...], level: str) -> list[str]:
    lines: list[str] = []
    for response in responses:
        lines.append(f"{level} {words(response.title)}")
        lines += [fenced(block, "json") for block in response.blocks]
    return lines
