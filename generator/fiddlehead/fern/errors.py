"""Reads declared errors: `errors:` of a file, and the error lists of endpoints."""

from __future__ import annotations

import re
from pathlib import Path

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
from ..frozen import dataclass
from ..source import Node
from . import keys
from .context import Context
from .definition_files import DefinitionFile
from .type_uses import Scope

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STATUS = re.compile(r"[1-5][0-9][0-9]|[45]XX")


@dataclass(frozen=True)
class ErrorEntry:
    """A declared error with the examples of its body."""

    error: ir.Error
    examples: tuple[ir.Example, ...]


class Errors:
    """All declared errors of a definition."""

    def __init__(self, context: Context, by_property: bool) -> None:
        self._context = context
        self._by_property = by_property
        self._entries: dict[tuple[Path, str], ErrorEntry] = {}
        self.by_id: dict[str, ir.Error] = {}
        for file in context.definition.files:
            for name, span, node in context.values.entries(file.node, "errors"):
                self._declare(file, name, span, node)

    def _declare(self, file: DefinitionFile, name: str, span: Span, node: Node) -> None:
        values = self._context.values
        if not _NAME.fullmatch(name):
            values.warning("bad-value", f"'{name}' is not a valid error name", span)
            return
        if not values.is_mapping(node, f"the error '{name}'", keys.ERROR):
            return
        id_ = "/".join((*file.package, name))
        first = self.by_id.get(id_)
        if first is not None:
            values.diagnostics.warning(
                "duplicate-name",
                f"the error '{name}' is declared twice in one package; the first one is used",
                span,
                hint="rename one of them",
                related=[("first declared here", first.span)],
            )
            declared = next(x for x in self._entries.values() if x.error is first)
            self._entries[file.path, name] = declared
            return
        named_type = self._context.table.declared.by_id.get(id_)
        if named_type is not None:
            values.diagnostics.warning(
                "duplicate-name",
                f"'{name}' is also a type of this package; the error is exported from 'errors' only",
                span,
                hint="rename one of them",
                related=[("the type is declared here", named_type.span)],
            )
        if values.get(node, "headers") is not None:
            message = "headers of errors are not typed; they are in 'headers' of the exception"
            values.warning("not-expressible", message, node.key_span("headers"))
        typed = values.get(node, "type")
        type_ = self._context.table.use(typed, Scope(file)).value if typed is not None else None
        error = ir.Error(
            id_,
            ir.Name((name,), exact=True),
            self._status(node, name),
            type_,
            values.doc(node),
            file.package,
            discriminant=name if self._by_property else None,
            empty=typed is None,
            span=span,
        )
        self.by_id[id_] = error
        examples = self._context.examples.of_type(node, file)
        self._entries[file.path, name] = ErrorEntry(error, examples)

    def _status(self, node: Node, name: str) -> str:
        values = self._context.values
        raw_node = values.required(node, "status-code", f"the error '{name}'")
        status = str(raw_node.value).upper() if raw_node is not None else "500"
        if not _STATUS.fullmatch(status):
            is_text = raw_node is not None and isinstance(raw_node.value, (str, int, float))
            values.warning(
                "bad-value",
                f"'{status}' is not an HTTP status" if is_text else "this is not an HTTP status",
                (raw_node or node).span,
                hint="write a number such as 404, or 4XX",
            )
            return "500"
        return status

    def lookup(self, name: str, file: DefinitionFile, span: Span) -> ErrorEntry | None:
        """The error for a name such as `NotFound` or `commons.NotFound`."""
        alias, _, local = name.rpartition(".")
        defining_file = file.imports.get(alias) if alias else file
        entry = (
            self._entries.get((defining_file.path, local)) if defining_file is not None else None
        )
        unread = alias in file.imports and defining_file is None
        if entry is None and not unread:
            names = [
                error
                for path, error in self._entries
                if defining_file and path == defining_file.path
            ]
            hint = nearest(local, names)
            if alias and alias not in file.imports:
                hint = f"there is no import '{alias}'"
            message = f"unknown error '{name}'"
            self._context.values.warning("unresolved-reference", message, span, hint=hint)
        return entry

    def responses(self, node: Node, file: DefinitionFile) -> list[ir.ErrorResponse]:
        """The `errors:` of an endpoint, or of api.yml."""
        responses: list[ir.ErrorResponse] = []
        for item in self._context.values.elements(node, "errors"):
            named, doc = item, None
            if item.mapping is not None:
                self._context.values.is_mapping(item, "an error", keys.RESPONSE_ERROR)
                raw_node = self._context.values.required(item, "error", "an error")
                if raw_node is None:
                    continue
                named, doc = raw_node, self._context.values.doc(item)
            name = self._context.values.as_string(named, "an error")
            entry = self.lookup(name, file, named.span) if name is not None else None
            if entry is not None and all(
                error_response.error != entry.error.id for error_response in responses
            ):
                responses.append(
                    ir.ErrorResponse(
                        entry.error.id,
                        entry.error.type,
                        doc or entry.error.doc,
                        entry.examples,
                        span=item.span,
                    )
                )
        return responses
