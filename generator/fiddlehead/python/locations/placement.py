"""The location of each type: its class name, its package, and the module of its family.

A family is a declaration with its inline schemas, and has a separate module. In a cycle of modules,
those that are used only in annotations are imported when a class is first used, so that a new cycle
does not move a class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ... import ir, queries
from ...frozen import dataclass, replace
from ...naming import Claim, Named, Names, assign
from .folders import Folders, member_key


@dataclass(frozen=True, slots=True)
class TypeLocation:
    """The location of a type: `class_name` of `module`, exported by `package`."""

    class_name: str
    package: tuple[str, ...]
    module: str
    """The path of the file: types/embed_job.py, v2/types/v2chat_response.py."""
    own_module: str
    """The path in Fern's packages, which have one file for each type; empty in layout `compact`."""
    key: str
    old_names: tuple[str, ...] = ()
    folder: str = "types"
    """The package of the group that exports it."""


@dataclass(frozen=True, slots=True)
class TypeLocations:
    """The locations of declarations by id, and of the classes of variants by "<union id>#<tag>"."""

    types: Mapping[str, TypeLocation]
    members: Mapping[str, tuple[str, ...]]
    """Module to the ids of the declarations in it, in the order of the description."""
    late: Mapping[str, frozenset[str]]
    """Each module with the modules that it uses only in annotations and that import it."""


def find(
    api: ir.Api,
    uses: Mapping[str, frozenset[str]],
    names: Names,
    folders: Folders,
    *,
    v0: bool,
    fern: bool,
    is_protected: Callable[[str], bool],
) -> TypeLocations:
    """Decide all locations. `uses` are the declarations that each one refers to. With `v0`, the class
    of a variant is named `Union_Variant`, otherwise `UnionVariant`. `fern` is the layout. Modules that
    `is_protected` are written by hand."""
    return _Finder(api, uses, names, folders, v0, fern, is_protected).find()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A type with its name, and the family that determines its module."""

    named: Named
    package: tuple[str, ...]
    family: str

    @property
    def class_name(self) -> str:
        return self.named.name


class _Finder:
    def __init__(
        self,
        api: ir.Api,
        uses: Mapping[str, frozenset[str]],
        names: Names,
        folders: Folders,
        v0: bool,
        fern: bool,
        is_protected: Callable[[str], bool],
    ) -> None:
        self._api = api
        self._uses = uses
        self._names = names
        self._folders = folders
        self._v0 = v0
        self._fern = fern
        self._is_protected = is_protected
        self._claims: dict[str, _Placed] = {}

    def find(self) -> TypeLocations:
        by_package: dict[tuple[str, ...], list[ir.Declaration]] = {}
        for declaration in self._api.declarations.values():
            package = self._folders.packages[declaration.package]
            by_package.setdefault(package, []).append(declaration)
        for package, declarations in by_package.items():
            self._name(package, declarations)
        if self._fern:
            self._separate_from_hand_written()
        modules, late = self._modules()
        types = {
            id_: TypeLocation(
                claim.class_name,
                claim.package,
                modules[claim.family],
                self._path(claim.package, claim.class_name) if self._fern else "",
                claim.named.key,
                claim.named.old_names,
            )
            for id_, claim in self._claims.items()
        }
        members: dict[str, list[str]] = {}
        for id_ in self._api.declarations:
            members.setdefault(types[id_].module, []).append(id_)
        ordered = {path: tuple(members[path]) for path in sorted(members)}
        return TypeLocations(types, ordered, late)

    def _name(self, package: tuple[str, ...], declarations: list[ir.Declaration]) -> None:
        """Name the types of one package, and the classes of variants after the unions have names."""
        parent = member_key(self._folders.keys[package], "types")
        what = f"the types of '{'.'.join(package)}'" if package else "the types"
        claims = {
            declaration.id: self._declared(declaration, parent) for declaration in declarations
        }
        families = {declaration.id: self._family(declaration) for declaration in declarations}
        unions = [x for x in declarations if isinstance(x, ir.Union) and queries.has_classes(x)]
        if unions:
            quiet = [replace(claim, silent=True) for claim in claims.values()]
            first = self._names.assign(quiet, what, parent=parent)
            chosen = dict(zip(claims, first, strict=True))
            for union in unions:
                for variant in queries.classed(union):
                    id_ = queries.variant_id(union, variant)
                    claims[id_] = self._variant(union, variant, chosen[union.id].name)
                    families[id_] = families[union.id]
        named = self._names.assign([*claims.values()], what, parent=parent)
        for id_, located in zip(claims, named, strict=True):
            self._claims[id_] = _Placed(located, package, families[id_])

    def _declared(self, declaration: ir.Declaration, parent: str) -> Claim:
        """Components take precedence for a name, then inline schemas, then variants."""
        words = declaration.name.words
        label = ".".join(words)
        names = self._names.class_names(words, exact=declaration.name.exact)
        inline = declaration.owner is not None
        return Claim(
            names,
            label,
            declaration.span,
            rank=(int(inline), int(names[0] != "".join(words))),
            other_keys=(member_key(parent, "".join(words)),),
            kind="type",
            # The name of an inline schema is generated.
            silent=inline,
        )

    def _variant(self, union: ir.Union, variant: ir.Variant, union_name: str) -> Claim:
        word = variant.name or variant.tag or ""
        # A part of a name cannot be a keyword: `None`.
        own = self._names.class_names((word,))[0].removesuffix("_")
        before, after = f"{own}{union_name}", f"{union_name}{own}"
        names = (f"{union_name}_{own}", before) if self._v0 else (before, after)
        return Claim(
            (*names, f"{before}Variant"),
            f"{'.'.join(union.name.words)} ({word})",
            variant.span,
            rank=(2,),
        )

    def _family(self, declaration: ir.Declaration) -> str:
        """The outermost declaration that contains an inline one."""
        seen = {declaration.id}
        while True:
            owner = self._api.declarations.get(declaration.owner or "")
            if owner is None or owner.id in seen or owner.package != declaration.package:
                break
            seen.add(owner.id)
            declaration = owner
        return declaration.id

    def _separate_from_hand_written(self) -> None:
        """Types whose module is written by hand, or that of their family, are in Fern's modules,
        from which hand-written modules import them."""
        unions = {
            queries.variant_id(union, variant): union.id
            for union in self._api.declarations.values()
            if isinstance(union, ir.Union)
            for variant in queries.classed(union)
        }
        paths = {id_: self._path(x.package, x.class_name) for id_, x in self._claims.items()}
        protected = {id_ for id_, path in paths.items() if self._is_protected(path)}
        for id_, claim in self._claims.items() if protected else ():
            own = unions.get(id_, id_)
            if protected & {own, claim.family}:
                self._claims[id_] = replace(claim, family=own)

    def _path(self, package: tuple[str, ...], class_name: str) -> str:
        return "/".join((*package, "types", f"{self._names.module(class_name)}.py"))

    def _modules(self) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
        """The module of each family, and for each module those that it uses only in annotations and
        that import it.

        Families share a module only if none of them can be executed first: aliases of each other.
        """
        needs, mentions = self._graphs()
        leaders: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for group in queries.strongly_connected(needs):
            claims = {id_: self._claims[id_] for id_ in group}
            paths = {id_: self._path(claims[id_].package, claims[id_].class_name) for id_ in group}
            chosen = min(group, key=lambda id_: (len(claims[id_].package), paths[id_]))
            leaders.setdefault(paths[chosen].rpartition("/")[0], []).append((chosen, group))
        modules: dict[str, str] = {}
        for folder, groups in leaders.items():
            wanted: list[tuple[tuple[str, ...], tuple[int | str, ...]]] = []
            for id_, _ in groups:
                name = self._claims[id_].class_name
                stem = self._names.module(name)
                # Of two classes with the same file, the one in the usual Python case keeps it.
                wanted.append(((stem,), (int("_" in name), name)))
            for (_, group), stem in zip(groups, assign(wanted, fold=True), strict=True):
                modules.update(dict.fromkeys(group, f"{folder}/{stem}.py"))
        return modules, _late(_between(needs, modules), _between(mentions, modules))

    def _graphs(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The families that each family needs at import time, and those that it refers to."""
        needs: dict[str, set[str]] = {}
        mentions: dict[str, set[str]] = {}
        for id_, declaration in self._api.declarations.items():
            own = self._claims[id_].family
            needed = needs.setdefault(own, set())
            mentioned = mentions.setdefault(own, set())
            for type_ in self._at_import(declaration):
                needed.update(self._families(ref.id for ref in queries.references(type_)))
            mentioned.update(self._families(self._uses[id_]))
            needed.discard(own)
            mentioned.discard(own)
        return needs, mentions

    def _families(self, ids: Iterable[str]) -> Iterator[str]:
        for id_ in ids:
            if id_ in self._claims:
                yield self._claims[id_].family

    def _at_import(self, declaration: ir.Declaration) -> Iterator[ir.Type]:
        """The types that must exist when the code of a declaration is executed: base classes and
        targets of aliases, but not the types of fields."""
        match declaration:
            case ir.Alias(type=type_):
                yield type_
                return
            case ir.Model(extends=extends):
                used: list[ir.Type] = list(extends)
            case ir.Union(variants=variants):
                used = [variant.type for variant in variants if variant.type is not None]
            case ir.Enum():
                return
        for type_ in used:
            yield type_
            model = queries.model_of(self._api, type_)
            if model is not None:
                yield ir.Ref(model.id)


def _between(graph: Mapping[str, Iterable[str]], modules: Mapping[str, str]) -> dict[str, set[str]]:
    """The graph of modules for a graph of families."""
    result: dict[str, set[str]] = {}
    for family, others in graph.items():
        own = modules[family]
        result.setdefault(own, set()).update(modules[other] for other in others)
    for own, others in result.items():
        others.discard(own)
    return result


def _late(
    needs: Mapping[str, set[str]], mentions: Mapping[str, set[str]]
) -> dict[str, frozenset[str]]:
    """The modules that each module cannot import at import time, because they import it."""
    result: dict[str, frozenset[str]] = {}
    edges = {path: needs[path] | mentions[path] for path in needs}
    for cycle in queries.strongly_connected(edges):
        for path in cycle if len(cycle) > 1 else ():
            result[path] = frozenset(cycle) - {path} - needs[path]
    return result
