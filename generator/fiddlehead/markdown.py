"""Escapes descriptions as Markdown (CommonMark 0.31 with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and characters that change the reading order of a line."""

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"((?:[ \t>*+-]|\d+[.)])*)(#{1,6}(?:[ \t]|$))")
_OWN_HEADING = re.compile(r" {0,3}(#{1,4})[ \t]+(.*?)[ \t]*#*[ \t]*")
"""A heading of the text itself, not inside a list or quotation."""
_UNDERLINE = re.compile(r"([ \t>]*)(=+|-+)[ \t]*")
_AUTOLINK = re.compile(r"<https?://[^\s<>`|\\]*>")
_BREAK = re.compile(r"(?<=[^\W\d])([.,:;!?)]?)[ \t]*<br ?/?>[ \t]*")
"""A line break after a word; in other places, the next line could start another block."""


_TARGET = r"(?:<([^<>]*)>|((?:[^()\s<>]|\([^()\s<>]*\))*))"
_LINK = re.compile(rf"\]\([ \t]*{_TARGET}(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)")
"""The end of a link, from the bracket after its text on."""
_DEFINITION = re.compile(r"([ \t>]*)(\[[^\]]+\]:[ \t]*<?(\S*).*)")
"""The definition of a target that links refer to."""
ABSOLUTE = re.compile(r"(https?|mailto):", re.IGNORECASE)
"""The start of a target that leads to the same place from every page."""


def prose(text: str, headings: bool = False) -> str:
    """A description as Markdown that cannot affect the rest of the page.

    Lists, links, emphasis, tables and code are kept. Headings become bold or plain text, HTML is
    escaped, open fences are closed. A relative link, which has no base, becomes its text. With
    `headings`, headings are kept, from the second level on.
    """
    lines: list[str] = []
    plain: list[str] = []
    rest = iter(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    for line in rest:
        opened = _opened_fence(line)
        if opened is None:
            plain.append(line)
            continue
        lines += _plain(plain, headings)
        plain = []
        code = _until_closed(rest, opened[1])
        indent = min((len(x) - len(x.lstrip(" ")) for x in code if x.strip()), default=0)
        # At the start of a line, every parser recognizes a fence, also in lists.
        language = re.sub(r"[^\w+-].*", "", opened[2].strip())
        block = fenced("\n".join(x[indent:] for x in code), language)
        lines += ["", *block.split("\n"), ""]
    return "\n".join([*lines, *_plain(plain, headings)]).strip("\n")


def _opened_fence(line: str) -> re.Match[str] | None:
    """The fence that a line opens; a line with backticks after the fence has code spans
    (CommonMark 4.5)."""
    opened = _FENCE.fullmatch(line)
    return None if opened is not None and opened[1][0] == "`" and "`" in opened[2] else opened


def _until_closed(lines: Iterator[str], fence: str) -> list[str]:
    """Consume the lines of a fenced block from an iterator of lines."""
    result: list[str] = []
    for line in lines:
        closing = line.strip()
        if closing.startswith(fence) and not closing.strip(fence[0]):
            break
        result.append(line)
    return result


def _plain(lines: list[str], headings: bool) -> list[str]:
    """The lines outside fenced blocks."""
    result: list[str] = []
    for line in lines:
        heading = _OWN_HEADING.fullmatch(line) if headings else None
        if heading is not None:
            result += ["", f"{'#' * max(2, len(heading[1]))} {_inline(heading[2])}", ""]
            continue
        line = _inline(_BREAK.sub(r"\1 ", line))
        line = _HEADING.sub(r"\1\\\2", line, count=1) if _HEADING.match(line) else line
        # The text of a link can be a fence.
        line = f"\\{line.lstrip()}" if _opened_fence(line) else line
        underline = _UNDERLINE.fullmatch(line)
        result.append(f"{underline[1]}\\{underline[2]}" if underline else line)
    return result


def _inline(line: str) -> str:
    """A line without HTML and relative links, whose code spans end on the same line.

    A backtick without a counterpart on the line is escaped, because it could match one in the
    following text. In ambiguous cases (escaped backticks, cells of a table), text is assumed.
    """
    if "]" in line:
        line = _linked(line)
    pieces: list[str] = []
    at = 0
    for start, end in _spans(line) if "\\`" not in line else []:
        span = line[start:end]
        pieces += [_visible(line[at:start]), _visible(span) if "|" in span else span]
        at = end
    pieces.append(_visible(line[at:]))
    return "".join(pieces)


def _linked(line: str) -> str:
    """A line whose links are absolute; other links and images become their text."""
    defined = _DEFINITION.fullmatch(line)
    if defined is not None and not ABSOLUTE.match(defined[3]):
        return f"{defined[1]}\\{defined[2]}"
    at = line.find("](")
    while at >= 0:
        link = _LINK.match(line, at)
        start = _opening(line, at)
        if line[at - 1 : at] == "\\" or any(x < at < y for x, y in _spans(line)):
            at += 1
        elif link is None or start is None:
            line = f"{line[:at]}]\\{line[at + 1 :]}"
        elif ABSOLUTE.match(link[1] or link[2] or ""):
            at = link.end()
        else:
            before = line[:start].removesuffix("!")
            line = f"{before}{line[start + 1 : at]}{line[link.end() :]}"
            at = len(before)
        at = line.find("](", at)
    return line


def _opening(line: str, closing: int) -> int | None:
    """The bracket that the bracket at an index closes."""
    depth = 0
    for index in range(closing, -1, -1):
        if line[index - 1 : index] != "\\":
            depth += {"]": 1, "[": -1}.get(line[index], 0)
        if not depth:
            return index
    return None


def _spans(line: str) -> list[tuple[int, int]]:
    """The code spans that start and end on a line (CommonMark 6.1)."""
    runs = [(match.start(), match.end()) for match in re.finditer("`+", line)]
    result: list[tuple[int, int]] = []
    while runs:
        start, end = runs.pop(0)
        for index, (closing, after) in enumerate(runs):
            if after - closing == end - start:
                result.append((start, after))
                del runs[: index + 1]
                break
    return result


def _visible(text: str) -> str:
    """Text without HTML and without the start of a code span; links in angle brackets are kept."""
    pieces: list[str] = []
    at = 0
    for match in _AUTOLINK.finditer(text):
        pieces += [_escaped(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join(pieces) + _escaped(text[at:])


def _escaped(text: str) -> str:
    text = re.sub(r"\\[\\`]|`", lambda x: x[0] if len(x[0]) > 1 else "\\`", text)
    return text.replace("<", "&lt;")


def indented(text: str, columns: int) -> str:
    """Markdown as the content of a list item: every non-empty line is indented."""
    pad = " " * columns
    return "\n".join(pad + line if line.strip() else "" for line in text.split("\n"))


def code(text: str) -> str:
    """Text on one line as a code span."""
    text = one_line(text) or " "
    if "`" not in text:
        return f"`{text}`"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def sentence(text: str) -> str:
    """The first paragraph of a description as Markdown on one line."""
    paragraph = re.split(r"\n[ \t]*\n", _CONTROL.sub("", text).strip(), maxsplit=1)[0]
    return _inline(" ".join(paragraph.split()))


def cell(text: str) -> str:
    """The first paragraph of a description as Markdown for a cell of a table."""
    return escaped(sentence(text))


def escaped(markup: str) -> str:
    """Markdown on one line for a cell of a table; its pipes are escaped."""
    return markup.replace("|", "\\|")


def fenced(text: str, language: str = "") -> str:
    """Text as a fenced block, with a fence that does not occur in the text."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def words(text: str) -> str:
    """Text on one line in which all Markdown syntax is escaped."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", one_line(text))


def plain(text: str) -> str:
    """Markdown of one sentence as plain text on one line, without a full stop."""
    text = _INLINE_LINK.sub(r"\1", one_line(text))
    return _EMPHASIS.sub("", text).removesuffix(".")


_INLINE_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"`|\*\*|(?<![^\W_])__?(?=\S)|(?<=\S)__?(?![^\W_])")

# An underscore between letters is not emphasis; signs and numbers start a list only at the start of
# a line.
_MARKUP = re.compile(
    r"[\\`*\[\]<>#|~&]|(?<![^\W_])_|_(?![^\W_])|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
)


def one_line(text: str) -> str:
    """Text without line breaks and control characters."""
    # Printable text, the usual case, has no control characters.
    text = text if text.isprintable() else _CONTROL.sub(" ", text)
    return " ".join(text.split())


class Anchors:
    """The anchors of a page's headings, as GitHub creates them."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def add(self, heading: str) -> str:
        """The anchor of the next heading of the page, from its plain text."""
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        count = self._taken.get(slug, 0)
        self._taken[slug] = count + 1
        return f"{slug}-{count}" if count else slug
