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
    "nesting": {"node"},
    "json_pointer": set(),
    "frontends": {"frozen", "config", "diagnostics", "ir", "source"},
    "combine": {"combined_servers", "diagnostics", "ir", "queries", "shared_headers"},
    "combined_servers": {"ir"},
    "shared_headers": {"ir", "queries"},
    "descriptions": {"combine", "config", "diagnostics", "frontends", "ir", "source"},
    "node": {"diagnostics"},
    "json_reader": {"diagnostics", "json_pointer", "node"},
    "yaml_reader": {"diagnostics", "json_pointer", "nesting", "node"},
    "source": {"diagnostics", "json_pointer", "json_reader", "node", "yaml_reader"},
    "custom_templates": {"diagnostics"},
    "recording": set(),
    "incremental": {
        "config",
        "diagnostics",
        "examples",
        "frontends",
        "ir",
        "json_reader",
        "openapi",
        "package",
        "python",
        "queries",
        "recording",
        "render",
        "source",
        "targets",
    },
    "config": {
        "frozen",
        "custom_templates",
        "diagnostics",
        "frontends",
        "json_pointer",
        "source",
        "urls",
    },
    "ir": {"diagnostics", "frozen"},
    "node_values": {"ir", "node"},
    "webhook_signatures": {"ir", "node", "node_reader", "node_values"},
    "lifecycles": {"diagnostics", "ir", "node"},
    "call_settings": {"diagnostics", "ir", "node"},
    "server": {"diagnostics", "examples", "ir", "queries"},
    "http_server": {"server"},
    "stream_conditions": {"ir"},
    "name_context": {"frozen", "ir"},
    "node_reader": {"diagnostics", "node", "node_values"},
    "queries": {"ir", "diagnostics"},
    "request_bodies": {"ir", "queries"},
    "examples": {"ir", "queries"},
    "markdown": set(),
    "lifecycle_checks": {"ir", "queries", "diagnostics"},
    "integrity": {"ir", "queries", "diagnostics", "lifecycle_checks"},
    "openapi": {
        "frozen",
        "shared_headers",
        "call_settings",
        "lifecycles",
        "webhook_signatures",
        "recording",
        "node_reader",
        "stream_conditions",
        "name_context",
        "node_values",
        "json_pointer",
        "source",
        "config",
        "ir",
        "queries",
        "diagnostics",
        "integrity",
        "swagger",
    },
    "swagger": {"diagnostics", "json_pointer", "node_reader", "source"},
    "asyncapi": {
        "name_context",
        "node_reader",
        "node_values",
        "source",
        "config",
        "ir",
        "queries",
        "diagnostics",
        "integrity",
        "openapi",
    },
    "fern": {
        "call_settings",
        "lifecycles",
        "webhook_signatures",
        "node_reader",
        "stream_conditions",
        "name_context",
        "node_values",
        "source",
        "config",
        "ir",
        "queries",
        "diagnostics",
        "integrity",
    },
    "naming": {"diagnostics", "frozen"},
    "package": {"diagnostics", "frozen"},
    "type_expressions": {"frozen", "ir", "package"},
    "typing_": {"ir", "literals", "package", "type_expressions"},
    "template_files": set(),
    "runtime_modules": {"template_files"},
    "python": {
        "frozen",
        "ir",
        "recording",
        "queries",
        "request_bodies",
        "examples",
        "markdown",
        "naming",
        "type_expressions",
        "typing_",
        "formatting",
        "literals",
        "config",
        "package",
        "runtime_modules",
        "frontends",
        "diagnostics",
    },
    "site": {
        "ir",
        "examples",
        "markdown",
        "config",
        "package",
        "parallel",
        "python",
        "review",
        "template_files",
    },
    "formatting": set(),
    "literals": set(),
    "render": {
        "custom_templates",
        "package",
        "formatting",
        "literals",
        "parallel",
        "runtime_modules",
        "template_files",
    },
    "sarif": set(),
    "gc_pause": set(),
    "parallel": {"gc_pause"},
    "output": {"frozen", "parallel"},
    "review": {
        "ir",
        "queries",
        "package",
        "diagnostics",
        "source",
        "config",
        "sarif",
        "template_files",
        "urls",
    },
    "targets": {
        "frozen",
        "ir",
        "config",
        "custom_templates",
        "diagnostics",
        "gc_pause",
        "package",
        "parallel",
        "python",
        "recording",
        "render",
        "review",
        "site",
    },
    "migration": {"source"},
    "release": {"review"},
    "vendor": {"formatting", "output"},
}
"""The parts of the generator, and the parts that each may import. `cli` may import all."""

HEAVY = ("black", "jinja2", "datamodel_code_generator")
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
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{each.name}" for each in node.names]
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
    found = set(imported(path)) - {own, "__version__"}
    assert found <= MAY_IMPORT[own], f"{own} may not import {sorted(found - MAY_IMPORT[own])}"


def test_the_table_has_no_part_that_is_gone() -> None:
    assert set(MAY_IMPORT) <= {part(path) for path in modules()}


def test_one_module_imports_the_type_compiler() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            if any(name.startswith("datamodel_code_generator") for name in names):
                assert part(path) == "typing_", path


def test_one_module_imports_the_formatter() -> None:
    found = [
        path
        for path in modules()
        if re.search(r"^ *(import|from) black\b", path.read_text(encoding="utf-8"), re.M)
    ]
    assert [each.name for each in found] == ["formatting.py"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_heavy_libraries_are_imported_when_they_are_needed(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        loaded = {name.partition(".")[0] for name in names}
        if (
            part(path) == "typing_"
        ):  # It imports the library, so modules that import it are slow to import.
            loaded -= {"datamodel_code_generator"}
        assert not loaded & {*HEAVY, "typing_"}


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


@pytest.mark.parametrize("name", ["ir", "openapi", "package"])
def test_no_modules_of_a_package_import_each_other(name: str) -> None:
    """This includes imports for type checkers: a cycle of annotations would be a cycle of designs."""
    folder = SOURCE / name
    uses: dict[str, set[str]] = {}
    for path in folder.glob("*.py"):
        found: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                found |= {node.module} if node.module else {each.name for each in node.names}
        uses[path.stem] = found
    left = dict(uses)
    while free := [name for name, found in left.items() if not found & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"these import each other: {sorted(left)}"
