"""Methods that poll an endpoint until an operation is finished."""

from __future__ import annotations

from collections.abc import Sequence

from ... import ir
from ...frozen import replace
from ...literals import literal
from ...naming import Claim, Named
from ...package import Argument, Call, Keyword, Method
from ...typing_.types import FLOAT, OBJECT, Type, function, optional
from ..context import Context
from ..locations.namespace import Namespace
from . import pagination
from .arguments import request_options
from .response_handling import returned_type


def build(
    context: Context,
    namespace: Namespace,
    endpoint: ir.Endpoint,
    declared: ir.Waiter,
    of: Method,
    named: Named,
) -> Method | None:
    """The method that polls an endpoint until an operation is finished."""
    type_ = endpoint.result.type
    attribute_types = (
        pagination.attributes(context, type_, declared.property) if type_ is not None else None
    )
    if of.kind != "request" or attribute_types is None:
        context.diagnostics.warning(
            "bad-extension",
            f"the response has no property '{'.'.join(declared.property)}': the method"
            f" '{named.name}' is left out",
            declared.span,
        )
        return None
    returned = context.types.type_of(returned_type(context, endpoint.result))
    own = _waiter_arguments(namespace, declared, returned)
    polled_arguments = [argument for argument in of.arguments if argument.location != "options"]
    arguments = _beside(context, named.key, polled_arguments, own)
    pairs = list(zip(polled_arguments, arguments, strict=True))
    passed = [argument.name for _, argument in pairs if argument.kind == "positional"]
    passed += [
        f"{one.name}={argument.name}" for one, argument in pairs if argument.kind == "keyword"
    ]
    passed.append(f"{of.arguments[-1].name}=request_options")
    call = Call(
        function="_wait",
        positional=(f"lambda: self.{of.name}({', '.join(passed)})",),
        keywords=(
            Keyword("state", literal(".".join(attribute_types[0]))),
            Keyword("success", _tuple(declared.success)),
            Keyword("failure", _tuple(declared.failure)),
            Keyword("interval", "interval"),
            Keyword("timeout", "timeout"),
            Keyword("on_progress", "on_progress"),
        ),
    )
    return Method(
        name=named.name,
        arguments=(*arguments, *own, request_options(namespace)),
        returns=of.returns,
        async_returns=of.async_returns,
        call=call,
        description=declared.doc,
        raises=_wait_errors(declared),
        kind="wait",
        raw=None,
        http_method=of.http_method,
        url=of.url,
        key=named.key,
        id=f"{endpoint.id}#wait",
        span=declared.span,
    )


def _beside(
    context: Context, key: str, arguments: Sequence[Argument], own: Sequence[Argument]
) -> list[Argument]:
    """The arguments of the polled method; one that clashes with an argument for waiting gets its
    location as a prefix."""
    claims = [
        Claim((argument.name,), argument.name, argument.span, fixed=True, silent=True)
        for argument in own
    ]
    claims += [
        Claim(
            (argument.name, f"{argument.location}_{argument.name}"),
            f"{argument.wire} ({argument.location})",
            argument.span,
            rank=(number,),
            key=f"{key}.{argument.wire}",
            other_keys=(f"{key}.{argument.location}:{argument.wire}",),
        )
        for number, argument in enumerate(arguments)
    ]
    what = f"the arguments of {key}"
    assigned = context.names.assign(claims, what, code="duplicate-argument")[len(own) :]
    return [replace(one, name=named.name) for one, named in zip(arguments, assigned, strict=True)]


def _wait_errors(declared: ir.Waiter) -> tuple[tuple[str, str], ...]:
    """The exceptions of waiting, each with when it is raised."""
    result: list[tuple[str, str]] = []
    if declared.failure:
        name = ".".join(declared.property)
        values = " or ".join(f"`{value}`" for value in declared.failure)
        result.append(("WaitFailedError", f"`{name}` is {values}."))
    result.append(("WaitTimeoutError", "The operation takes longer than `timeout`."))
    return tuple(result)


def _waiter_arguments(
    namespace: Namespace, declared: ir.Waiter, returned: Type
) -> tuple[Argument, ...]:
    called = function(returned, returns=OBJECT)
    arguments = (
        (
            "interval",
            FLOAT,
            repr(float(declared.interval)),
            "The interval between requests, in seconds.",
        ),
        (
            "timeout",
            optional(FLOAT),
            repr(float(declared.timeout)),
            "The total timeout in seconds; None means no timeout.",
        ),
        (
            "on_progress",
            optional(called),
            "None",
            "Called with each response.",
        ),
    )
    return tuple(
        Argument(
            name=name,
            wire="",
            location="client",
            kind="keyword",
            annotation=namespace.annotation(type_),
            default=default,
            doc=doc,
        )
        for name, type_, default, doc in arguments
    )


def _tuple(values: tuple[ir.Scalar, ...]) -> str:
    listed = ", ".join(literal(value) for value in values)
    return f"({listed},)" if len(values) == 1 else f"({listed})"
