"""Converts symbols, operators and leading numbers of names to words."""

# ruff: noqa: SIM905 - lists of words are easier to read and to compare as text.

from __future__ import annotations

import re

# Fern's table for enum values, also used for names of properties and parameters.
SYMBOLS = {
    "": "empty",
    '""': "empty string",
    "<": "less than",
    ">": "greater than",
    "<=": "less than or equal to",
    ">=": "greater than or equal to",
    "!=": "not equals",
    "=": "equal to",
    "==": "equal to",
    "*": "all",
    "-": "hyphen",
    "|": "pipe",
    ".": "dot",
    "/": "slash",
    "n/a": "not applicable",
}
_OPERATOR = re.compile(r"(?<=\w)\s*(<=|>=|!=|<|>)$")
_SIGNED = re.compile(r"^([+-])(?=\d)")
_LEADING_NUMBER = re.compile(r"^\d+")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def symbols_in_words(text: str) -> str:
    """A name with symbols as words that casing would drop: `DateSent<`, `+1` and `-1` stay
    distinct."""
    if text in SYMBOLS and text:
        return SYMBOLS[text]
    if text.isidentifier():
        return text
    text = _OPERATOR.sub(lambda match: f" {SYMBOLS[match[1]]}", text)
    return _SIGNED.sub(lambda match: "plus " if match[1] == "+" else "minus ", text)


def number_words(text: str) -> str:
    """A name with its leading number, up to 9999, as words: `2fa` is `two fa`."""
    match = _LEADING_NUMBER.match(text)
    if match is None or int(match[0]) > 9999:
        return text
    rest = text[match.end() :]
    return f"{_number(int(match[0]))} {rest}" if rest else _number(int(match[0]))


def _number(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens = _TENS[value // 10 - 2]
        return f"{tens} {_ONES[value % 10]}" if value % 10 else tens
    size, word = (1000, "thousand") if value >= 1000 else (100, "hundred")
    head, rest = divmod(value, size)
    return f"{_ONES[head]} {word} {_number(rest)}" if rest else f"{_ONES[head]} {word}"
