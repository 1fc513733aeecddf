"""The files of the site: every page as HTML and as Markdown, and the indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar
from urllib.parse import quote

from markupsafe import Markup

from .. import ir, parallel
from ..config import Settings
from ..frozen import dataclass
from ..markdown import words
from ..package import Package
from ..python.pages.facts import Facts
from . import guides, listings, webhooks
from .addresses import prefix
from .changes import PATH, Changes
from .highlight import highlighted
from .listings import Groups
from .markup import Renderer, markdown
from .page import SitePage
from .page_markdown import as_markdown
from .page_writer import PageWriter, Plan, distinct, methods
from .rows import RowPrinter, link_row
from .sheets import FRAME, LARGEST_PAGE, SMALLEST_BODY, Block, moved_block, size_of, split_blocks
from .site_templates import SiteTemplates

MOST_MENU_PAGES = 120
MOST_MENU_GROUPS = 80
"""The maximum number of links in the menu; if there are more, those around the current page."""
MOST_GROUPS_AT_TYPES = 24
"""The maximum number of groups in the menu of a type; if there are more, one link leads to all of
them. An API has many more types than methods, and each of their pages would have the list."""
LONGEST_HIGHLIGHTED = 8_000

T = TypeVar("T")


@dataclass(frozen=True)
class Menu:
    """The menu of a page: links to groups, and to the pages of the open group."""

    groups: tuple[tuple[str, str, tuple[SitePage, ...]], ...]
    """Name, path of the first page, and the shown pages."""
    more_groups: bool
    more_pages: bool


class Site:
    """Builds the files of a site."""

    def __init__(
        self, api: ir.Api, package: Package, settings: Settings, changes: Changes | None = None
    ) -> None:
        self._settings = settings
        self._changes = changes
        self.facts = Facts(api, package, settings)
        self._plan = Plan.of(self.facts)
        self._writer = PageWriter(self.facts, self._plan)
        self._templates = SiteTemplates(settings)
        self._menus: dict[tuple[str, str, str], str] = {}

    @cached_property
    def groups(self) -> Groups:
        """The pages of methods and webhooks by group, in the order of the menu."""
        groups: dict[str, list[SitePage]] = {}
        for resource, method in methods(self.facts):
            page = self._writer.method(resource, method)
            groups.setdefault(page.group, []).append(page)
        groups = {name: distinct(pages) for name, pages in groups.items()}
        sent = [webhooks.page(self._writer, webhook) for webhook in self.facts.api.webhooks]
        if sent:
            groups["webhook pages"] = sent
        return groups

    def files(self) -> dict[str, str]:
        """Every file of the site by its path, with slashes, sorted."""
        types = [self._writer.type_(id_) for id_, _ in self.facts.types]
        called = [page for pages in self.groups.values() for page in pages]
        lists = [listings.all_types(types)] if types else []
        about = [guides.authentication(self.facts), guides.errors(self.facts)]
        if self._changes is not None:
            about.append(self._changes.page(self.facts, [*called, *types]))
        front = listings.overview(self.facts, self.groups, lists)
        all_pages = [front, *about, *called, *lists, *types]
        self._renderer = Renderer({page.path for page in all_pages})
        self._rows = RowPrinter(self._writer.entries, self._renderer)
        self._lists = lists
        self._fixed = [front, *about]
        self._places = {x.path: i for pages in self.groups.values() for i, x in enumerate(pages)}
        order = [page for page in all_pages if page.group != "types"]
        self._order = {page.path: index for index, page in enumerate(order)}
        assets = self._templates.assets()
        texts: list[str] = []
        addresses: list[str] = []
        half = len(all_pages) - len(types)
        with parallel.beside(
            lambda: [self._printed(page, order) for page in all_pages[half:]]
        ) as rest:
            printed = [self._printed(page, order) for page in all_pages[:half]]
            printed += rest()
        for page, (files, text) in zip(all_pages, printed, strict=True):
            addresses += [name.removesuffix(".html") for name in files if name.endswith(".html")]
            assets |= files
            if page not in lists:
                texts.append(text)
        if self._settings.base_url is not None:
            published = sorted(self._published(address) for address in addresses)
            assets["sitemap.xml"] = self._templates.get("sitemap.xml.jinja").render(
                addresses=published
            )
        if self._changes is not None:
            assets |= self._changed(self._changes, {page.path: page for page in all_pages})
        assets["search-index.js"] = listings.search_index([*called, *types])
        assets |= listings.llms(self.facts, self._fixed, self.groups, types)
        assets["llms-full.txt"] = "\n".join(texts)
        return dict(sorted(assets.items()))

    def _changed(self, changes: Changes, pages: Mapping[str, SitePage]) -> dict[str, str]:
        """The feed, and a redirect at each old address of a page."""
        link = f"{PATH}.html" if self._settings.base_url is None else self._published(PATH)
        site, version = self.facts.title, self.facts.api.version
        feed = self._templates.get("feed.xml.jinja")
        files = {
            "feed.xml": feed.render(
                site=site, version=version, page=link, entries=list(changes.entries())
            )
        }
        redirect = self._templates.get("redirect.html.jinja")
        moved = changes.moved(self._settings, self.facts, self._plan)
        for old, now in moved.items():
            root, title = prefix(old), pages[now].title
            target = f"{root}{quote(now)}.html"
            files[f"{old}.html"] = redirect.render(site=site, root=root, target=target, title=title)
            files[f"{old}.md"] = f"This page has moved to [{words(title)}]({root}{now}.md).\n"
        return files

    def images(self) -> dict[str, bytes]:
        """The binary files of the site."""
        return self._templates.images()

    def _published(self, path: str) -> str:
        """The URL of a page under the base URL."""
        return f"{(self._settings.base_url or '').rstrip('/')}/{quote(path)}.html"

    # --- one page ---

    def _printed(self, page: SitePage, order: Sequence[SitePage]) -> tuple[dict[str, str], str]:
        """The files of a page, and its text in Markdown for the root of the site. `order` has the
        pages that are read one after the other."""
        at = self._order.get(page.path)
        before = order[at - 1] if at else None
        after = order[at + 1] if at is not None and at + 1 < len(order) else None
        text = as_markdown(page, self._writer.entries)
        up = prefix(page.path)
        files: dict[str, str] = {}
        for number, (path, html) in enumerate(self._html(page, before, after)):
            files[f"{path}.html"] = html
            files[f"{path}.md"] = (
                f"[The whole page]({path.rpartition('/')[2].rpartition('.')[0]}.md)\n"
                if number
                else markdown(text, up)
            )
        return files, markdown(text, "")

    def _html(
        self, page: SitePage, before: SitePage | None, after: SitePage | None
    ) -> Iterator[tuple[str, str]]:
        """The sheets of a page: several if it would be too large."""
        up = prefix(page.path)
        menu = self._menu(page, up)
        intro = Markup(self._renderer.html(page.text, up))
        panel = (
            Markup(
                self._templates.get("panel.html.jinja").render(
                    page=page, code=_code, md=partial(self._markup, up)
                )
            )
            if page.examples or page.responses
            else Markup("")
        )
        used = sum(size_of(markup) for markup in (menu, intro, panel))
        room = max(LARGEST_PAGE - FRAME - used, SMALLEST_BODY)
        sheets = list(split_blocks(self._blocks(page, up), room))
        paths = [page.path, *(f"{page.path}.{number}" for number in range(2, len(sheets) + 1))]
        template = self._templates.get("page.html.jinja")
        for number, (path, blocks) in enumerate(zip(paths, sheets, strict=True)):
            if number:
                blocks = [moved_block(block, page.path, path) for block in blocks]
            yield path, template.render(
                page=page,
                path=path,
                file=path.rpartition("/")[2],
                root=up,
                sheet=number + 1,
                sheets=[path.rpartition("/")[2] for path in paths],
                site=self.facts.title,
                version=self.facts.api.version,
                canonical=self._published(path) if self._settings.base_url else None,
                intro=intro if number == 0 else Markup(""),
                panel=panel if number == 0 else Markup(""),
                blocks=blocks,
                menu=menu,
                previous=before,
                following=after,
                logo=self._templates.logo,
                css=self._templates.css,
                feed=self._changes is not None,
                md=partial(self._line, up),
            )

    def _markup(self, up: str, text: str) -> Markup:
        return Markup(self._renderer.html(text, up))

    def _line(self, up: str, text: str) -> Markup:
        return Markup(self._renderer.line(text, up))

    def _blocks(self, page: SitePage, up: str) -> list[Block]:
        blocks = [
            Block(
                section.title,
                Markup(self._renderer.html(section.text, up)),
                tuple(rows),
            )
            for section, rows in zip(
                page.sections, self._rows.rows(page.path, page.sections), strict=True
            )
        ]
        for link_list in page.lists:
            rows = tuple(link_row(site_page, up) for site_page in link_list.pages)
            blocks.append(
                Block(link_list.title, Markup(self._renderer.html(link_list.text, up)), rows)
            )
        return blocks

    # --- the menu ---

    def _menu(self, page: SitePage, up: str) -> Markup:
        groups = list(self.groups.items())
        at = next((i for i, x in enumerate(groups) if x[0] == page.group), 0)
        pages = self.groups.get(page.group, ())
        inside = _around(pages, self._places.get(page.path, 0), MOST_MENU_PAGES)
        key = (page.group, up, inside[0].path if inside else "")
        menu_html = self._menus.get(key)
        if menu_html is None:
            near: Sequence[tuple[str, Sequence[SitePage]]] = _around(groups, at, MOST_MENU_GROUPS)
            if page.group == "types" and len(groups) > MOST_GROUPS_AT_TYPES:
                near = ()
            menu_groups = tuple(
                (x[0].group_label, x[0].path, tuple(inside) if name == page.group else ())
                for name, x in near
            )
            menu = Menu(menu_groups, len(near) < len(groups), len(inside) < len(pages))
            menu_html = self._menus[key] = self._templates.get("menu.html.jinja").render(
                menu=menu, group=page.group, root=up, fixed=self._fixed, types=bool(self._lists)
            )
        # The menu is the same for a whole group, except for the mark at the page itself.
        link = f'<a href="{up}{page.path}.html"'
        return Markup(menu_html.replace(link, f'{link} aria-current="page"', 1))


def _around(items: Sequence[T], at: int, most: int) -> Sequence[T]:
    """The items around one of them, if there are too many."""
    if len(items) <= most:
        return items
    start = max(0, min(at - most // 2, len(items) - most))
    return items[start : start + most]


def _code(text: str, language: str) -> Markup:
    if len(text) > LONGEST_HIGHLIGHTED:
        return Markup.escape(text)
    return Markup(highlighted(text, language))
