"""The path parameters of an operation: checked against the template of its path, and renamed."""

from __future__ import annotations

import re

from ... import ir
from ...frontend_kit.node_reader import LEFT_OUT
from ...frozen import replace
from ..document.context import Context
from .groups import Operation


def names(path: str) -> list[str]:
    """The parameters of a path template, in order."""
    return re.findall(r"\{([^{}]+)\}", path)


def check(
    context: Context, operation: Operation, parameters: list[ir.Parameter]
) -> list[ir.Parameter]:
    """Check path parameters against the template; an undeclared one is a string."""
    wanted = names(operation.path)
    described = {
        parameter.name: parameter for parameter in parameters if parameter.location == "path"
    }
    unused = [name for name in described if name not in wanted]
    undeclared = [name for name in wanted if name not in described]
    for name in unused:
        context.warning(
            "unused-path-parameter",
            f"the path '{operation.path}' has no '{{{name}}}'{LEFT_OUT}",
            described[name].span,
            _same_name(name, undeclared) or "add it to the path, or remove the parameter",
        )
    path: list[ir.Parameter] = []
    for name in wanted:
        if name in undeclared and name not in names(operation.base):
            context.warning(
                "undeclared-path-parameter",
                f"'{{{name}}}' of the path is not declared; it is a required string",
                operation.span,
                _same_name(name, unused) or f"add a parameter with in: path and name: {name}",
            )
        if name not in described:
            described[name] = ir.Parameter(
                name,
                "path",
                ir.Primitive("string"),
                True,
                style="simple",
                explode=False,
                span=operation.span,
            )
        # A path parameter is always required, whatever the description has.
        parameter, required = described[name], described[name].client_default is None
        if parameter.required is not required:
            parameter = replace(parameter, required=required)
        path.append(parameter)
    if context.importer.path_parameter_order == "specOrder":
        order = list(described)
        path.sort(key=lambda parameter: order.index(parameter.name))
    others = [parameter for parameter in parameters if parameter.location != "path"]
    return list({parameter.name: parameter for parameter in path}.values()) + others


def renamed(
    context: Context, parameters: list[ir.Parameter], body: ir.Body | None
) -> list[ir.Parameter]:
    """The parameters; path parameters with the name of another argument get a suffix, if the
    settings say so (Fern's rule)."""
    if context.settings.layout != "fern" or not context.importer.suffix_path_parameters:
        return parameters
    others = {
        parameter.rename or parameter.name
        for parameter in parameters
        if parameter.location in ("query", "header")
    }
    if body is not None and body.type is None:
        others |= {field.rename or field.name for field in body.fields}
    return [
        (
            replace(parameter, rename=f"{parameter.name}PathParam")
            if parameter.location == "path"
            and parameter.rename is None
            and parameter.name in others
            else parameter
        )
        for parameter in parameters
    ]


def _same_name(name: str, others: list[str]) -> str | None:
    """The hint for a name in the path and a declared one that are spelled differently."""
    for other in others:
        if re.sub(r"[\W_]", "", name).lower() == re.sub(r"[\W_]", "", other).lower():
            return f"write one name in both places: '{name}' or '{other}'"
    return None
