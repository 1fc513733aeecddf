"""The group and the method name of each operation.

Fern's rules: the extensions first, or else the first tag and the operationId without the tag.
Clashes of method names are resolved by the Python stage, for which each operation has longer names
too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...diagnostics import Span
from ...ir import Words
from ...source import Node
from ..document.context import Context
from ..document.name_parts import camel
from .response import Response


@dataclass(eq=False)
class Operation:
    """An operation with its location and its names."""

    node: Node
    item: Node
    """The path item that contains it."""
    path: str
    method: str
    span: Span
    base: str = ""
    """The prefix of the path from x-fern-base-path."""
    operation_id: str | None = None
    group: Words = ()
    names: list[str] = field(default_factory=list[str])
    """The candidates for the method name, the best first."""
    chosen: bool = False
    """Whether the name was set explicitly (x-fern-sdk-method-name)."""
    responses: list[Response] | None = None
    """Its responses, once they were read."""

    @property
    def id(self) -> str:
        """Unique, and never equal to that of a streaming counterpart, which ends in `#stream`
        without a space."""
        route, mark, fragment = self.path.partition("#")
        return f"{self.method} {route}" + (f" #{fragment}" if mark else "")

    @property
    def route(self) -> str:
        """The requested path: a fragment only distinguishes keys of `paths`."""
        return self.path.partition("#")[0]

    @property
    def name(self) -> str:
        return self.names[0]


def name_operations(context: Context, operations: list[Operation]) -> None:
    """Assign the group and the method name of every operation."""
    kinds = _tag_kinds(context)
    for operation in operations:
        _name(context, operation, kinds)
    _share_spelling(operations)


def _name(context: Context, operation: Operation, kinds: dict[str, str]) -> None:
    node = operation.node
    value = node.mapping or {}
    operation.operation_id = context.string(node, "operationId") or None
    chosen = context.string(node, "x-fern-sdk-method-name")
    if chosen is not None and not re.search(r"[A-Za-z]", chosen):
        context.warning(
            "bad-extension",
            "'x-fern-sdk-method-name' must be a name with at least one letter",
            value["x-fern-sdk-method-name"].span,
        )
        chosen = None
    tags = [tag for tag in context.strings(node, "tags") if kinds.get(tag, "nav") == "nav"]
    tag = next((tag for tag in tags if re.search(r"[A-Za-z0-9]", tag)), None)
    tag = tag or next((tag for tag in tags if tag.strip()), None)
    if tag is None and tags:
        context.warning(
            "bad-value",
            "a tag has no name: the operation is a method of the client",
            value["tags"].span,
            "add a name to the tag",
        )
    if context.importer.ignore_tags:
        tag = None
    if "x-fern-sdk-group-name" in value:
        operation.group = _words(context, node)
    elif chosen is not None or tag is None:
        operation.group = ()
    else:
        operation.group = (tag,)
    by_path = camel(f"{operation.method.lower()} {operation.path}") or operation.method.lower()
    from_id = camel(_name_with_punctuation(operation)) or by_path
    names: list[str] = []
    if chosen is not None:
        operation.names, operation.chosen = [chosen, by_path, from_id], True
        return
    if operation.operation_id is not None and re.search(r"[A-Za-z]", operation.operation_id):
        full = operation.operation_id
        fern = context.settings.layout == "fern"
        # Fern finds no route with a segment like `:search` in an operationId.
        if not fern or (tag is not None and "/:" not in operation.path):
            full = _without_route(operation)
        if not fern and tag is not None and full == operation.operation_id:
            full = _without_class(full)
        if not fern and tag is not None and full == operation.operation_id:
            full = _without_path(operation)
        if "x-fern-sdk-group-name" not in value and tag is not None:
            split = _split_in_fern if context.settings.layout == "fern" else _split
            words = _without_tag(split(full), split(tag))
            if words == []:
                # With `operationId: health, tags: [health]`, the method belongs to the client
                # itself.
                operation.group, words = (), None
            elif words is not None and context.settings.layout == "fern":
                operation.group = ("_".join(split(tag)),)
            names.append((camel(" ".join(words)) if words else "") or full)
        elif tag is None and context.importer.ignore_tags and "_" in full:
            first, _, rest = full.partition("_")
            if first and rest and "x-fern-sdk-group-name" not in value:
                operation.group = (first,)
                names.append(rest)
        names += [full, operation.operation_id]
    elif context.settings.layout == "fern" and operation.operation_id is None:
        names += filter(None, [camel(context.string(node, "summary") or "")])
    names += [by_path, from_id]
    operation.names = list(dict.fromkeys(names))


def _words(context: Context, node: Node) -> Words:
    result: list[str] = []
    for word in context.strings(node, "x-fern-sdk-group-name"):
        if re.search(r"[A-Za-z0-9]", word):
            result.append(word)
        else:
            context.warning(
                "bad-extension",
                "a group name must have at least one letter or digit",
                (node.get("x-fern-sdk-group-name") or node).span,
            )
    return tuple(result)


def _tag_kinds(context: Context) -> dict[str, str]:
    """The kinds of tags (OpenAPI 3.2, section 4.21): only `nav` groups operations."""
    kinds: dict[str, str] = {}
    for tag in context.elements(context.root, "tags"):
        if tag.mapping is None:
            context.is_mapping(tag, "a tag")
            continue
        name, kind = context.string(tag, "name"), context.string(tag, "kind")
        if name is not None and kind is not None:
            kinds[name] = kind
    return kinds


def _without_route(operation: Operation) -> str:
    """An operationId without the path and method that FastAPI adds to the name of the function."""
    full = operation.operation_id or ""
    written = operation.path.removeprefix(operation.base)
    for path in (written, written.rstrip("/")):
        route = re.sub(r"\W", "_", path) + "_" + operation.method.lower()
        name = full.removesuffix(route)
        if name != full and re.search(r"[A-Za-z]", name):
            return name
    return full


def _without_path(operation: Operation) -> str:
    """An operationId without the path that Litestar puts before the name of the function:
    `TreesTreeIdGetTree`."""
    full = operation.operation_id or ""
    path = re.sub(r"[^A-Za-z0-9]", "", operation.path.removeprefix(operation.base))
    rest = full[len(path) :]
    has_path = path and full.lower().startswith(path.lower())
    return rest if has_path and re.match(r"[A-Z][a-z]", rest) else full


def _without_class(full: str) -> str:
    """An operationId without the class that NestJS puts before the name of the method:
    `TreesController_getTree`."""
    match = re.fullmatch(r"\w+?Controller_(\w*[A-Za-z]\w*)", full)
    return match[1] if match is not None else full


def _without_tag(words: list[str], tag: list[str]) -> list[str] | None:
    """The words of an operationId after those of the tag; None if it does not begin with them."""
    return words[len(tag) :] if tag and words[: len(tag)] == tag else None


def _split(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", text)]


def _split_in_fern(text: str) -> list[str]:
    """The words of a tag or an operationId for Fern: capitals begin words only if the text has
    nothing but letters, begins with a small one, and has no two capitals in a row."""
    if re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", text):
        return _split(text)
    return [word.lower() for word in re.findall(r"[A-Za-z0-9]+", text)]


def _name_with_punctuation(operation: Operation) -> str:
    """Method and path with the meaning of punctuation: `/users/{id}` differs from `/users/id`."""
    path = re.sub(r"\{([^{}]*)\}", r" by \1 ", operation.path)
    path = path.replace(".", " dot ").replace(":", " colon ").replace("-", " dash ")
    return f"{operation.method.lower()} {path}"


def _share_spelling(operations: Iterable[Operation]) -> None:
    """Groups with the same attribute name are one group, independent of their spelling."""
    spellings: dict[Words, set[str]] = defaultdict(set)
    for operation in operations:
        keys = tuple(_spelling_key(segment) for segment in operation.group)
        for depth, word in enumerate(operation.group, 1):
            spellings[keys[:depth]].add(word)
    for operation in operations:
        keys = tuple(_spelling_key(segment) for segment in operation.group)
        operation.group = tuple(min(spellings[keys[:depth]]) for depth in range(1, len(keys) + 1))


def _spelling_key(word: str) -> str:
    """Equal for words with the same attribute name; exact only for ASCII."""
    return (camel(word) if word.isascii() else "") or word.casefold()


def duplicate_ids(context: Context, operations: list[Operation]) -> None:
    """OpenAPI 3.1, section 4.8.10: an operationId is unique. Operations in different groups are
    distinguished by the group; for one group, the Python stage assigns the names."""
    seen: dict[str, dict[Words, Operation]] = {}
    for operation in sorted(operations, key=lambda operation: (operation.path, operation.method)):
        if operation.operation_id is None or operation.chosen:
            continue
        others = seen.setdefault(operation.operation_id, {})
        if others and operation.group not in others:
            other = next(iter(others.values()))
            context.diagnostics.warning(
                "duplicate-operation-id",
                f"'{other.id}' has the same operationId '{operation.operation_id}': their groups"
                " distinguish them",
                (operation.node.get("operationId") or operation.node).span,
                hint="give one of them another operationId",
                related=[("the other operation is defined here", other.span)],
            )
        others.setdefault(operation.group, operation)


def base_words(context: Context, operation: Operation) -> Words:
    """The first words of the names of an operation's inline types (Fern's rule)."""
    if operation.chosen:
        if not operation.group:
            return (operation.name,)
        if context.importer.idiomatic_request_names:
            return (operation.name, operation.group[-1])
        return (operation.group[-1], operation.name)
    if operation.operation_id is not None and re.search(r"[A-Za-z]", operation.operation_id):
        return (operation.operation_id,)
    return (camel(f"{operation.method.lower()} {operation.path}") or operation.method.lower(),)


def long_words(operation: Operation) -> Words:
    """The first words if those are taken: method and path, which are unique."""
    return (camel(_name_with_punctuation(operation)) or operation.method.lower(),)
