"""The items of a page as HTML, with the nested fields of their types.

They are not printed by a template, because a large API has hundreds of thousands of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from ..frozen import replace
from ..markdown import sentence
from ..package import Alias, Model
from ..python.pages.entries import EntryWriter
from ..python.pages.type_entries import Item, Section, reason
from ..typing_ import Type
from .addresses import prefix
from .markup import SCHEME, Renderer
from .page import SitePage

DEEPEST = 2
"""The maximum number of levels of nested fields on a page; deeper ones are on the page of their
type."""
MOST_NESTED = 40_000
"""The maximum number of characters of nested fields on a page; later items link to their types."""

_BADGES = {"required": "required", "read-only": "badge", "write-only": "badge"}


class RowPrinter:
    """Prints the items of the pages of one site."""

    def __init__(self, entries: EntryWriter, renderer: Renderer) -> None:
        self._entries = entries
        self._facts = entries.facts
        self._renderer = renderer
        self._nested: dict[tuple[str, int, str], str] = {}
        self._types: dict[tuple[Type, str], str] = {}
        self._items: dict[str, tuple[Item, ...]] = {}
        # A field is printed once for all pages and depths.
        self._fields: dict[tuple[str, str], list[str]] = {}
        self._facts_as_html: dict[str, str] = {}

    def rows(self, page: str, sections: Sequence[Section]) -> list[list[str]]:
        """The items of each section of a page."""
        self._left = MOST_NESTED
        self._anchors: set[str] = set()
        self._bodies: set[str] = set()
        up = prefix(page)
        file = page.rpartition("/")[2]
        return [
            [self._row(entry, section, up, file) for entry in section.items] for section in sections
        ]

    def _row(self, item: Item, section: Section, up: str, file: str) -> str:
        anchor = self._anchor(item, section)
        id_ = f' id="{escape(anchor)}"' if anchor else ""
        link = ""
        if anchor:
            target = f"{file}.html#{quote(anchor)}"
            link = f'<a class="self" href="{target}" aria-label="Link to {escape(item.name)}">#</a>'
        nested = self._nested_fields(item.type, 1, up) if item.type is not None else ""
        status = ""
        if section.style == "errors":
            status = f'<span class="status">{escape(item.facts[0])}</span> '
            type_ = item.type if item.type is not None and item.type.head != "Any" else None
            item = replace(item, type=type_, facts=())
            # Most errors of an operation have the same body.
            nested = "" if nested in self._bodies else nested
            self._bodies.add(nested)
        if len(nested) > self._left:
            nested = ""
        self._left -= len(nested)
        return f'<div class="row"{id_}>{self._head(item, up, status, link)}{self._body(item, up)}{nested}</div>\n'

    def _anchor(self, item: Item, section: Section) -> str:
        """The anchor of a field is its wire name; if an argument has that anchor, a field of the
        response gets another one."""
        wanted = re.sub(r"\s+", "-", item.wire)
        if not wanted:
            return ""
        if wanted in self._anchors:
            wanted = f"{section.title.lower().replace(' ', '-')}.{wanted}"
        if wanted in self._anchors:
            return ""
        self._anchors.add(wanted)
        return wanted

    def _head(self, item: Item, up: str, status: str = "", link: str = "") -> str:
        parts = [f'<code class="name">{escape(item.name, quote=False)}</code>'] if item.name else []
        if item.type is not None:
            parts.append(f'<code class="type">{self.type_(item.type, up)}</code>')
        parts += map(self._fact, item.facts)
        if item.deprecated is not None:
            parts.append('<span class="badge deprecated">deprecated</span>')
        return f'<div class="head">{status}{" ".join(parts)}{link}</div>'

    def _fact(self, fact: str) -> str:
        html = self._facts_as_html.get(fact)
        if html is None:
            kind = _BADGES.get(fact, "fact")
            html = f'<span class="{kind}">{self._renderer.line(fact)}</span>'
            self._facts_as_html[fact] = html
        return html

    def _body(self, item: Item, up: str) -> str:
        text = item.text or (self._entries.prose(item.doc) if item.doc else "")
        markup = self._renderer.html(text, up)
        why = reason(item.deprecated) if item.deprecated is not None else ""
        if why and why not in (item.doc or ""):
            markup += f"<p>{self._renderer.line(sentence(why))}</p>"
        notes: list[str] = []
        if item.values:
            choices = ", ".join(
                f"<code>{escape(value, quote=False)}</code>" for value in item.values
            )
            notes.append(f"One of {choices}{', …' if item.more_values else ''}")
        if item.default is not None:
            notes.append(f"Default <code>{escape(item.default, quote=False)}</code>")
        if item.limits:
            limits = ", ".join(self._renderer.line(limit) for limit in item.limits)
            notes.append(f"Limits: {limits}")
        notes += map(self._renderer.line, item.notes)
        if notes:
            markup += "".join(f'<p class="note">{note}</p>' for note in notes)
        return markup

    def type_(self, annotation: Type, up: str) -> str:
        """A type as HTML; the types of the package are links."""
        key = (annotation, up)
        markup = self._types.get(key)
        if markup is None:
            links = self._entries.links(annotation)

            def name(node: Type) -> str:
                text = escape(node.head, quote=False)
                if node.id is None or node.head not in links:
                    return text
                target = f"{up}{links[node.head].removeprefix(SCHEME)}.html"
                return f'<a href="{escape(target)}">{text}</a>'

            markup = self._types[key] = annotation.display(name)
        return markup

    def _nested_fields(self, annotation: Type, depth: int, up: str) -> str:
        """The fields of the only type in an annotation; empty if there are none, or too many."""
        if depth > DEEPEST or not annotation.references:
            return ""
        type_def = self._facts.named(annotation)
        if not isinstance(type_def, Model | Alias):
            return ""
        key = (type_def.id, depth, up)
        result = self._nested.get(key)
        if result is None:
            result = self._nested[key] = self._listed(type_def, depth, up)
        return result

    def _listed(self, type_def: Model | Alias, depth: int, up: str) -> str:
        items = self._items_of(type_def)
        if not items:
            return ""
        rows: list[str] = []
        size = 0
        for item, field in zip(items, self._printed(type_def, up), strict=True):
            nested = self._nested_fields(item.type, depth + 1, up) if item.type is not None else ""
            row = f'<div class="row">{field}'
            size += len(row)
            if size > MOST_NESTED:
                return ""
            if size + len(nested) <= MOST_NESTED // 2:
                row += nested
                size += len(nested)
            rows.append(f"{row}</div>\n")
        kind = "Variants" if isinstance(type_def, Alias) else "Fields"
        name = escape(type_def.name, quote=False)
        return f"<details><summary>{kind} of {name}</summary>{''.join(rows)}</details>"

    def _printed(self, type_def: Model | Alias, up: str) -> list[str]:
        """The items of a type, without their nested fields."""
        field = self._fields.get((type_def.id, up))
        if field is None:
            items = self._items_of(type_def)
            field = [f"{self._head(entry, up)}{self._body(entry, up)}" for entry in items]
            self._fields[type_def.id, up] = field
        return field

    def _items_of(self, type_def: Model | Alias) -> tuple[Item, ...]:
        item = self._items.get(type_def.id)
        if item is None:
            if isinstance(type_def, Model):
                item = self._entries.fields(type_def)
            else:
                item = self._entries.variants(type_def)
            self._items[type_def.id] = item
        return item


def link_row(page: SitePage, up: str) -> str:
    """A row of a list of pages."""
    old = ' class="old"' if page.deprecated is not None else ""
    link = f'<a href="{escape(up + page.path)}.html"{old}>{escape(page.title, quote=False)}</a>'
    if not page.verb:
        return f'<p class="link">{link}</p>\n'
    verb = f'<b class="verb {page.verb.lower()}">{page.verb}</b>'
    name = f"<code>{escape(page.summary, quote=False)}</code>"
    return f'<p class="link">{verb} {link} {name}</p>\n'
