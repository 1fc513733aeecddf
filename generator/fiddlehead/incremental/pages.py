"""Updates the parts of pages that depend on types which have changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from .. import render
from ..package import Model
from ..python.examples.fake_examples import EXAMPLE
from ..python.pages.reference_entries import TYPE, fields_list, response_example, type_entry
from ..python.pages.type_entries import FIELDS, TypeEntryWriter
from .ir_values import decoded
from .state import Example
from .types import Types, Unknown


class PageParts:
    """The marked parts of the pages of one description."""

    def __init__(
        self, types: Types, anchors: Mapping[str, str], examples: Mapping[str, Example]
    ) -> None:
        self._types = types
        self._anchors = anchors
        self._examples = examples
        self._writer = TypeEntryWriter(types, lambda id_: f"#{anchors[id_]}")

    def text(self, name: str) -> str:
        """The text of a part, from its mark on."""
        for prefix, text in (
            (TYPE, self._type),
            (FIELDS, self._fields),
            (EXAMPLE, self._example),
        ):
            if name.startswith(prefix):
                return text(name.removeprefix(prefix))
        raise Unknown

    def _type(self, id_: str) -> str:
        return render.reference_entry(
            type_entry(self._writer, self._types[id_], self._anchors[id_])
        )

    def _fields(self, id_: str) -> str:
        model = self._types[id_]
        return fields_list(self._writer, model) if isinstance(model, Model) else ""

    def _example(self, path: str) -> str:
        known = self._examples.get(path)
        if known is None:
            raise Unknown
        section = response_example(self._writer, decoded(json.loads(known.endpoint)))
        return section.text if section is not None else ""


def updated(
    text: str,
    places: Iterable[tuple[int, str]],
    stale: set[str],
    old: PageParts,
    new: PageParts,
) -> str:
    """A page whose stale parts, given in order, are printed again."""
    texts: dict[str, tuple[str, str]] = {}
    pieces: list[str] = []
    done = 0
    for start, name in places:
        if name not in stale:
            continue
        if name not in texts:
            texts[name] = old.text(name), new.text(name)
        before, after = texts[name]
        # A part that is empty has another layout around it.
        if start < done or not before or not after or not text.startswith(before, start):
            raise Unknown
        pieces += [text[done:start], after]
        done = start + len(before)
    return "".join((*pieces, text[done:]))
