"""A call of each method of a package with all arguments, as the code of its example."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fiddlehead import ir, python
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.package import Argument, Method
from fiddlehead.python.examples import examples

from ..support.pipeline import Generated

PASSED_ON = ("options", "client")
"""Where arguments go that say how to send a request, and are no part of it."""


@dataclass(frozen=True)
class Call:
    """Code that constructs a client and ends with the call of a method."""

    endpoint: ir.Endpoint
    method: Method
    code: str

    def with_client_arguments(self, **more: str) -> tuple[ast.Module, ast.Expression]:
        """Statements up to the call, and the call itself. `more` are arguments of the client, each
        as the name of a variable."""
        tree = ast.parse(self.code)
        last = tree.body.pop()
        assert isinstance(last, ast.Expr)
        construct = tree.body[-1]
        assert isinstance(construct, ast.Assign) and isinstance(construct.value, ast.Call)
        arguments = [
            ast.keyword(name, ast.Name(variable, ast.Load())) for name, variable in more.items()
        ]
        others = [keyword for keyword in construct.value.keywords if keyword.arg not in more]
        construct.value.keywords = others + arguments
        return ast.fix_missing_locations(tree), ast.Expression(last.value)


def all_calls(built: Generated) -> Iterator[Call]:
    """The calls of all methods, without those that only have another name or poll another method
    (`wait` of a waiter sends the requests of the method that it polls)."""
    context = python.prepared(built.api, built.settings, Diagnostics())
    package = built.package
    writer = examples.build(context, package.root, package.types, package.modules)
    endpoints = {item.id: item for _, item in ir.endpoints(context.api.root)}
    for resource, method in package.methods():
        if method.alias_of is not None or method.kind == "wait":
            continue
        endpoint = all_required(endpoints[method.id])
        arguments = tuple(map(required, method.arguments))
        path = ".".join((*resource.attribute, method.name))
        example, _ = writer.examples(
            replace(method, arguments=arguments, kind="request"), path, endpoint
        )
        yield Call(endpoint, method, example.code)


def all_required(endpoint: ir.Endpoint) -> ir.Endpoint:
    """An endpoint whose samples have a value for each argument."""
    body = endpoint.body
    if body is not None:
        fields = tuple(replace(field, required=True) for field in body.fields)
        body = replace(body, required=True, fields=fields)
    parameters = tuple(replace(parameter, required=True) for parameter in endpoint.parameters)
    return replace(endpoint, parameters=parameters, body=body)


def required(argument: Argument) -> Argument:
    if argument.location in PASSED_ON:
        return argument
    return replace(argument, default=None)
