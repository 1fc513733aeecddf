"""Counts the references of a large description in a second process."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Mapping
from typing import TypeAlias

from ... import parallel
from ..document.context import Context
from . import usage
from .hierarchies import Hierarchies
from .usage import Usage

FEWEST = 200
"""With fewer components, the start of a second process takes longer than it saves."""

_Sent: TypeAlias = tuple[
    dict[str, int],
    dict[str, int],
    dict[str, set[str]],
    dict[str, dict[str, str]],
    dict[str, set[str]],
    set[str],
    set[str],
]


@contextlib.contextmanager
def beside(
    context: Context, hierarchies: Hierarchies
) -> Generator[Callable[[], Usage], None, None]:
    """Count the references while the block runs, which gets a function that waits for the result.

    Problems are reported, and files read, by the first process only: then it counts again.
    """

    def here() -> Usage:
        with context.references.without_recording():
            return usage.count(context, hierarchies)

    def there() -> _Sent | None:
        problems, files = context.diagnostics.number, len(context.sources.files)
        counted = here()
        alone = context.diagnostics.number == problems and len(context.sources.files) == files
        return _sent(counted) if alone else None

    if _components(context) < FEWEST:
        yield here
        return
    with parallel.beside(there, lambda: None) as received:

        def result() -> Usage:
            values = received()
            return _received(values) if values is not None else here()

        yield result


def _components(context: Context) -> int:
    components = context.root.get("components")
    schemas = components.get("schemas") if components is not None else None
    return len(schemas.mapping or ()) if schemas is not None else 0


def _sent(counted: Usage) -> _Sent:
    """What `marshal` can write: it takes no subclasses."""
    return (
        dict(counted.total),
        dict(counted.plain),
        dict(counted.tags),
        dict(counted.constants),
        dict(counted.subclasses),
        counted.parts,
        counted.complete,
    )


def _received(values: _Sent) -> Usage:
    total, plain, tags, constants, subclasses, parts, complete = values
    return Usage(
        total=Counter(total),
        plain=Counter(plain),
        tags=_sets(tags),
        constants=defaultdict(dict, constants),
        subclasses=_sets(subclasses),
        parts=parts,
        complete=complete,
    )


def _sets(values: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return defaultdict(set, values)
