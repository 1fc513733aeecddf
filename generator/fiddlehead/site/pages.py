"""The files of the site: every page as HTML and as Markdown, and what finds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from .. import ir
from ..config import Settings
from ..markdown import prose, words
from ..package import Package
from ..python.facts import Facts
from ..template_files import templates
from . import markup
from .addresses import relative
from .content import Part, Row, SitePage, SiteWriter, as_markdown

if TYPE_CHECKING:
    import jinja2

MOST_LINKS = 400
"""How many links a list on one page has; longer ones are split."""
_ASSETS = ("site.css", "site.js", "search.js")


@dataclass(frozen=True)
class Menu:
    """A group of the menu: its first page, and all of them where the group is open."""

    name: str
    first: SitePage
    pages: tuple[SitePage, ...]


def files(api: ir.Api, package: Package, settings: Settings) -> dict[str, str]:
    """Every file of the site by its path, with slashes, sorted."""
    writer = SiteWriter(Facts(api, package, settings))
    methods = [writer.method_page(*each) for each in writer.methods()]
    types = [writer.type_page(id_) for id_ in writer.type_ids()]
    groups: dict[str, list[SitePage]] = {}
    for each in methods:
        groups.setdefault(each.group, []).append(each)
    paths = writer.paths()
    lists = _type_lists(types, paths)
    front = _index(api, groups, len(methods), lists)
    every = [front, writer.authentication_page(), writer.errors_page(), *methods, *lists, *types]
    known = {*paths, *(each.path for each in lists)}
    made = {name: (templates() / "site" / name).read_text(encoding="utf-8") for name in _ASSETS}
    template = _environment().get_template("page.html.jinja")
    order = [each for each in every if each.group != "types"]
    around = {each.path: index for index, each in enumerate(order)}
    for page in every:
        at = around.get(page.path)
        made[f"{page.path}.html"] = template.render(
            page=page,
            canonical=published(settings, page) if settings.base_url else None,
            site=api.title,
            version=api.version,
            href=partial(relative, page.path),
            md=partial(_markup, page.path, known),
            menu=[
                Menu(name, found[0], tuple(found) if name == page.group else ())
                for name, found in groups.items()
            ],
            types=lists[0] if lists else None,
            previous=order[at - 1] if at else None,
            following=order[at + 1] if at is not None and at + 1 < len(order) else None,
        )
        made[f"{page.path}.md"] = markup.markdown(as_markdown(page), page.path)
    if settings.base_url is not None:
        made["sitemap.xml"] = (
            _environment()
            .get_template("sitemap.xml.jinja")
            .render(addresses=sorted(published(settings, each) for each in every))
        )
    made["search-index.js"] = _search_index([*methods, *types])
    made["llms.txt"] = _llms(api, groups, types)
    texts = [markup.markdown(as_markdown(each), "") for each in every if each not in lists]
    made["llms-full.txt"] = "\n".join(texts)
    return dict(sorted(made.items()))


def published(settings: Settings, page: SitePage) -> str:
    """The URL of a page under the base URL."""
    return f"{(settings.base_url or '').rstrip('/')}/{quote(page.path)}.html"


def _markup(page: str, known: set[str], text: str) -> str:
    return markup.html(text, page, known)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates() / "site"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        auto_reload=False,
    )


def _index(
    api: ir.Api, groups: Mapping[str, Sequence[SitePage]], count: int, lists: Sequence[SitePage]
) -> SitePage:
    """The overview: every method, or, where they are many, the first of each group."""
    parts: list[Part] = []
    if count <= MOST_LINKS:
        for name, pages in groups.items():
            parts.append(Part(name, rows=tuple(_link(each) for each in pages)))
    else:
        rows = [
            Row("", f"- [{words(name)}]({markup.SCHEME}{pages[0].path}): {len(pages)} methods")
            for name, pages in groups.items()
        ]
        parts.append(Part("Groups", rows=tuple(rows)))
    if lists:
        parts.append(Part("Types", f"[All types]({markup.SCHEME}{lists[0].path})"))
    return SitePage(
        "index", api.title, "", prose(api.doc or ""), label="Overview", parts=tuple(parts)
    )


def _link(page: SitePage) -> Row:
    verb = f"`{page.verb}` " if page.verb else ""
    return Row("", f"- {verb}[{words(page.title)}]({markup.SCHEME}{page.path})")


def _type_lists(types: Sequence[SitePage], taken: frozenset[str]) -> list[SitePage]:
    """The list of all types, split into pages."""
    chunks = [types[at : at + MOST_LINKS] for at in range(0, len(types), MOST_LINKS)]
    names = [f"all-types-{number + 1}" if number else "all-types" for number in range(len(chunks))]
    made: list[SitePage] = []
    for number, chunk in enumerate(chunks):
        links = ", ".join(
            f"[{index + 1}]({markup.SCHEME}{name})" for index, name in enumerate(names)
        )
        text = f"Pages: {links}" if len(chunks) > 1 else ""
        rows = tuple(_link(each) for each in chunk)
        made.append(
            SitePage(
                names[number],
                "Types",
                "",
                text,
                label="Types",
                group="types",
                parts=(Part(f"{chunk[0].title} to {chunk[-1].title}", rows=rows),),
            )
        )
    return made


def _search_index(pages: Sequence[SitePage]) -> str:
    """A script that sets the index, since a page opened from a file can fetch nothing."""
    rows = [
        [each.title, each.summary, each.verb, f"{each.path}.html", " ".join(each.fields)]
        for each in pages
    ]
    return f"window.searchIndex = {json.dumps(rows, separators=(',', ':'))};\n"


def _llms(api: ir.Api, groups: Mapping[str, Sequence[SitePage]], types: Sequence[SitePage]) -> str:
    """The list of pages, as https://llmstxt.org describes it."""
    lines = [f"# {words(api.title)}", ""]
    summary = words((api.doc or "").strip().partition("\n\n")[0])
    lines += [f"> {summary}", ""] if summary else []
    lines += ["## Guides", "", "- [Authentication](authentication.md)", "- [Errors](errors.md)"]
    for name, pages in groups.items():
        lines += ["", f"## {words(name)}", ""]
        lines += [
            f"- [{words(each.title)}]({each.path}.md): {words(each.summary)}" for each in pages
        ]
    if types:
        lines += ["", "## Optional", ""]
        lines += [f"- [{words(each.title)}]({each.path}.md)" for each in types]
    return "\n".join(lines) + "\n"
