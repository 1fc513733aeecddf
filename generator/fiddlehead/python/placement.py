"""Where each type lives: its class name, its package and the module it shares with its family.

A family is a declaration with the inline schemas found in it. Families that refer to each other
in a circle share a module, so that modules never import each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import ir
from ..naming import Names, Scope, rename_hint
from . import walk
from .folders import Folders, member_key


@dataclass(frozen=True)
class Home:
    """The Python place of a type: `class_name` of `module`, exported by `package`."""

    class_name: str
    package: tuple[str, ...]
    module: str
    """The path of the file: types/embed_job.py, v2/types/v2chat_response.py."""
    own_module: str
    """The path that Fern gives it, a file for each type."""
    key: str
    old_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Homes:
    """All places: of declarations by id, of the classes of variants by "<union id>#<tag>", of
    errors by id."""

    types: Mapping[str, Home]
    members: Mapping[str, tuple[str, ...]]
    """Module to the ids of the declarations in it, in the order of the description."""


def variant_id(union: ir.Union, variant: ir.Variant) -> str:
    return f"{union.id}#{variant.tag}"


def has_classes(union: ir.Union) -> bool:
    """Whether each variant has a class of its own, which adds the tag."""
    return union.discriminator is not None and union.discriminator.inline


def find(api: ir.Api, names: Names, folders: Folders, v0: bool) -> Homes:
    """Decides all places. With `v0` the class of a variant is called `Union_Variant`, else
    VariantUnion."""
    return _Finder(api, names, folders, v0).find()


@dataclass(frozen=True)
class _Claim:
    class_name: str
    package: tuple[str, ...]
    key: str
    old_names: tuple[str, ...]
    family: str


class _Finder:
    def __init__(self, api: ir.Api, names: Names, folders: Folders, v0: bool) -> None:
        self._api = api
        self._names = names
        self._folders = folders
        self._v0 = v0
        self._scopes: dict[tuple[str, ...], Scope] = {}
        self._claims: dict[str, _Claim] = {}

    def find(self) -> Homes:
        for declaration in self._api.declarations.values():
            self._claim(declaration)
        modules = self._modules()
        types = {
            id_: Home(
                claim.class_name,
                claim.package,
                modules[claim.family],
                self._path(claim.package, claim.class_name),
                claim.key,
                claim.old_names,
            )
            for id_, claim in self._claims.items()
        }
        members: dict[str, list[str]] = {}
        for id_ in self._api.declarations:
            members.setdefault(types[id_].module, []).append(id_)
        return Homes(types, {path: tuple(members[path]) for path in sorted(members)})

    def _claim(self, declaration: ir.Declaration) -> None:
        package = self._folders.packages[declaration.package]
        words = declaration.name.words
        generated = self._names.class_name(words)
        key = self._key(package, generated)
        raw = self._key(package, "".join(words))
        named = self._names.decide(generated, key, ".".join(words), declaration.span, raw)
        scope = self._scope(package)
        hint = rename_hint(raw, "x-fern-type-name")
        scope.claim(named.name, ".".join(words), declaration.span, hint=hint)
        family = self._family(declaration)
        self._claims[declaration.id] = _Claim(named.name, package, key, named.old_names, family)
        if isinstance(declaration, ir.Union) and has_classes(declaration):
            for variant in declaration.variants:
                self._claim_variant(declaration, variant, named.name, package, family)

    def _claim_variant(
        self,
        union: ir.Union,
        variant: ir.Variant,
        union_name: str,
        package: tuple[str, ...],
        family: str,
    ) -> None:
        words = (variant.name or variant.tag or "",)
        own = self._names.class_name(words)
        generated = f"{union_name}_{own}" if self._v0 else f"{own}{union_name}"
        key = self._key(package, generated)
        shown = f"{'.'.join(union.name.words)} ({words[0]})"
        named = self._names.decide(generated, key, shown, variant.span)
        hint = rename_hint(key)
        self._scope(package).claim(named.name, shown, variant.span, hint=hint)
        self._claims[variant_id(union, variant)] = _Claim(
            named.name, package, key, named.old_names, family
        )

    def _key(self, package: tuple[str, ...], name: str) -> str:
        return member_key(member_key(self._folders.keys[package], "types"), name)

    def _scope(self, package: tuple[str, ...]) -> Scope:
        if package not in self._scopes:
            what = f"the types of '{'.'.join(package)}'" if package else "the types"
            self._scopes[package] = self._names.scope(what)
        return self._scopes[package]

    def _family(self, declaration: ir.Declaration) -> str:
        """The declaration that an inline one is found in, at last."""
        seen = {declaration.id}
        while True:
            owner = self._api.declarations.get(declaration.owner or "")
            if owner is None or owner.id in seen or owner.package != declaration.package:
                break
            seen.add(owner.id)
            declaration = owner
        return declaration.id

    def _path(self, package: tuple[str, ...], class_name: str) -> str:
        return "/".join((*package, "types", f"{self._names.module(class_name)}.py"))

    def _modules(self) -> dict[str, str]:
        """The module of each family. What shares one is called like the first by its name."""
        families: dict[str, set[str]] = {}
        for id_ in self._api.declarations:
            own = self._claims[id_].family
            uses = families.setdefault(own, set())
            for type_ in walk.declared(self._api.declarations[id_]):
                for ref in ir.references(type_):
                    if ref.id in self._claims and self._claims[ref.id].family != own:
                        uses.add(self._claims[ref.id].family)
        found: dict[str, str] = {}
        scopes: dict[str, Scope] = {}
        for group in circles(families):
            claims = {id_: self._claims[id_] for id_ in group}
            paths = {id_: self._path(claims[id_].package, claims[id_].class_name) for id_ in group}
            chosen = min(group, key=lambda id_: (len(claims[id_].package), paths[id_]))
            folder = paths[chosen].rpartition("/")[0]
            scope = scopes.setdefault(
                folder, self._names.scope(f"the modules of '{folder}'", fold=True)
            )
            declaration = self._api.declarations[chosen]
            shown = ".".join(declaration.name.words)
            hint = rename_hint(claims[chosen].key, "x-fern-type-name")
            scope.claim(paths[chosen], shown, declaration.span, hint=hint)
            found.update(dict.fromkeys(group, paths[chosen]))
        return found


def circles(uses: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The strongly connected components of a graph (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[tuple[str, ...]] = []
    for root in uses:
        if root in index:
            continue
        work = [(root, iter(sorted(uses[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(uses.get(other, ())))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found.append(tuple(stack[at:]))
                    on_stack.difference_update(stack[at:])
                    del stack[at:]
    return found
