"""The rules of a review by id: layer, class, bump, meaning, and the origin of the id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from ..frozen import dataclass
from . import catalog
from .findings import Bump, Kind, Layer

Origin = Literal["oasdiff", "fiddlehead"]


@dataclass(frozen=True)
class Rule:
    """A rule: its id, its classification, and its meaning.

    `adjusted` is the reason for a class that is milder or stricter than oasdiff's severity.
    """

    id: str
    layer: Layer
    kind: Kind
    bump: Bump
    meaning: str
    origin: Origin
    adjusted: str | None = None


def _read(table: str, layer: Layer, origin: Origin) -> Iterator[Rule]:
    for line in table.strip().splitlines():
        name, classes, rest = line.split("  ", 2)
        kind, bump = classes.split()
        meaning, _, adjusted = rest.partition("  | ")
        yield Rule(
            name, layer, cast("Kind", kind), cast("Bump", bump), meaning, origin, adjusted or None
        )


RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        *_read(catalog.OASDIFF, "api", "oasdiff"),
        *_read(catalog.FIDDLEHEAD, "api", "fiddlehead"),
        *_read(catalog.PYTHON, "python", "fiddlehead"),
    )
}
"""Every rule, by id."""


def page() -> str:
    """The text of docs/review-rules.md."""
    lines = [
        "# The rules of a review",
        "",
        "Every id that `fiddlehead diff` can print. [reviewing.md](reviewing.md) explains the report",
        "and the classes. This page is generated:",
        "`python -m fiddlehead.review > docs/review-rules.md` writes it.",
    ]
    for title, note, layer, origin in _TABLES:
        lines += ["", f"## {title}", "", note, "", "| id | class | bump | meaning |"]
        lines.append("|---|---|---|---|")
        for rule in RULES.values():
            if (rule.layer, rule.origin) == (layer, origin):
                why = f" _{rule.adjusted[0].upper()}{rule.adjusted[1:]}._" if rule.adjusted else ""
                cells = (f"`{rule.id}`", rule.kind, rule.bump, rule.meaning + why)
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


_TABLES = (
    (
        "Python",
        "The interface for user code: imports, calls, attributes, types.",
        "python",
        "fiddlehead",
    ),
    (
        "API, with oasdiff's ids",
        "The ids are [oasdiff](https://www.oasdiff.com)'s. Where the class is milder or stricter than "
        "oasdiff's severity because\nof the behaviour of the generated client, the reason follows the "
        "meaning.",
        "api",
        "oasdiff",
    ),
    (
        "API, with ids of fiddlehead",
        "Changes for which oasdiff has no id.",
        "api",
        "fiddlehead",
    ),
)
