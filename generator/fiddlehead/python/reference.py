"""reference.md: the documentation of every method."""

from __future__ import annotations

from dataclasses import dataclass

from .. import ir, markdown
from ..config import Settings
from ..package import Method, Package, Page, Resource, TypeDef
from . import entries
from .entries import EntryWriter, deprecation, paragraphs, section_items
from .facts import Facts
from .project import project
from .readme import readme


@dataclass(frozen=True)
class Section:
    """A part of an entry: a title, a paragraph and a list, each of them Markdown."""

    title: str
    text: str = ""
    items: str = ""


@dataclass(frozen=True)
class Entry:
    """The documentation of one method or one type, as Markdown."""

    heading: str
    anchor: str
    summary: str
    text: str
    sections: tuple[Section, ...]


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


def pages(api: ir.Api, package: Package, settings: Settings) -> tuple[Page, ...]:
    """The project pages; empty if only the package is written."""
    if not settings.project:
        return ()
    facts = Facts(api, package, settings)
    return (
        Page(path="README.md", template="README.md.jinja", content=readme(facts)),
        Page(path="pyproject.toml", template="pyproject.toml.jinja", content=project(facts)),
        Page(
            path="reference.md",
            template="reference.md.jinja",
            content=ReferenceWriter(facts).page(),
        ),
    )


class ReferenceWriter:
    """Writes the page; links refer to its own headings."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._api = facts.api
        self._package = facts.package
        self._entries = EntryWriter(facts, self._href)
        self._anchors: dict[str, str] = {}
        """The anchors of headings, by the key of a group or method, or the id of a type."""
        self._headings()

    def _headings(self) -> None:
        """Assign an anchor to every heading, in the order of the page."""
        anchors = markdown.Anchors()
        fixed = [self._title, "Contents", *(["Authentication"] if self._api.auth_schemes else [])]
        for heading in fixed:
            self._anchors[heading] = anchors.add(heading)
        for resource in self._facts.resources:
            self._anchors[_group(resource)] = anchors.add(_group(resource))
            for method in resource.methods:
                self._anchors[method.key] = anchors.add(self._facts.spelled(resource, method))
        self._anchors["Types"] = anchors.add("Types")
        for id_, made in self._facts.types:
            self._anchors[id_] = anchors.add(made.name)

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
            groups=tuple(self._resource(each) for each in self._facts.resources),
            types=tuple(self._type(id_, made) for id_, made in self._facts.types),
        )

    def _resource(self, resource: Resource) -> Group:
        heading = _group(resource)
        return Group(
            heading=markdown.words(heading),
            anchor=self._anchors[heading],
            text=markdown.prose(resource.doc or ""),
            entries=tuple(
                self._method(resource, each) for each in resource.methods if not each.alias_of
            ),
        )

    def _method(self, resource: Resource, method: Method) -> Entry:
        entry = self._entries.method(method)
        endpoint = self._facts.endpoint(method) if method.kind != "wait" else None
        sections = [Section("Example", markdown.fenced(self._facts.shown(method), "python"))]
        address = ""
        if endpoint:
            title, blocks = self._entries.response_example(endpoint)
            if blocks:
                shown = "\n\n".join(markdown.fenced(each, "json") for each in blocks)
                sections.append(Section(title, shown))
            address = markdown.code(" ".join(self._facts.address(method, endpoint)))
        return Entry(
            heading=markdown.words(self._facts.spelled(resource, method)),
            anchor=self._anchors[method.key],
            summary=markdown.words(entry.summary),
            text=paragraphs(address, _deprecated(entry), entry.text),
            sections=(*sections, *self._sections(entry)),
        )

    def _type(self, id_: str, made: TypeDef) -> Entry:
        entry = self._entries.type_(made)
        return Entry(
            heading=markdown.words(made.name),
            anchor=self._anchors[id_],
            summary="",
            text=paragraphs(_deprecated(entry), entry.text),
            sections=self._sections(entry),
        )

    def _sections(self, entry: entries.Entry) -> tuple[Section, ...]:
        return tuple(
            Section(each.title, each.text, section_items(each, self._entries))
            for each in entry.sections
        )


def _deprecated(entry: entries.Entry) -> str:
    return deprecation(entry.deprecated) if entry.deprecated is not None else ""


def _group(resource: Resource) -> str:
    return ".".join(("client", *resource.attribute))
