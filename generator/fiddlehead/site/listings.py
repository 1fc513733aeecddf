"""The pages that list other pages, the search index and llms.txt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ..markdown import code, prose, sentence, words
from ..python.pages.facts import Facts
from ..python.pages.readme import main_method
from ..python.pages.type_entries import Item, Section
from .addresses import prefix
from .page import ExampleCall, LinkList, SitePage, Tab

Groups = Mapping[str, Sequence[SitePage]]


def overview(facts: Facts, groups: Groups, types: Sequence[SitePage]) -> SitePage:
    """The front page: the API, its environments, a first call and every method."""
    lists = [
        LinkList(pages[0].group_label, tuple(pages), prose(group_docs(facts).get(name, "")))
        for name, pages in groups.items()
    ]
    if types:
        lists.append(LinkList("Types", tuple(types)))
    environments = facts.api.environments
    items = tuple(
        Item(
            url,
            facts=(words(environment.name),) if len(environments) > 1 else (),
            doc=environment.doc,
        )
        for environment in environments
        for url in dict.fromkeys(x.default_url or x.url for x in environment.servers.values())
    )
    sections = (Section("Base URL" if len(items) == 1 else "Base URLs", items=items),)
    return SitePage(
        "index",
        facts.title,
        text=prose(facts.api.doc or "", headings=True),
        label="Overview",
        examples=tuple(_first_call(facts)),
        sections=sections if items else (),
        lists=tuple(lists),
    )


def group_docs(facts: Facts) -> dict[str, str]:
    return {
        ".".join(resource.attribute) or "client": resource.doc
        for resource in facts.resources
        if resource.doc
    }


def _first_call(facts: Facts) -> Iterator[ExampleCall]:
    method = main_method(facts)
    if method is None:
        return
    tabs = [
        Tab("Python", facts.example_code(method[1]), "python"),
        Tab("Async", facts.example_code(method[1], is_async=True), "python"),
    ]
    if facts.settings.distribution is not None:
        tabs.append(Tab("Install", f"pip install {facts.distribution}", "bash"))
    yield ExampleCall("", "", tuple(tabs))


def all_types(types: Sequence[SitePage]) -> SitePage:
    return SitePage(
        "all-types",
        "All types",
        label="Types",
        group="types",
        lists=(LinkList("By name", tuple(types)),),
    )


def search_index(pages: Sequence[SitePage]) -> str:
    """A script that sets the index, because a page opened from a file cannot fetch anything."""
    rows = [
        [page.title, page.summary, page.verb, f"{page.path}.html", " ".join(page.fields)]
        for page in pages
    ]
    return f"window.searchIndex = {json.dumps(rows, separators=(',', ':'))};\n"


def llms(
    facts: Facts, guides: Sequence[SitePage], groups: Groups, types: Sequence[SitePage]
) -> dict[str, str]:
    """The lists of pages in the format of https://llmstxt.org: of the site and of each folder."""
    lines = [f"# {words(facts.title)}", ""]
    summary = sentence(facts.api.doc or "")
    lines += [f"> {summary}", ""] if summary else []
    lines += [
        f"Reference of the Python package {code(facts.package.name)}. Each page is Markdown; "
        "[llms-full.txt](llms-full.txt) has all of them in one file.",
        "",
        "## Guides",
        "",
    ]
    lines += [f"- [{words(guide.label)}]({guide.path}.md)" for guide in guides]
    for pages in groups.values():
        lines += ["", f"## {words(pages[0].group_label)}", "", *(_line(x, "") for x in pages)]
    if types:
        lines += ["", "## Optional", "", *(_line(type_, "") for type_ in types)]
    files = {"llms.txt": "\n".join(lines) + "\n"}
    folders: dict[str, list[SitePage]] = {}
    for page in (*(page for pages in groups.values() for page in pages), *types):
        folders.setdefault(page.path.rpartition("/")[0], []).append(page)
    for folder, pages in folders.items():
        up = prefix(f"{folder}/")
        inside = [f"# {words(facts.title)}: {words(pages[0].group_label)}", ""]
        inside += [f"> A part of [{words(facts.title)}]({up}llms.txt).", "", "## Pages", ""]
        inside += [_line(page, f"{folder}/") for page in pages]
        files[f"{folder}/llms.txt"] = "\n".join(inside) + "\n"
    return files


def _line(page: SitePage, folder: str) -> str:
    summary_text = f": {code(page.summary)}" if page.verb and page.summary else ""
    return f"- [{words(page.title)}]({page.path.removeprefix(folder)}.md){summary_text}"
