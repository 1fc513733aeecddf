"""Client classes: resources, the root client, and its environments."""

from __future__ import annotations

from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .methods import Argument, Call, Method, Signature


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """A child resource: its attribute in the client, and the location of its classes."""

    attribute: str
    class_name: str
    module: str
    """The module relative to the parent's module: ".embed_jobs.client"."""
    alias_prefix: str = ""
    """Prefix for the import alias, used when the child class has the parent class's name."""
    doc: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientClass:
    """One of the four classes of a resource: its name, its base classes, and the class of its
    wrapper."""

    name: str
    bases: tuple[str, ...]
    wrapper: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """A group of endpoints: a class, its asynchronous counterpart, and the raw versions of both."""

    attribute: tuple[str, ...]
    """The attributes from the root client to it; () is the root."""
    module: str
    sync: ClientClass
    asynchronous: ClientClass
    raw: ClientClass | None
    async_raw: ClientClass | None
    """None without methods, but always present in layout `fern`."""
    prints_raw: bool = True
    """Whether the module has the raw classes. Otherwise they are written by hand."""
    methods: tuple[Method, ...]
    children: tuple[Child, ...] = ()
    init: str | None = None
    """The base class whose constructor is called if a client creates its raw version once, as
    `_raw_client` (layout `fern`)."""
    async_init: str | None = None
    doc: str | None = None
    old_names: tuple[str, ...] = ()
    """Old names of the last attribute."""
    cached: str = "functools.cached_property"
    deprecated_by: str = "deprecated"
    """The local names of the decorators of children and of old names, which a method could hide."""
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.sync.name


@dataclass(frozen=True, kw_only=True, slots=True)
class RootClient:
    """The client class that users construct, with its asynchronous counterpart.

    `setup` creates the client wrapper from the arguments, `resource` has the methods and children.
    """

    resource: Resource
    arguments: tuple[Argument, ...]
    setup: Call
    async_setup: Call
    setup_statements: tuple[str, ...] = ()
    """Statements that run first: checks for credentials that must be present."""
    self: str = "Self"
    """The local name of `typing_extensions.Self`."""
    doc: str | None = None
    async_doc: str | None = None

    @property
    def name(self) -> str:
        return self.resource.name

    def constructor(self, asynchronous: bool) -> Signature:
        """The arguments of the client, or of its asynchronous counterpart."""
        hidden = "sync" if asynchronous else "async"
        return Signature(tuple(argument for argument in self.arguments if argument.only != hidden))


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvironmentMember:
    """An environment; `urls` are (attribute, literal) pairs, or one pair without an attribute for
    an enum."""

    name: str
    urls: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, str], ...] = ()
    """The URLs that have variables, as (attribute, literal) pairs like `urls`: the template and the
    default of each variable."""
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvironmentClass:
    """The environments: an enum of URLs, or a class with one named URL per server."""

    name: str
    members: tuple[EnvironmentMember, ...]
    servers: tuple[str, ...] = ()
    """The attributes of a member if there are several URLs; () for an enum."""
    default: str | None = None
    templated: str | None = None
    """The local name of the function that inserts the values of variables; None if no URL has any."""
    key: str = ""
