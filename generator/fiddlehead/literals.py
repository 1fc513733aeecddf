"""JSON scalars as Python source, in the form that black prints."""

from __future__ import annotations


def literal(value: object) -> str:
    """A string, number, boolean or None as a Python literal.

    A string has double quotes, unless single quotes need fewer backslashes.
    """
    if not isinstance(value, str):
        return repr(value)
    plain = repr(value)
    if '"' not in value:
        return f'"{plain[1:-1]}"' if plain[0] == "'" else plain
    if "'" not in value or value.count('"') > value.count("'"):
        return plain
    body = "".join(char if char in "'\"" else repr(char)[1:-1] for char in value)
    return '"' + body.replace('"', '\\"') + '"'
