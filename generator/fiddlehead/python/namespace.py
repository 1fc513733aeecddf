"""The names of one module: what it imports, and what each thing is called inside it."""

from __future__ import annotations

import copy
import io
import re
import tokenize
from collections.abc import Callable, Iterable

from ..package import Import
from ..typing_ import Spelled, optional, referred
from .placement import Homes

_REFERENCE = re.compile("\0([^\0]*)\0")
_BUILTINS = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "set", "str"})
SEQUENCE = Import("collections.abc", "Sequence")


class Namespace:
    """Gives out local names and remembers the imports that they need.

    `defined` are the names that the module itself defines, `used` the ids of the types that it
    names: what the description calls things comes first, and what is ours gets an underscore
    before it where it would be hidden. `shadowed` are names of methods: inside the class, an
    annotation or a decorator would take them for the method, so builtins among them are spelled
    in full.
    """

    def __init__(
        self,
        path: str,
        homes: Homes,
        defined: Iterable[str] = (),
        used: Iterable[str] = (),
        shadowed: Iterable[str] = (),
    ) -> None:
        self.path = path
        self._homes = homes
        self._imports: set[Import] = set()
        self._defined = frozenset(defined)
        self._locals = self._local_names(sorted(set(used)))
        hidden = frozenset(shadowed)
        self._shadowed = hidden & _BUILTINS
        self._taken = self._defined | hidden | frozenset(self._locals.values())

    def _local_names(self, used: list[str]) -> dict[str, str]:
        folder = self.path.rpartition("/")[0]
        by_name: dict[str, set[tuple[str, ...]]] = {}
        for id_ in used:
            home = self._homes.types[id_]
            by_name.setdefault(home.class_name, set()).add(home.package)
        found: dict[str, str] = {}
        for id_ in used:
            home = self._homes.types[id_]
            here = home.module == self.path
            near = folder.removesuffix("types").strip("/") == "/".join(home.package)
            alone = len(by_name[home.class_name]) == 1 and home.class_name not in self._defined
            if here or alone or (near and home.class_name not in self._defined):
                found[id_] = home.class_name
            else:
                words = "".join(word.title().replace("_", "") for word in home.package) or "Root"
                found[id_] = f"_{words}{home.class_name}"
        return found

    def aside(self) -> Namespace:
        """The same names, for text that the module does not print: its imports are forgotten."""
        other = copy.copy(self)
        other._imports = set()
        return other

    def ref(self, id_: str) -> str:
        """The local name of a type."""
        home = self._homes.types[id_]
        local = self._locals.get(id_, home.class_name)
        if home.module != self.path:
            alias = local if local != home.class_name else ""
            self._imports.add(Import(self.relative(home.module), home.class_name, alias))
        return local

    def use(self, imported: Import) -> str:
        """The local name of something that is ours or of a library."""
        name = imported.alias or imported.name or imported.module
        if name in self._taken:
            imported = Import(imported.module, imported.name, f"_{name}")
            name = f"_{name}"
        self._imports.add(imported)
        return name

    def core(self, module: str, name: str) -> str:
        """The local name of something of the runtime: `core("resource", "Resource")`."""
        return self.use(Import(self.relative(f"core/{module}.py"), name))

    def local(self, path: str, name: str) -> str:
        """The local name of something of another generated module."""
        return self.use(Import(self.relative(path), name))

    def relative(self, path: str) -> str:
        """The relative import of the module at `path`."""
        here = self.path.split("/")[:-1]
        there = path.removesuffix(".py").removesuffix("/__init__").split("/")
        if there == ["__init__"]:
            there = []
        shared = 0
        while shared < min(len(here), len(there)) and here[shared] == there[shared]:
            shared += 1
        return "." * (len(here) - shared + 1) + ".".join(there[shared:])

    def spell(
        self,
        spelled: Spelled,
        *,
        argument: bool = False,
        body: bool = False,
        none: bool = False,
    ) -> str:
        """An annotation as this module writes it, with `none` one that also takes None; in the
        `body` of a method nothing is hidden."""
        text = (spelled.sequence_text if argument else None) or spelled.text
        text = optional(text) if none else text
        renamed: dict[str, str] = {}
        imports = [*spelled.imports]
        if argument and spelled.sequence_text is not None:
            imports.append(SEQUENCE)
        for each in imports:
            name = each.alias or each.name or each.module
            local = self.use(each)
            if local != name:
                renamed[name] = local
        for name in () if body else sorted(self._shadowed):
            if name in text:
                renamed[name] = f"builtins.{name}"
        if renamed:
            text = _replaced(text, renamed)
            if "builtins." in text:
                self._imports.add(Import("builtins"))
        return _REFERENCE.sub(lambda match: self.ref(referred(match[1])), text)

    def builtin(self, name: str) -> str:
        """A builtin type inside an annotation of a class."""
        if name in self._shadowed:
            self._imports.add(Import("builtins"))
            return f"builtins.{name}"
        return name

    @property
    def imports(self) -> tuple[Import, ...]:
        """Everything that was asked for: the standard library, libraries, then relative."""
        return in_order(self._imports)


_LIBRARIES = frozenset({"pydantic", "typing_extensions"})


def in_order(imports: Iterable[Import]) -> tuple[Import, ...]:
    """Imports as a module prints them."""
    return tuple(sorted(imports, key=_order))


def _order(each: Import) -> tuple[object, ...]:
    relative = len(each.module) - len(each.module.lstrip("."))
    group = 2 if relative else int(each.module in _LIBRARIES)
    module = _natural(each.module)
    return (group, -relative, bool(each.name), module, by_type(each.name), each.alias)


def by_type(name: str) -> tuple[object, ...]:
    """isort's order of imported names: constants, classes, all others; numbers by their value."""
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    return (kind, *_natural(name))


def _natural(name: str) -> tuple[object, ...]:
    parts = re.split(r"(\d+)", name.lower())
    return (tuple(int(part) if part.isdigit() else part for part in parts), name)


def _replaced(text: str, names: dict[str, str]) -> str:
    """An expression with names replaced; texts in quotes are left alone."""
    # NUL is no Python: references are put back after the tokens are known.
    references = _REFERENCE.findall(text)
    plain = _REFERENCE.sub("__reference__", text)
    tokens = list(tokenize.generate_tokens(io.StringIO(plain).readline))
    out, at, dotted = "", 0, False
    put_back: Callable[[], str] = iter(references).__next__
    for token in tokens:
        if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
            break
        out += plain[at : token.start[1]]
        at = token.end[1]
        word = token.string
        if token.type == tokenize.NAME and not dotted:
            word = f"\0{put_back()}\0" if word == "__reference__" else names.get(word, word)
        dotted = token.string == "."
        out += word
    return out + plain[at:].rstrip("\n")
