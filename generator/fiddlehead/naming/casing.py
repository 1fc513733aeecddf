"""Converts words to camelCase, PascalCase and snake_case as in Fern: with lodash's words, and
Fern's rule for digits."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# The character classes of lodash's `words` (its reUnicodeWord), without emoji, which identifiers
# cannot contain.
_LOWER = r"a-z\xdf-\xf6\xf8-\xff"
_UPPER = r"A-Z\xc0-\xd6\xd8-\xde"
_BREAK = (
    r"\xac\xb1\xd7\xf7\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u206f"
    r" \t\x0b\f\xa0\ufeff\n\r\u2028\u2029\u1680\u180e\u3000"
)
_DIGITS = r"0-9"
_MISC = rf"[^\ud800-\udfff{_BREAK}{_DIGITS}\u2700-\u27bf{_LOWER}{_UPPER}]"


def _word(lower: str, upper: str, break_: str, misc_lower: str, misc_upper: str) -> re.Pattern[str]:
    """A word, for these classes of characters; `misc_…` includes those without a case."""
    return re.compile(
        "|".join(
            [
                rf"{upper}?{lower}+(?={break_}|{upper}|$)",
                rf"{misc_upper}+(?={break_}|{upper}{misc_lower}|$)",
                rf"{upper}?{misc_lower}+",
                rf"{upper}+",
                r"[0-9]*(?:1ST|2ND|3RD|(?![123])[0-9]TH)(?=\b|[a-z_])",
                r"[0-9]*(?:1st|2nd|3rd|(?![123])[0-9]th)(?=\b|[A-Z_])",
                r"[0-9]+",
            ]
        )
    )


_ASCII_WORD = _word("[a-z]", "[A-Z]", "[^0-9A-Za-z]", "[a-z]", "[A-Z]")


@cache
def _unicode_word() -> re.Pattern[str]:
    """Compiled on first use, which takes much longer than that for ASCII."""
    lower, upper = f"[{_LOWER}]", f"[{_UPPER}]"
    return _word(lower, upper, f"[{_BREAK}]", f"(?:{lower}|{_MISC})", f"(?:{upper}|{_MISC})")


# Ligatures that lodash's `deburr` replaces and `unicodedata` does not decompose.
_LIGATURES = str.maketrans(
    {"Æ": "Ae", "æ": "ae", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Þ": "Th", "þ": "th", "ß": "ss"}
    | {"Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "\u0131": "i", "Ĳ": "IJ", "ĳ": "ij", "ĸ": "k"}
    | {"Ł": "L", "ł": "l", "Œ": "Oe", "œ": "oe", "Ŧ": "T", "ŧ": "t", "\u017f": "s"}
)
_NUMBER = re.compile(r"([0-9]+)")


def words(text: str) -> tuple[str, ...]:
    """The words of a name: `EmbedJobHTTPStatus2` is Embed, Job, HTTP, Status, 2."""
    if not text.isascii():
        text = _without_accents(text)
    word = _ASCII_WORD if text.isascii() else _unicode_word()
    return tuple(word.findall(text.replace("'", "")))


def camel(text: str) -> str:
    """lodash's camelCase: `get-HTTP_status` is getHttpStatus."""
    names = words(text)
    return "".join([names[0].lower(), *(_capital(word) for word in names[1:])]) if names else ""


def pascal(text: str) -> str:
    """lodash's camelCase with an upper-case first letter: `embed_job` is EmbedJob."""
    name = camel(text)
    return name[:1].upper() + name[1:]


def snake(text: str, *, smart: bool = True, digit_boundary: bool = False) -> str:
    """Fern's snake case.

    `smart` joins digits with their neighbours (`v2ChatRequest` is v2chat_request); otherwise digits
    are words (v_2_chat_request). `digit_boundary` joins a digit only with the letter before it
    (v2_chat_request).
    """
    if not smart:
        return _joined(text)
    if digit_boundary:
        return "_".join(_join_digits(part) for part in text.split(" ") if part)
    parts = ("".join(_joined(piece) for piece in _NUMBER.split(part)) for part in text.split(" "))
    return "_".join(part for part in parts if part)


def _joined(text: str) -> str:
    return "_".join(word.lower() for word in words(text))


def _join_digits(text: str) -> str:
    out: list[str] = []
    for word in words(text):
        if out and word.isdigit() and len(out[-1]) == 1:
            out[-1] += word
        else:
            out.append(word.lower())
    return "_".join(out)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _without_accents(text: str) -> str:
    split = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    latin = "".join(character for character in split if not "\u0300" <= character <= "\u036f")
    return unicodedata.normalize("NFC", latin)
