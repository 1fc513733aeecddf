"""What stands on each page of the site, as Markdown with its place on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..examples.example_calls import Exchanges
from ..markdown import fenced, prose, words
from ..package import Annotation, Argument, Field, Method, Model, Resource
from ..python.facts import Facts
from ..python.reference import PLACES, ReferenceWriter
from ..python.sections import Section
from .addresses import Addresses
from .curl import curl
from .markup import SCHEME

DEEPEST = 2
"""How many levels of nested fields open in place; deeper ones are on the page of their type."""
MOST_ROWS = 150
"""How many nested fields a page has."""


@dataclass(frozen=True)
class Row:
    """A field or an argument: a list item, and the fields of its type that open below it."""

    anchor: str
    text: str
    rows: tuple[Row, ...] = ()
    type_name: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    text: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A piece of code of the request panel."""

    label: str
    code: str
    language: str


@dataclass(frozen=True)
class SitePage:
    """One page; `path` has no suffix, `title` and `summary` are plain text."""

    path: str
    title: str
    summary: str
    text: str = ""
    verb: str = ""
    url: str = ""
    label: str = ""
    """What the menu calls the page."""
    group: str = ""
    parts: tuple[Part, ...] = ()
    tabs: tuple[Tab, ...] = ()
    responses: tuple[Part, ...] = field(default=())
    """Example responses, below the request panel."""
    fields: tuple[str, ...] = ()
    """The names that search finds the page by, besides its title."""


class SiteWriter(ReferenceWriter):
    """Writes the pages of methods and types."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        addresses = Addresses()
        self._paths = {"Authentication": "authentication"}
        for resource, method in self.methods():
            self._paths[method.key] = addresses.method(resource, method)
        for id_, made in self._types:
            self._paths[id_] = addresses.type_(made.name)
        self._left = 0

    def href(self, key: str) -> str:
        return f"{SCHEME}{self._paths[key]}"

    def methods(self) -> list[tuple[Resource, Method]]:
        return [
            (resource, method)
            for resource in self._facts.resources
            for method in resource.methods
            if not method.alias_of
        ]

    def method_page(self, resource: Resource, method: Method) -> SitePage:
        self._left = MOST_ROWS
        entry = self._method(resource, method)
        endpoint = self._facts.endpoint(method) if method.kind != "wait" else None
        parts: list[Part] = []
        responses: list[Part] = []
        by_title = dict(PLACES)
        for each in entry.sections:
            if each.title == "Example":
                continue
            if each.title.startswith("Example "):
                responses.append(Part(each.title, each.text))
                continue
            given: Sequence[Argument | Field] = ()
            if each.title in by_title:
                given = [x for x in method.arguments if x.location in by_title[each.title]]
            elif each.title == "Response":
                model = self._facts.model(method.returns)
                given = model.fields if model else ()
            parts.append(self._part(each, given))
        spelled = self._facts.spelled(resource, method)
        summary = method.summary or spelled
        text = entry.text
        if endpoint:
            # The address is shown beside the title, and not as the first paragraph.
            text = text.partition("\n\n")[2]
        return SitePage(
            path=self._paths[method.key],
            title=summary,
            summary=spelled,
            text=text,
            verb=endpoint.method if endpoint else "",
            url=self._facts.url(endpoint) if endpoint else "",
            label=summary,
            group=".".join(resource.attribute) or "client",
            parts=tuple(parts),
            tabs=self._tabs(resource, method),
            responses=tuple(responses),
            fields=tuple(each.wire or each.name for each in method.arguments),
        )

    def type_page(self, id_: str) -> SitePage:
        self._left = MOST_ROWS
        made = self._package.types[id_]
        entry = self._type(id_, made)
        given = made.fields if isinstance(made, Model) else ()
        parts = [
            self._part(each, given if each.title == "Fields" else ()) for each in entry.sections
        ]
        return SitePage(
            path=self._paths[id_],
            title=made.name,
            summary="",
            text=entry.text,
            label=made.name,
            group="types",
            parts=tuple(parts),
            fields=tuple(each.wire for each in given),
        )

    def authentication_page(self) -> SitePage:
        listed = "\n".join(self._facts.authentication())
        return SitePage(
            path="authentication",
            title="Authentication",
            summary="",
            text=listed or "Calls of this API need no credentials.",
            label="Authentication",
        )

    def errors_page(self) -> SitePage:
        """Every class of an error, with its status and body."""
        rows: list[Row] = []
        for each in self._package.errors:
            declared = self._api.errors.get(each.id)
            doc = prose((declared.doc if declared else None) or "")
            said = f": {doc}" if doc and "\n" not in doc else ""
            rows.append(Row(each.name, f"- `{each.name}`, status `{each.status}`{said}"))
        text = "Every error that the client raises for a response has its status and its body."
        parts = (Part("Classes", "", tuple(rows)),) if rows else ()
        return SitePage("errors", "Errors", "", text, label="Errors", parts=parts)

    def _part(self, section: Section, given: Sequence[Argument | Field]) -> Part:
        rows: list[Row] = []
        for index, item in enumerate(section.items):
            value = given[index] if index < len(given) else None
            if value is None:
                rows.append(Row("", item))
            else:
                nested, name = self._nested(value.annotation, 1, ())
                rows.append(Row(value.wire or value.name, item, nested, name))
        return Part(section.title, section.text, tuple(rows))

    def _nested(
        self, annotation: Annotation, depth: int, above: tuple[str, ...]
    ) -> tuple[tuple[Row, ...], str]:
        """The fields of the one model that a type names, and its name."""
        made = self._facts.named(annotation)
        if not isinstance(made, Model) or depth > DEEPEST or made.id in above:
            return (), ""
        if len(made.fields) > self._left:
            return (), ""
        self._left -= len(made.fields)
        rows: list[Row] = []
        for each in made.fields:
            nested, name = self._nested(each.annotation, depth + 1, (*above, made.id))
            rows.append(Row("", self._field(each), nested, name))
        return tuple(rows), made.name

    def _tabs(self, resource: Resource, method: Method) -> tuple[Tab, ...]:
        sync = self._facts.shown(method)
        if not sync:
            return ()
        tabs = [
            Tab("Python", sync, "python"),
            Tab("Async", self._facts.shown(method, is_async=True), "python"),
        ]
        called = f"{self._facts.spelled(resource, method)}("
        if method.raw is not None and method.kind != "socket" and called in sync:
            owner = called.removesuffix(f"{method.name}(")
            raw = sync.replace(called, f"{owner}with_raw_response.{method.name}(", 1)
            tabs.append(Tab("Raw response", raw, "python"))
        endpoint = self._facts.endpoint(method)
        if endpoint is not None and method.kind not in ("wait", "socket"):
            sent = curl(self._api, Exchanges(self._api), endpoint, self._facts.url(endpoint))
            tabs.append(Tab("curl", sent, "bash"))
        return tuple(tabs)

    def type_ids(self) -> list[str]:
        return [id_ for id_, _ in self._types]

    def paths(self) -> frozenset[str]:
        return frozenset({*self._paths.values(), "errors", "index"})


def as_markdown(page: SitePage) -> str:
    """The page as Markdown; links between pages still have their scheme."""
    lines = [f"# {words(page.title)}"]
    if page.verb:
        lines.append(f"`{page.verb} {page.url}`".replace("\n", " "))
    lines += [page.text] if page.text else []
    for tab in page.tabs:
        lines += [f"## {tab.label}", fenced(tab.code, tab.language)]
    for part in (*page.responses, *page.parts):
        lines.append(f"## {part.title}")
        lines += [part.text] if part.text else []
        lines += ["\n".join(row.text for row in part.rows)] if part.rows else []
    return "\n\n".join(lines) + "\n"
