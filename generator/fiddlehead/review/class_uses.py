"""The direction in which types of a package are used: sent, received, or both."""

from __future__ import annotations

from .. import package as py
from ..frozen import dataclass


@dataclass(frozen=True)
class Uses:
    """The ids of declarations that users send and receive, before or after the change."""

    sent: frozenset[str]
    received: frozenset[str]

    def sends(self, declared: py.TypeDef) -> bool:
        # The id of a variant's class is the id of its union and a tag.
        return declared.id.partition("#")[0] in self.sent

    def receives(self, declared: py.TypeDef) -> bool:
        # A type that no operation uses may be used by hand-written code to read responses.
        return declared.id.partition("#")[0] in self.received or not self.sends(declared)
