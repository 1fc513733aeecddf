"""Methods and classes of a Package as text for reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .. import package as py
from ..typing_ import Type


def method_path(resource: py.Resource, method: py.Method) -> str:
    """The expression for a method: `embed_jobs.create`."""
    return ".".join((*resource.attribute, method.name))


def type_path(declared: py.TypeDef | py.ErrorClass) -> str:
    """The path of a class under its current name: `types.EmbedJob`."""
    group, _, _ = declared.key.rpartition(".")
    return f"{group}.{declared.name}" if group else declared.name


def without_names(url: str) -> str:
    """A URL template without the names of its parameters."""
    return re.sub(r"{[^}]*}", "{}", url)


def renamed_in_path(old: str, new: str) -> dict[str, str]:
    """The renamed path parameters of two URL templates (old to new), if nothing else differs."""
    if without_names(old) != without_names(new):
        return {}
    before, after = re.findall(r"{([^}]*)}", old), re.findall(r"{([^}]*)}", new)
    return dict(zip(before, after, strict=True))


def of_method(name: str, arguments: Iterable[py.Argument], returns: Type | str) -> str:
    """A signature with one argument per line if there are several, so that a longer name does not
    change the other lines."""
    lines: list[str] = []
    keywords = False
    for argument in arguments:
        if argument.kind == "keyword" and not keywords:
            keywords = True
            lines.append("*")
        lines.append(of_argument(argument))
    returns = returns if isinstance(returns, str) else returns.display()
    if len(lines) <= 2:
        return f"{name}({', '.join(lines)}) -> {returns}"
    return "\n".join((f"{name}(", *(f"    {argument}," for argument in lines), f") -> {returns}"))


def of_argument(argument: py.Argument) -> str:
    default = f" = {argument.default}" if argument.default is not None else ""
    return f"{argument.name}: {argument.annotation.display()}{default}"


def of_field(field: py.Field) -> str:
    """A field as users see it, without its wire name."""
    default = f" = {field.default}" if field.default is not None else ""
    return f"{field.name}: {field.annotation.display()}{default}"


def of_type(declared: py.TypeDef | py.ErrorClass) -> str:
    """A class with its fields, or an alias with its target."""
    if isinstance(declared, py.ErrorClass):
        return f"class {declared.name}(ApiError):  # {declared.status}\n    body: {declared.body}"
    if isinstance(declared, py.Alias):
        return f"{declared.name} = {declared.value.display()}"
    if isinstance(declared, py.EnumClass):
        lines = [f"    {value.name} = {value.expression}" for value in declared.values]
        return "\n".join((f"class {declared.name}({declared.base}):", *(lines or ["    ..."])))
    fields = [f"    {of_field(field)}" for field in declared.fields if not field.inherited]
    head = f"class {declared.name}({', '.join(declared.bases)}):"
    return "\n".join((head, *(fields or ["    ..."])))
