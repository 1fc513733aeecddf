"""The names of a scope: those from the settings, and those that the rules assign."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ..diagnostics import Diagnostics, Span
from ..frozen import dataclass
from . import reserved
from .clashes import Claim, Rank, assign, first_choices
from .rules import Rules


@dataclass(frozen=True, slots=True)
class Named:
    """An identifier, its key in the settings, and its deprecated old names."""

    name: str
    key: str
    old_names: tuple[str, ...] = ()


class Names(Rules):
    """The rules together with the naming settings; records which settings were used."""

    def __init__(
        self,
        diagnostics: Diagnostics,
        *,
        smart_casing: bool = True,
        digit_word_boundary: bool = False,
        group_underscores: bool = False,
        short: bool = False,
        fern: bool = False,
        rename: Mapping[str, str] | None = None,
        aliases: Mapping[str, tuple[str, ...]] | None = None,
        places: Mapping[str, Span] | None = None,
        renames: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            smart_casing=smart_casing,
            digit_word_boundary=digit_word_boundary,
            group_underscores=group_underscores,
            short=short,
            fern=fern,
        )
        self._diagnostics = diagnostics
        self._rename = rename or {}
        self._aliases = aliases or {}
        self._places = places or {}
        self._renames = renames or {}
        self._used: set[str] = set()

    def assign(
        self,
        claims: Sequence[Claim],
        what: str,
        *,
        parent: str = "",
        code: str = "duplicate-name",
        fold: bool = False,
    ) -> list[Named]:
        """The names of all claimants of one scope, in order.

        `what` describes the scope in messages (`the fields of EmbedJob`); `parent` is its key. The
        key of a claimant contains its name without settings. Names from the settings take
        precedence. Each clash is a warning.
        """
        first = first_choices([claim.names for claim in claims], fold=fold)
        generated = first or assign([(claim.names, _rank(claim)) for claim in claims], fold=fold)
        keys = _keys(claims, generated, parent)
        chosen = [self._renamed(path) if self._rename else None for path in keys]
        names = generated
        if any(chosen):
            self._check_renames(claims, keys, chosen, fold)
            names = assign(
                [
                    ((name,) if name else claim.names, (0 if name else 1, *_rank(claim)))
                    for claim, name in zip(claims, chosen, strict=True)
                ],
                fold=fold,
            )
        if names is not first or any(claim.plain for claim in claims):
            for index, claim in enumerate(claims):
                if not chosen[index] and not claim.silent:
                    self._report_clash(claims, names, index, keys[index][-1], what, code, fold)
        if not self._aliases:
            return [Named(name, path[-1]) for name, path in zip(names, keys, strict=True)]
        self._check_aliases(claims, keys, names)
        return [
            Named(name, path[-1], self._old_names(path, name))
            for name, path in zip(names, keys, strict=True)
        ]

    def is_renamed(self, keys: Iterable[str]) -> bool:
        """Whether settings set the name of an element with one of these keys."""
        return any(key in self._rename for key in keys)

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
        plain = claim.plain or next((name for name in claim.names if name), "")
        if name == plain:
            return
        same = (str.casefold if fold else str)(plain)
        holder = next(
            (i for i, name in enumerate(names) if (str.casefold if fold else str)(name) == same),
            None,
        )
        if holder is None or holder == index:
            return
        other = claims[holder]
        self._diagnostics.warning(
            code,
            f"'{claim.display_name}' and '{other.display_name}' would both be '{plain}' among {what}:"
            f" they are named '{name}' and '{names[holder]}'",
            claim.span,
            hint=rename_hint(key, self._renames.get(claim.kind or "")),
            # Arguments of every client have no location in a file.
            related=(
                [(f"'{other.display_name}' is defined here", other.span)] if other.span.file else []
            ),
        )

    def _check_renames(
        self,
        claims: Sequence[Claim],
        keys: Sequence[tuple[str, ...]],
        chosen: list[str | None],
        fold: bool,
    ) -> None:
        """Report two renames to the same name, and remove the second one from `chosen`."""
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
                related=[(f"'{claims[index].display_name}' is here", claims[index].span)],
            )

    def _check_aliases(
        self, claims: Sequence[Claim], keys: Sequence[tuple[str, ...]], names: Sequence[str]
    ) -> None:
        holders = dict(zip(names, range(len(names)), strict=True))
        for index, path in enumerate(keys):
            for key in path:
                for alias in self._aliases.get(key, ()):
                    holder = holders.setdefault(alias, index)
                    if holder != index:
                        self._diagnostics.error(
                            "bad-config",
                            f"naming.aliases: '{alias}' for '{key}' is the name of"
                            f" '{claims[holder].display_name}'",
                            self._place("aliases", key),
                            hint=f'use the name for one of them: under [naming.rename]: "{key}"'
                            f' = "{alias}"',
                            related=[
                                (f"'{claims[holder].display_name}' is here", claims[holder].span)
                            ],
                        )

    def _renamed(self, keys: Sequence[str]) -> str | None:
        """The name from the settings for an element with these keys."""
        for key in keys:
            wanted = self._rename.get(key)
            if wanted is not None:
                self._used.add(key)
                if _usable(wanted):
                    return wanted
                self._diagnostics.error(
                    "bad-config",
                    f"naming.rename: '{wanted}' for '{key}' is not a Python name",
                    self._place("rename", key),
                )
        return None

    def _old_names(self, keys: Sequence[str], name: str) -> tuple[str, ...]:
        """The aliases from the settings for an element with these keys."""
        if not self._aliases:
            return ()
        old: list[str] = []
        for key in keys:
            if key in self._aliases:
                self._used.add(key)
            for alias in self._aliases.get(key, ()):
                old.append(alias)
                if not _usable(alias):
                    self._diagnostics.error(
                        "bad-config",
                        f"naming.aliases: '{alias}' for '{keys[-1]}' is not a Python name",
                        self._place("aliases", key),
                    )
        return tuple(text for text in dict.fromkeys(old) if _usable(text) and text != name)

    def decide(self, name: str, key: str, label: str, span: Span, *other_keys: str) -> Named:
        """`name`, or the name from the settings for `key` or one of `other_keys`.

        An invalid Python name is reported; `label` is the name of the element in messages.
        """
        keys = (*other_keys, key)
        name = self._renamed(keys) or name
        if not name:
            self._diagnostics.error(
                "no-name",
                f"no Python name can be made of '{label}'",
                span,
                hint=rename_hint(key),
            )
            name = "unnamed"
        return Named(name, key, self._old_names(keys, name))

    @property
    def used(self) -> frozenset[str]:
        """The keys of the settings that were used."""
        return frozenset(self._used)

    def add_used(self, keys: Iterable[str]) -> None:
        """Takes over the used keys of another build of a part."""
        self._used.update(keys)

    def report_unused(self) -> None:
        """Warn about settings that apply to no element."""
        for setting, entries in (("rename", self._rename), ("aliases", self._aliases)):
            for key in entries:
                if key not in self._used:
                    self._diagnostics.warning(
                        "unused-setting",
                        f"naming.{setting}: there is no '{key}' in the description",
                        self._place(setting, key),
                        hint="`fiddlehead names` prints all names",
                    )

    def _place(self, setting: str, key: str) -> Span | None:
        return self._places.get(f"{setting}.{key}".replace("-", "_"))


def rename_hint(key: str, description: str | None = None) -> str:
    """A hint on how to rename an element: in the settings, or in the description as in
    `description`."""
    setting = f'in fiddlehead.toml, under [naming.rename]: "{key}" = "another_name"'
    return f"{setting}; or {description}" if description else setting


def _rank(claim: Claim) -> Rank:
    return (0 if claim.fixed else 1, *claim.rank, claim.display_name)


def _keys(claims: Sequence[Claim], generated: Sequence[str], parent: str) -> list[tuple[str, ...]]:
    """The keys of each claimant; the last one is unique, and no key of another one."""
    own_keys: list[str] = []
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
        own_keys.append(key)
    unique = frozenset(own_keys)
    return [
        (
            (*(other for other in claim.other_keys if other not in unique), key)
            if claim.other_keys
            else (key,)
        )
        for claim, key in zip(claims, own_keys, strict=True)
    ]


def _usable(name: str) -> bool:
    return (
        name.isidentifier()
        and name not in reserved.KEYWORDS
        and unicodedata.normalize("NFKC", name) == name
    )
