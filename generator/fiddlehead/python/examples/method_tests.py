"""A generated test: it calls a method once, and compares the request and the response with the
example of the description."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Mapping

from ... import ir, queries
from ...examples.shortened_values import shortened
from ...examples.size_limits import Elided
from ...frozen import dataclass
from ...line_breaks import Expression, Group, expression_lines
from ...literals import literal
from ...package import Alias, EnumClass, Method, Model, Resource, RootClient, TypeDef
from ...queries.value_matching import mapping
from ...typing_ import Type
from ..context import Context
from ..methods.method_parts import fixed_value
from .examples import Examples
from .value_expressions import Imports, content, plain

WIDTH = 88
MOST_FIELDS = 4
"""The maximum number of compared properties of a response."""


@dataclass(frozen=True)
class Tested:
    """The data for tests; `folder` is the package of the fakes: `testing`."""

    context: Context
    client: RootClient
    examples: Examples
    types: Mapping[str, TypeDef]
    folder: str

    @property
    def package(self) -> str:
        return self.context.settings.import_name

    @property
    def fakes(self) -> tuple[str, str]:
        """The names of the two fakes of the client."""
        resource = self.client.resource
        return f"Fake{resource.sync.name}", f"Fake{resource.asynchronous.name}"


class MethodTest:
    """One test function."""

    def __init__(
        self,
        tested: Tested,
        resource: Resource,
        method: Method,
        endpoint: ir.Endpoint,
        imports: Imports,
        is_async: bool,
    ) -> None:
        self._tested, self._method, self._endpoint = tested, method, endpoint
        self._exchanges = tested.examples.example_calls
        self._is_async, self._imports = is_async, imports
        self._client = "async_client" if is_async else "client"
        path = ".".join((self._client, *resource.attribute, method.name))
        self._call = tested.examples.call(endpoint, method.arguments, path, imports)

    def lines(self, name: str) -> list[str]:
        """The function `test_{name}`; adds its imports."""
        fake = self._tested.fakes[self._is_async]
        self._imports.name(f"{self._tested.package}.{self._tested.folder}", fake)
        head = f"def test_{name}({self._client}: {fake}) -> None:"
        call_lines, checks = self._call_lines()
        sent = [*self._sent()]
        space = [""] if (sent or checks) else []
        lines = [*call_lines, *space, *sent, *checks]
        return [head, *(f"    {line}" if line else "" for line in lines)]

    # --- the call and its result ---

    def _call_lines(self) -> tuple[list[str], list[str]]:
        """The lines of the call, and the assertions about its result."""
        kind, result = self._method.kind, self._endpoint.result
        example = self._exchanges.response(self._endpoint) if kind != "stream" else None
        if kind in ("stream", "pages"):
            if kind == "stream":
                count = len(self._exchanges.events(self._endpoint))
            else:
                count = self._items(example)
            return self._collected(), [f"assert len(items) == {count}"]
        if kind == "download":
            text = example if isinstance(example, str) else ""
            return self._collected("chunks"), [f'assert b"".join(chunks) == {content(text).flat}']
        checks: list[str] = []
        if result.kind in ("text", "bytes", "file"):
            expected = plain(example) if result.kind == "text" else content(str(example))
            checks = [f"assert response == {expected.flat}"]
        elif result.kind == "json" and result.type is not None:
            checks = [*self._compared(example, result.type)]
        before = "response = " if checks else ""
        call: Expression = self._call
        if self._is_async:
            self._imports.modules.add("import asyncio")
            call = Group("asyncio.run(", (("", call),), ")")
        return expression_lines(call, WIDTH - 4, before=before), checks

    def _items(self, example: ir.Json) -> int:
        pagination = self._endpoint.pagination
        value: ir.Json = example
        for step in pagination.results if pagination is not None else ():
            value = mapping(value).get(step)
        return len(value) if isinstance(value, tuple) else 0

    def _collected(self, name: str = "items") -> list[str]:
        if not self._is_async:
            return expression_lines(self._call, WIDTH - 4, before=f"{name} = [*", after="]")
        self._imports.modules.add("import asyncio")
        awaited = "await " if self._method.call.awaited else ""
        typed = "bytes" if name == "chunks" else "object"
        return [
            f"async def collected() -> list[{typed}]:",
            "    return [",
            "        each",
            *expression_lines(self._call, WIDTH - 4, 8, f"async for each in {awaited}"),
            "    ]",
            "",
            f"{name} = asyncio.run(collected())",
        ]

    def _compared(self, example: ir.Json, type_: ir.Type) -> Iterator[str]:
        """Assertions about properties of a response that are the same on the wire."""
        unwrap = self._endpoint.result.unwrap
        if unwrap:
            resolved = queries.property_type(self._tested.context.api, type_, unwrap)
            if resolved is None:
                return
            type_ = resolved
            for step in unwrap:
                example = mapping(example).get(step)
        model = queries.resolved_non_null(self._tested.context.api, type_)
        defined = self._tested.types.get(model.id) if isinstance(model, ir.Model) else None
        if not isinstance(defined, Model) or example is None:
            return
        values, count = mapping(example), 0
        if self._method.kind == "wait" and self._endpoint.waiter is not None:
            waiter = self._endpoint.waiter
            if len(waiter.property) == 1:
                values = {**values, waiter.property[0]: waiter.success[0]}
        # An optional response may be None for type checkers.
        if self._endpoint.result.optional or not isinstance(
            queries.resolved(self._tested.context.api, type_), ir.Model
        ):
            return
        for field in defined.fields:
            value = values.get(field.wire)
            if count < MOST_FIELDS and _is_plain(value) and self._is_kept(field.annotation):
                count += 1
                line = f"assert response.{field.name} == {plain(value).flat}"
                if isinstance(value, bool):
                    line = f"assert response.{field.name} is {value}"
                if len(line) <= WIDTH - 4:
                    yield line
            elif count < MOST_FIELDS and isinstance(value, tuple) and _is_list(field.annotation):
                count += 1
                yield f"assert len(response.{field.name} or ()) == {len(value)}"

    def _is_kept(self, annotation: Type) -> bool:
        """Whether a value of this type is the same in Python and on the wire."""
        return annotation.head == "Literal" or all(
            node.head in _KEPT or self._is_enum(node.id) for node in annotation.nodes
        )

    def _is_enum(self, id_: str | None) -> bool:
        defined = self._tested.types.get(id_) if id_ is not None else None
        return isinstance(defined, EnumClass) or (
            isinstance(defined, Alias) and defined.kind == "enum"
        )

    # --- the request ---

    def _sent(self) -> Iterator[str]:
        """Assertions about the request."""
        path = self._path()
        if self._method.kind == "pages" and self._endpoint.pagination is not None:
            # Offset pagination continues until a page is empty.
            path = path if self._endpoint.pagination.results else None
        body = self._body()
        if path is None and body is None:
            return
        self._imports.name(f"{self._tested.package}.core.testing", "last_request")
        yield f"request = last_request({self._client})"
        if path is not None:
            request_text = f"({literal(self._endpoint.method)}, {literal(path)})"
            line = f"assert (request.method, request.path) == {request_text}"
            if len(line) <= WIDTH - 4:
                yield line
            else:
                yield f"assert request.method == {literal(self._endpoint.method)}"
                yield f"assert request.path == {literal(path)}"
        if body is not None:
            yield from expression_lines(body, WIDTH - 4, before="assert request.json == ")

    def _path(self) -> str | None:
        sample = self._exchanges.request(self._endpoint)
        parameters = [
            parameter for parameter in self._endpoint.parameters if parameter.location == "path"
        ]
        path = self._endpoint.path.partition("#")[0]
        path_names = {
            argument.wire for argument in self._method.arguments if argument.location == "path"
        }
        for parameter in parameters:
            if parameter.name not in path_names:
                return None  # The value is an argument of the client.
            value = sample.path.get(parameter.name)
            if isinstance(value, bool) or not isinstance(value, str | int) or not _is_plain(value):
                return None
            path = path.replace(f"{{{parameter.name}}}", urllib.parse.quote(str(value), safe=""))
        known = re.fullmatch(r"/?[\w./~%!$&'()*+,;=:@-]*", path, re.ASCII)
        return f"/{path.lstrip('/')}" if known else None

    def _body(self) -> Expression | None:
        body, sample = self._endpoint.body, self._exchanges.request(self._endpoint)
        if body is None or body.encoding != "json" or sample.body is None:
            return None
        if self._has_read_only(body):
            return None
        value: ir.Json = sample.body.value
        if body.fields:
            if any(self._is_set(field.type) for field in body.fields):
                return None
            values = {field.name: fixed_value(self._endpoint, field) for field in body.fields}
            fixed = {name: value.value for name, value in values.items() if value is not None}
            arguments = {
                argument.wire for argument in self._method.arguments if argument.location == "body"
            }
            entries = mapping(value).items()
            value = {**{name: item for name, item in entries if name in arguments}, **fixed}
            if not value:
                return None
        elif body.type is not None and self._is_set(body.type):
            return None
        value = shortened(value)
        return plain(value) if _is_stable(value) else None

    def _has_read_only(self, body: ir.Body) -> bool:
        """Whether a class requires a property that requests omit."""
        declarations = self._tested.context.api.declarations
        types = [body.type] if body.type is not None else [field.type for field in body.fields]
        waiting = [ref.id for type_ in types for ref in queries.references(type_)]
        seen: set[str] = set()
        while waiting:
            declaration = declarations.get(id_ := waiting.pop())
            if id_ in seen or declaration is None:
                continue
            seen.add(id_)
            fields = declaration.fields if isinstance(declaration, ir.Model) else ()
            if any(field.required and field.access == "read-only" for field in fields):
                return True
            waiting += [ref.id for ref in queries.references(declaration)]
        return False

    def _is_set(self, type_: ir.Type) -> bool:
        """Whether a value may be a set, whose order is undefined."""
        resolved = queries.resolved_non_null(self._tested.context.api, type_)
        return isinstance(resolved, ir.ListOf) and resolved.unique


_KEPT = frozenset({"str", "int", "bool", "None", Type.UNION})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d")


def _is_list(annotation: Type) -> bool:
    return all(alternative.head in ("list", "None") for alternative in annotation.alternatives)


def _is_plain(value: ir.Json) -> bool:
    if isinstance(value, str):
        return len(value) <= 60 and value.isprintable() and _is_stable(value)
    return isinstance(value, bool | int)


def _is_stable(value: ir.Json) -> bool:
    """Whether Python writes a value unchanged: not the case for times, and for numbers such as 1e3."""
    if isinstance(value, Elided):
        return False
    if isinstance(value, str):
        return _MOMENT.search(value) is None
    if isinstance(value, Mapping):
        return all(map(_is_stable, value.values()))
    if isinstance(value, tuple):
        return all(map(_is_stable, value))
    return True
