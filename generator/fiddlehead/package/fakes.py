"""Fake clients for tests, and the fixtures of a generated conftest.py."""

from __future__ import annotations

from ..frozen import dataclass
from .clients import Child
from .methods import Argument, Signature


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
    calls, `settings` the keyword arguments of the decorator."""

    name: str
    decorator: str
    target: str
    call: str
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def decorator_arguments(self) -> tuple[str, ...]:
        """The arguments of the decorator as printed."""
        return (self.target, self.call, *(f"{name}={value}" for name, value in self.settings))


@dataclass(frozen=True, kw_only=True, slots=True)
class FakeClass:
    """The fake of a client class; `path` are the attributes from the root client."""

    name: str
    bases: tuple[str, ...]
    path: str
    methods: tuple[FakeMethod, ...]
    children: tuple[Child, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fakes:
    """The fakes of one resource. The `root` has a constructor, which passes the `placeholders` to
    the client's constructor."""

    calls: tuple[FakeCall, ...]
    call: str
    """The local name of the base class of `calls`; the same for `any`, `cached`,
    `deprecated_by`."""
    classes: tuple[FakeClass, FakeClass]
    root: bool
    placeholders: tuple[tuple[str, str], ...]
    any: str
    cached: str
    deprecated_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Conftest:
    """The fixtures of a package's tests, by name, with their fakes. With `over_http` the fakes call
    a server on loopback."""

    header: str
    imports: tuple[str, ...]
    """Import statements, line by line."""
    fixtures: tuple[tuple[str, str], ...]
    over_http: bool
