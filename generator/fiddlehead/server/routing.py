"""Finds the endpoints for a method and a path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from urllib.parse import unquote

from .. import ir
from ..frozen import dataclass

_PARAMETER = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class Match:
    """The endpoints at a path, by method, with the values of the path's parameters.

    A method has several endpoints if the body selects streaming.
    """

    endpoints: Mapping[str, tuple[ir.Endpoint, ...]]
    values: Mapping[str, str]


@dataclass(frozen=False)
class _Node:
    fixed: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    patterns: dict[str, tuple[re.Pattern[str], _Node]] = field(
        default_factory=dict[str, "tuple[re.Pattern[str], _Node]"]
    )
    endpoints: dict[str, list[tuple[ir.Endpoint, tuple[str, ...]]]] = field(
        default_factory=dict[str, "list[tuple[ir.Endpoint, tuple[str, ...]]]"]
    )


class Router:
    """Finds endpoints by path. A fixed segment takes precedence over a parameter: `/users/me` over
    `/users/{id}`."""

    def __init__(self, endpoints: Iterable[ir.Endpoint]) -> None:
        self._root = _Node()
        for endpoint in endpoints:
            self._add(endpoint)

    def _add(self, endpoint: ir.Endpoint) -> None:
        node = self._root
        path = endpoint.path.partition("?")[0].partition("#")[0]
        if endpoint.base_path is not None:
            path = f"{endpoint.base_path.rstrip('/')}/{path.lstrip('/')}"
        for segment in path.lstrip("/").split("/"):
            if "{" not in segment:
                node = node.fixed.setdefault(unquote(segment), _Node())
                continue
            shape = _PARAMETER.sub("{}", segment)
            if shape not in node.patterns:
                parts = [re.escape(part) for part in shape.split("{}")]
                node.patterns[shape] = (re.compile("(.+?)".join(parts), re.DOTALL), _Node())
            node = node.patterns[shape][1]
        names = tuple(_PARAMETER.findall(path))
        node.endpoints.setdefault(endpoint.method.upper(), []).append((endpoint, names))

    def match(self, path: str, method: str) -> Match | None:
        """The endpoints at a path, or None. A template with the method is preferred."""
        segments = [unquote(segment) for segment in path.lstrip("/").split("/")]
        matched_route: Match | None = None
        for node, values in self._nodes(self._root, segments, 0):
            matched = self._matched(node, values, method)
            if method in matched.endpoints:
                return matched
            matched_route = matched_route or matched
        return matched_route

    def _nodes(
        self, node: _Node, segments: list[str], index: int
    ) -> Iterable[tuple[_Node, tuple[str, ...]]]:
        if index == len(segments):
            if node.endpoints:
                yield node, ()
            return
        segment = segments[index]
        if segment in node.fixed:
            yield from self._nodes(node.fixed[segment], segments, index + 1)
        # `{name}.json` takes precedence over `{name}`.
        for shape in sorted(node.patterns, key=len, reverse=True):
            pattern, child = node.patterns[shape]
            match = pattern.fullmatch(segment)
            if match:
                for end, values in self._nodes(child, segments, index + 1):
                    yield end, (*match.groups(), *values)

    def _matched(self, node: _Node, values: tuple[str, ...], method: str) -> Match:
        at = node.endpoints.get(method) or next(iter(node.endpoints.values()))
        endpoints = {
            name: tuple(endpoint for endpoint, _ in known) for name, known in node.endpoints.items()
        }
        return Match(endpoints, dict(zip(at[0][1], values, strict=True)))
