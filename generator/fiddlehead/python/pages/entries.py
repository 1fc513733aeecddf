"""The documentation of methods, as values that each kind of page prints."""

from __future__ import annotations

from collections.abc import Callable

from ... import ir, markdown
from ...constraint_text import limits
from ...package import Argument, Method
from .facts import Facts
from .type_entries import Entry, Item, Section, TypeEntryWriter, first_sentence, linked, paragraphs


class EntryWriter(TypeEntryWriter):
    """Writes entries about methods and types. `href` also returns the target of a link to
    "Authentication"."""

    def __init__(self, facts: Facts, href: Callable[[str], str], headings: bool = False) -> None:
        super().__init__(facts, href, headings)
        self.facts = facts

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
            arguments = [
                argument for argument in method.arguments if argument.location in locations
            ]
            items = tuple(self.argument(argument, endpoint) for argument in arguments)
            if title == "Headers":
                items += self._client_headers(called)
            if items:
                sections.append(Section(title, self._encoding(endpoint, title), items))
        other = [argument for argument in method.arguments if argument.location == "client"]
        if other:
            items = tuple(self.argument(argument, endpoint) for argument in other)
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

    def _authentication(self, endpoint: ir.Endpoint) -> Section:
        auth = self.facts.auth_of(endpoint)
        link = f"[{auth}]({self._href('Authentication')})." if auth else "None."
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
        values, has_more = self._values(argument.annotation)
        return Item(
            argument.name,
            argument.annotation,
            tuple(facts),
            doc=argument.doc,
            deprecated=argument.deprecated,
            values=values,
            more_values=has_more,
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
                note = f"passed to the client as {markdown.code(argument.name)}"
                items.append(Item(header.name, argument.annotation, (note,), header.doc))
        return tuple(items)

    def _result(self, method: Method, endpoint: ir.Endpoint | None) -> Section:
        text = f"Returns {linked(method.returns, self.links(method.returns))}."
        if method.returns.head == "None":
            text = "Returns nothing."
        doc = markdown.prose((endpoint.result.doc if endpoint else None) or "")
        model = self.facts.model(method.returns)
        items = self.fields(model) if model else ()
        return Section("Response", paragraphs(text, doc), items, model=model)

    def _socket(self, method: Method) -> list[Section]:
        """The client of a WebSocket, and its messages."""
        socket, response = self.facts.socket(method)
        sections = [
            Section("Response", f"A context manager that returns a {markdown.code(socket.name)}.")
        ]
        sent = tuple(
            Item(
                f"{sender.name}({sender.argument.name})", sender.argument.annotation, doc=sender.doc
            )
            for sender in socket.senders
        )
        sections += [Section("Messages to send", items=sent)] if sent else []
        received = (Item("", response.value),)
        return [*sections, Section("Messages received", items=received, style="variants")]

    def _response_headers(self, endpoint: ir.Endpoint) -> list[Section]:
        headers = {header.name.lower(): header for header in self.facts.api.response_headers}
        headers |= {header.name.lower(): header for header in endpoint.result.headers}
        items = tuple(Item(header.name, doc=header.doc) for header in headers.values())
        return [Section("Response headers", items=items)] if items else []

    def _errors(self, endpoint: ir.Endpoint) -> list[Section]:
        items: list[Item] = []
        for error in endpoint.errors:
            error_class = self.facts.error_classes.get(error.error)
            if error_class is not None:
                doc = error.doc or self.facts.api.errors[error.error].doc
                headers = tuple(_header_note(header) for header in error.headers)
                items.append(
                    Item(
                        error_class.name,
                        error_class.body,
                        (error_class.status,),
                        doc,
                        notes=headers,
                    )
                )
        return [Section("Errors", items=tuple(items), style="errors")] if items else []


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
    "upload": "A file is its content (bytes or text), an open file, a `pathlib.Path`, or a tuple of name, content and content type",
}
"""How methods of a kind are used, as a sentence without a full stop."""


def _header_note(header: ir.Header) -> str:
    """A header of an error response, in a sentence."""
    name = f"Header {markdown.code(header.name)}"
    doc = markdown.sentence(header.doc) if header.doc else ""
    return f"{name}: {doc}" if doc else f"{name}."
