"""Fakes of the client, for tests of an application: the client's own code runs, over a
transport in memory. `PACKAGE.testing` has the fakes; nothing else imports this module.
"""

import copy
import functools
import inspect
import pathlib
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from pydantic_core import ValidationError

from .auth import Auth
from .connection import ClientWrapper
from .decode import WIRE, adapter
from .request import OMIT
from .request_options import RequestOptions
from .testing_transport import (
    Content,
    Examples,
    Exchange,
    SentRequest,
    client_over,
    content,
    refuse,
)

P = ParamSpec("P")  # the arguments of the method
Q = ParamSpec("Q")  # the same without `request_options`
R = TypeVar("R")  # what the method returns
V = TypeVar("V")  # what a test sets
C = TypeVar("C")  # a record of a call
T = TypeVar("T")


class Call:
    """One call of a method: its arguments are attributes.

    An argument that was not passed has its default. ``"name" in call`` is whether the
    argument was passed.
    """

    request_options: RequestOptions | None = None
    _arguments: frozenset[str] = frozenset()

    def __contains__(self, name: object) -> bool:
        return name in self._arguments

    def __repr__(self) -> str:
        values = (f"{k}={v!r}" for k, v in vars(self).items() if k in self._arguments)
        return f"{type(self).__name__}({', '.join(values)})"


class FakeMethod(Generic[P, R, V, Q, C]):
    """A method of a fake. The last call of `returns`, `raises` or `does` sets its result.
    ``calls`` are its calls, in order.

    ``settings`` are: ``status`` of the response; ``now``, the new name of a deprecated
    method; ``content``, which encodes the body of a response; ``value``, which makes the
    type of what a test sets from the type that the method returns.
    """

    def __init__(
        self, function: Callable[..., Any], record: Callable[..., Any], **settings: Any
    ) -> None:
        self.calls: list[C] = []
        self._function, self._record, self._settings = function, record, settings
        self._content: Content = settings.get("content", content)
        self._owner: Any = None
        self._name = self._note = ""
        self._outcome: Callable[..., Any] | None = None

    def returns(self, *values: V) -> None:
        """Return the values one after the other, and then the last one again.

        Raises TypeError for a value of another type, and without a value, unless the method
        returns nothing.
        """
        if not values and self._type is not None:
            raise TypeError(f"{self._path}.returns() needs at least one value")
        results: tuple[Any, ...] = values or (None,)
        for value in results:
            self._check(value)
        waiting = iter(results)
        self._outcome = lambda *_, **__: next(waiting, results[-1])

    def raises(self, error: BaseException | type[BaseException]) -> None:
        """Raise ``error``. An `ApiError` is sent as a response with its status."""

        def fail(*_: Any, **__: Any) -> Any:
            raise error

        self._outcome = fail

    def does(self, function: Callable[Q, V]) -> None:
        """Return what ``function`` returns for the arguments of the call.

        It gets `request_options` only if it has an argument of that name.
        """
        self._outcome = _without_options(function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return cast("R", self.on(self._owner, *args, **kwargs))

    def on(self, target: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call the method of ``target``, which is the fake or its raw counterpart."""
        args, kwargs = self._recorded(target, args, kwargs)
        return self._called(target, args, kwargs)

    def copied(self) -> Any:
        """A copy without recorded calls."""
        fake = copy.copy(self)
        fake.calls = []
        return fake

    def asked_by(self, path: str) -> "FakeMethod[P, R, V, Q, C]":
        """This method as the waiter at ``path`` calls it, with the waiter's example."""
        fake = copy.copy(self)
        fake._settings = {**self._settings, "example": path}
        fake._note = f", which {path} calls"
        return fake

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    if not TYPE_CHECKING:

        def __get__(self, instance: Any, owner: type) -> Any:
            """The method of one fake, which has it as an attribute from then on."""
            if instance is None or self._name in vars(instance):
                return self if instance is None else vars(instance)[self._name]
            fake = self.copied()
            fake._owner = instance
            if "now" in self._settings:
                fake = getattr(instance, self._settings["now"])
            vars(instance)[self._name] = fake
            return fake

    def _recorded(
        self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Record a call. Returns its arguments by their current names."""
        names: Mapping[str, str] = getattr(self._function, "__renamed__", {})
        kwargs = {names.get(name, name): value for name, value in kwargs.items()}
        bound = inspect.signature(self._function).bind(target, *args, **kwargs)
        arguments = {k: v for k, v in [*bound.arguments.items()][1:] if v is not OMIT}
        passed = frozenset(arguments)
        options = arguments.pop("request_options", None)
        record = self._record(**arguments)
        record.request_options, record._arguments = options, passed
        self.calls.append(record)
        return bound.args[1:], bound.kwargs

    @property
    def _path(self) -> str:
        return f"{self._owner._path}.{self._name}".lstrip(".")

    def _set(
        self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Callable[[], Any] | None:
        """The result that a test set; None for the example. AssertionError for neither."""
        if self._outcome is not None:
            return functools.partial(self._outcome, *args, **kwargs)
        if target._client_wrapper.settings["fake"].wanted:
            return None
        raise AssertionError(
            f"{self._path}: nothing is set for this method{self._note}: call its"
            " returns(...), raises(...) or does(...) first"
        )

    @functools.cached_property
    def _type(self) -> Any:
        """The type of the values that a test sets."""
        hint = inspect.signature(self._function, eval_str=True).return_annotation
        value = self._settings.get("value")
        return value(hint) if value else hint

    def _check(self, value: Any) -> None:
        try:
            adapter(self._type).validate_python(value, strict=True, **WIRE)
        except ValidationError as error:
            problem = error.errors()[0]
            place = "".join([f"[{step!r}]" for step in problem["loc"]])
            taken = inspect.formatannotation(self._type)
            message = f"{self._path} takes {taken:.80}, not {value!r:.60}"
            raise TypeError(f"{message}: {problem['msg']} {place}".rstrip()) from None

    def _encoded(self, value: Any, exchange: Exchange) -> tuple[str, Any]:
        """The `Content` of a result. The items of an iterator are not checked."""
        if not (exchange.is_example or isinstance(value, Iterator)):
            self._check(value)
        return self._content(value, exchange)

    def _called(
        self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Run the client's own method, with a connection for this call alone."""
        wrapper: ClientWrapper = target._client_wrapper
        examples: Examples = wrapper.settings["fake"]
        outcome, path = self._set(target, args, kwargs), self._path
        status = self._settings.get("status", 200)
        path = self._settings.get("example", path)
        exchange = Exchange(outcome, self._encoded, status, examples, path)
        clone = copy.copy(target)
        clone._client_wrapper = exchange.wrapper(wrapper)
        options: dict[str, Any] = {**(kwargs.get("request_options") or {})}
        options["max_retries"] = 0
        return self._function(clone, *args, **{**kwargs, "request_options": options})


class AsyncFakeMethod(FakeMethod[P, R, V, Q, C]):
    """A method of an asynchronous fake; ``does`` also accepts a coroutine function."""

    def does(self, function: Callable[Q, V | Awaitable[V]]) -> None:
        self._outcome = _without_options(function)


class Fake:
    """Base class of the fakes of a client and of its groups."""

    _path = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _names(type(self)):
            getattr(self, name)

    def _offline(self, folder: str, examples: bool) -> None:
        """Take the host and the credentials from the client; for its constructor."""
        wrapper: ClientWrapper = cast("Any", self)._client_wrapper
        path = pathlib.Path(folder).with_name("examples.jsonl")
        wrapper.settings["fake"] = Examples(path, examples)
        wrapper.settings.pop("httpx_client", None)
        wrapper.auth = Auth("", None)
        vars(wrapper)["client"] = client_over(wrapper, refuse)

    if not TYPE_CHECKING:

        @property
        def with_raw_response(self) -> Any:
            raw = super().with_raw_response
            for name in _names(type(self)):
                if hasattr(type(raw), name):
                    vars(raw)[name] = functools.partial(getattr(self, name).on, raw)
            return raw


def last_request(fake: Fake) -> SentRequest:
    """The last request of a fake client, or of the client of a fake group."""
    requests: list[SentRequest] = (
        cast("Any", fake)._client_wrapper.settings["fake"].requests
    )
    if not requests:
        raise AssertionError("no request was sent")
    return requests[-1]


def _names(cls: type) -> tuple[str, ...]:
    """The names of the fake methods of a class."""
    entries = [item for base in reversed(cls.__mro__) for item in vars(base).items()]
    return tuple(name for name, value in entries if isinstance(value, FakeMethod))


def _without_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` without `request_options`, unless it has an argument of that name."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return function
    if "request_options" in parameters:
        return function

    @functools.wraps(function)
    def without(*args: Any, **kwargs: Any) -> Any:
        kwargs.pop("request_options", None)
        return function(*args, **kwargs)

    return without


Stub = Callable[[Any], None]
Async = Coroutine[Any, Any, T]


def fake(
    method: Callable[Concatenate[Any, P], T], call: Callable[Q, C], **settings: Any
) -> Callable[[Stub], FakeMethod[P, T, T, Q, C]]:
    """Decorator: the fake of ``method``, whose calls are recorded as ``call``."""
    return lambda _: FakeMethod(method, call, **settings)


def async_fake(
    method: Callable[Concatenate[Any, P], Async[T]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], AsyncFakeMethod[P, Async[T], T, Q, C]]:
    """The same for a method of an asynchronous client."""
    return lambda _: AsyncFakeMethod(method, call, **settings)
