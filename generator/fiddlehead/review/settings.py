"""The part of fiddlehead.toml that would avoid a breaking change."""

from __future__ import annotations

import json


def alias(key: str, *old_names: str) -> str:
    """Keep old names as deprecated aliases of the new one."""
    names = ", ".join(_quoted(name) for name in dict.fromkeys(old_names))
    return f"[naming.aliases]\n{_quoted(key)} = [{names}]"


def pin(key: str, name: str) -> str:
    """Keep a name unchanged."""
    return f"[naming.rename]\n{_quoted(key)} = {_quoted(name)}"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, except for the escape of DEL, which no name contains.
    return json.dumps(text, ensure_ascii=False)
