"""A page of the site, before it is converted to HTML or Markdown."""

from __future__ import annotations

from ..frozen import dataclass
from ..python.pages.type_entries import Section


@dataclass(frozen=True)
class Tab:
    """A piece of code: Python, or the same call as a shell command."""

    label: str
    code: str
    language: str


@dataclass(frozen=True)
class Response:
    """An example of a response, or of the payload of a webhook."""

    title: str
    blocks: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class ExampleCall:
    """One example: an optional name, code, and responses."""

    name: str
    doc: str
    tabs: tuple[Tab, ...]
    responses: tuple[Response, ...] = ()


@dataclass(frozen=True)
class LinkList:
    """A part of a page that lists other pages."""

    title: str
    pages: tuple[SitePage, ...]
    text: str = ""


@dataclass(frozen=True)
class SitePage:
    """One page. `path` has no suffix; `title`, `label` and `summary` are plain text, `text` is
    Markdown."""

    path: str
    title: str
    summary: str = ""
    """A short summary of the page, for lists and the search."""
    text: str = ""
    verb: str = ""
    """The HTTP method, or another word in its place: `WAIT`, `WEBHOOK`."""
    url: str = ""
    label: str = ""
    """The name of the page in the menu."""
    group: str = ""
    group_label: str = ""
    signature: str = ""
    """The Python expression for the element."""
    tags: tuple[str, ...] = ()
    deprecated: str | None = None
    """Why the element is deprecated; empty without a reason, None if it is not."""
    sections: tuple[Section, ...] = ()
    examples: tuple[ExampleCall, ...] = ()
    responses: tuple[Response, ...] = ()
    """Responses that do not belong to an example, mainly errors."""
    lists: tuple[LinkList, ...] = ()
    fields: tuple[str, ...] = ()
    """The names under which the search finds the page, besides its title."""
