"""A namespace in which every identifier is claimed once; two claims are an error."""

from __future__ import annotations

from ..diagnostics import Diagnostics, Span


class Scope:
    """The identifiers of one class, function, package or folder.

    `what` describes it to people (`the fields of EmbedJob`). With `fold`, names that differ in
    case only are one, as on the file systems of macOS and Windows.
    """

    def __init__(
        self,
        what: str,
        diagnostics: Diagnostics,
        *,
        code: str = "duplicate-name",
        fold: bool = False,
    ) -> None:
        self._what = what
        self._diagnostics = diagnostics
        self._code = code
        self._fold = fold
        self._taken: dict[str, tuple[str, Span]] = {}

    def claim(self, name: str, shown: str, span: Span, *, hint: str | None = None) -> bool:
        """Takes `name` for what the description calls `shown`; reports it where it is taken."""
        key = name.casefold() if self._fold else name
        first = self._taken.setdefault(key, (shown, span))
        if first[1] is span and first[0] == shown:
            return True
        self._diagnostics.error(
            self._code,
            f"'{shown}' and '{first[0]}' both claim the name '{name}' among {self._what}",
            span,
            hint=hint,
            related=[(f"'{first[0]}' is here", first[1])],
        )
        return False

    def __contains__(self, name: str) -> bool:
        return (name.casefold() if self._fold else name) in self._taken
