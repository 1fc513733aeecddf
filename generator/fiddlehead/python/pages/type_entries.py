"""The documentation of generated types, as values that each kind of page prints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from ... import ir, markdown
from ...constraint_text import limits
from ...examples.example_calls import ExampleCalls, thawed
from ...examples.shortened_values import shortened
from ...frozen import dataclass
from ...package import Alias, Field, Model, TypeDef
from ...recording import part, touch
from ...typing_ import Type
from .. import docs
from .type_facts import TypeFacts

Style: TypeAlias = Literal["list", "variants", "errors"]
"""The key of the items of a section: by name, by discriminator value, or by status."""

FIELDS = "fields of "
"""The prefix of a model's id in the name of the record of its fields."""

MANY_VALUES = 16
"""The maximum number of enum values that are listed where the enum is used."""


@dataclass(frozen=True, slots=True)
class Item:
    """An argument, field, header, error, variant or value. `name` is shown as code.

    `facts`, `default` and `limits` are short Markdown texts; `doc` and `deprecated` are texts of
    the description.
    """

    name: str
    type: Type | None = None
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


class TypeEntryWriter:
    """Writes entries about types. `href` returns the target of a link to a type's id. With
    `headings`, descriptions of methods and types may have headings."""

    def __init__(
        self, facts: TypeFacts, href: Callable[[str], str], headings: bool = False
    ) -> None:
        self.example_calls = ExampleCalls(facts.api)
        self._types = facts
        self._href = href
        self._headings = headings
        self._prose: dict[str, str] = {}
        self._items: dict[str, tuple[Item, ...]] = {}

    def type_(self, type_def: TypeDef) -> Entry:
        sections: list[Section] = []
        doc = docs.without_note(type_def.doc, type_def.deprecated)
        text = [markdown.prose(doc or "", self._headings)]
        if isinstance(type_def, Model):
            if type_def.fields:
                sections.append(Section("Fields", items=self.fields(type_def), model=type_def))
            if type_def.extra is not None:
                text.append(
                    f"Additional fields have the type {linked(type_def.extra, self.links(type_def.extra))}."
                )
        elif type_def.values:
            values = tuple(
                Item(
                    value.expression,
                    doc=docs.without_note(value.doc, value.deprecated),
                    deprecated=value.deprecated,
                )
                for value in type_def.values
            )
            sections.append(Section("Values", items=values))
        elif isinstance(type_def, Alias) and type_def.variants:
            tag = f" (by {markdown.code(type_def.discriminator)})" if type_def.discriminator else ""
            sections.append(
                Section(f"One of{tag}", items=self.variants(type_def), style="variants")
            )
        elif isinstance(type_def, Alias):
            text.append(f"An alias of {linked(type_def.value, self.links(type_def.value))}.")
        return Entry("", paragraphs(*text), type_def.deprecated, tuple(sections))

    def fields(self, model: Model) -> tuple[Item, ...]:
        """The fields of a model, which many pages may list."""
        item = self._items.get(model.id)
        if item is None:
            declarations = self._types.api.declarations
            with part(declarations, f"{FIELDS}{model.id}"):
                touch(declarations, model.id)
                item = tuple(self.field(field, model) for field in model.fields)
            self._items[model.id] = item
        return item

    def variants(self, union: Alias) -> tuple[Item, ...]:
        """The members of a union, each with its discriminator value."""
        return tuple(Item(variant.tag or "", variant.annotation) for variant in union.variants)

    def field(self, field: Field, model: Model) -> Item:
        facts: list[str] = []
        if field.alias is not None:
            facts.append(f"JSON key {markdown.code(field.wire)}")
        facts.append("required" if field.required else "optional")
        if field.access is not None:
            facts.append(field.access)
        values, has_more = self._values(field.annotation)
        declared = self._types.fields_of(model).get(field.wire)
        default = declared.default if declared is not None else None
        # A constant shows its value, and null is the same as an absent field.
        if default is not None and (default.value is None or not _is_variable(declared)):
            default = None
        return Item(
            field.name,
            field.annotation,
            tuple(facts),
            doc=docs.without_note(field.doc, field.deprecated),
            deprecated=field.deprecated,
            values=values,
            more_values=has_more,
            default=repr(thawed(default.value)) if default is not None else None,
            limits=limits(self._types.api, declared.type) if declared is not None else (),
            wire=field.wire,
        )

    def prose(self, text: str) -> str:
        """`markdown.prose` with a cache, because it is slow and many fields share a text."""
        result = self._prose.get(text)
        if result is None:
            result = self._prose[text] = markdown.prose(text)
        return result

    def _values(self, annotation: Type) -> tuple[tuple[str, ...], bool]:
        """The allowed values of an enum in an annotation, and whether there are more."""
        type_def = self._types.named(annotation)
        if type_def is None or isinstance(type_def, Model):
            return (), False
        touch(self._types.api.declarations, type_def.id)
        expressions = tuple(value.expression for value in type_def.values[:MANY_VALUES])
        return expressions, len(type_def.values) > MANY_VALUES

    def links(self, annotation: Type) -> dict[str, str]:
        """The types in an annotation by name, with the targets of links to them."""
        names = ((id_, self._types.name_of(id_)) for id_ in annotation.references)
        return {name: self._href(id_) for id_, name in names if name is not None}

    def response_example(self, endpoint: ir.Endpoint) -> tuple[str, tuple[str, ...]]:
        """A title, and the JSON of a response, or of the first events of a stream."""
        result = endpoint.result
        if result.kind != "json" or (result.type is None and not endpoint.streaming):
            return "", ()
        if endpoint.streaming:
            events = self.example_calls.events(endpoint)[:3]
            return "Example events", tuple(_json(event) for event in events)
        title = f"Example response ({result.status})"
        return title, (_json(self.example_calls.response(endpoint)),)

    def further_examples(self, endpoint: ir.Endpoint) -> list[tuple[str, str]]:
        """The name and the JSON of each response that is shown besides the example's own."""
        if endpoint.result.kind != "json" or endpoint.streaming or not endpoint.examples:
            return []
        return [(name, _json(value)) for name, value in endpoint.examples[0].further.items()]

    def error_example(self, response: ir.ErrorResponse) -> str:
        """The JSON of an error response."""
        return _json(self.example_calls.error(response))


# --- as Markdown ---


def section_items(section: Section, writer: TypeEntryWriter) -> str:
    """The items of a section as a Markdown list, or as a table if they are errors."""
    if section.style == "errors":
        return _table(section, writer)
    return "\n".join(_item(entry, writer, section.style) for entry in section.items)


def _item(item: Item, writer: TypeEntryWriter, style: Style) -> str:
    """An item of a list: a name, short facts, prose, and sentences after it."""
    type_ = [linked(item.type, writer.links(item.type))] if item.type is not None else []
    if style == "variants":
        tag = f"{markdown.code(item.name)}: " if item.name else ""
        return f"- {tag}{''.join(type_)}"
    name = [markdown.code(item.name)] if item.name else []
    head = ", ".join([*name, *type_, *item.facts])
    prose = item.text or (writer.prose(item.doc) if item.doc else "")
    tail = " ".join(notes(item))
    if "\n" not in prose:
        full_text = f"{prose} {tail}".strip()
        return f"- {head}: {full_text}" if full_text else f"- {head}"
    return f"- {head}\n\n{markdown.indented(paragraphs(prose, tail), 2)}"


def notes(item: Item) -> list[str]:
    """The sentences after the description of an item."""
    names = [deprecation(item.deprecated)] if item.deprecated is not None else []
    if item.values:
        choices = ", ".join(markdown.code(value) for value in item.values)
        names.append(f"One of {choices}{', …' if item.more_values else ''}.")
    if item.default is not None:
        names.append(f"Default: {markdown.code(item.default)}.")
    if item.limits:
        names.append(f"Limits: {', '.join(item.limits)}.")
    return [*names, *item.notes]


def linked(annotation: Type, links: dict[str, str]) -> str:
    """An annotation as a code span, with links to its types."""
    span = markdown.code(annotation.display())
    if len(links) == 1:
        return f"[{span}]({next(iter(links.values()))})"
    listed = ", ".join(f"[{name}]({target})" for name, target in links.items())
    return f"{span} ({listed})" if listed else span


def deprecation(message: str) -> str:
    """A note in Markdown; the badge alone where there is no reason."""
    return f"**Deprecated.** {markdown.sentence(reason(message))}".rstrip()


def reason(message: str) -> str:
    """Why something is deprecated; empty if the description does not say it."""
    return "" if message == docs.UNEXPLAINED else message


def _is_variable(field: ir.Field | None) -> bool:
    return field is not None and not isinstance(field.type, ir.Literal)


def paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def first_sentence(text: str) -> str:
    """The first sentence of a description, if it is short."""
    first = re.split(r"(?<=[.!?])\s|\n\n", text.strip(), maxsplit=1)[0]
    return first.rstrip(".") if len(first) <= 100 else ""


def _table(section: Section, writer: TypeEntryWriter) -> str:
    rows = ["| Status | Raises | Body | |", "| --- | --- | --- | --- |"]
    for entry in section.items:
        assert entry.type is not None
        body = markdown.escaped(linked(entry.type, writer.links(entry.type)))
        doc = " ".join(
            (markdown.cell(entry.doc or ""), *map(markdown.escaped, entry.notes))
        ).strip()
        rows.append(f"| {entry.facts[0]} | {markdown.code(entry.name)} | {body} | {doc} |")
    return "\n".join(rows)


def _json(value: ir.Json) -> str:
    return json.dumps(thawed(shortened(value, text=120)), indent=2, ensure_ascii=False)
