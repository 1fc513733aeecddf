"""Compares authentication: the alternatives of authentication schemes."""

from __future__ import annotations


def security(
    old: tuple[tuple[str, ...], ...], new: tuple[tuple[str, ...], ...]
) -> list[tuple[str, str]]:
    """Changes of authentication as (end of the rule id, text), most severe first."""
    before = {tuple(sorted(schemes)) for schemes in old if schemes}
    after = {tuple(sorted(schemes)) for schemes in new if schemes}
    was_open, is_open = not before or () in old, not after or () in new
    if before == after and was_open == is_open:
        return []
    result: list[tuple[str, str]] = []
    if was_open and not is_open:
        result.append(("security-added", "now requires credentials"))
    if is_open and not was_open:
        result.append(("security-optional", "no longer requires credentials"))
        return result
    removed = sorted(before - after)
    if removed and after:
        result.append(("security-removed", f"no longer accepts {shown_auth(tuple(removed))}"))
    added = sorted(after - before)
    if added and before:
        result.append(
            ("security-alternative-added", f"now also accepts {shown_auth(tuple(added))}")
        )
    return result


def shown_auth(auth: tuple[tuple[str, ...], ...]) -> str:
    """Alternatives of sets of schemes as text."""
    return " or ".join(" and ".join(schemes) or "nothing" for schemes in auth) or "nothing"
