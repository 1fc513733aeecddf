"""The files of a package, and the package as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from ..frozen import dataclass
from ..imports import Import
from .clients import EnvironmentClass, Resource, RootClient
from .errors import ErrorClass, ErrorTable
from .exports import Exports, Late, NameImports, Reexport
from .fakes import Fakes
from .helpers import Constant, CustomPagers, DefaultClients, WebhooksHelper
from .methods import Method
from .sockets import Socket
from .types import Alias, EnumClass, Model, TypedDictClass, TypeDef

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
    | NameImports
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
    """Imports that only annotations need: under `if TYPE_CHECKING:`."""
    future: bool = False
    """Whether annotations are strings (`from __future__ import annotations`)."""
    doc: str | None = None
    comments: tuple[str, ...] = ()
    """Lines directly below the header, without `# `."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A project file that is not Python: `template` prints `content` to `path`."""

    path: str
    template: str
    content: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """The whole package."""

    name: str
    """The import name."""
    header: str
    """The first line of every Python file, without `# `."""
    modules: tuple[Module, ...]
    """Sorted by path."""
    runtime: tuple[str, ...]
    """The copied modules of the runtime, sorted."""
    root: RootClient
    resources: tuple[Resource, ...]
    """All groups below the root, parents before children."""
    types: Mapping[str, TypeDef]
    """By the id of the declaration in `ir.Api`; includes the classes of variants."""
    type_modules: Mapping[str, str]
    """The module of each type: id to path."""
    errors: tuple[ErrorClass, ...] = ()
    environment: EnvironmentClass | None = None
    http_library: Literal["auto", "httpx2", "httpx"] = "auto"
    """The HTTP library of the package; callers catch its errors."""
    pages: tuple[Page, ...] = ()
    templates: Path | None = None
    """A folder with custom templates."""
    license_header: str | None = None
    """Text that begins each Python file, as comments."""
    fern: bool = False
    """Whether the runtime has the names that code for Fern SDKs imports."""

    def methods(self) -> Iterator[tuple[Resource, Method]]:
        """Every method with its group, the root's first."""
        for resource in (self.root.resource, *self.resources):
            for method in resource.methods:
                yield resource, method

    def exports(self) -> dict[str, tuple[str, ...]]:
        """The exports of each package, by dotted name inside the package ("" is the root)."""
        exports: dict[str, tuple[str, ...]] = {}
        for module in self.modules:
            for item in module.items:
                if isinstance(item, Exports):
                    dotted = module.path.removesuffix("__init__.py").rstrip("/").replace("/", ".")
                    exports[dotted] = item.all_names
        return exports
