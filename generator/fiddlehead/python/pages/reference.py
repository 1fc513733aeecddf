"""reference.md: the documentation of every method."""

from __future__ import annotations

from ... import ir, markdown
from ...config import Settings
from ...frozen import dataclass, replace
from ...package import Method, Package, Page, Resource, TypeDef
from ...recording import part, touch
from ..examples.fake_examples import EXAMPLE
from . import type_entries
from .entries import EntryWriter
from .facts import Facts
from .page_marks import Marks
from .project import project
from .readme import readme
from .reference_entries import (
    TYPE,
    Entry,
    Section,
    deprecated,
    fields_list,
    response_example,
    short,
    type_entry,
)
from .type_entries import FIELDS, paragraphs, section_items


@dataclass(frozen=True)
class Group:
    """The methods of one resource."""

    heading: str
    anchor: str
    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Reference:
    """The whole page, as Markdown."""

    title: str
    header: str
    text: str
    authentication: tuple[str, ...]
    groups: tuple[Group, ...]
    types: tuple[Entry, ...]


PATH = "reference.md"


def pages(
    api: ir.Api, package: Package, settings: Settings, marks: Marks | None = None
) -> tuple[Page, ...]:
    """The pages next to the package; none if only the package is generated.

    `marks` get marks into the parts that only types decide.
    """
    if not settings.project:
        return ()
    facts = Facts(api, package, settings)
    return (
        Page(path="README.md", template="README.md.jinja", content=readme(facts)),
        Page(path="pyproject.toml", template="pyproject.toml.jinja", content=project(facts)),
        Page(
            path=PATH,
            template="reference.md.jinja",
            content=ReferenceWriter(facts, marks or Marks()).page(),
        ),
    )


class ReferenceWriter:
    """Writes the page; links refer to its own headings."""

    def __init__(self, facts: Facts, marks: Marks) -> None:
        self._facts = facts
        self._marks = marks
        self._api = facts.api
        self._package = facts.package
        self._entries = EntryWriter(facts, self._href)
        self._anchors: dict[str, str] = {}
        """The anchors of headings, by the key of a group or method, or the id of a type."""
        self._headings()
        self._fields: dict[str, str] = {}
        marks.anchors.update((id_, self._anchors[id_]) for id_, _ in facts.types)

    def _headings(self) -> None:
        """Assign an anchor to every heading, in the order of the page."""
        anchors = markdown.Anchors()
        fixed = [self._title, "Contents", *(["Authentication"] if self._api.auth_schemes else [])]
        for heading in fixed:
            self._anchors[heading] = anchors.add(heading)
        for resource in self._facts.resources:
            self._anchors[_group(resource)] = anchors.add(_group(resource))
            for method in resource.methods:
                self._anchors[method.key] = anchors.add(
                    self._facts.method_expression(resource, method)
                )
        self._anchors["Types"] = anchors.add("Types")
        for id_, type_def in self._facts.types:
            self._anchors[id_] = anchors.add(type_def.name)

    def _href(self, key: str) -> str:
        """The target of a link to a group, a method, a type or "Authentication"."""
        return f"#{self._anchors[key]}"

    @property
    def _title(self) -> str:
        return f"Reference of {self._facts.distribution}"

    def page(self) -> Reference:
        return Reference(
            title=markdown.words(self._title),
            header=self._package.header.replace("--", "- -"),
            text=markdown.prose(self._api.doc or ""),
            authentication=self._facts.authentication(),
            groups=tuple(self._resource(resource) for resource in self._facts.resources),
            types=tuple(self._type(id_, type_def) for id_, type_def in self._facts.types),
        )

    def _resource(self, resource: Resource) -> Group:
        heading = _group(resource)
        return Group(
            heading=markdown.words(heading),
            anchor=self._anchors[heading],
            text=markdown.prose(resource.doc or ""),
            entries=tuple(
                self._method(resource, method) for method in resource.methods if not method.alias_of
            ),
        )

    def _method(self, resource: Resource, method: Method) -> Entry:
        entry = self._entries.method(method)
        endpoint = self._facts.endpoint(method) if method.kind != "wait" else None
        sections = [Section("Example", markdown.fenced(self._facts.example_code(method), "python"))]
        address = ""
        if endpoint:
            sections += self._response_example(resource, method, endpoint)
            address = markdown.code(" ".join(self._facts.address(method, endpoint)))
        return Entry(
            heading=markdown.words(self._facts.method_expression(resource, method)),
            anchor=self._anchors[method.key],
            summary=markdown.prose(entry.summary),
            contents=markdown.words(short(entry.summary)),
            text=paragraphs(address, deprecated(entry), entry.text),
            sections=(*sections, *map(self._section, entry.sections)),
        )

    def _response_example(
        self, resource: Resource, method: Method, endpoint: ir.Endpoint
    ) -> list[Section]:
        name = f"{EXAMPLE}{'.'.join((*resource.attribute, method.name))}"
        with part(self._api.declarations, name):
            section = response_example(self._entries, endpoint)
        if section is None:
            return []
        return [Section(section.title, self._marks.put(name, section.text))]

    def _section(self, section: type_entries.Section) -> Section:
        if section.model is None:
            return Section(section.title, section.text, section_items(section, self._entries))
        id_ = section.model.id
        if id_ not in self._fields:
            self._fields[id_] = fields_list(self._entries, section.model)
        items = self._marks.put(f"{FIELDS}{id_}", self._fields[id_])
        return Section(section.title, section.text, items)

    def _type(self, id_: str, type_def: TypeDef) -> Entry:
        with part(self._api.declarations, f"{TYPE}{id_}"):
            touch(self._api.declarations, id_)
            entry = type_entry(self._entries, type_def, self._anchors[id_])
        return replace(entry, heading=self._marks.put(f"{TYPE}{id_}", entry.heading))


def _group(resource: Resource) -> str:
    return ".".join(("client", *resource.attribute))
