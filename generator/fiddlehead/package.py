"""The generated package as frozen values in Python's words, which templates only print.

Everything is decided here: names, annotations, defaults, imports, the text of docstrings, the order
of things. What stands for something in the description carries its wire name, its `key` (the path
that `fiddlehead names` prints and that settings rename by), the id it has in `ir.Api` and its span.

A text called `default`, `expression` or `value` is Python source; a text called `doc`
is prose from the description, which only the docstring filter of render.py may print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal, TypeAlias

from .diagnostics import NOWHERE, Span


@dataclass(frozen=True, order=True)
class Import:
    """`import module [as alias]` where `name` is empty, else `from module import name [as alias]`."""

    module: str
    name: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of Python that shows a use; `code` is whole lines that run as they stand."""

    code: str
    name: str | None = None
    doc: str | None = None


# --- types -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Annotation:
    """A type as a module writes it: the tree of the type compiler, read once (typing_.py).

    `head` is what stands before the brackets, under its usual name: "list", "Literal", "uuid.UUID",
    the name of a class, or `UNION`. `items` are what is in the brackets, or the members of a union.
    `id` is that of the declaration, or of the variant's class, that is named.
    """

    UNION: ClassVar[str] = "|"

    text: str
    """All of it on one line."""
    head: str
    items: tuple[Annotation, ...] = ()
    id: str | None = None
    imports: tuple[Import, ...] = field(default=(), compare=False, repr=False)
    """What the whole type needs, in the usual names; of the root of a tree only."""
    references: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The ids of everything that the whole type names; of the root of a tree only."""

    def __str__(self) -> str:
        return self.text

    @property
    def shown(self) -> str:
        """All of it on one line, in the names that users know."""
        if self.head == self.UNION:
            return " | ".join(each.shown for each in self.items)
        if self.items:
            return f"{self.head}[{', '.join(each.shown for each in self.items)}]"
        return self.text if self.id is None else self.head

    @property
    def alternatives(self) -> tuple[Annotation, ...]:
        """The members of a union; of any other type, itself."""
        return self.items if self.head == self.UNION else (self,)

    @property
    def inner(self) -> str:
        """What is in the brackets, on one line."""
        return ", ".join(each.text for each in self.items)

    @property
    def usual(self) -> bool:
        """Whether the module calls what stands before the brackets as it is usually called."""
        return self.text == f"{self.head}[{self.inner}]"

    def walk(self) -> Iterator[Annotation]:
        """The type and all types inside it."""
        yield self
        for each in self.items:
            yield from each.walk()


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An attribute of a model.

    `default` is None where a value must be given. `inherited` fields are listed for those who
    compare or document a class; the class body does not print them.
    """

    name: str
    wire: str
    annotation: Annotation
    default: str | None = None
    required: bool
    """Whether the description requires it on the wire."""
    doc: str | None = None
    alias: str | None = None
    """The wire name as it is printed, where it differs from `name`."""
    discriminator: bool = False
    """Whether it is the tag of a union, whose value is the default."""
    inherited: bool = False
    deprecated: str | None = None
    access: Literal["read-only", "write-only"] | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """A pydantic class."""

    name: str
    bases: tuple[str, ...]
    base_ids: tuple[str, ...] = ()
    """The ids of the bases that the description declares."""
    references: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """What the class names, bases and types of its own fields: ids, and classes of the runtime."""
    fields: tuple[Field, ...] = ()
    config: tuple[tuple[str, str], ...] = ()
    """Keywords of `pydantic.ConfigDict`, where they differ from the base class."""
    extra: Annotation | None = None
    """The annotation of further properties, where the description gives them a type that no base
    class has."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    deprecated_by: str = "deprecated"
    """What the decorator of old names is called here, which a field could hide."""
    variant_of: str | None = None
    """The key of the union that this class exists for, which adds the tag to another model."""
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def own(self) -> tuple[Field, ...]:
        """The fields that the class itself prints."""
        return tuple(each for each in self.fields if not each.inherited)

    @property
    def empty(self) -> bool:
        return not (self.own or self.doc or self.config or self.extra)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value of an enum: `expression` is its literal, `name` its member name where it has one."""

    expression: str
    name: str | None = None
    doc: str | None = None
    deprecated: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A member of a union: its annotation, and the tag that selects it."""

    annotation: Annotation
    tag: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """A name for a type: an enum of literals, a union, or any other type.

    `value` is what stands right of the equals sign. `recursive` ones are written with
    `typing_extensions.TypeAliasType`, which may name itself.
    """

    name: str
    value: Annotation
    kind: Literal["enum", "union", "alias"] = "alias"
    values: tuple[Value, ...] = ()
    variants: tuple[Variant, ...] = ()
    discriminator: str | None = None
    """The wire name of the property that tells the variants apart."""
    recursive: bool = False
    declared_by: str | None = None
    """The local name of `TypeAlias`, where type checkers would take the alias for a variable."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EnumClass:
    """An `enum.Enum` (settings: `pydantic_config.enum_type`)."""

    name: str
    base: str
    values: tuple[Value, ...]
    open: bool = False
    """Whether an unknown value becomes a member of its own in place of an error."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


TypeDef: TypeAlias = Model | Alias | EnumClass


# --- errors ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorClass:
    """An exception for a status; `body` is the annotation of its body."""

    name: str
    module: str
    """The path of the file that it is in."""
    package: tuple[str, ...] = ()
    """The group that exports it; () is the package itself."""
    base: str
    status: str
    """"404", or "4XX"."""
    body: Annotation
    typed: bool = False
    """Whether the body has a type, which the decoder then builds."""
    body_is: Literal["required", "optional", "absent"] = "required"
    """How the constructor takes the body."""
    doc: str | None = None
    discriminant: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def status_code(self) -> str:
        """The status as printed; a class for a range leaves it to the response."""
        return self.status if self.status.isdigit() else "None"


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorTable:
    """Which class an error response becomes: (status or discriminant as printed, class)."""

    base: str
    entries: tuple[tuple[str, str], ...]
    property: str | None = None
    """The property of the body that tells errors apart, where the status does not."""


# --- methods ---------------------------------------------------------------------------------

Location: TypeAlias = Literal[
    "path", "query", "header", "cookie", "body", "part", "file", "request", "client", "options"
]
"""Where the value of an argument goes. body: a property of the body; request: the whole body;
part, file: of a multipart body; client: kept by the client; options: `request_options`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Argument:
    """An argument of a method or of a client's constructor."""

    name: str
    wire: str
    location: Location
    kind: Literal["positional", "keyword"]
    annotation: Annotation
    async_annotation: Annotation | None = None
    """Where the asynchronous twin takes another type."""
    default: str | None = None
    """None where a value must be given."""
    doc: str | None = None
    server_default: str | None = None
    """What the API takes where nothing is sent, as a Python literal: documentation."""
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    only: Literal["sync", "async"] | None = None
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def required(self) -> bool:
        return self.default is None


Kind: TypeAlias = Literal[
    "request", "stream", "download", "pages", "wait", "socket", "custom_pages"
]
"""What a method does beyond one request and one response."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword argument of the call: one expression, or a dict printed one entry per line."""

    name: str
    expression: str = ""
    entries: tuple[tuple[str, str], ...] = ()
    """(key as printed, value) pairs."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a method does: `return self.<function>(<positional>, <keywords>)`."""

    function: str
    positional: tuple[str, ...]
    keywords: tuple[Keyword, ...] = ()
    awaited: bool = True
    """Whether the asynchronous twin is a coroutine function, which awaits the call."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Arguments as Python wants them: those by position first."""

    arguments: tuple[Argument, ...]

    @property
    def positional(self) -> tuple[Argument, ...]:
        return tuple(each for each in self.arguments if each.kind == "positional")

    @property
    def keywords(self) -> tuple[Argument, ...]:
        return tuple(each for each in self.arguments if each.kind == "keyword")


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """One method, for the synchronous and the asynchronous client alike."""

    name: str
    arguments: tuple[Argument, ...]
    returns: Annotation
    async_returns: Annotation
    call: Call
    async_call: Call | None = None
    """That of the asynchronous twin, where it differs."""
    doc: str | None = None
    """The whole docstring, with `Args:`, `Raises:` and the example."""
    async_doc: str | None = None
    """The docstring of the asynchronous twin, whose example differs."""
    summary: str | None = None
    description: str | None = None
    """The description's own words, without what the docstring adds."""
    kind: Kind = "request"
    raw: str | None = None
    """The function that makes the raw twin of the method; None: it has none."""
    async_raw: str | None = None
    http_method: str = ""
    url: str = ""
    errors: tuple[str, ...] = ()
    """Class names of the errors that the description lists."""
    raises: tuple[tuple[str, str], ...] = ()
    """Other exceptions, each with when it is raised."""
    examples: tuple[Example, ...] = ()
    """Synchronous and asynchronous."""
    more_examples: tuple[tuple[Example, Example], ...] = ()
    """The same for further examples of the description, for a docs site."""
    deprecated: str | None = None
    alias_of: str | None = None
    """The name of the method that this is an old name of."""
    sender: str | None = None
    """Of what opens a WebSocket: the method of its client that sends the first message."""
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    renamed_by: str = "renamed"
    """The decorator that takes the old names of arguments."""

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """(old name, name) of arguments that had other names."""
        return tuple((old, each.name) for each in self.arguments for old in each.old_names)

    @property
    def signature(self) -> Signature:
        return Signature(self.arguments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """A method that sends a message: `self.<sends>(<argument>)`.

    `otherwise` is what is sent where no argument is given, if it may be left out.
    """

    name: str
    argument: Argument
    sends: str
    otherwise: str | None = None
    doc: str
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Socket:
    """The client of an open WebSocket, and its asynchronous twin.

    `response` is the type of what it receives; `reads` are the arguments of `messages`, which reads
    them.
    """

    name: str
    response: str
    base: str
    async_base: str
    messages: str
    reads: str
    senders: tuple[Sender, ...]
    doc: str
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """A resource as an attribute of a client: `attribute`, and where its classes are."""

    attribute: str
    class_name: str
    module: str
    """The relative module, as seen from the parent's module: ".embed_jobs.client"."""
    mark: str = ""
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
    prelude: tuple[str, ...] = ()
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


# --- modules ---------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Export:
    """A name that a package exports lazily from `module` (relative). `handwritten`: the module is
    not generated. A submodule is exported from "." and its own name."""

    name: str
    module: str
    handwritten: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Star:
    """A package whose every export is exported again, as one imports it from here, and the names."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exports:
    """The lazy exports of a package's `__init__`, each group sorted. At run time `_names` is what
    it exports under its present name, `__all__` also old names."""

    names: tuple[Export, ...] = ()
    stars: tuple[Star, ...] = ()
    submodules: tuple[str, ...] = ()
    """Sub-packages that are attributes of the package."""
    eager: tuple[Export, ...] = ()
    """Imported when the package is: names without a cost, such as `__version__`."""
    renamed: tuple[tuple[str, str], ...] = ()
    """(old name, name) pairs, both usable; the old one warns."""
    first: tuple[str, ...] = ()
    """Modules that are imported in this order when the package is: without them, the import of a
    long chain of modules would be a recursion that is too deep for Python."""
    stars_renamed: tuple[tuple[str, str], ...] = ()
    """The same of the stars, which type checkers get with them."""

    @property
    def every_renamed(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((*self.renamed, *self.stars_renamed)))

    @property
    def bare(self) -> bool:
        """Whether nothing is exported lazily."""
        return not (self.names or self.stars or self.submodules)

    @property
    def every(self) -> tuple[str, ...]:
        """All exported names, sorted."""
        found = {each.name for each in (*self.names, *self.eager)} | {*self.submodules}
        for star in self.stars:
            found.update(star.names)
        return tuple(sorted(found | {old for old, _ in self.every_renamed}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reexport:
    """A module of one line that gives names of another module (layout `fern`)."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Constant:
    """`name = value`, with an annotation where one is wanted."""

    name: str
    value: str
    annotation: str | None = None
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDictField:
    """A key of a TypedDict, called as the attribute of the model."""

    name: str
    annotation: Annotation
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDictClass:
    """What an argument takes for an object as a plain dict (layout `fern`)."""

    name: str
    base: str
    fields: tuple[TypedDictField, ...]
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DefaultClients:
    """The asynchronous HTTP clients that users of a Fern SDK construct (layout `fern`)."""

    constant: str
    """The name of the default timeout."""
    missing: str
    """What is said where aiohttp's adapter is not installed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhooksHelper:
    """A class with one static method, `verify_signature`, which gives the `expression`."""

    name: str
    arguments: tuple[Argument, ...]
    expression: str
    doc: str
    method_doc: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FakeCall:
    """The class of the arguments of a call, which a fake method records."""

    name: str
    arguments: tuple[Argument, ...]
    asynchronous: bool = False

    @property
    def signature(self) -> Signature:
        return Signature(self.arguments)


@dataclass(frozen=True, slots=True)
class FakeMethod:
    """The fake of one method: `target` is the method as an expression, `call` the class of its
    calls, `told` what the decorator is told beside them."""

    name: str
    decorator: str
    target: str
    call: str
    told: tuple[tuple[str, str], ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The arguments of the decorator as printed."""
        return (self.target, self.call, *(f"{name}={value}" for name, value in self.told))


@dataclass(frozen=True, kw_only=True, slots=True)
class FakeClass:
    """The fake of a client class; `path` is the attributes that lead to it, as tests see them."""

    name: str
    bases: tuple[str, ...]
    path: str
    methods: tuple[FakeMethod, ...]
    children: tuple[Child, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fakes:
    """The fakes of one resource, for tests of code that uses the client. The `root` has a
    constructor, which gives the client's constructor the `placeholders`."""

    calls: tuple[FakeCall, ...]
    call: str
    """What the base class of `calls` is called here; so for `any`, `functools`, `deprecated_by`."""
    classes: tuple[FakeClass, FakeClass]
    root: bool
    placeholders: tuple[tuple[str, str], ...]
    any: str
    functools: str
    deprecated_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomPagers:
    """Classes of pagers that somebody writes by hand, as they are before."""

    sync: str
    asynchronous: str
    wrapper: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """The end of a module: the names that it gets of modules which import it, before a class of it
    is used. `names` are local names, each with its module, and behind a colon what it is there; a
    name with a star is for all names of a module that the module lacks."""

    function: str
    names: tuple[tuple[str, str], ...]


Item: TypeAlias = (
    Model
    | Alias
    | EnumClass
    | ErrorClass
    | ErrorTable
    | Resource
    | RootClient
    | EnvironmentClass
    | Exports
    | Reexport
    | Constant
    | Late
    | Fakes
    | WebhooksHelper
    | DefaultClients
    | TypedDictClass
    | Socket
    | CustomPagers
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """A Python file of the package; `path` is relative to it, with slashes."""

    path: str
    items: tuple[Item, ...] = ()
    imports: tuple[Import, ...] = ()
    """Sorted; absolute before relative."""
    typing_imports: tuple[Import, ...] = ()
    """Those that only annotations need: under `if TYPE_CHECKING:`."""
    future: bool = False
    """Whether annotations stay text (`from __future__ import annotations`)."""
    doc: str | None = None
    comments: tuple[str, ...] = ()
    """Lines right below the header, without `# `."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A file beside the package that is no Python: `template` prints `content` to `path`."""

    path: str
    template: str
    content: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Conftest:
    """The fixtures of a package's tests, each by its name with the fake that it gives. With
    `over_http` the fakes call a server on loopback."""

    header: str
    imports: tuple[str, ...]
    """Import statements, line by line."""
    fixtures: tuple[tuple[str, str], ...]
    over_http: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """Everything that is written."""

    name: str
    """The import name."""
    header: str
    """The first line of every Python file, without `# `."""
    modules: tuple[Module, ...]
    """Sorted by path."""
    runtime: tuple[str, ...]
    """The modules of the runtime that are copied, sorted."""
    root: RootClient
    resources: tuple[Resource, ...]
    """All groups below the root, parents before children."""
    types: Mapping[str, TypeDef]
    """By the id of the declaration in `ir.Api`, plus the variant classes of unions."""
    homes: Mapping[str, str]
    """Where each type is defined: id to path of the module."""
    errors: tuple[ErrorClass, ...] = ()
    environment: EnvironmentClass | None = None
    http_library: Literal["auto", "httpx2", "httpx"] = "auto"
    """What the package depends on; callers catch its errors."""
    pages: tuple[Page, ...] = ()
    templates: Path | None = None
    """A folder with templates that replace single ones of ours."""
    fern: bool = False
    """Whether the runtime has the names that code written on top of a Fern SDK imports."""

    def methods(self) -> Iterator[tuple[Resource, Method]]:
        """Every method with the group it is in, the root's first."""
        for resource in (self.root.resource, *self.resources):
            for method in resource.methods:
                yield resource, method

    def exports(self) -> dict[str, tuple[str, ...]]:
        """What each package exports, by dotted name inside the package ("" is the root)."""
        found: dict[str, tuple[str, ...]] = {}
        for module in self.modules:
            for item in module.items:
                if isinstance(item, Exports):
                    dotted = module.path.removesuffix("__init__.py").rstrip("/").replace("/", ".")
                    found[dotted] = item.every
        return found
