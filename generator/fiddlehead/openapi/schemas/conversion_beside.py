"""Converts the schemas of components in two processes: one starts while the other reads the
operations.

Their declarations do not depend on each other, so that each schema is converted as if it were the only
one. The results are added in the order of the description, as one process would declare them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable
from contextlib import closing

from ... import parallel
from ...diagnostics import Diagnostics
from ...frozen import dataclass
from ...recording import SCHEMAS
from .converter import SchemaConverter
from .declared import Waiting
from .transfer import Restored, Transfer

FEWEST = 200
"""With fewer schemas, the start of a second process takes longer than it saves."""

_SHARES = 150
"""In about how many shares the schemas are converted."""


@contextlib.contextmanager
def beside(schemas: SchemaConverter) -> Generator[Callable[[], None], None, None]:
    """Convert the schemas of all components while the block runs, which reads the operations. It gets
    a function that converts the rest, which it calls at its end.
    """
    schemas.open_all()
    waiting = schemas.declared.take_waiting()
    if len(waiting) < FEWEST or not parallel.is_possible():
        schemas.declared.add_waiting(waiting)
        schemas.work()
        yield schemas.work
        return
    work = _Work(schemas, waiting)
    with closing(work.shares), parallel.beside(work.sent, dict[int, bytes]) as received:
        yield lambda: work.finish(received)


@dataclass(frozen=True)
class _Converted:
    """The declarations for a component, and its problems, which are reported only once.

    `restored` is None if the schema declares something outside of it, whose place depends on other
    schemas.
    """

    restored: Restored | None
    problems: Diagnostics | None = None


class _Work:
    """The conversion of the declared schemas, from the time when the operations are read."""

    def __init__(self, schemas: SchemaConverter, waiting: list[Waiting]) -> None:
        self._schemas = schemas
        self._waiting = waiting
        self._size = len(waiting) // _SHARES + 1
        self.shares = parallel.Shares(-(-len(waiting) // self._size))
        self._first_entries = len(schemas.registry.entries)
        self._first_problems = schemas.context.diagnostics.number
        files = {id(file): file for file in (one.target.span.source for one in waiting)}
        self._transfer = Transfer(files.values())

    def sent(self) -> dict[int, bytes]:
        """Converts shares in the second process: the results by number, without those with problems,
        which the first process reports."""
        results: dict[int, bytes] = {}
        for number, converted in self._converted():
            if converted.restored is not None and converted.problems is None:
                data = self._transfer.dump(converted.restored)
                if data is not None:
                    results[number] = data
        return results

    def finish(self, received: Callable[[], dict[int, bytes]]) -> None:
        """Converts the other shares, and what was declared by the operations."""
        registry, diagnostics = self._schemas.registry, self._schemas.context.diagnostics
        declared = self._schemas.declared
        # Of two equal declarations or problems, the first is used: those of components are first.
        later_problems = diagnostics.taken_after(self._first_problems)
        later_entries = registry.taken_after(self._first_entries)
        later_waiting = declared.take_waiting()
        results = dict(self._converted())
        for number, data in received().items():
            results[number] = _Converted(self._transfer.load(data))
        for number, waiting in enumerate(self._waiting):
            converted = results.get(number, _Converted(None))
            if converted.restored is None:
                declared.fill(waiting)
            else:
                self._add(waiting, converted.restored)
            if converted.problems is not None:
                diagnostics.add_all(converted.problems)
        self._schemas.work()
        diagnostics.add_all(later_problems)
        known = {*registry.entries}
        registry.add(later_entries)
        declared.add_waiting(waiting for waiting in later_waiting if waiting.id not in known)
        self._schemas.work()

    def _converted(self) -> Iterable[tuple[int, _Converted]]:
        """The results for shares that no other process converts."""
        size = self._size
        for share in self.shares:
            for number in range(share * size, min((share + 1) * size, len(self._waiting))):
                yield number, self._convert(self._waiting[number])

    def _convert(self, waiting: Waiting) -> _Converted:
        """The result for one schema."""
        schemas = self._schemas
        registry, diagnostics = schemas.registry, schemas.context.diagnostics
        reads = schemas.context.references.reads
        if waiting.id != f"#{waiting.target.pointer}" or not _is_component(waiting.target.pointer):
            return _Converted(None)
        before = diagnostics.number
        schemas.declared.fill(waiting)
        entries = registry.taken_after(self._first_entries)
        problems = diagnostics.taken_after(before) if diagnostics.number > before else None
        if schemas.declared.take_waiting():
            return _Converted(None, problems)
        declaration = registry.entries[waiting.id].declaration
        assert declaration is not None
        visited = reads.visited_by(waiting.target.pointer) if reads is not None else set[str]()
        return _Converted((declaration, entries, visited), problems)

    def _add(self, waiting: Waiting, restored: Restored) -> None:
        """Adds the result for one schema, as if it were converted now."""
        schemas = self._schemas
        reads = schemas.context.references.reads
        declaration, entries, visited = restored
        schemas.registry.entries[waiting.id].declaration = declaration
        added = schemas.registry.add(entries)
        if reads is not None:
            reads.visited_by(waiting.target.pointer).update(visited)
            name = waiting.target.pointer[len(SCHEMAS) :]
            reads.declared.update(dict.fromkeys(added, name))


def _is_component(pointer: str) -> bool:
    return pointer.startswith(SCHEMAS) and "/" not in pointer[len(SCHEMAS) :]
