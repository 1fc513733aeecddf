"""The tree of groups in Python: groups with the same attribute are merged, and a group that only
repeats the name of the client is merged into the client."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from ... import ir, queries
from ...frozen import replace
from ...naming import Names

_Moved: TypeAlias = Callable[[ir.Words], ir.Words]

_COMMON = frozenset({"the", "a", "an", "api", "apis", "client", "sdk", "rest", "http"})
"""Words of a title or a package that do not identify the API."""


def arranged(api: ir.Api, names: Names, package: str | None) -> ir.Api:
    """The API with merged groups.

    Words that differ only in case or separators are one group, with the spelling that is first by
    code point. With `package`, a top-level group whose name only repeats the API's title or the
    package is merged into the client.
    """
    tree = _Tree(names)
    tree.collect(api.root, ())
    for declaration in (*api.declarations.values(), *api.errors.values()):
        tree.add(declaration.package)
    dissolved = _dissolved(api, names, package) if package is not None else frozenset[str]()
    if not dissolved and not tree.merges:
        return api

    def moved(words: ir.Words) -> ir.Words:
        words = tree.with_common_spelling(words)
        return words[1:] if words and _key(names, words[0]) in dissolved else words

    root = _rebuilt(api.root, moved)
    return replace(
        api,
        root=root,
        declarations={
            id_: replace(declaration, package=moved(declaration.package))
            for id_, declaration in api.declarations.items()
        },
        errors={
            id_: replace(error, package=moved(error.package)) for id_, error in api.errors.items()
        },
    )


def _key(names: Names, word: str) -> str:
    return names.group_names(word)[0].casefold()


class _Tree:
    def __init__(self, names: Names) -> None:
        self._names = names
        self._spellings: dict[tuple[str, ...], str] = {}
        self.merges = False

    def collect(self, resource: ir.Resource, words: ir.Words) -> None:
        for child in resource.children:
            self.add((*words, child.name))
            self.collect(child, (*words, child.name))

    def add(self, words: ir.Words) -> None:
        keys = tuple(_key(self._names, word) for word in words)
        for depth, word in enumerate(words, 1):
            known = self._spellings.setdefault(keys[:depth], word)
            if known != word:
                self.merges = True
                self._spellings[keys[:depth]] = min(known, word)

    def with_common_spelling(self, words: ir.Words) -> ir.Words:
        keys = tuple(_key(self._names, word) for word in words)
        return tuple(self._spellings[keys[:depth]] for depth in range(1, len(words) + 1))


class _Group:
    def __init__(self, resource: ir.Resource) -> None:
        self.resource = replace(resource, endpoints=(), channels=(), children=())
        self.endpoints: list[ir.Endpoint] = []
        self.channels: list[ir.Channel] = []
        self.children: dict[str, _Group] = {}

    def built(self) -> ir.Resource:
        return replace(
            self.resource,
            endpoints=tuple(self.endpoints),
            channels=tuple(self.channels),
            children=tuple(child.built() for child in self.children.values()),
        )


def _rebuilt(root: ir.Resource, moved: _Moved) -> ir.Resource:
    result = _Group(root)

    def visit(resource: ir.Resource, words: ir.Words) -> None:
        group = result
        for word in moved(words):
            fresh = _Group(replace(resource, name=word))
            group = group.children.setdefault(word, fresh)
        if words and group is not result and group.resource.doc is None:
            group.resource = replace(group.resource, doc=resource.doc)
        group.endpoints += resource.endpoints
        group.channels += resource.channels
        for child in resource.children:
            visit(child, (*words, child.name))

    visit(root, ())
    return result.built()


def _dissolved(api: ir.Api, names: Names, package: str) -> frozenset[str]:
    """The keys of the top-level groups that only repeat the title or the package."""
    known = {_distinctive_words(api.title), _distinctive_words(package)} - {""}
    return frozenset(
        _key(names, child.name)
        for child in api.root.children
        if _distinctive_words(child.name) in known and not _is_resource(child)
    )


def _is_resource(group: ir.Resource) -> bool:
    """Whether the word of a group is a segment of one of its paths; then it names a resource."""
    word = _distinctive_words(group.name)
    return any(
        _distinctive_words(segment) == word
        for endpoint in queries.requests(group)
        for segment in endpoint.path.split("/")
        if not segment.startswith("{")
    )


def _distinctive_words(text: str) -> str:
    """The distinctive words of a title, normalized."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+", text)
    return "".join(word.casefold() for word in words if word.lower() not in _COMMON)
