"""Writes the pages of methods and types, before they are converted to HTML or Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from .. import ir
from ..examples.curl import curl
from ..frozen import dataclass, replace
from ..markdown import code, plain, prose
from ..package import Alias, EnumClass, Example, Method, Model, Resource
from ..python.pages.entries import USAGE, EntryWriter
from ..python.pages.facts import Facts
from ..python.pages.type_entries import (
    Item,
    Section,
    first_sentence,
    paragraphs,
    reason,
)
from .addresses import assign_addresses
from .markup import SCHEME
from .page import ExampleCall, Response, SitePage, Tab
from .raw_example import raw_example

MOST_CODE = 30_000
"""The maximum number of characters of code and responses on a page; further examples are omitted.
"""


MOST_BLOCK = 12_000
"""The maximum number of characters of one example of a response."""
LONGEST_TITLE = 72
"""The maximum number of characters of a summary that is a title; otherwise the name of the method
is the title."""
_LONGEST_SENTENCE = 60
"""The same for the first sentence of a description, without a summary."""


@dataclass(frozen=True)
class Plan:
    """The paths of the pages of methods, types and webhooks, by their keys."""

    paths: Mapping[str, str]

    @classmethod
    def of(cls, facts: Facts) -> Plan:
        wanted: dict[str, tuple[str, ...]] = {}
        for resource, method in methods(facts):
            wanted[method.key] = (*(resource.attribute or ("client",)), method.name)
        for id_, type_def in facts.types:
            wanted[id_] = ("types", type_def.name)
        for webhook in facts.api.webhooks:
            wanted[webhook_key(webhook)] = ("webhooks", webhook_name(webhook))
        declared = facts.api.declarations
        inline = frozenset(
            id_ for id_ in wanted if id_ not in declared or declared[id_].owner is not None
        )
        return cls({**assign_addresses(wanted, inline), "Authentication": "authentication"})

    def href(self, key: str) -> str:
        return f"{SCHEME}{self.paths[key]}"


def methods(facts: Facts) -> list[tuple[Resource, Method]]:
    """Every method with a page, and its group."""
    return [
        (resource, method)
        for resource in facts.resources
        for method in resource.methods
        if not method.alias_of
    ]


def webhook_name(webhook: ir.Webhook) -> str:
    """The name of a webhook as a part of a path."""
    text = "_".join(webhook.name)
    return (
        "".join(char if char.isalnum() or char in "._-" else "_" for char in text).strip(".") or "_"
    )


def webhook_key(webhook: ir.Webhook) -> str:
    return f"webhook {'.'.join(webhook.package)} {'.'.join(webhook.name)} {webhook.method}"


class PageWriter:
    """Writes the pages of methods and types."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts = facts
        self.plan = plan
        self.entries = EntryWriter(facts, plan.href, headings=True)

    # --- methods ---

    def method(self, resource: Resource, method: Method) -> SitePage:
        entry = self.entries.method(method)
        endpoint = self.facts.endpoint(method)
        called = endpoint if method.kind != "wait" else None
        expression = self.facts.method_expression(resource, method)
        title, text = heading(method)
        group = ".".join(resource.attribute) or "client"
        label = " / ".join(spaced(word) for word in resource.attribute) or "Client"
        kind = "upload" if self._uploads(method) else method.kind
        usage = f"{USAGE[kind]}." if kind in USAGE else ""
        if method.kind == "wait" and endpoint is not None and endpoint.waiter is not None:
            usage = self._waiting(resource, endpoint, endpoint.waiter)
        examples, errors = self._examples(resource, method, called)
        sections = tuple(self._with_items(section, method) for section in entry.sections)
        verb, url = self.facts.address(method, called) if called else ("WAIT", "")
        return SitePage(
            path=self.plan.paths[method.key],
            title=title,
            summary=expression,
            text=paragraphs(text, usage),
            verb=verb,
            url=url,
            label=title,
            group=group,
            group_label=label,
            signature=f"{expression}({', '.join(_listed(method))})",
            tags=(kind,) if kind in ("stream", "pages", "download", "upload") else (),
            deprecated=reason(entry.deprecated) if entry.deprecated is not None else None,
            sections=sections,
            examples=examples,
            responses=errors,
            fields=tuple(
                argument.wire or argument.name
                for argument in method.arguments
                if argument.location != "options"
            ),
        )

    def _with_items(self, section: Section, method: Method) -> Section:
        """The types of the items in a returned list, page or stream are shown in place too."""
        if section.title != "Response" or section.items or not method.returns.references:
            return section
        return replace(section, items=(Item("", method.returns),))

    def _uploads(self, method: Method) -> bool:
        return any(argument.location == "file" for argument in method.arguments)

    def _waiting(self, resource: Resource, endpoint: ir.Endpoint, waiter: ir.Waiter) -> str:
        """The endpoint that a waiter calls, and its final values."""
        of = next((x for x in resource.methods if x.id == endpoint.id and not x.alias_of), None)
        expression = (
            self.facts.method_expression(resource, of)
            if of
            else f"{endpoint.method} {endpoint.path}"
        )
        link = f"[{code(expression)}]({self.plan.href(of.key)})" if of else code(expression)
        wanted = " or ".join(code(str(value)) for value in waiter.success)
        name = code(".".join(waiter.property))
        return f"Calls {link} every {waiter.interval:g} seconds until {name} is {wanted}."

    def _examples(
        self, resource: Resource, method: Method, endpoint: ir.Endpoint | None
    ) -> tuple[tuple[ExampleCall, ...], tuple[Response, ...]]:
        """The examples of a method, and the error responses of the description."""
        pairs = [pair for pair in (method.examples, *method.more_examples) if len(pair) == 2]
        calls = (
            [example for example in endpoint.examples if example.error is None] if endpoint else []
        )
        examples: list[ExampleCall] = []
        size = 0
        for number, (sync, asynchronous) in enumerate(pairs):
            documented = endpoint
            if endpoint is not None and number < len(calls):
                documented = replace(endpoint, examples=(calls[number],))
            tabs = self._tabs(resource, method, (sync, asynchronous), documented)
            responses: tuple[Response, ...] = ()
            if documented is not None:
                title, blocks = self.entries.response_example(documented)
                responses = (Response(title, tuple(map(cut, blocks))),) if blocks else ()
                responses += tuple(
                    Response(f"{title}: {media_type}", (cut(block),), folded=True)
                    for media_type, block in self.entries.further_examples(documented)
                )
            size += sum(len(tab.code) for tab in tabs)
            size += sum(len(block) for response in responses for block in response.blocks)
            if examples and size > MOST_CODE:
                break
            # A single example needs no name.
            name = (sync.name or f"Example {number + 1}") if len(pairs) > 1 else ""
            examples.append(ExampleCall(name, sync.doc or "", tabs, responses))
        errors: list[Response] = []
        for error in endpoint.errors if endpoint else ():
            error_class = self.facts.error_classes.get(error.error)
            if error_class is not None and error.examples:
                block = cut(self.entries.error_example(error))
                size += len(block)
                if size <= MOST_CODE:
                    errors.append(
                        Response(f"{error_class.status} {error_class.name}", (block,), folded=True)
                    )
        return tuple(examples), tuple(errors)

    def _tabs(
        self,
        resource: Resource,
        method: Method,
        pair: tuple[Example, Example],
        endpoint: ir.Endpoint | None,
    ) -> tuple[Tab, ...]:
        sync, asynchronous = self.facts.shown_pair(method, pair)
        tabs = [Tab("Python", sync, "python"), Tab("Async", asynchronous, "python")]
        if method.raw is not None:
            called = self.facts.method_expression(resource, method)
            raw = raw_example(sync, called, method.kind)
            tabs += [Tab("Raw response", raw, "python")] if raw is not None else []
        if endpoint is not None and method.kind != "socket":
            sent = curl(self.entries.example_calls, endpoint)
            tabs.append(Tab("curl", sent, "bash"))
        return tuple(tabs)

    # --- types ---

    def type_(self, id_: str) -> SitePage:
        type_def = self.facts.package.types[id_]
        entry = self.entries.type_(type_def)
        kind = "enum" if isinstance(type_def, EnumClass) else "model"
        if isinstance(type_def, Alias):
            kind = type_def.kind
        return SitePage(
            path=self.plan.paths[id_],
            title=type_def.name,
            summary=f"A type ({kind})",
            text=entry.text,
            label=type_def.name,
            group="types",
            group_label="Types",
            signature=f"from {self.facts.importable(id_)} import {type_def.name}",
            tags=(kind,),
            deprecated=reason(entry.deprecated) if entry.deprecated is not None else None,
            sections=entry.sections,
            fields=tuple(x.wire for x in type_def.fields) if isinstance(type_def, Model) else (),
        )


def heading(method: Method) -> tuple[str, str]:
    """The title of the page of a method as plain text, and the texts that it does not contain."""
    summary, description = method.summary or "", method.description or ""
    short = plain(summary) if summary else plain(first_sentence(description))
    if len(short) > (LONGEST_TITLE if summary else _LONGEST_SENTENCE):
        short = ""
    texts = [] if description.startswith(summary.strip()) else [summary]
    texts += [description]
    prose_texts = [prose(text, headings=True) for text in texts if plain(text) != short]
    return short or spaced(method.name), paragraphs(*prose_texts)


def distinct(pages: Sequence[SitePage]) -> list[SitePage]:
    """The pages of a group; those with the same title get the name of the method, or "stream"."""
    same = Counter(page.title for page in pages)
    alike = Counter((page.title, "stream" in page.tags) for page in pages)
    distinct_pages: list[SitePage] = []
    for page in pages:
        streams = "stream" in page.tags
        added = "stream" if streams and same[page.title] > 1 else ""
        if alike[page.title, streams] > 1:
            added = page.summary.rpartition(".")[2]
        title = f"{page.title} ({added})" if added else page.title
        distinct_pages.append(replace(page, title=title, label=title))
    return distinct_pages


def spaced(name: str) -> str:
    """A Python name as words: `embed_jobs` is `Embed jobs`."""
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _listed(method: Method) -> list[str]:
    """The required arguments of a call."""
    listed = [
        argument.name if argument.kind == "positional" else f"{argument.name}=..."
        for argument in method.arguments
        if argument.required
    ]
    optional = any(
        not argument.required and argument.location != "options" for argument in method.arguments
    )
    return [*listed, "..."] if optional and len(listed) < 6 else listed


def cut(block: str) -> str:
    """The first lines of a long block of JSON."""
    if len(block) <= MOST_BLOCK:
        return block
    return (
        f"{block[: block.rindex(chr(10), 0, MOST_BLOCK)]}\n…"
        if "\n" in block[:MOST_BLOCK]
        else f"{block[:MOST_BLOCK]}…"
    )
