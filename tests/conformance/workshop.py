"""Generates each subject once, and collects its results for the table at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fiddlehead import ir
from fiddlehead.examples.example_calls import ExampleCalls, thawed
from fiddlehead.package import Method, Resource

from ..support import pipeline
from .subjects import Layout, Subject

# Cohere's settings export names of two modules that its team writes by hand. These stand for them.
BY_HAND = {
    "client.py": """\
from .base_client import AsyncBaseCohere, BaseCohere


class Client(BaseCohere): ...


class AsyncClient(AsyncBaseCohere): ...
""",
    "aliases.py": """\
from . import v2

ChatResponse = v2.V2ChatResponse
StreamedChatResponseV2 = v2.V2ChatStreamResponse
ContentDeltaStreamedChatResponseV2 = v2.ContentDeltaV2ChatStreamResponse
ContentEndStreamedChatResponseV2 = v2.ContentEndV2ChatStreamResponse
ContentStartStreamedChatResponseV2 = v2.ContentStartV2ChatStreamResponse
MessageEndStreamedChatResponseV2 = v2.MessageEndV2ChatStreamResponse
MessageStartStreamedChatResponseV2 = v2.MessageStartV2ChatStreamResponse
ToolCallDeltaStreamedChatResponseV2 = v2.ToolCallDeltaV2ChatStreamResponse
ToolCallEndStreamedChatResponseV2 = v2.ToolCallEndV2ChatStreamResponse
ToolCallStartStreamedChatResponseV2 = v2.ToolCallStartV2ChatStreamResponse
""",
}


@dataclass
class Row:
    """A line of the table."""

    subject: Subject
    operations: str
    lines: int
    seconds: float
    warnings: int
    facts: str = ""
    type_errors: int | None = None
    values: int | None = None
    examples: int | None = None


@dataclass
class Built:
    """A package on disk, and what it was made from."""

    subject: Subject
    generated: pipeline.Generated
    folder: Path
    """That holds the package, beside the others of its layout."""

    @property
    def package(self) -> Path:
        return self.folder / self.subject.package


@dataclass
class Workshop:
    """Packages of one layout are in one folder, so that one run of a tool checks them all."""

    root: Path
    rows: list[Row] = field(default_factory=list)
    _built: dict[Subject, Built] = field(default_factory=dict)

    def folder(self, layout: Layout) -> Path:
        return self.root / layout

    def get(self, subject: Subject) -> Built:
        if subject not in self._built:
            self._built[subject] = self._build(subject)
        return self._built[subject]

    def row(self, subject: Subject) -> Row:
        self.get(subject)
        return next(row for row in self.rows if row.subject == subject)

    def _build(self, subject: Subject) -> Built:
        start = time.perf_counter()
        arguments = {"layout": subject.layout, "group": subject.group}
        results = {key: value for key, value in arguments.items() if value is not None}
        built = pipeline.make(subject.spec, subject.package, subject.file, **results)
        seconds = time.perf_counter() - start
        handwritten: dict[str, str] = {}
        if subject.name == "cohere":
            handwritten = by_hand(built)
            built.files.update(handwritten)
        folder = self.folder(subject.layout)
        prefix = f"{subject.package}/"
        for name, text in built.files.items():
            # Pages of all packages would have one place.
            path = folder / (name if name.startswith(prefix) else f"{prefix}../{name}")
            if not name.startswith(prefix):
                path = self.root / "pages" / subject.id / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        lines = sum(
            text.count("\n")
            for name, text in built.files.items()
            if name.endswith(".py") and name not in handwritten
        )
        self.rows.append(
            Row(
                subject,
                f"{ir.operations(built.api.root)}/{built.api.operations_found}",
                lines,
                seconds,
                len(built.diagnostics.reported),
            )
        )
        return Built(subject, built, folder)


def by_hand(generated: pipeline.Generated) -> dict[str, str]:
    """The modules whose names Cohere's settings export; those that nothing needs are as good as
    empty."""
    files = {f"cohere/{name}": text for name, text in BY_HAND.items()}
    (exports,) = (module for module in generated.package.modules if module.path == "__init__.py")
    for export in (name for item in exports.items for name in getattr(item, "names", ())):
        name = f"cohere/{export.module.lstrip('.')}.py"
        if export.handwritten and name.removeprefix("cohere/") not in BY_HAND:
            above = f"{files[name]}\n\n" if name in files else ""
            files[name] = f"{above}class {export.name}: ...\n"
    return files


def values(generated: pipeline.Generated) -> Iterator[dict[str, object]]:
    """A value for each response and each example of a type, in the format of `inspection`."""
    example_calls, name = ExampleCalls(generated.api), generated.package.name
    by_id = {item.id: item for _, item in ir.endpoints(generated.api.root)}
    for resource, method in generated.package.methods():
        if method.alias_of or method.id not in by_id:
            continue
        endpoint = by_id[method.id]
        if endpoint.result.kind != "json" or method.kind == "download":
            continue
        type_ = decoded_type(method)
        events = example_calls.events(endpoint) if endpoint.streaming else None
        for response in events or (example_calls.response(endpoint),):
            yield value(method.key, module_of(name, resource), type_, response)
    for id_, declaration in generated.api.declarations.items():
        if id_ in generated.package.types:
            type_ = generated.package.types[id_].name
            module = f"{name}.{generated.package.type_modules[id_].removesuffix('.py').replace('/', '.')}"
            for example in declaration.examples:
                yield value(id_, module, type_, example.value)


def decoded_type(method: Method) -> str:
    """The expression for what a call decodes: of a pager, the whole page."""
    return method.call.positional[1 if method.kind == "pages" else 0]


def module_of(package: str, resource: Resource) -> str:
    return f"{package}.{resource.module.removesuffix('.py').replace('/', '.')}"


def value(place: str, module: str, type_: str, json: ir.Json) -> dict[str, object]:
    return {"place": place, "module": module, "type": type_, "json": thawed(json)}
