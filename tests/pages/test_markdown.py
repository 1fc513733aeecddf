"""Any text from a description is escaped on a page."""

from __future__ import annotations

import pytest
from fiddlehead import markdown
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")

PIECES = st.lists(
    st.sampled_from(
        [
            *["# Heading", "## x", "===", "---", "text", "> ", "- ", "  ", "    ", "1. ", "\n"],
            *["\n\n", "```", "~~~", "````py", "`", "``", "\\", "|", "| a | b |\n|---|---|\n"],
            *[
                "<script>alert(1)</script>",
                "</details>",
                "<!--",
                "-->",
                "<a href='x'>",
                "<?",
                "<!X",
            ],
            *[
                "<![CDATA[",
                "[x](y)",
                "[x]: y",
                "[~~~](y)",
                "![x](",
                "](y)",
                "*",
                "**",
                "<br>",
                "<https://x.test/`>",
                "\t",
                "\r",
            ],
            *["[two\nlines](y)", "](y)", "[y", "]: z", "&lt;", '"""', "\u202e", "\x0c"],
        ]
    ),
    max_size=24,
).map("".join)


def tokens(source: str) -> list[Token]:
    results: list[Token] = []
    for token in PARSER.parse(source):
        results += [token, *(token.children or [])]
    return results


def page(text: str) -> str:
    """A page with hostile text wherever a page has text."""
    prose = markdown.prose(text)
    return "\n".join(
        [
            "# Title",
            "",
            prose,
            "",
            f"- {markdown.code(text)} {markdown.words(text)}",
            "",
            markdown.indented(prose, 2),
            "",
            "- after",
            "",
            f"| a | {markdown.words(text)} |",
            "| --- | --- |",
            f"| {markdown.escaped(markdown.code(text))} | {markdown.cell(text)} |",
            "",
            markdown.fenced(text, "json"),
            "",
            "## End",
            "",
            "The end.",
        ]
    )


@given(PIECES)
@example("`\n<b>` <i> `x`")
@example("- ```\n<script>")
@example("- a\n  ```\n<script>")
@example("| ` | <script> ` |\n|---|---|\n| ` | <script> ` |")
@example("\\`<b>``")
@example("``` ` <b>")
@example("~~~\n```\n<b>\n~~~")
@example("> x\n> ---")
@example("> ~~~\n<b>")
@example("<br>\n`<script>`")
@example("[~~~](y)\n<b>")
@example("[# x](y)")
@example("```[x](y)```")
def test_hostile_text_does_not_break_the_structure(text: str) -> None:
    result = tokens(page(text))
    headings = [
        result[i + 1].content
        for i, declared in enumerate(result)
        if declared.type == "heading_open"
    ]
    assert headings == ["Title", "End"]
    html = [
        declared.content for declared in result if declared.type in ("html_inline", "html_block")
    ]
    assert html == []
    links = [str(declared.attrGet("href")) for declared in result if declared.type == "link_open"]
    assert all(markdown.ABSOLUTE.match(link) for link in links)
    assert result[-2].content == "The end."


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs")), max_size=60))
def test_words_are_shown_as_they_are(text: str) -> None:
    rendered = PARSER.parse(f"x {markdown.words(text)}")[1].children or []
    visible = "".join(item.content for item in rendered)
    assert visible.split() == ["x", *text.split()]


@pytest.mark.parametrize(
    ("text", "remaining"),
    [
        ("A list:\n\n- one\n- `<two>`", "A list:\n\n- one\n- `<two>`"),
        ("```python\nx < y\n```", "```python\nx < y\n```"),
        ("See [docs](https://x.test) or <https://x.test>.", None),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", None),
        ("# Big\n\ntext", "\\# Big\n\ntext"),
        ("a < b <c>", "a &lt; b &lt;c>"),
        ("See [the *guide*](/guide#a_(b) 'x'), [it](#x).", "See the *guide*, it."),
        ("[a](javascript:x) ![b](b.png)", "a b"),
        ("[![a](b.png)](https://x.test)", "[a](https://x.test)"),
        ("[`a[0](b)`](c) or `[a](b)`", "`a[0](b)` or `[a](b)`"),
        ("[a](MAILTO:x@y.test)", None),
        ("[two\nlines](/x)", "[two\nlines]\\(/x)"),
        ("[a][b]\n\n[b]: /x", "[a][b]\n\n\\[b]: /x"),
        ("[a][b]\n\n[b]: https://x.test", None),
        ("```\nnever closed", "```\nnever closed\n```"),
    ],
)
def test_harmless_text_is_unchanged(text: str, remaining: str | None) -> None:
    assert markdown.prose(text) == (text if remaining is None else remaining)


def test_anchors_are_those_of_github() -> None:
    anchors = markdown.Anchors()
    assert anchors.add("client.embed_jobs.create") == "clientembed_jobscreate"
    assert anchors.add("Path parameters") == "path-parameters"
    assert anchors.add("Path parameters") == "path-parameters-1"
