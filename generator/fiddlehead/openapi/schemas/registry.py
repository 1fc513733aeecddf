"""Collects declarations under provisional ids, and assigns their names when all are known.

A name depends on the location of a schema, never on the order in which schemas are read. Schemas
with the same name are either equal, and become one declaration, or all inline ones among them get
longer names with their location. Explicit names are never changed; two different schemas with the
same explicit name are an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field

from ... import ir
from ...diagnostics import Diagnostics, Span
from ...frozen import dataclass, replace
from ..document.name_parts import class_key, key
from .rewrite import Renamer, shape


@dataclass(frozen=False, eq=False, slots=True)
class Entry:
    """A declaration that is being built, with its candidate names, the best first."""

    id: str
    names: tuple[ir.Name, ...]
    package: ir.Words
    span: Span
    component: bool
    owner: str | None
    declaration: ir.Declaration | None = None
    choice: int = 0
    alone: bool = False
    """Whether only declarations of the same package can have the same name (layout `fern`)."""

    @property
    def name(self) -> ir.Name:
        return self.names[self.choice]

    @property
    def rank(self) -> int:
        """Components have precedence, then schemas where they are declared, then references to
        inline schemas."""
        return 2 if self.component else int(self.owner != self.id)

    @property
    def key(self) -> tuple[str, ...]:
        # An inline schema avoids all names, independent of packages. The package of a component
        # belongs to the name that its author chose. In Fern, files are packages with separate
        # names.
        package = tuple(key((word,)) for word in self.package) if self.alone else ()
        return (*package, key(self.name.words))


@dataclass(frozen=True)
class Resolved:
    """The declarations of one run, with final names.

    Attributes:
        final: The final id of each provisional one.
        declarations: The declarations by final id.
        uses: The final ids that each declaration refers to, with duplicates.
    """

    final: dict[str, str]
    declarations: dict[str, ir.Declaration] = field(default_factory=dict[str, ir.Declaration])
    uses: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


class Registry:
    """The declarations of one run, by provisional id. With `by_package`, names are unique for each
    package."""

    def __init__(self, *, by_package: bool = False) -> None:
        self._by_package = by_package
        self.entries: dict[str, Entry] = {}
        self.folds: list[tuple[Entry, Entry]] = []
        """Schemas that are replaced by another one with the same `x-fern-type-name`."""
        self.final: dict[str, str] = {}
        """The final id of each generated declaration, after names are assigned."""
        self.shared: set[str] = set()
        """The ids of declarations with a contested name."""

    def open(
        self,
        id: str,
        names: Iterable[ir.Name],
        package: ir.Words,
        span: Span,
        *,
        component: bool,
        owner: str | None,
    ) -> Entry | None:
        """A new entry, or None if the id exists: the schema is being read, or was read."""
        if id in self.entries:
            return None
        entry = Entry(id, tuple(dict.fromkeys(names)), package, span, component, owner)
        entry.alone = self._by_package
        self.entries[id] = entry
        return entry

    def get(self, id: str) -> ir.Declaration | None:
        entry = self.entries.get(id)
        return entry.declaration if entry is not None else None

    def taken_after(self, number: int) -> list[Entry]:
        """Takes out all entries but the first ones, in their order."""
        taken = [self.entries.popitem()[1] for _ in range(len(self.entries) - number)]
        return taken[::-1]

    def add(self, entries: Iterable[Entry]) -> list[str]:
        """Adds entries unless their ids exist; returns the ids that were added."""
        added: list[str] = []
        for entry in entries:
            if self.entries.setdefault(entry.id, entry) is entry:
                added.append(entry.id)
        return added

    # --- settling ---------------------------------------------------------------------------

    def resolve_names(self, errors: set[str]) -> Resolved:
        """The declarations with their final names.

        `errors` are the class names of errors: a schema with such a name is named `…Body` (Fern).
        """
        entries, folded = self._fold()
        for entry in entries:
            entry.names = tuple(
                (
                    replace(name, words=(*name.words, "Body"))
                    if class_key(name.words) in errors
                    else name
                )
                for name in entry.names
            )
        classes = self._choose_names(entries)
        leaders: dict[tuple[object, ...], Entry] = {}
        members: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            group = classes[entry.id]
            members[group].append(entry)
            leader = leaders.get(group)
            if leader is None or entry.rank > leader.rank:
                leaders[group] = entry
        final: dict[str, str] = {}
        taken: dict[str, Entry] = {}
        packages: dict[str, ir.Words] = {}
        for group, leader in leaders.items():
            package = leader.package if leader.component else _common(members[group])
            id = "/".join((*package, ".".join(leader.name.words)))
            while id in taken:
                id += "'"  # Ids must be unique before the Python stage assigns names.
            taken[id] = leader
            packages[leader.id] = package
            for entry in members[group]:
                final[entry.id] = id
        final |= {id: final[later] for id, later in folded.items()}
        renamed = Renamer(final)
        resolved = Resolved(final)
        entries_by_id: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            entries_by_id[final[entry.id]].append(entry)
        for id, leader in taken.items():
            assert leader.declaration is not None
            declaration = renamed(leader.declaration)
            owner = final.get(leader.owner, leader.owner) if leader.owner else None
            resolved.uses[id] = renamed.ids
            resolved.declarations[id] = replace(
                declaration,
                id=id,
                name=leader.name,
                package=packages[leader.id],
                owner=None if leader.component else owner,
                places=tuple(sorted(entry.id for entry in entries_by_id[id])),
            )
        return resolved

    def _fold(self) -> tuple[list[Entry], dict[str, str]]:
        """The entries that are declared, and the replaced ones with the later entry that has the
        same `x-fern-type-name`."""
        entries = [entry for entry in self.entries.values() if entry.declaration is not None]
        chosen: dict[tuple[ir.Words, ir.Words], list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.component and entry.names[0].exact:
                chosen[entry.package, entry.names[0].words].append(entry)
        folded: dict[str, str] = {}
        for group in chosen.values():
            last = max(group, key=lambda entry: _order(entry.span))
            folded.update({entry.id: last.id for entry in group if entry is not last})
        self.folds = [(self.entries[id], self.entries[last]) for id, last in folded.items()]
        return [entry for entry in entries if entry.id not in folded], folded

    def _choose_names(self, entries: list[Entry]) -> dict[str, tuple[object, ...]]:
        """The equivalence class of each entry: entries of one class are one declaration."""
        shape_numbers = _ShapeNumbers()
        while True:
            groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
            for entry in entries:
                groups[entry.key].append(entry)
            classes = self._partition(groups, shape_numbers)
            moved = False
            for group in groups.values():
                if len(group) > 1 and len({classes[entry.id] for entry in group}) > 1:
                    moved |= self._part(group, classes)
            if not moved:
                return classes

    def _part(self, group: list[Entry], classes: Mapping[str, tuple[object, ...]]) -> bool:
        """Distinguish entries with the same key; returns whether any changed."""
        movable = [entry for entry in group if entry.choice + 1 < len(entry.names)]
        titled = [entry for entry in movable if entry.component]
        if titled:
            # A component keeps its key.
            movable = titled
        fixed = {classes[entry.id] for entry in group if entry not in movable}
        for entry in movable:
            # An inline declaration that equals a component is that component.
            if classes[entry.id] not in fixed:
                entry.choice += 1
        moved = [entry for entry in movable if classes[entry.id] not in fixed]
        return bool(moved)

    def _partition(
        self, groups: Mapping[tuple[str, ...], list[Entry]], shape_numbers: _ShapeNumbers
    ) -> dict[str, tuple[object, ...]]:
        """Equal declarations with the same key share a class; refined until references agree too.

        `shape_numbers` has cached results for declarations.
        """
        classes: dict[str, tuple[object, ...]] = {}
        shared: list[Entry] = []
        for group_key, group in groups.items():
            classes.update((entry.id, (group_key, 0)) for entry in group)
            if len(group) > 1:
                shared += group
                self.shared.update(entry.id for entry in group)
        count = 0
        while shared:
            forms: dict[tuple[object, ...], tuple[object, ...]] = {}
            refined: dict[str, tuple[object, ...]] = {}
            numbers: dict[object, int] = defaultdict(int)
            for entry in shared:
                previous = classes[entry.id]
                own, ids = shape_numbers.of(entry)
                form = (previous, own, tuple(classes.get(id, id) for id in ids))
                if form not in forms:
                    forms[form] = (previous[0], (previous[1], numbers[previous]))
                    numbers[previous] += 1
                refined[entry.id] = forms[form]
            classes.update(refined)
            distinct = len(set(refined.values()))
            if distinct == count:
                break
            count = distinct
        # Two components are always distinct, because the author named both.
        components: set[tuple[object, ...]] = set()
        for entry in shared:
            if entry.component:
                if classes[entry.id] in components:
                    classes[entry.id] = (*classes[entry.id], entry.id)
                components.add(classes[entry.id])
        return classes


class _ShapeNumbers:
    """Assigns a number to each structure of declarations: equal structures have the same number."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._references: dict[str, tuple[int, list[str]]] = {}

    def of(self, entry: Entry) -> tuple[int, list[str]]:
        """The number of a declaration's structure, and the ids that it refers to, in order."""
        if entry.id not in self._references:
            ids: list[str] = []
            own = shape(entry.declaration, ids)
            self._references[entry.id] = (self._numbers.setdefault(own, len(self._numbers)), ids)
        return self._references[entry.id]


def check_names(registry: Registry, diagnostics: Diagnostics) -> None:
    """Warn about each schema that is replaced by another one."""
    for entry, last in registry.folds:
        diagnostics.warning(
            "duplicate-name",
            f"'{' '.join(last.names[0].words)}' is the x-fern-type-name of several schemas:"
            " the last one is used for all of them",
            entry.span,
            hint="give one of them another name: x-fern-type-name: …",
            related=[("the last one is here", last.span)],
        )


def _order(span: Span) -> tuple[str, int, int]:
    return (span.file, span.line, span.column)


def _common(entries: list[Entry]) -> ir.Words:
    """The innermost group that contains all of them."""
    first, *others = (entry.package for entry in entries)
    common = first
    for package in others:
        length = 0
        while length < min(len(common), len(package)) and common[length] == package[length]:
            length += 1
        common = common[:length]
    return common
