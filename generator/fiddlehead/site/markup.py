"""Converts the Markdown of a page to safe HTML."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..markdown import ABSOLUTE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEME = "page:"
"""The scheme of links between pages in Markdown, before they are resolved."""
LONGEST_TEXT = 40_000
"""The maximum number of characters of HTML for one text; the rest is only in the Markdown of the
page."""

_OWN = re.compile(rf"\]\({SCHEME}([^()\s]+)\)")
_PLAIN = re.compile(r"[^\W\d_](?:[^\\`*_\[\]<>#|~&\n\r\t!]*[^\\`*_\[\]<>#|~&\s!])?")
"""Text without Markdown syntax."""


class Renderer:
    """Renders Markdown for the pages of one site, with a cache.

    `known` are the paths of all pages, without suffix. Images become links, because a page loads
    nothing from other sites; a link without a scheme has no base and becomes its text.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._blocks: dict[tuple[str, str], str] = {}
        self._lines: dict[tuple[str, str], str] = {}

    def html(self, text: str, prefix: str) -> str:
        """Markdown as blocks; `prefix` is the relative path from the page to the root of the site."""
        if not text:
            return ""
        if _PLAIN.fullmatch(text) and len(text) < LONGEST_TEXT:
            return f"<p>{escape(text, quote=False)}</p>\n"
        key = (text, prefix)
        block = self._blocks.get(key)
        if block is None:
            block = self._blocks[key] = self._render(text, prefix)
        return block

    def line(self, text: str, prefix: str = "") -> str:
        """Markdown of one line, without a block element."""
        if _PLAIN.fullmatch(text):
            return escape(text, quote=False)
        key = (text, prefix)
        line = self._lines.get(key)
        if line is None:
            parser = _parser()
            tokens = parser.parseInline(text)
            self._resolve(tokens, prefix)
            line = self._lines[key] = parser.renderer.render(tokens, parser.options, {})
        return line

    def _render(self, text: str, prefix: str) -> str:
        parser = _parser()
        tokens = parser.parse(text)
        self._resolve(tokens, prefix)
        markup: str = parser.renderer.render(tokens, parser.options, {})
        return markup if len(markup) < LONGEST_TEXT else self._shortened(tokens)

    def _shortened(self, tokens: Sequence[Token]) -> str:
        """The first blocks of a text that is too long for a page."""
        parser = _parser()
        shortened, start = "", 0
        for index, token in enumerate(tokens):
            if token.level or token.nesting > 0:
                continue
            block: str = parser.renderer.render(tokens[start : index + 1], parser.options, {})
            start = index + 1
            if len(shortened) + len(block) > LONGEST_TEXT:
                break
            shortened += block
        return f"{shortened}<p>This text goes on in the Markdown of this page.</p>\n"

    def _resolve(self, tokens: Sequence[Token], prefix: str) -> None:
        for token in tokens:
            if align := token.attrGet("style"):
                # The policy of the pages refuses attributes with styles.
                token.attrs = {"class": str(align).removeprefix("text-align:")}
            if token.children:
                token.children = self._inline(token.children, prefix)

    def _inline(self, tokens: Sequence[Token], prefix: str) -> list[Token]:
        from markdown_it.token import Token

        result: list[Token] = []
        opened: list[bool] = []
        for token in tokens:
            if token.type == "link_open":
                target = self._target(str(token.attrGet("href") or ""), prefix)
                opened.append(target is not None)
                if target is None:
                    continue
                token.attrSet("href", target)
            elif token.type == "link_close" and not opened.pop():
                continue
            elif token.type == "image":
                text = Token("text", "", 0, content=token.content or "image")
                target = self._target(str(token.attrGet("src") or ""), prefix)
                if target is None or any(opened):
                    result.append(text)
                    continue
                start = Token("link_open", "a", 1, attrs={"href": target})
                result += [start, text, Token("link_close", "a", -1)]
                continue
            result.append(token)
        return result

    def _target(self, href: str, prefix: str) -> str | None:
        if href.startswith(SCHEME):
            name = unquote(href.removeprefix(SCHEME))
            return f"{prefix}{name}.html" if name in self._known else None
        return href if ABSOLUTE.match(href) else None


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown(text: str, prefix: str) -> str:
    """Markdown with its links between pages resolved, for the page's `.md` file."""
    return _OWN.sub(rf"]({prefix}\1.md)", text) if SCHEME in text else text
