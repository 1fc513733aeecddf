"""Markdown of a page as HTML that text from a description cannot break out of."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .addresses import relative

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEME = "page:"
"""What the links between pages of the site begin with in Markdown, before they are resolved."""

_OWN = re.compile(rf"\]\({SCHEME}([^()\s]+)\)")
_ABSOLUTE = re.compile(r"(https?|mailto):", re.IGNORECASE)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def html(text: str, page: str, known: Collection[str]) -> str:
    """Markdown as HTML for a page. `known` are the paths of all pages, without suffix.

    Images become links, since a page loads nothing from elsewhere; a link without a scheme has
    no base and becomes its text.
    """
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.children:
            token.children = _inline(token.children, page, known)
    made: str = parser.renderer.render(tokens, parser.options, {})
    return made


def _inline(tokens: Sequence[Token], page: str, known: Collection[str]) -> list[Token]:
    from markdown_it.token import Token

    made: list[Token] = []
    opened: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            target = _target(str(token.attrGet("href") or ""), page, known)
            opened.append(target is not None)
            if target is None:
                continue
            token.attrSet("href", target)
        elif token.type == "link_close" and not opened.pop():
            continue
        elif token.type == "image":
            text = Token("text", "", 0, content=token.content or "image")
            target = _target(str(token.attrGet("src") or ""), page, known)
            if target is None or any(opened):
                made.append(text)
                continue
            start = Token("link_open", "a", 1, attrs={"href": target})
            made += [start, text, Token("link_close", "a", -1)]
            continue
        made.append(token)
    return made


def _target(href: str, page: str, known: Collection[str]) -> str | None:
    if href.startswith(SCHEME):
        name = unquote(href.removeprefix(SCHEME))
        return relative(page, f"{name}.html") if name in known else None
    return href if _ABSOLUTE.match(href) else None


def markdown(text: str, page: str) -> str:
    """Markdown with its links between pages resolved, for the page's `.md` file."""
    return _OWN.sub(lambda found: f"]({relative(page, found[1])}.md)", text)
