"""The generated package as frozen values, which templates only print.

Everything is decided here: names, annotations, defaults, imports, the text of docstrings, the order
of things. A value for an element of the description has its wire name, its `key` (the path that
`fiddlehead names` prints and that settings rename by), the id it has in `ir.Api` and its span.

A text called `default`, `expression` or `value` is Python source; a text called `doc`
is prose from the description, which only the docstring filter of render.py may print.

The modules are by subject. Code outside this package imports the names below.
"""

from __future__ import annotations

from ..imports import Import
from .clients import Child, ClientClass, EnvironmentClass, EnvironmentMember, Resource, RootClient
from .errors import ErrorClass, ErrorTable
from .exports import Export, Exports, Late, NameImports, Reexport, Star
from .fakes import Conftest, FakeCall, FakeClass, FakeMethod, Fakes
from .files import Item, Module, Package, Page
from .helpers import Constant, CustomPagers, DefaultClients, WebhooksHelper
from .methods import Argument, Call, Example, Keyword, Kind, Location, Method, Signature
from .sockets import Sender, Socket
from .types import (
    Alias,
    EnumClass,
    Field,
    Model,
    Parameter,
    TypedDictClass,
    TypedDictField,
    TypeDef,
    Value,
    Variant,
)

__all__ = (
    "Alias",
    "Argument",
    "Call",
    "Child",
    "ClientClass",
    "Conftest",
    "Constant",
    "CustomPagers",
    "DefaultClients",
    "EnumClass",
    "EnvironmentClass",
    "EnvironmentMember",
    "ErrorClass",
    "ErrorTable",
    "Example",
    "Export",
    "Exports",
    "FakeCall",
    "FakeClass",
    "FakeMethod",
    "Fakes",
    "Field",
    "Import",
    "Item",
    "Keyword",
    "Kind",
    "Late",
    "Location",
    "Method",
    "Model",
    "Module",
    "NameImports",
    "Package",
    "Page",
    "Parameter",
    "Reexport",
    "Resource",
    "RootClient",
    "Sender",
    "Signature",
    "Socket",
    "Star",
    "TypeDef",
    "TypedDictClass",
    "TypedDictField",
    "Value",
    "Variant",
    "WebhooksHelper",
)
