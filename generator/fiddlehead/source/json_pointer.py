"""JSON Pointer (RFC 6901): converts between names and tokens."""

from __future__ import annotations


def escape(name: str) -> str:
    """A name as a token: `a/b~c` is `a~1b~0c` (section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """The name that a token stands for (section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def names(pointer: str) -> list[str]:
    """The names in a pointer, outermost first; empty for the whole document."""
    return [unescape(token) for token in pointer.split("/")[1:]]
