"""Every identifier of the generated package is decided here, by Fern's rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics import Diagnostics, Span
from . import reserved
from .casing import camel, pascal, snake
from .scope import Scope
from .spoken import SYMBOLS, number_words, spoken

__all__ = ["Named", "Names", "Scope", "rename_hint"]

_MEMBER = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")


@dataclass(frozen=True)
class Named:
    """An identifier, the key it is renamed by, and the old names that stay usable."""

    name: str
    key: str
    old_names: tuple[str, ...] = ()


class Names:
    """The rules together with a team's settings; remembers which settings were used."""

    def __init__(
        self,
        diagnostics: Diagnostics,
        *,
        smart_casing: bool = True,
        digit_word_boundary: bool = False,
        rename: Mapping[str, str] | None = None,
        aliases: Mapping[str, tuple[str, ...]] | None = None,
        places: Mapping[str, Span] | None = None,
    ) -> None:
        self._diagnostics = diagnostics
        self._smart = smart_casing
        self._boundary = digit_word_boundary
        self._rename = rename or {}
        self._aliases = aliases or {}
        self._places = places or {}
        self._used: set[str] = set()

    # --- rules ---------------------------------------------------------------------------

    def class_name(self, words: Sequence[str]) -> str:
        """`("EmbedJob", "status")` is EmbedJobStatus; "" where nothing can be said."""
        parts = (pascal(number_words(spoken(word))) for word in words)
        name = _identifier(pascal("".join(parts)))
        name = pascal(number_words(name)) if name[:1].isdigit() else name
        return _guarded(name[:1].upper() + name[1:], reserved.KEYWORDS)

    def snake(self, text: str) -> str:
        """Any text in snake case; not guarded against reserved words."""
        name = snake(spoken(text), smart=self._smart, digit_boundary=self._boundary)
        name = _identifier(name)
        # What stood between the underscores may have been dropped.
        return name if name.strip("_") else ""

    def camel(self, text: str) -> str:
        return camel(text)

    def pascal(self, text: str) -> str:
        return pascal(number_words(spoken(text)))

    def field(self, text: str) -> str:
        """An attribute of a model. pydantic takes a leading underscore for a private one."""
        name = self._with_underscores(text)
        name = f"_{name}" if name[:1].isdigit() else name
        return _guarded(f"f{name}" if name.startswith("_") else name, reserved.FIELD)

    def argument(self, text: str) -> str:
        """An argument. Python mangles two leading underscores inside a class."""
        name = self._with_underscores(text)
        name = re.sub(r"^_+", "_", name)
        name = f"_{name}" if name[:1].isdigit() else name
        return _guarded(name, reserved.ARGUMENT)

    def method(self, words: Sequence[str]) -> str:
        name = "_".join(filter(None, (self.snake(word) for word in words)))
        return _guarded(f"_{name}" if name[:1].isdigit() else name, reserved.METHOD)

    def group(self, word: str) -> str:
        """A package of the generated code, and the attribute of a client that leads to it."""
        name = self.snake(word)
        return _guarded(f"_{name}" if name[:1].isdigit() else name, reserved.GROUP)

    def module(self, class_name: str) -> str:
        """The file of a class: EmbedJob is embed_job."""
        taken = reserved.KEYWORDS | reserved.FERN | reserved.DEVICES
        return _guarded(self.snake(class_name), taken)

    def member(self, value: str, name: str | None = None) -> str:
        """The member of an enum class, in SCREAMING_SNAKE_CASE."""
        text = name or value
        if not _MEMBER.fullmatch(text):
            text = SYMBOLS.get(text.lower(), None) or pascal(number_words(spoken(text)))
        name = self.snake(text).upper()
        return _guarded(f"_{name}" if name[:1].isdigit() else name, reserved.MEMBER)

    def _with_underscores(self, text: str) -> str:
        name = self.snake(text)
        lead = text[: len(text) - len(text.lstrip("_"))]
        return lead + name if name else ""

    # --- settings ------------------------------------------------------------------------

    def decide(self, name: str, key: str, shown: str, span: Span, *other_keys: str) -> Named:
        """`name`, or what the settings call the thing under `key` or one of `other_keys`.

        A name that cannot be written in Python is reported; `shown` is what the description
        calls the thing.
        """
        keys = (*other_keys, key)
        for each in keys:
            wanted = self._rename.get(each)
            if wanted is not None:
                self._used.add(each)
                if _usable(wanted):
                    name = wanted
                    break
                self._diagnostics.error(
                    "bad-config",
                    f"naming.rename: '{wanted}' for '{each}' is no Python name",
                    self._place("rename", each),
                )
        if not name:
            self._diagnostics.error(
                "no-name",
                f"no Python name can be made of '{shown}'",
                span,
                hint=rename_hint(key),
            )
            name = "unnamed"
        old: list[str] = []
        for each in keys:
            if each in self._aliases:
                self._used.add(each)
            for alias in self._aliases.get(each, ()):
                old.append(alias)
                if not _usable(alias):
                    self._diagnostics.error(
                        "bad-config",
                        f"naming.aliases: '{alias}' for '{key}' is no Python name",
                        self._place("aliases", each),
                    )
        kept = tuple(each for each in dict.fromkeys(old) if _usable(each) and each != name)
        return Named(name, key, kept)

    def report_unused(self) -> None:
        """Warns of settings that named nothing."""
        for setting, given in (("rename", self._rename), ("aliases", self._aliases)):
            for key in given:
                if key not in self._used:
                    self._diagnostics.warning(
                        "unused-setting",
                        f"naming.{setting}: there is no '{key}' in the description",
                        self._place(setting, key),
                        hint="`fiddlehead names` prints every name that there is",
                    )

    def _place(self, setting: str, key: str) -> Span | None:
        return self._places.get(f"{setting}.{key}".replace("-", "_"))

    def scope(self, what: str, *, code: str = "duplicate-name", fold: bool = False) -> Scope:
        return Scope(what, self._diagnostics, code=code, fold=fold)


def rename_hint(key: str, extension: str | None = None) -> str:
    """How to settle a collision: in the settings, or in the description."""
    setting = f'in fiddlehead.toml, under [naming.rename]: "{key}" = "another_name"'
    return f"{setting}; or {extension} in the description" if extension else setting


def _guarded(name: str, words: frozenset[str]) -> str:
    return f"{name}_" if name in words else name


def _identifier(text: str) -> str:
    """What of a text an identifier may have; a leading digit is left for the caller."""
    if text.isascii() and text.isidentifier():
        return text
    normal = unicodedata.normalize("NFKC", text)
    name = "".join(character for character in normal if f"a{character}".isidentifier())
    # A mark that belongs to the letter before it cannot be the first.
    while name and not (name[0].isidentifier() or name[0].isdigit()):
        name = name[1:]
    return name


def _usable(name: str) -> bool:
    return (
        name.isidentifier()
        and name not in reserved.KEYWORDS
        and unicodedata.normalize("NFKC", name) == name
    )
