"""Compares the types of the messages that clients of WebSockets receive."""

from __future__ import annotations

from collections.abc import Mapping

from .. import package as py
from .annotations import Annotations, Change
from .finding_collector import Collector
from .signatures import of_type

_RULES: Mapping[Change, str] = {
    "narrower": "python-type-member-no-longer-received",
    "expected": "python-type-member-added",
}


def compare_sockets(
    old: py.Package, new: py.Package, annotations: Annotations, collector: Collector
) -> None:
    """Find messages that code which reads a connection does not expect, and those that are gone."""
    after = _received(new)
    for name, alias in _received(old).items():
        other = after.get(name)
        change = annotations.compare(alias.value, other.value) if other is not None else "same"
        if other is None or change == "same":
            continue
        collector.add(
            _RULES.get(change, "python-type-changed"),
            name,
            f"{name} was {alias.value.display()} and is {other.value.display()}",
            old=alias.span,
            new=other.span,
            before=of_type(alias),
            after=of_type(other),
        )


def _received(package: py.Package) -> dict[str, py.Alias]:
    """The type of the messages of each WebSocket, by its name."""
    sockets = [module for module in package.modules if module.path.endswith("socket_client.py")]
    return {
        item.name: item for module in sockets for item in module.items if isinstance(item, py.Alias)
    }
