"""The piece of fiddlehead.toml that would avoid a break."""

from __future__ import annotations

import json


def alias(key: str, *old_names: str) -> str:
    """Keeps old names usable, with a warning, beside the new one."""
    names = ", ".join(_quoted(name) for name in dict.fromkeys(old_names))
    return f"[naming.aliases]\n{_quoted(key)} = [{names}]"


def pin(key: str, name: str) -> str:
    """Keeps a name as it is."""
    return f"[naming.rename]\n{_quoted(key)} = {_quoted(name)}"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, apart from the escape of DEL, which no name has.
    return json.dumps(text, ensure_ascii=False)
