"""The documentation of methods and types, as values that each kind of page prints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from .. import ir, markdown
from ..examples.example_calls import ExampleCalls, thawed
from ..examples.shortened_values import shortened
from ..frozen import dataclass
from ..package import Alias, Annotation, Argument, Field, Method, Model, TypeDef
from .facts import Facts
from .limits import limits

Style: TypeAlias = Literal["list", "variants", "errors"]
"""The key of the items of a section: by name, by discriminator value, or by status."""

MANY_VALUES = 16
"""The maximum number of enum values that are listed where the enum is used."""


@dataclass(frozen=True, slots=True)
class Item:
    """An argument, field, header, error, variant or value. `name` is shown as code.

    `facts`, `default` and `limits` are short Markdown texts; `doc` and `deprecated` are texts of
    the description.
    """

    name: str
    type: Annotation | None = None
    facts: tuple[str, ...] = ()
    doc: str | None = None
    text: str = ""
    """Markdown of the page, instead of `doc`."""
    deprecated: str | None = None
    values: tuple[str, ...] = ()
    """The allowed values, as Python literals."""
    more_values: bool = False
    """Whether there are more values than the listed ones."""
    default: str | None = None
    limits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences of Markdown that follow all else."""
    wire: str = ""
    """The wire name, which is the target of links."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an entry: a title, a paragraph of Markdown and items."""

    title: str
    text: str = ""
    items: tuple[Item, ...] = ()
    style: Style = "list"
    model: Model | None = None
    """The model with the fields of the section."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The documentation of one method or one type. `summary` is plain text, `text` Markdown."""

    summary: str
    text: str
    deprecated: str | None = None
    sections: tuple[Section, ...] = ()


class EntryWriter:
    """Writes entries. `href` returns the target of a link to a type id or to "Authentication";
    `headings` is whether descriptions of methods and types may have headings."""

    def __init__(self, facts: Facts, href: Callable[[str], str], headings: bool = False) -> None:
        self.facts = facts
        self.example_calls = ExampleCalls(facts.api)
        self._href = href
        self._headings = headings
        self._prose: dict[str, str] = {}

    # --- methods ---

    def method(self, method: Method) -> Entry:
        """A method, without its address, its examples and its Python signature."""
        endpoint = self.facts.endpoint(method)
        description = method.description or ""
        summary = method.summary or first_sentence(description)
        # A summary of one sentence is not repeated.
        text = ""
        if description.rstrip(".") != summary:
            text = markdown.prose(description, self._headings)
        called = endpoint if method.kind != "wait" else None
        sections = [self._authentication(called)] if called else []
        for title, locations in PLACES:
            arguments = [each for each in method.arguments if each.location in locations]
            items = tuple(self.argument(each, endpoint) for each in arguments)
            if title == "Headers":
                items += self._client_headers(called)
            if items:
                sections.append(Section(title, self._encoding(endpoint, title), items))
        other = [each for each in method.arguments if each.location == "client"]
        if other:
            items = tuple(self.argument(each, endpoint) for each in other)
            sections.append(Section("Options", items=items))
        if method.kind == "socket":
            sections += self._socket(method)
        else:
            sections.append(self._result(method, endpoint))
        if method.raises:
            raised = tuple(Item(name, doc=doc) for name, doc in method.raises)
            sections.append(Section("Raises", items=raised))
        if endpoint:
            sections += self._response_headers(endpoint) + self._errors(endpoint)
        return Entry(summary, text, method.deprecated, tuple(sections))

    def response_example(self, endpoint: ir.Endpoint) -> tuple[str, tuple[str, ...]]:
        """A title, and the JSON of a response, or of the first events of a stream."""
        result = endpoint.result
        if result.kind != "json" or (result.type is None and not endpoint.streaming):
            return "", ()
        if endpoint.streaming:
            events = self.example_calls.events(endpoint)[:3]
            return "Example events", tuple(_json(each) for each in events)
        title = f"Example response ({result.status})"
        return title, (_json(self.example_calls.response(endpoint)),)

    def error_example(self, response: ir.ErrorResponse) -> str:
        """The JSON of an error response."""
        return _json(self.example_calls.error(response))

    def _authentication(self, endpoint: ir.Endpoint) -> Section:
        ways = self.facts.auth_of(endpoint)
        link = f"[{ways}]({self._href('Authentication')})." if ways else "None."
        return Section("Authentication", link)

    def _encoding(self, endpoint: ir.Endpoint | None, title: str) -> str:
        if title != "Body" or endpoint is None or endpoint.body is None:
            return ""
        sent = f"Sent as {markdown.code(endpoint.body.content_type)}."
        return paragraphs(sent, markdown.prose(endpoint.body.doc or ""))

    def argument(self, argument: Argument, endpoint: ir.Endpoint | None = None) -> Item:
        facts: list[str] = []
        if argument.wire not in ("", argument.name) and argument.location != "request":
            facts.append(f"sent as {markdown.code(argument.wire)}")
        facts.append("required" if argument.required else "optional")
        default = argument.server_default
        if default is None and argument.location == "client" and argument.default != "None":
            default = argument.default
        type_ = self.facts.type_of_argument(endpoint, argument) if endpoint else None
        values, more = self._values(argument.annotation)
        return Item(
            argument.name,
            argument.annotation,
            tuple(facts),
            doc=argument.doc,
            deprecated=argument.deprecated,
            values=values,
            more_values=more,
            default=default,
            limits=limits(self.facts.api, type_) if type_ is not None else (),
            wire=argument.wire or argument.name,
        )

    def _client_headers(self, endpoint: ir.Endpoint | None) -> tuple[Item, ...]:
        """The headers that the client sends with every request."""
        items: list[Item] = []
        for header in self.facts.api.headers if endpoint else ():
            argument = self.facts.client_argument(header.name)
            if argument is not None:
                given = f"passed to the client as {markdown.code(argument.name)}"
                items.append(Item(header.name, argument.annotation, (given,), header.doc))
        return tuple(items)

    def _result(self, method: Method, endpoint: ir.Endpoint | None) -> Section:
        text = f"Returns {linked(method.returns, self.links(method.returns))}."
        if method.returns.head == "None":
            text = "Returns nothing."
        doc = markdown.prose((endpoint.result.doc if endpoint else None) or "")
        model = self.facts.model(method.returns)
        items = tuple(self.field(each, model) for each in model.fields) if model else ()
        return Section("Response", paragraphs(text, doc), items, model=model)

    def _socket(self, method: Method) -> list[Section]:
        """The client of a WebSocket, and its messages."""
        socket, response = self.facts.socket(method)
        found = [
            Section("Response", f"A context manager that returns a {markdown.code(socket.name)}.")
        ]
        sent = tuple(
            Item(f"{each.name}({each.argument.name})", each.argument.annotation, doc=each.doc)
            for each in socket.senders
        )
        found += [Section("Messages to send", items=sent)] if sent else []
        received = (Item("", response.value),)
        return [*found, Section("Messages received", items=received, style="variants")]

    def _response_headers(self, endpoint: ir.Endpoint) -> list[Section]:
        headers = {each.name.lower(): each for each in self.facts.api.response_headers}
        headers |= {each.name.lower(): each for each in endpoint.result.headers}
        items = tuple(Item(each.name, doc=each.doc) for each in headers.values())
        return [Section("Response headers", items=items)] if items else []

    def _errors(self, endpoint: ir.Endpoint) -> list[Section]:
        items: list[Item] = []
        for each in endpoint.errors:
            made = self.facts.error_classes.get(each.error)
            if made is not None:
                doc = each.doc or self.facts.api.errors[each.error].doc
                headers = tuple(_header_note(header) for header in each.headers)
                items.append(Item(made.name, made.body, (made.status,), doc, notes=headers))
        return [Section("Errors", items=tuple(items), style="errors")] if items else []

    # --- types ---

    def type_(self, made: TypeDef) -> Entry:
        sections: list[Section] = []
        text = [markdown.prose(made.doc or "", self._headings)]
        if isinstance(made, Model):
            if made.fields:
                items = tuple(self.field(each, made) for each in made.fields)
                sections.append(Section("Fields", items=items, model=made))
            if made.extra is not None:
                text.append(
                    f"Additional fields have the type {linked(made.extra, self.links(made.extra))}."
                )
        elif made.values:
            values = tuple(
                Item(each.expression, doc=each.doc, deprecated=each.deprecated)
                for each in made.values
            )
            sections.append(Section("Values", items=values))
        elif isinstance(made, Alias) and made.variants:
            tag = f" (by {markdown.code(made.discriminator)})" if made.discriminator else ""
            sections.append(Section(f"One of{tag}", items=self.variants(made), style="variants"))
        elif isinstance(made, Alias):
            text.append(f"An alias of {linked(made.value, self.links(made.value))}.")
        return Entry("", paragraphs(*text), made.deprecated, tuple(sections))

    def variants(self, union: Alias) -> tuple[Item, ...]:
        """The members of a union, each with its discriminator value."""
        return tuple(Item(each.tag or "", each.annotation) for each in union.variants)

    def field(self, field: Field, model: Model | None) -> Item:
        facts: list[str] = []
        if field.alias is not None:
            facts.append(f"JSON key {markdown.code(field.wire)}")
        facts.append("always there" if field.required else "may be absent")
        if field.access is not None:
            facts.append(field.access)
        values, more = self._values(field.annotation)
        declared = self.facts.fields_of(model).get(field.wire) if model is not None else None
        default = declared.default if declared is not None else None
        # A constant shows its value, and null is the same as an absent field.
        if default is not None and (default.value is None or not _is_variable(declared)):
            default = None
        return Item(
            field.name,
            field.annotation,
            tuple(facts),
            doc=field.doc,
            deprecated=field.deprecated,
            values=values,
            more_values=more,
            default=repr(thawed(default.value)) if default is not None else None,
            limits=limits(self.facts.api, declared.type) if declared is not None else (),
            wire=field.wire,
        )

    def prose(self, text: str) -> str:
        """`markdown.prose` with a cache, because it is slow and many fields share a text."""
        found = self._prose.get(text)
        if found is None:
            found = self._prose[text] = markdown.prose(text)
        return found

    def _values(self, annotation: Annotation) -> tuple[tuple[str, ...], bool]:
        """The allowed values of an enum in an annotation, and whether there are more."""
        made = self.facts.named(annotation)
        if made is None or isinstance(made, Model):
            return (), False
        shown = tuple(each.expression for each in made.values[:MANY_VALUES])
        return shown, len(made.values) > MANY_VALUES

    def links(self, annotation: Annotation) -> dict[str, str]:
        """The types in an annotation by name, with the targets of links to them."""
        types = self.facts.package.types
        return {types[id_].name: self._href(id_) for id_ in annotation.references if id_ in types}


PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Path parameters", ("path",)),
    ("Query parameters", ("query",)),
    ("Headers", ("header",)),
    ("Cookies", ("cookie",)),
    ("Body", ("body", "part", "file", "request")),
)


USAGE: dict[str, str] = {
    "stream": "The response is a stream, which is closed at the end of the loop",
    "pages": "Iterating over the result fetches the pages when they are needed. "
    "`iter_pages()` returns the pages",
    "download": "A file is returned in chunks, so that it does not need to fit in memory",
    "socket": "The WebSocket is open inside the `with` block. Iteration returns its messages until the "
    "connection is closed",
    "upload": "A file is bytes, an open file, a path, or a tuple of name, content and content type",
}
"""How methods of a kind are used, as a sentence without a full stop."""

# --- as Markdown ---


def section_items(section: Section, writer: EntryWriter) -> str:
    """The items of a section as a Markdown list, or as a table if they are errors."""
    if section.style == "errors":
        return _table(section, writer)
    return "\n".join(_item(each, writer, section.style) for each in section.items)


def _item(item: Item, writer: EntryWriter, style: Style) -> str:
    """An item of a list: a name, short facts, prose, and sentences after it."""
    type_ = [linked(item.type, writer.links(item.type))] if item.type is not None else []
    if style == "variants":
        tag = f"{markdown.code(item.name)}: " if item.name else ""
        return f"- {tag}{''.join(type_)}"
    head = ", ".join([markdown.code(item.name), *type_, *item.facts])
    prose = item.text or (writer.prose(item.doc) if item.doc else "")
    tail = " ".join(notes(item))
    if "\n" not in prose:
        full_text = f"{prose} {tail}".strip()
        return f"- {head}: {full_text}" if full_text else f"- {head}"
    return f"- {head}\n\n{markdown.indented(paragraphs(prose, tail), 2)}"


def notes(item: Item) -> list[str]:
    """The sentences after the description of an item."""
    found = [deprecation(item.deprecated)] if item.deprecated is not None else []
    if item.values:
        shown = ", ".join(markdown.code(each) for each in item.values)
        found.append(f"One of {shown}{', …' if item.more_values else ''}.")
    if item.default is not None:
        found.append(f"Default: {markdown.code(item.default)}.")
    if item.limits:
        found.append(f"Limits: {', '.join(item.limits)}.")
    return [*found, *item.notes]


def type_text(annotation: Annotation) -> str:
    """A type without the metadata for pydantic."""
    while annotation.head.rpartition(".")[2] == "Annotated" and annotation.items:
        annotation = annotation.items[0]
    return annotation.shown


def linked(annotation: Annotation, links: dict[str, str]) -> str:
    """An annotation as a code span, with links to its types."""
    span = markdown.code(type_text(annotation))
    if len(links) == 1:
        return f"[{span}]({next(iter(links.values()))})"
    listed = ", ".join(f"[{name}]({target})" for name, target in links.items())
    return f"{span} ({listed})" if listed else span


def deprecation(message: str) -> str:
    return f"**Deprecated.** {markdown.sentence(message)}".rstrip()


def _header_note(header: ir.Header) -> str:
    """A header of an error response, in a sentence."""
    name = f"Header {markdown.code(header.name)}"
    doc = markdown.sentence(header.doc) if header.doc else ""
    return f"{name}: {doc}" if doc else f"{name}."


def _is_variable(field: ir.Field | None) -> bool:
    return field is not None and not isinstance(field.type, ir.Literal)


def paragraphs(*texts: str) -> str:
    return "\n\n".join(each for each in texts if each)


def first_sentence(text: str) -> str:
    """The first sentence of a description, if it is short."""
    first = re.split(r"(?<=[.!?])\s|\n\n", text.strip(), maxsplit=1)[0]
    return first.rstrip(".") if len(first) <= 100 else ""


def _table(section: Section, writer: EntryWriter) -> str:
    rows = ["| Status | Raises | Body | |", "| --- | --- | --- | --- |"]
    for each in section.items:
        assert each.type is not None
        body = markdown.escaped(linked(each.type, writer.links(each.type)))
        doc = " ".join((markdown.cell(each.doc or ""), *map(markdown.escaped, each.notes))).strip()
        rows.append(f"| {each.facts[0]} | {markdown.code(each.name)} | {body} | {doc} |")
    return "\n".join(rows)


def _json(value: ir.Json) -> str:
    return json.dumps(thawed(shortened(value, text=120)), indent=2, ensure_ascii=False)
