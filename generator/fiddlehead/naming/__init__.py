"""Every identifier of the generated package is decided here, by Fern's rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics import Diagnostics, Span
from . import reserved
from .casing import camel, pascal, snake
from .clashes import Claim, Rank, assign, closer, distance, distinct, in_words, spelled_out
from .readable import shortened, shortened_snake, without_hashes
from .spoken import SYMBOLS, number_words, spoken

__all__ = ["Claim", "Named", "Names", "Rank", "assign", "distance", "rename_hint"]

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
        short: bool = False,
        fern: bool = False,
        rename: Mapping[str, str] | None = None,
        aliases: Mapping[str, tuple[str, ...]] | None = None,
        places: Mapping[str, Span] | None = None,
        renames: Mapping[str, str] | None = None,
    ) -> None:
        self._diagnostics = diagnostics
        self._smart = smart_casing
        self._boundary = digit_word_boundary
        self._short = short
        self._fern = fern
        self._rename = rename or {}
        self._aliases = aliases or {}
        self._places = places or {}
        self._renames = renames or {}
        self._used: set[str] = set()

    # --- rules ---------------------------------------------------------------------------

    def class_name(self, words: Sequence[str]) -> str:
        """`("EmbedJob", "status")` is EmbedJobStatus; "" where nothing can be said."""
        parts = (pascal(number_words(spoken(word))) for word in words)
        name = _identifier(pascal("".join(parts)))
        name = pascal(number_words(name)) if name[:1].isdigit() else name
        # A number that has too many digits to be spoken keeps them.
        name = f"Number{name}" if name[:1].isdigit() else name
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
        """An attribute of a model. pydantic takes a leading underscore for a private one.

        Fern's packages drop leading underscores, and have `object` as it is.
        """
        if self._fern:
            name = self.snake(text).lstrip("_")
            name = f"f_{name}" if name[:1].isdigit() else name
            return _guarded(name, reserved.FIELD - {"object"})
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

    def group(self, word: str, *, nested: bool = False) -> str:
        """A package of the generated code, and the attribute of a client that leads to it. With
        Fern, one that is `nested` in another may be called like a module of the root."""
        name = self.snake(word)
        taken = reserved.GROUP - reserved.ROOT_MODULES if nested and self._fern else reserved.GROUP
        return _guarded(f"_{name}" if name[:1].isdigit() else name, taken)

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

    # --- rules for names that are taken ---------------------------------------------------

    def class_names(self, words: Sequence[str], *, exact: bool = False) -> tuple[str, ...]:
        """The class names that something could have, the best first. One that somebody chose is
        `exact`, and never shortened."""
        if self._short and not exact:
            readable = shortened(self.class_name([without_hashes(word) for word in words]))
            full = self.class_names(words, exact=True)
            return distinct((readable or full[0], *full))
        text = "_".join(words)
        spelled = pascal(number_words(spoken(spelled_out(text))))
        return distinct(
            (
                self.class_name(words) or self.class_name([in_words(text)]),
                closer(text, reserved.KEYWORDS, capital=True),
                _guarded(spelled[:1].upper() + spelled[1:], reserved.KEYWORDS),
            )
        )

    def field_names(self, text: str, wire: str) -> tuple[str, ...]:
        """The attributes that a property could be, the best first."""
        return distinct(
            (
                self.field(text) or self.field(in_words(wire)),
                closer(wire, reserved.FIELD),
                self.field(spelled_out(wire)),
            )
        )

    def argument_names(self, text: str, wire: str) -> tuple[str, ...]:
        """The arguments that something could be, the best first."""
        return distinct(
            (
                self.argument(text) or self.argument(in_words(wire)),
                closer(wire, reserved.ARGUMENT),
                self.argument(spelled_out(wire)),
            )
        )

    def member_names(self, value: str, name: str | None = None) -> tuple[str, ...]:
        """The members of an enum class that a value could be, the best first."""
        return distinct(
            (
                self.member(value, name) or self.member(in_words(value)),
                closer(value, reserved.MEMBER | reserved.TEXT),
                self.member(spelled_out(value)),
            )
        )

    def group_names(self, word: str, *, nested: bool = False) -> tuple[str, ...]:
        """The packages that a group could be, the best first."""
        name = self.group(word, nested=nested) or self.group(in_words(word)) or self.group("empty")
        return (name, self.group(f"{name}_group"))

    def method_names(
        self, choices: Sequence[Sequence[str]], *, exact: bool = False
    ) -> tuple[str, ...]:
        """The methods that an operation could be, by what the description would call it. A name
        that somebody chose is `exact`, and never shortened."""
        found = [self.method(words) for words in choices]
        if self._short and not exact:
            plain = [self.method([without_hashes(word) for word in words]) for words in choices]
            found = [*(shortened_snake(name) for name in plain), *found]
        return distinct(found if any(found) else [self.method([in_words(" ".join(*choices))])])

    # --- settings ------------------------------------------------------------------------

    def settle(
        self,
        claims: Sequence[Claim],
        what: str,
        *,
        parent: str = "",
        code: str = "duplicate-name",
        fold: bool = False,
    ) -> list[Named]:
        """The names of all claimants of one scope, in their order.

        `what` describes the scope to people (`the fields of EmbedJob`); `parent` is its key. What
        a claimant is renamed by is made of the name that it has without settings. Names that
        settings choose come before all others. Each clash is a warning.
        """
        generated = assign([(each.names, _rank(each)) for each in claims], fold=fold)
        keys = _keys(claims, generated, parent)
        own = {each[-1] for each in keys}
        keys = [(*(key for key in each[:-1] if key not in own), each[-1]) for each in keys]
        chosen = [self._renamed(each) for each in keys]
        names = generated
        if any(chosen):
            self._check_renames(claims, keys, chosen, fold)
            names = assign(
                [
                    ((name,) if name else each.names, (0 if name else 1, *_rank(each)))
                    for each, name in zip(claims, chosen, strict=True)
                ],
                fold=fold,
            )
        for index, claim in enumerate(claims):
            if not chosen[index] and not claim.silent:
                self._report_clash(claims, names, index, keys[index][-1], what, code, fold)
        self._check_aliases(claims, keys, names)
        return [
            Named(name, each[-1], self._old_names(each, name))
            for name, each in zip(names, keys, strict=True)
        ]

    def is_renamed(self, keys: Iterable[str]) -> bool:
        """Whether settings choose the name of what has one of these keys."""
        return any(each in self._rename for each in keys)

    def _report_clash(
        self,
        claims: Sequence[Claim],
        names: Sequence[str],
        index: int,
        key: str,
        what: str,
        code: str,
        fold: bool,
    ) -> None:
        claim, name = claims[index], names[index]
        plain = claim.plain or next((each for each in claim.names if each), "")
        if name == plain:
            return
        same = (str.casefold if fold else str)(plain)
        holder = next(
            (i for i, each in enumerate(names) if (str.casefold if fold else str)(each) == same),
            None,
        )
        if holder is None or holder == index:
            return
        other = claims[holder]
        self._diagnostics.warning(
            code,
            f"'{claim.shown}' and '{other.shown}' would both be '{plain}' among {what}:"
            f" they are called '{name}' and '{names[holder]}'",
            claim.span,
            hint=rename_hint(key, self._renames.get(claim.kind or "")),
            # What every client has stands in no file.
            related=[(f"'{other.shown}' is here", other.span)] if other.span.file else [],
        )

    def _check_renames(
        self,
        claims: Sequence[Claim],
        keys: Sequence[tuple[str, ...]],
        chosen: list[str | None],
        fold: bool,
    ) -> None:
        """Reports two renames to one name, and leaves the second out of `chosen`."""
        first: dict[str, int] = {}
        for index, name in enumerate(chosen):
            if name is None:
                continue
            other = first.setdefault(name.casefold() if fold else name, index)
            if other == index:
                continue
            chosen[index] = None
            one, two = (next(key for key in keys[i] if key in self._rename) for i in (other, index))
            self._diagnostics.error(
                "bad-config",
                f"naming.rename: '{one}' and '{two}' cannot both be called '{name}'",
                self._place("rename", two),
                related=[(f"'{claims[index].shown}' is here", claims[index].span)],
            )

    def _check_aliases(
        self, claims: Sequence[Claim], keys: Sequence[tuple[str, ...]], names: Sequence[str]
    ) -> None:
        if not self._aliases:
            return
        holders = dict(zip(names, range(len(names)), strict=True))
        for index, each in enumerate(keys):
            for key in each:
                for alias in self._aliases.get(key, ()):
                    holder = holders.setdefault(alias, index)
                    if holder != index:
                        self._diagnostics.error(
                            "bad-config",
                            f"naming.aliases: '{alias}' for '{key}' is the name of"
                            f" '{claims[holder].shown}'",
                            self._place("aliases", key),
                            hint=f'give that name to one of them: under [naming.rename]: "{key}"'
                            f' = "{alias}"',
                            related=[(f"'{claims[holder].shown}' is here", claims[holder].span)],
                        )

    def _renamed(self, keys: Sequence[str]) -> str | None:
        """What settings call a thing that has these keys."""
        for each in keys:
            wanted = self._rename.get(each)
            if wanted is not None:
                self._used.add(each)
                if _usable(wanted):
                    return wanted
                self._diagnostics.error(
                    "bad-config",
                    f"naming.rename: '{wanted}' for '{each}' is not a Python name",
                    self._place("rename", each),
                )
        return None

    def _old_names(self, keys: Sequence[str], name: str) -> tuple[str, ...]:
        """The aliases that settings list for a thing that has these keys."""
        old: list[str] = []
        for each in keys:
            if each in self._aliases:
                self._used.add(each)
            for alias in self._aliases.get(each, ()):
                old.append(alias)
                if not _usable(alias):
                    self._diagnostics.error(
                        "bad-config",
                        f"naming.aliases: '{alias}' for '{keys[-1]}' is not a Python name",
                        self._place("aliases", each),
                    )
        return tuple(each for each in dict.fromkeys(old) if _usable(each) and each != name)

    def decide(self, name: str, key: str, shown: str, span: Span, *other_keys: str) -> Named:
        """`name`, or what the settings call the thing under `key` or one of `other_keys`.

        A name that cannot be written in Python is reported; `shown` is what the description
        calls the thing.
        """
        keys = (*other_keys, key)
        name = self._renamed(keys) or name
        if not name:
            self._diagnostics.error(
                "no-name",
                f"no Python name can be made of '{shown}'",
                span,
                hint=rename_hint(key),
            )
            name = "unnamed"
        return Named(name, key, self._old_names(keys, name))

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


def rename_hint(key: str, description: str | None = None) -> str:
    """How to rename a thing: in the settings, or in the description by what `description` says."""
    setting = f'in fiddlehead.toml, under [naming.rename]: "{key}" = "another_name"'
    return f"{setting}; or {description}" if description else setting


def _rank(claim: Claim) -> Rank:
    return (0 if claim.fixed else 1, *claim.rank, claim.shown)


def _keys(claims: Sequence[Claim], generated: Sequence[str], parent: str) -> list[tuple[str, ...]]:
    """The keys of each claimant, its own one last, which no other has."""
    found: list[tuple[str, ...]] = []
    taken: dict[str, int] = {}
    for index, claim in enumerate(claims):
        if claim.key is not None:
            first = taken.setdefault(claim.key, index)
            if first != index and _rank(claim) < _rank(claims[first]):
                taken[claim.key] = index
    for index, (claim, name) in enumerate(zip(claims, generated, strict=True)):
        key = claim.key
        if key is None:
            key = f"{parent}.{name}" if parent else name
        elif taken[key] != index and claim.other_keys:
            key = claim.other_keys[0]
        found.append((*(each for each in claim.other_keys if each != key), key))
    return found


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
