"""Fern's rules for identifiers: converts names of the description to Python names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from . import reserved
from .casing import camel, pascal, snake
from .clashes import Candidates, distinct, in_words, literal_name, symbols_as_words
from .readable import shortened, shortened_snake, without_hashes
from .symbol_words import SYMBOLS, number_words, symbols_in_words

_MEMBER = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


class Rules:
    """The rules with their settings.

    Args:
        smart_casing: Whether digits belong to the word before them (`v2_chat` instead of
        `v_2_chat`).
        digit_word_boundary: Whether a word ends after digits.
        group_underscores: Whether groups keep underscores around their names.
        short: Whether generated names of classes and methods are shortened.
        fern: Whether names are those of Fern's packages.
    """

    def __init__(
        self,
        *,
        smart_casing: bool,
        digit_word_boundary: bool,
        group_underscores: bool,
        short: bool,
        fern: bool,
    ) -> None:
        self._smart = smart_casing
        self._boundary = digit_word_boundary
        self._group_underscores = group_underscores
        self._short = short
        self._fern = fern
        self._keeps_snake = smart_casing and not digit_word_boundary and not fern
        # Names of a description recur: most properties are called like another one.
        self._snakes: dict[str, str] = {}
        self._fields: dict[tuple[str, str], tuple[str, ...]] = {}
        self._arguments: dict[tuple[str, str], tuple[str, ...]] = {}

    def class_name(self, words: Sequence[str]) -> str:
        """`("EmbedJob", "status")` is EmbedJobStatus; "" if no name is possible."""
        name = _identifier(pascal("".join(map(_pascal, words))))
        name = pascal(number_words(name)) if name[:1].isdigit() else name
        # Numbers with too many digits are not written as words.
        name = f"Number{name}" if name[:1].isdigit() else name
        return _guarded(name[:1].upper() + name[1:], reserved.KEYWORDS)

    def snake(self, text: str) -> str:
        """Any text in snake case; not checked for reserved words.

        Text in snake case stays as it is (`line_1`); in Fern's packages digits are joined with the
        word before them there, too (`line1`), and `ids[]` is `ids_array`.
        """
        known = self._snakes.get(text)
        if known is not None:
            return known
        name = text.strip("_")
        if not (self._keeps_snake and _SNAKE.fullmatch(name)):
            words = symbols_in_words(text.replace("[]", " array") if self._fern else text)
            name = snake(words, smart=self._smart, digit_boundary=self._boundary)
            name = _identifier(name)
        # The text between underscores may have been removed.
        self._snakes[text] = name = name if name.strip("_") else ""
        return name

    def camel(self, text: str) -> str:
        return camel(text)

    def pascal(self, text: str) -> str:
        return _pascal(text)

    def field(self, text: str) -> str:
        """An attribute of a model. In pydantic, names with a leading underscore are private.

        Fern's packages remove leading underscores, and allow the names of some builtins.
        """
        if self._fern:
            name = self.snake(text).lstrip("_")
            name = f"f_{name}" if name[:1].isdigit() else name
            return _guarded(name, reserved.FERN_FIELD)
        return _guarded(self._public(text), reserved.FIELD)

    def argument(self, text: str) -> str:
        """An argument. It has the prefix of a field, so that a property has one name.

        Fern's packages remove leading underscores, and allow the names of some builtins.
        """
        if self._fern:
            name = self.snake(text).lstrip("_")
            return _guarded(f"_{name}" if name[:1].isdigit() else name, reserved.FERN_ARGUMENT)
        return _guarded(self._public(text), reserved.ARGUMENT)

    def _public(self, text: str) -> str:
        """A name with the prefix `f_` instead of leading underscores, and before a digit."""
        name = re.sub(r"^_+", "_", self._with_underscores(text))
        name = f"_{name}" if name[:1].isdigit() else name
        return f"f{name}" if name.startswith("_") else name

    def method(self, words: Sequence[str], *, nested: bool = False) -> str:
        """A method of a client. In Fern's packages, the client of a group (`nested`) may have a
        method with the name of one of the root client."""
        name = "_".join(filter(None, (self.snake(word) for word in words)))
        taken = (
            reserved.METHOD - reserved.ROOT_METHODS if nested and self._fern else reserved.METHOD
        )
        return _guarded(self._without_digit(name), taken)

    def _without_digit(self, name: str) -> str:
        """A name that may begin with a digit as a public one: its number is written in words, as in
        classes. In Fern's packages, an underscore is put before it."""
        if name[:1].isdigit() and not self._fern:
            name = snake(number_words(name), smart=self._smart)
        return f"_{name}" if name[:1].isdigit() else name

    def group(self, word: str, *, nested: bool = False, no_types: bool = False) -> str:
        """A package of the generated code, and the attribute of the client for it. In Fern's
        packages, one that is `nested` in another may have the name of a module of the root, and one
        next to `no_types` may be `types`."""
        name = self.snake(word)
        if self._group_underscores and (trimmed := word.strip("_")) and name:
            before, _, after = word.partition(trimmed)
            name = f"{before}{name.strip('_')}{after}"
        taken = reserved.GROUP - reserved.ROOT_MODULES if nested and self._fern else reserved.GROUP
        if no_types and self._fern:
            taken = taken - {"types"}
        return _guarded(self._without_digit(name), taken)

    def module(self, class_name: str) -> str:
        """The file of a class: EmbedJob is embed_job."""
        taken = reserved.KEYWORDS | reserved.FERN | reserved.DEVICES
        return _guarded(self.snake(class_name), taken)

    def member(self, value: str, name: str | None = None) -> str:
        """The member of an enum class, in SCREAMING_SNAKE_CASE."""
        text = name or value
        if not _MEMBER.fullmatch(text):
            text = SYMBOLS.get(text.lower(), None) or _pascal(text)
        name = self.snake(text).upper()
        return _guarded(f"_{name}" if name[:1].isdigit() else name, reserved.MEMBER)

    def _with_underscores(self, text: str) -> str:
        name = self.snake(text)
        lead = text[: len(text) - len(text.lstrip("_"))]
        return lead + name if name else ""

    # --- names for a scope in which the best may be taken ---------------------------------

    def class_names(self, words: Sequence[str], *, exact: bool = False) -> Sequence[str]:
        """Candidates for a class name, the best first. An explicit name is `exact`, and never
        shortened."""
        text = "_".join(words)
        full = self.class_name(words)
        name = full or self.class_name([in_words(text)])
        first = name
        if self._short and not exact:
            plain_words = [without_hashes(word) for word in words]
            first = (
                shortened(full if plain_words == [*words] else self.class_name(plain_words)) or name
            )
        return Candidates(first, lambda: _more_class_names(text, name))

    def field_names(self, text: str, wire: str) -> tuple[str, ...]:
        """Candidates for the attribute of a property, the best first."""
        known = self._fields.get((text, wire))
        if known is None:
            names = (
                self.field(text) or self.field(in_words(wire)),
                literal_name(wire, reserved.FERN_FIELD if self._fern else reserved.FIELD),
                self.field(symbols_as_words(wire)),
            )
            known = self._fields[text, wire] = distinct(names)
        return known

    def argument_names(self, text: str, wire: str) -> tuple[str, ...]:
        """Candidates for an argument, the best first."""
        known = self._arguments.get((text, wire))
        if known is None:
            names = (
                self.argument(text) or self.argument(in_words(wire)),
                literal_name(wire, reserved.FERN_ARGUMENT if self._fern else reserved.ARGUMENT),
                self.argument(symbols_as_words(wire)),
            )
            known = self._arguments[text, wire] = distinct(names)
        return known

    def member_names(self, value: str, name: str | None = None) -> tuple[str, ...]:
        """Candidates for the member of an enum value, the best first."""
        return distinct(
            (
                self.member(value, name) or self.member(in_words(value)),
                literal_name(value, reserved.MEMBER | reserved.TEXT),
                self.member(symbols_as_words(value)),
            )
        )

    def group_names(
        self, word: str, *, nested: bool = False, no_types: bool = False
    ) -> tuple[str, ...]:
        """Candidates for the package of a group, the best first."""
        best = self.group(word, nested=nested, no_types=no_types)
        name = best or self.group(in_words(word)) or self.group("empty")
        return (name, self.group(f"{name}_group"))

    def method_names(
        self, choices: Sequence[Sequence[str]], *, exact: bool = False, nested: bool = False
    ) -> tuple[str, ...]:
        """Candidates for the method of an operation, from its names in the description.

        An explicit name is `exact`, and never shortened.
        """
        names = [self.method(words, nested=nested) for words in choices]
        if self._short and not exact:
            names = [*map(self._readable, names, choices), *names]
        return distinct(names if any(names) else [self.method([in_words(" ".join(*choices))])])

    def _readable(self, name: str, words: Sequence[str]) -> str:
        """The name of a method without hashes in its words, shortened."""
        plain = [without_hashes(word) for word in words]
        return shortened_snake(name if plain == [*words] else self.method(plain))


def _more_class_names(text: str, name: str) -> tuple[str, ...]:
    """The candidates for a class name after the best one."""
    with_symbols = pascal(number_words(symbols_in_words(symbols_as_words(text))))
    return (
        name,
        literal_name(text, reserved.KEYWORDS, capital=True),
        _guarded(with_symbols[:1].upper() + with_symbols[1:], reserved.KEYWORDS),
    )


@cache
def _pascal(word: str) -> str:
    return pascal(number_words(symbols_in_words(word)))


def _guarded(name: str, words: frozenset[str]) -> str:
    return f"{name}_" if name in words else name


def _identifier(text: str) -> str:
    """The valid identifier characters of a text; a leading digit is handled by the caller."""
    if text.isascii() and text.isidentifier():
        return text
    normal = unicodedata.normalize("NFKC", text)
    name = "".join(character for character in normal if f"a{character}".isidentifier())
    # A combining mark cannot be the first character.
    while name and not (name[0].isidentifier() or name[0].isdigit()):
        name = name[1:]
    return name
