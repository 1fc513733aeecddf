"""Inspects generated packages; a script without other imports.

inspection.py FOLDER < tasks.json > reports.json

FOLDER contains packages. A task is `{"package": name, "alone": bool, "values": [value, …]}`, and a
value `{"place": text, "module": name, "type": expression, "json": any}`. Each module is imported,
each exported name is accessed, and each value is decoded and encoded again.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import importlib.machinery
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pydantic
import typing_extensions

SHARED = (pydantic, typing_extensions)
"""Loaded once, not again with each module that is imported alone."""


def main() -> None:
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    sys.dont_write_bytecode = True
    importlib.machinery.SourceFileLoader.source_to_code = source_to_code
    folder = Path(sys.argv[1])
    sys.path.insert(0, str(folder))
    json.dump([report(folder, task) for task in json.load(sys.stdin)], sys.stdout)


def source_to_code(loader: object, data: bytes, path: str) -> CodeType:
    """The code of a module. Equal texts are compiled once: most packages have the same runtime."""
    return compiled(data)


@functools.cache
def compiled(text: bytes) -> CodeType:
    return compile(text, "<module>", "exec", dont_inherit=True)


def report(folder: Path, task: dict[str, Any]) -> dict[str, Any]:
    """The inspected counts of a package, and its problems."""
    names = sorted(modules(folder, task["package"]))
    failures = [*imported(names)]
    alone = names if task["alone"] else in_cycles(folder, task["package"], names)
    failures += imported_alone(task["package"], alone)
    changed = [*round_trips(task["values"])]
    forget(task["package"])
    return {
        "package": task["package"],
        "modules": len(names),
        "alone": len(alone),
        "values": len(task["values"]),
        "failures": failures + changed,
    }


def modules(folder: Path, package: str) -> Iterator[str]:
    for path in (folder / package).rglob("*.py"):
        yield module_of(path, folder)


def module_of(path: Path, folder: Path) -> str:
    return ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def imported(names: list[str]) -> Iterator[str]:
    """The errors when modules and all their exports are imported in order."""
    for name in names:
        try:
            module = importlib.import_module(name)
            for exported in getattr(module, "__all__", ()):
                getattr(module, exported)
        except Exception as error:  # Any exception is a failure of the package.
            yield f"import {name}: {error!r}"


def imported_alone(package: str, names: list[str]) -> Iterator[str]:
    """The errors when each module is imported first."""
    for name in names:
        forget(package)
        yield from imported([name])


def forget(package: str) -> None:
    for name in [module for module in sys.modules if f"{module}.".startswith(f"{package}.")]:
        del sys.modules[name]


def in_cycles(folder: Path, package: str, names: list[str]) -> list[str]:
    """The modules in import cycles: for others, the order of imports does not matter."""
    needs = {name: set(needed(folder, name, set(names))) for name in names}
    return [name for name in names if name in reachable(needs, name)]


def reachable(needs: dict[str, set[str]], start: str) -> set[str]:
    results: set[str] = set()
    waiting = [*needs[start]]
    while waiting:
        name = waiting.pop()
        if name not in results:
            results.add(name)
            waiting += needs[name]
    return results


def needed(folder: Path, name: str, known: set[str]) -> Iterator[str]:
    """The modules of a package that a module imports during its own import.

    Its parent packages are included, except for names that are imported from them.
    """
    path = folder.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for level, relative, imported_names in imports(path.read_text(encoding="utf-8")):
        base = package[: len(package) - level + 1]
        module = ".".join([*base, *(relative.split(".") if relative else [])])
        candidates = [module, *(f"{module}.{name}" for name in imported_names)]
        yield from (
            candidate for candidate in candidates if candidate in known and candidate != name
        )


@functools.cache
def imports(text: str) -> list[tuple[int, str | None, list[str]]]:
    """The level, module and names of relative imports. Most packages have the same runtime."""
    return [
        (statement.level, statement.module, [name.name for name in statement.names])
        for statement in statements(ast.parse(text).body)
    ]


def statements(body: list[ast.stmt]) -> Iterator[ast.ImportFrom]:
    """The relative imports that are executed when a module is imported."""
    for finding in body:
        if isinstance(finding, ast.ImportFrom) and finding.level:
            yield finding
        elif isinstance(finding, ast.If):
            typing_only = isinstance(finding.test, ast.Name) and finding.test.id == "TYPE_CHECKING"
            yield from statements(finding.orelse if typing_only else finding.body + finding.orelse)


def round_trips(values: list[dict[str, Any]]) -> Iterator[str]:
    """The values that change when they are decoded and encoded."""
    for value in values:
        try:
            module = importlib.import_module(value["module"])
            type_ = eval(value["type"], dict(vars(module)))
            core = f"{value['module'].split('.')[0]}.core"
            text = json.dumps(value["json"]).encode()
            decoded = importlib.import_module(f"{core}.decode").decode(type_, text)
            again = json.loads(importlib.import_module(f"{core}.encode").to_json(decoded))
        except Exception as error:  # Any exception is a failure of the package.
            yield f"decode {value['place']}: {error!r}"
            continue
        if not same(again, value["json"]):
            yield f"decode {value['place']}: {value['json']!r} became {again!r}"


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values, in which `true` is not 1 and `1.0` is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


if __name__ == "__main__":
    main()
