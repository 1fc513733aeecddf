"""Client classes: resources, the root client, and the environments that it can use."""

from __future__ import annotations

from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .methods import Argument, Call, Method, Signature


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """A resource as an attribute of a client: `attribute`, and where its classes are."""

    attribute: str
    class_name: str
    module: str
    """The relative module, as seen from the parent's module: ".embed_jobs.client"."""
    alias_prefix: str = ""
    """Prefix for the import alias, used when the child class has the parent class's name."""
    doc: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientClass:
    """One of the four classes of a resource: its name, what it extends, and the wrapper that it
    is made with."""

    name: str
    bases: tuple[str, ...]
    wrapper: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """A group of endpoints: a class, its asynchronous twin and the raw twins of both."""

    attribute: tuple[str, ...]
    """The attributes that lead to it from the root client; () is the root."""
    module: str
    sync: ClientClass
    asynchronous: ClientClass
    raw: ClientClass
    async_raw: ClientClass
    methods: tuple[Method, ...]
    children: tuple[Child, ...] = ()
    init: str | None = None
    """The base class whose constructor is called where a client makes its raw twin once, as
    `_raw_client` (layout `fern`)."""
    async_init: str | None = None
    doc: str | None = None
    old_names: tuple[str, ...] = ()
    """What the last of the attributes was called before."""
    functools: str = "functools"
    deprecated_by: str = "deprecated"
    """What the module and the decorator are called here, which a method could hide."""
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.sync.name


@dataclass(frozen=True, kw_only=True, slots=True)
class RootClient:
    """The client class that users construct, with its asynchronous twin.

    `setup` makes the client wrapper from the arguments, `resource` is what it has as a resource:
    methods and children.
    """

    resource: Resource
    arguments: tuple[Argument, ...]
    setup: Call
    async_setup: Call
    setup_statements: tuple[str, ...] = ()
    """Statements that run first: checks for credentials that must be present."""
    self: str = "Self"
    """What `typing_extensions.Self` is called in the module."""
    doc: str | None = None
    async_doc: str | None = None

    @property
    def name(self) -> str:
        return self.resource.name

    def constructor(self, asynchronous: bool) -> Signature:
        """The arguments of the client itself, or of its asynchronous twin."""
        hidden = "sync" if asynchronous else "async"
        return Signature(tuple(each for each in self.arguments if each.only != hidden))


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvironmentMember:
    """A place where the API runs; `urls` are (attribute, literal) pairs, one without an attribute
    for an enum."""

    name: str
    urls: tuple[tuple[str, str], ...]
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvironmentClass:
    """Where the API runs: an enum of URLs, or a class with one named URL per server."""

    name: str
    members: tuple[EnvironmentMember, ...]
    servers: tuple[str, ...] = ()
    """The attributes of a member where there are several URLs; () for an enum."""
    default: str | None = None
    key: str = ""
