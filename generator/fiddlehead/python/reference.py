"""The page that documents every method: reference.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .. import ir, markdown
from ..config import Settings
from ..examples.example_calls import Exchanges, thawed
from ..examples.sample_values import shortened
from ..package import (
    Alias,
    Annotation,
    Argument,
    Field,
    Method,
    Model,
    Package,
    Page,
    Resource,
    TypeDef,
    Variant,
)
from .facts import Facts
from .project import project
from .readme import readme


@dataclass(frozen=True)
class Section:
    """A part of an entry: a title, a paragraph and a list, each of them Markdown."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """What is said about one method or one type, as Markdown."""

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
    """The pages that are written beside the package; none where only the package is wanted."""
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
    """Writes entries of methods and types; where links lead is for the page to say."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._api = facts.api
        self._package = facts.package
        self._exchanges = Exchanges(facts.api)
        self._anchors: dict[str, str] = {}
        """By what a heading stands for: a group's key, a method's key, a type's id."""
        self._headings()

    def _headings(self) -> None:
        """Gives every heading its anchor, in the order of the page."""
        anchors = markdown.Anchors()
        fixed = [self._title, "Contents", *(["Authentication"] if self._api.auth_schemes else [])]
        for heading in fixed:
            self._anchors[heading] = anchors.add(heading)
        for resource in self._facts.resources:
            self._anchors[_group(resource)] = anchors.add(_group(resource))
            for method in resource.methods:
                self._anchors[method.key] = anchors.add(self._facts.spelled(resource, method))
        self._anchors["Types"] = anchors.add("Types")
        for id_, made in self._types:
            self._anchors[id_] = anchors.add(made.name)

    def href(self, key: str) -> str:
        """Where a link to a group, a method, a type or "Authentication" leads."""
        return f"#{self._anchors[key]}"

    @property
    def _title(self) -> str:
        return f"Reference of {self._facts.distribution}"

    @property
    def _types(self) -> list[tuple[str, TypeDef]]:
        return sorted(self._package.types.items(), key=lambda each: (each[1].name.lower(), each[0]))

    def page(self) -> Reference:
        return Reference(
            title=markdown.words(self._title),
            header=self._package.header.replace("--", "- -"),
            text=markdown.prose(self._api.doc or ""),
            authentication=self._facts.authentication(),
            groups=tuple(self._resource(each) for each in self._facts.resources),
            types=tuple(self._type(id_, made) for id_, made in self._types),
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

    # --- methods ---

    def _method(self, resource: Resource, method: Method) -> Entry:
        endpoint = self._facts.endpoint(method)
        description = method.description or ""
        summary = method.summary or _sentence(description)
        # What one sentence says is not said twice.
        text = [markdown.prose(description)] if description.rstrip(".") != summary else []
        if method.deprecated is not None:
            text.insert(0, _deprecation(method.deprecated))
        if endpoint and method.kind != "wait":
            url = f"{endpoint.method} {self._facts.url(endpoint)}"
            text.insert(0, markdown.code(url))
        sections = [Section("Example", markdown.fenced(self._facts.shown(method), "python"))]
        if endpoint and method.kind != "wait":
            sections += [*self._response_example(endpoint), self._authentication(endpoint)]
        for title, locations in PLACES:
            arguments = [each for each in method.arguments if each.location in locations]
            items = tuple(self._argument(each) for each in arguments)
            if title == "Headers":
                items += self._client_headers(endpoint, method)
            if items:
                sections.append(Section(title, self._encoding(endpoint, title), items))
        other = [each for each in method.arguments if each.location == "client"]
        if other:
            sections.append(Section("Options", items=tuple(self._argument(x) for x in other)))
        sections.append(self._result(method, endpoint))
        if method.raises:
            raised = (_item(markdown.code(name), [], doc, []) for name, doc in method.raises)
            sections.append(Section("Raises", items=tuple(raised)))
        if endpoint:
            sections += self._response_headers(endpoint) + self._errors(endpoint)
        return Entry(
            heading=markdown.words(self._facts.spelled(resource, method)),
            anchor=self._anchors[method.key],
            summary=markdown.words(summary),
            text=_paragraphs(*text),
            sections=tuple(sections),
        )

    def _response_example(self, endpoint: ir.Endpoint) -> list[Section]:
        result = endpoint.result
        if result.kind != "json" or (result.type is None and not endpoint.streaming):
            return []
        if endpoint.streaming:
            events = self._exchanges.events(endpoint)[:3]
            blocks = [markdown.fenced(_json(each), "json") for each in events]
            return [Section("Example events", "\n\n".join(blocks))]
        block = markdown.fenced(_json(self._exchanges.response(endpoint)), "json")
        return [Section(f"Example response ({result.status})", block)]

    def _authentication(self, endpoint: ir.Endpoint) -> Section:
        spelled = self._facts.auth_of(endpoint)
        link = f"[{spelled}]({self.href('Authentication')})." if spelled else "None."
        return Section("Authentication", link)

    def _encoding(self, endpoint: ir.Endpoint | None, title: str) -> str:
        if title != "Body" or endpoint is None or endpoint.body is None:
            return ""
        sent = f"Sent as {markdown.code(endpoint.body.content_type)}."
        return _paragraphs(sent, markdown.prose(endpoint.body.doc or ""))

    def _argument(self, argument: Argument) -> str:
        names = [markdown.code(argument.name)]
        if argument.wire not in ("", argument.name) and argument.location != "request":
            names.append(f"sent as {markdown.code(argument.wire)}")
        facts = [self._linked(argument.annotation)]
        facts += [*names[1:], "required" if argument.required else "optional"]
        notes = [_deprecation(argument.deprecated), *self._values(argument.annotation)]
        if argument.server_default is not None:
            notes.append(f"Default: {markdown.code(argument.server_default)}.")
        elif argument.location == "client" and argument.default not in (None, "None"):
            notes.append(f"Default: {markdown.code(argument.default or '')}.")
        return _item(names[0], facts, argument.doc, notes)

    def _client_headers(self, endpoint: ir.Endpoint | None, method: Method) -> tuple[str, ...]:
        """The headers that the client sends with every request."""
        if endpoint is None or method.kind == "wait":
            return ()
        items: list[str] = []
        for header in self._api.headers:
            argument = self._facts.client_argument(header.name)
            if argument is not None:
                given = f"given to the client as {markdown.code(argument.name)}"
                facts = [self._linked(argument.annotation), given]
                items.append(_item(markdown.code(header.name), facts, header.doc, []))
        return tuple(items)

    def _result(self, method: Method, endpoint: ir.Endpoint | None) -> Section:
        text = f"Returns {self._linked(method.returns)}."
        if method.returns.head == "None":
            text = "Returns nothing."
        doc = markdown.prose((endpoint.result.doc if endpoint else None) or "")
        model = self._facts.model(method.returns)
        items = tuple(self._field(each) for each in model.fields) if model else ()
        return Section("Response", _paragraphs(text, doc), items)

    def _response_headers(self, endpoint: ir.Endpoint) -> list[Section]:
        headers = {each.name.lower(): each for each in self._api.response_headers}
        headers |= {each.name.lower(): each for each in endpoint.result.headers}
        items = tuple(
            _item(markdown.code(each.name), [], each.doc, []) for each in headers.values()
        )
        return [Section("Response headers", items=items)] if items else []

    def _errors(self, endpoint: ir.Endpoint) -> list[Section]:
        classes = {each.id: each for each in self._package.errors}
        rows = ["| Status | Raises | Body | |", "| --- | --- | --- | --- |"]
        for each in endpoint.errors:
            made = classes.get(each.error)
            declared = self._api.errors[each.error]
            if made is not None:
                body = markdown.escaped(self._linked(made.body))
                doc = markdown.cell(each.doc or declared.doc or "")
                rows.append(f"| {made.status} | {markdown.code(made.name)} | {body} | {doc} |")
        return [Section("Errors", "\n".join(rows))] if len(rows) > 2 else []

    # --- types ---

    def _type(self, id_: str, made: TypeDef) -> Entry:
        sections: list[Section] = []
        text = [_deprecation(made.deprecated), markdown.prose(made.doc or "")]
        if isinstance(made, Model):
            if made.fields:
                items = tuple(self._field(each) for each in made.fields)
                sections.append(Section("Fields", items=items))
            if made.extra is not None:
                text.append(f"Further fields are {self._linked(made.extra)}.")
        elif made.values:
            items = tuple(
                _item(markdown.code(each.expression), [], each.doc, [_deprecation(each.deprecated)])
                for each in made.values
            )
            sections.append(Section("Values", items=items))
        elif isinstance(made, Alias) and made.variants:
            items = tuple(self._variant(each) for each in made.variants)
            tag = f" (by {markdown.code(made.discriminator)})" if made.discriminator else ""
            sections.append(Section(f"One of{tag}", items=items))
        elif isinstance(made, Alias):
            text.append(f"The same as {self._linked(made.value)}.")
        return Entry(
            heading=markdown.words(made.name),
            anchor=self._anchors[id_],
            summary="",
            text=_paragraphs(*text),
            sections=tuple(sections),
        )

    def _variant(self, variant: Variant) -> str:
        tag = "" if variant.tag is None else f"{markdown.code(variant.tag)}: "
        return f"- {tag}{self._linked(variant.annotation)}"

    def _field(self, field: Field) -> str:
        facts = [self._linked(field.annotation)]
        if field.alias is not None:
            facts.append(f"JSON key {markdown.code(field.wire)}")
        facts.append("always there" if field.required else "may be absent")
        if field.access is not None:
            facts.append(field.access)
        notes = [_deprecation(field.deprecated), *self._values(field.annotation)]
        return _item(markdown.code(field.name), facts, field.doc, notes)

    def _values(self, annotation: Annotation) -> list[str]:
        """The allowed values of an enum that an annotation names."""
        made = self._facts.named(annotation)
        if made is None or isinstance(made, Model) or not made.values:
            return []
        shown = [markdown.code(each.expression) for each in made.values[:_MANY]]
        more = ", …" if len(made.values) > _MANY else ""
        return [f"One of {', '.join(shown)}{more}."]

    def _linked(self, annotation: Annotation) -> str:
        """An annotation as a code span, with links to the types that it names."""
        span = markdown.code(annotation.shown)
        known = [
            (self._package.types[id_].name, self.href(id_))
            for id_ in annotation.references
            if id_ in self._package.types
        ]
        if len(known) == 1:
            return f"[{span}]({known[0][1]})"
        links = ", ".join(f"[{name}]({target})" for name, target in known)
        return f"{span} ({links})" if links else span


_MANY = 16
"""How many values of an enum are listed where it is used."""

PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Path parameters", ("path",)),
    ("Query parameters", ("query",)),
    ("Headers", ("header",)),
    ("Cookies", ("cookie",)),
    ("Body", ("body", "part", "file", "request")),
)


def _group(resource: Resource) -> str:
    return ".".join(("client", *resource.attribute))


def _item(name: str, facts: Iterable[str], doc: str | None, notes: Iterable[str]) -> str:
    """An item of a list: a name, short facts, prose, and sentences after it."""
    head = ", ".join([name, *facts])
    prose = markdown.prose(doc or "")
    tail = " ".join(each for each in notes if each)
    if "\n" not in prose:
        said = f"{prose} {tail}".strip()
        return f"- {head}: {said}" if said else f"- {head}"
    return f"- {head}\n\n{markdown.indented(_paragraphs(prose, tail), 2)}"


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(each for each in texts if each)


def _sentence(text: str) -> str:
    """The first sentence of a description, where that is short."""
    first = re.split(r"(?<=[.!?])\s|\n\n", text.strip(), maxsplit=1)[0]
    return first.rstrip(".") if len(first) <= 100 else ""


def _deprecation(message: str | None) -> str:
    return "" if message is None else f"**Deprecated.** {markdown.sentence(message)}".rstrip()


def _json(value: ir.Json) -> str:
    return json.dumps(thawed(shortened(value, text=120)), indent=2, ensure_ascii=False)
