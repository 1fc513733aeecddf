"""Names as other generators form them, and the operations of a description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..source import Node

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def words(text: str) -> list[str]:
    """The words of a name, split at case changes and at characters other than letters and digits."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]|[0-9]+", text)


def snake(text: str) -> str:
    return "_".join(word.lower() for word in words(text))


def pascal(text: str) -> str:
    """Capitalize each part and keep the rest: `job_item` is JobItem, `HTTPError` is unchanged."""
    parts = re.findall(r"[A-Za-z0-9]+", text)
    return "".join(part[0].upper() + part[1:] for part in parts)


def key(text: str) -> str:
    """The same key for names that differ only in spelling."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def operations(description: Node) -> Iterator[tuple[str, str, Node]]:
    """Every operation of an OpenAPI description: its HTTP method, path and node."""
    paths = description.get("paths")
    for path, item in paths.items() if paths is not None else ():
        for method, operation in item.items():
            if method.lower() in METHODS and operation.mapping is not None:
                yield method.upper(), path, operation


def default_id(method: str, path: str) -> str:
    """The id that OpenAPI Generator gives an operation without one: `PATCH /users/{id}` is
    usersIdPatch."""
    parts: list[str] = re.findall(r"[^/{}]+", path) or ["root"]
    first, *rest = (*parts, method.lower())
    return first[0].lower() + first[1:] + "".join(pascal(part) for part in rest)


def parameters(description: Node) -> Iterator[tuple[str, str]]:
    """The location and the name of every parameter of an OpenAPI description."""
    components, paths = description.get("components"), description.get("paths")
    shared = components.get("parameters") if components is not None else None
    nodes = [node for _, node in shared.items()] if shared is not None else []
    holders = [item for _, item in paths.items()] if paths is not None else []
    for holder in (*holders, *(operation for _, _, operation in operations(description))):
        listed = holder.get("parameters")
        nodes += listed.list or () if listed is not None else ()
    for node in nodes:
        location, name = text(node.get("in")), text(node.get("name"))
        if location is not None and name is not None:
            yield location, name


def is_x_header(location: str, name: str) -> bool:
    """Whether a parameter is a header `X-…`; other tools keep the `x` of its argument."""
    return location == "header" and name.lower().startswith("x-")


def schemas(description: Node) -> list[str]:
    """The keys of the component schemas."""
    components = description.get("components")
    node = components.get("schemas") if components is not None else description.get("definitions")
    return [name for name, _ in node.items()] if node is not None else []


def text(node: Node | None) -> str | None:
    """The text of a scalar; None if there is none."""
    if node is None or node.value is None or node.mapping is not None or node.list is not None:
        return None
    value = node.value
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def title(description: Node) -> str:
    info = description.get("info")
    return text(info.get("title") if info is not None else None) or "client"


def version(description: Node) -> str | None:
    info = description.get("info")
    return text(info.get("version") if info is not None else None)
