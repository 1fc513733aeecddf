"""The allowed imports, and the maximum sizes of templates and modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "generator" / "fiddlehead"
TEMPLATES = ROOT / "templates"

MAY_IMPORT: dict[str, set[str]] = {
    "frozen": set(),
    "diagnostics": {"frozen"},
    "urls": set(),
    "recording": set(),
    "checksums": set(),
    "installed": set(),
    "manifest_values": set(),
    "paths": set(),
    "settings_text": set(),
    "unchanged": {"cache", "checksums", "paths"},
    "fast_check": {
        "checksums",
        "installed",
        "manifest_values",
        "paths",
        "settings_text",
        "unchanged",
    },
    "cache": {"paths"},
    "source": {"diagnostics", "frozen", "paths"},
    "custom_templates": {"diagnostics", "frozen"},
    "frontends": {"frozen"},
    "config": {
        "custom_templates",
        "diagnostics",
        "frontends",
        "frozen",
        "paths",
        "settings_text",
        "source",
        "urls",
    },
    "ir": {"diagnostics", "frozen"},
    "queries": {"diagnostics", "frozen", "ir"},
    "frontend_kit": {"diagnostics", "frozen", "ir", "queries", "source"},
    "descriptions": {
        "config",
        "diagnostics",
        "frontend_kit",
        "frontends",
        "frozen",
        "ir",
        "queries",
        "source",
    },
    "swagger": {"diagnostics", "frontend_kit", "source"},
    "openapi": {
        "config",
        "diagnostics",
        "frontend_kit",
        "frozen",
        "ir",
        "parallel",
        "queries",
        "recording",
        "source",
        "swagger",
    },
    "asyncapi": {
        "config",
        "diagnostics",
        "frontend_kit",
        "frozen",
        "ir",
        "openapi",
        "queries",
        "source",
    },
    "fern": {"config", "diagnostics", "frontend_kit", "frozen", "ir", "queries", "source"},
    "incremental": {
        "cache",
        "config",
        "diagnostics",
        "examples",
        "frontends",
        "frozen",
        "ir",
        "openapi",
        "package",
        "python",
        "queries",
        "recording",
        "render",
        "source",
        "targets",
        "typing_",
    },
    "server": {"diagnostics", "examples", "frozen", "ir", "queries"},
    "http_server": {"frozen", "server"},
    "request_bodies": {"frozen", "ir", "queries"},
    "examples": {"frozen", "ir", "queries"},
    "markdown": set(),
    "constraint_text": {"ir", "markdown", "queries"},
    "naming": {"diagnostics", "frozen"},
    "package": {"diagnostics", "frozen", "imports", "typing_"},
    "imports": {"frozen"},
    "typing_": {"frozen", "imports", "ir", "literals"},
    "template_files": set(),
    "runtime_modules": {"frozen", "template_files"},
    "runtime_files": {"runtime_modules", "template_files"},
    "template_filters": {"formatting", "package"},
    "python": {
        "constraint_text",
        "config",
        "diagnostics",
        "examples",
        "formatting",
        "frontends",
        "frozen",
        "ir",
        "line_breaks",
        "literals",
        "markdown",
        "naming",
        "package",
        "queries",
        "recording",
        "request_bodies",
        "runtime_modules",
        "typing_",
    },
    "site": {
        "config",
        "constraint_text",
        "examples",
        "frozen",
        "ir",
        "markdown",
        "package",
        "parallel",
        "python",
        "review",
        "template_files",
        "typing_",
    },
    "formatting": {"line_breaks"},
    "line_breaks": {"frozen"},
    "literals": set(),
    "render": {
        "custom_templates",
        "formatting",
        "literals",
        "package",
        "parallel",
        "runtime_files",
        "runtime_modules",
        "template_files",
        "template_filters",
    },
    "sarif": set(),
    "gc_pause": set(),
    "parallel": {"gc_pause"},
    "output": {"checksums", "frozen", "manifest_values", "parallel", "settings_text"},
    "review": {
        "config",
        "diagnostics",
        "frozen",
        "ir",
        "package",
        "queries",
        "sarif",
        "source",
        "template_files",
        "typing_",
        "urls",
    },
    "targets": {
        "config",
        "constraint_text",
        "custom_templates",
        "diagnostics",
        "examples",
        "frozen",
        "gc_pause",
        "installed",
        "ir",
        "markdown",
        "package",
        "parallel",
        "python",
        "queries",
        "recording",
        "render",
        "request_bodies",
        "review",
        "site",
        "typing_",
    },
    "migration": {"frozen", "source"},
    "release": {"frozen", "review"},
    "vendor": {"formatting", "frozen", "output"},
}
"""The parts of the generator, and the parts that each may import. `cli` may import all."""

SUBPACKAGES = {
    "openapi": ("document", "schemas", "operations"),
    "python": ("locations", "types", "methods", "clients", "examples", "pages", "exports"),
}
"""The folders inside a part: a module in one may import its own and those before it."""

HEAVY = {"black", "jinja2", "datamodel_code_generator"}
LONGEST_MODULE = 450
LONGEST_TEMPLATE = 140


def part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The parts of fiddlehead that a module imports, in any form."""
    package = ("fiddlehead", *path.relative_to(SOURCE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{name.name}" for name in node.names]
        for name in names:
            head, _, rest = name.partition(".")
            if head == "fiddlehead" and rest:
                yield rest.partition(".")[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_module_imports_what_its_part_may(path: Path) -> None:
    own = part(path)
    if own in ("cli", "__init__", "__main__"):
        return
    assert own in MAY_IMPORT, f"{own} is a new part: say in the table what it may import"
    result = set(imported(path)) - {own, "__version__"}
    assert result <= MAY_IMPORT[own], f"{own} may not import {sorted(result - MAY_IMPORT[own])}"


def test_the_table_has_no_part_that_is_gone() -> None:
    assert set(MAY_IMPORT) <= {part(path) for path in modules()}


def test_one_module_imports_the_type_compiler() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            if any(name.startswith("datamodel_code_generator") for name in names):
                assert part(path) == "typing_", path


def test_one_module_imports_the_formatter() -> None:
    results = [
        path
        for path in modules()
        if re.search(r"^ *(import|from) black\b", path.read_text(encoding="utf-8"), re.M)
    ]
    assert [declared.name for declared in results] == ["formatting.py"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_heavy_libraries_are_imported_when_they_are_needed(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        loaded = {name.partition(".")[0] for name in names}
        if part(path) == "typing_":
            # So do all modules that build or compare a package, which no command imports at once.
            loaded -= {"datamodel_code_generator"}
        assert not loaded & HEAVY


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_opens_with_a_sentence_and_ends_in_time(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc = ast.get_docstring(ast.parse(text))
    assert doc, "what is it for?"
    first = doc.split("\n\n")[0]
    assert first.endswith((".", "?", ":"))
    assert len(text.splitlines()) <= LONGEST_MODULE


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.jinja"))


@pytest.mark.parametrize(
    "path", templates(), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_templates_print_and_do_not_think(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_TEMPLATE
    for word in ("namespace(", "|sort", "| sort", "|replace", "| replace", "|map", "| map"):
        assert word not in text, f"{word} is a decision, and decisions are made in Python"


def test_nothing_of_the_makers_machine_is_in_the_project() -> None:
    for path in (*modules(), *templates()):
        text = path.read_text(encoding="utf-8")
        assert "/home/" not in text and "/Users/" not in text


def in_cycles(uses: dict[str, set[str]]) -> set[str]:
    """The modules that import each other, and those that import them."""
    left = dict(uses)
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    return {*left}


def test_no_parts_import_each_other() -> None:
    assert not in_cycles(MAY_IMPORT)


def modules_of(name: str) -> dict[str, set[str]]:
    """The modules of a part, by their dotted paths in it, with the modules of the part that they import."""
    folder = SOURCE / name
    paths = {
        ".".join(path.relative_to(folder).with_suffix("").parts): path
        for path in folder.rglob("*.py")
    }
    uses: dict[str, set[str]] = {}
    for module, path in paths.items():
        parents = module.split(".")[:-1]
        uses[module] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and 0 < node.level <= len(parents) + 1:
                base = [*parents[: len(parents) - node.level + 1], *(node.module or "").split(".")]
                target = ".".join(filter(None, base))
                members = {f"{target}.{name.name}".strip(".") for name in node.names}
                uses[module] |= {target, *members} & paths.keys()
    return uses


@pytest.mark.parametrize("name", ["ir", "openapi", "package", "python", "targets", "typing_"])
def test_no_modules_of_a_package_import_each_other(name: str) -> None:
    """This includes imports for type checkers: a cycle of annotations would be a cycle of designs."""
    assert not in_cycles(modules_of(name))


@pytest.mark.parametrize("name", SUBPACKAGES)
def test_a_folder_of_a_part_imports_only_those_before_it(name: str) -> None:
    order = SUBPACKAGES[name]
    uses = modules_of(name)
    assert {module.split(".")[0] for module in uses if "." in module} == {*order}
    for module, others in uses.items():
        folder, is_inside, _ = module.partition(".")
        for other in others:
            target, other_is_inside, _ = other.partition(".")
            if is_inside and other_is_inside:
                assert order.index(target) <= order.index(folder), f"{module} imports {other}"
