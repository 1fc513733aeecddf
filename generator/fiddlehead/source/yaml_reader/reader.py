"""Reads YAML 1.2 (core schema, and the widely used merge keys) into nodes with locations."""

from __future__ import annotations

from pathlib import Path

import yaml

from ...diagnostics import Diagnostics, SourceFile
from ..node import MAX_DEPTH, Node
from .checks import Checks
from .nesting import LOADER, too_deep
from .nodes import YamlDocument
from .scalars import Loader
from .syntax_errors import SyntaxProblem, at, of_json, of_markup, of_yaml

MAX_NODES = 20_000_000
"""The maximum number of values in a file after expanding YAML aliases."""


class YamlReader:
    """Reads one file into a node: YAML 1.2 core schema, plus merge keys."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._source = source
        self._path = path
        self._diagnostics = diagnostics

    def read(self) -> Node | None:
        """The root; None, and an error, if the file is not valid."""
        text = self._source.text
        markup = of_markup(self._source)
        if markup is not None:
            self._refuse(markup)
            return None
        if text.lstrip()[:1] in ("{", "["):
            text = text.replace("\t", " ")  # YAML in the style of JSON, with tabs between tokens.
        deep = too_deep(text)
        if deep is not None:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._diagnostics.error("too-deep", message, at(self._source, deep))
            return None
        try:
            raw: yaml.Node | None = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            is_json = self._path.suffix.lower() == ".json"
            problem = of_json(self._source) if is_json else None
            other = LOADER is yaml.SafeLoader and problem is None
            more = "; or install PyYAML with libyaml, which supports more of YAML" if other else ""
            self._refuse(problem or of_yaml(self._source, error), more)
            return None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            self._diagnostics.error(
                "invalid-yaml", str(error).splitlines()[0], at(self._source, None)
            )
            return None
        if raw is None:  # An empty file.
            return Node(None, at(self._source, None), self._path, "", {})
        document = YamlDocument(self._source, text, self._path)
        checks = Checks(self._diagnostics, document.span)
        size = checks.size(raw)
        if size > MAX_NODES:
            message = f"aliases expand to more than {MAX_NODES} values"
            self._diagnostics.error("alias-bomb", message, at(self._source, None))
        if size > MAX_NODES or not checks.is_valid:
            return None
        return document.root(raw, has_aliases=checks.has_aliases)

    def _refuse(self, problem: SyntaxProblem, more: str = "") -> None:
        hint, begin = problem.hint + more, problem.begin
        self._diagnostics.error(
            "invalid-yaml",
            problem.message,
            problem.span,
            hint=hint or None,
            related=[("it starts here", begin)] if begin.line != problem.span.line else [],
        )
