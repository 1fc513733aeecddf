"""Renders a `Package` to files with Jinja templates, black, and copies of the runtime."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from . import custom_templates, formatting, parallel, runtime_modules
from .literals import literal
from .package import (
    Alias,
    Constant,
    ErrorTable,
    Export,
    Exports,
    Import,
    Item,
    Module,
    NameImports,
    Package,
    Reexport,
)
from .runtime_modules import Used
from .template_files import templates

if TYPE_CHECKING:
    import jinja2


def render(package: Package) -> dict[str, str]:
    """Every file by its path relative to the output folder, with slashes, sorted."""
    environment = _environment(package.templates, custom_templates.checksum(package.templates))
    header = _header(package, environment)

    def printed(modules: Iterable[Module]) -> dict[str, str]:
        return {
            f"{package.name}/{module.path}": formatting.format_module(
                module_text(header, module, environment)
            )
            for module in modules
        }

    type_modules = frozenset(package.type_modules.values())
    types = [module for module in package.modules if module.path in type_modules]
    if len(types) < _MANY:
        files = printed(package.modules)
    else:
        with parallel.beside(partial(printed, types)) as types_printed:
            files = printed(module for module in package.modules if module.path not in type_modules)
            files |= types_printed()
    files[f"{package.name}/py.typed"] = ""
    for path, text in runtime(package.runtime, package.fern, _used(package)).items():
        # A generated module replaces the one of the runtime.
        files.setdefault(f"{package.name}/core/{path}", text)
    for page in package.pages:
        files[page.path] = environment.get_template(page.template).render(page=page.content)
    return {
        name: licensed(files[name], package.license_header) if name.endswith(".py") else files[name]
        for name in sorted(files)
    }


def licensed(text: str, license_header: str | None) -> str:
    """A Python file that begins with the text of a licence, as comments."""
    if not license_header:
        return text
    lines = (f"# {line}".rstrip() for line in license_header.strip().splitlines())
    return "\n".join((*lines, "", text))


_MANY = 100
"""From how many modules of types on a second process prints them."""


def load() -> None:
    """Import what printing needs."""
    _environment()


def module_file(
    package: str, header: str, module: Module, license_header: str | None = None
) -> str:
    """One file of a package with this name and header, rendered with the built-in templates."""
    environment = _environment()
    template = environment.get_template("header.py.jinja")
    text = template.render(header=header, package=package).strip("\n")
    return licensed(
        formatting.format_module(module_text(text, module, environment)), license_header
    )


def reference_entry(entry: object) -> str:
    """One entry of reference.md from its heading on, printed with our own templates."""
    template = _environment().get_template("reference_entry.md.jinja")
    macros = vars(template.make_module())
    return str(macros["entry_of"](entry)).partition("### ")[2]


def _used(package: Package) -> Used:
    calls = {keyword.name for _, method in package.methods() for keyword in method.call.keywords}
    settings = {keyword.name for keyword in package.root.setup.keywords}
    return Used(package.runtime, calls, settings)


def runtime(modules: Iterable[str], fern: bool = False, used: Used | None = None) -> dict[str, str]:
    """The files of these modules of the runtime. With `used`, they lack what others need.

    With layout `fern`, a file of `runtime_fern` replaces the file of that name; the original is
    kept as `_name.py`, so that the replacement can import it. Without the original there is none.
    The modules import what a team may replace by its own file from another module
    (`moved_imports`).
    """
    folder = templates() / "runtime"
    needed = None if fern else used
    files = {f"{name}.py": runtime_modules.text(name, needed) for name in modules}
    if fern:
        files = {name: moved_imports(text) for name, text in files.items()}
        own = templates() / "runtime_fern"
        for path in sorted(own.rglob("*.py")):
            name = path.relative_to(own).as_posix()
            if name in files and name != "__init__.py":
                files[f"_{name}"] = files[name]
            elif name not in files and (folder / name).is_file():
                continue
            files[name] = path.read_text(encoding="utf-8")
    return files


_ERRORS = {"MissingCredentialError": "_credential_error", "ParsingError": "parse_error"}
"""The modules of errors in layout `fern`. Teams write `api_error.py` by hand."""
_PARSE_ERROR = re.compile(
    r"^(from \.parse_error import ParsingError\n)(from \.(\w+) import (?:\([^)]*\)|[^\n(]*)\n)",
    re.M,
)
"""An import of `parse_error`, and the import after it."""


def moved_imports(text: str) -> str:
    """A module of the runtime that imports each error and response from its module in layout
    `fern`."""

    def moved(match: re.Match[str]) -> str:
        names = sorted(
            match[1].split(", "), key=lambda name: (_ERRORS.get(name, "api_error"), name)
        )
        return "\n".join(f"from .{_ERRORS.get(name, 'api_error')} import {name}" for name in names)

    text = re.sub(r"^from \.http_response import", "from .http_responses import", text, flags=re.M)
    text = re.sub(r"^from \.api_error import (.+)$", moved, text, flags=re.M)
    # The imports stay sorted by module.
    while (out_of_order := _PARSE_ERROR.search(text)) and out_of_order[3] < "parse_error":
        text = _PARSE_ERROR.sub(r"\2\1", text, count=1)
    return text


def _header(package: Package, environment: jinja2.Environment) -> str:
    """The comment lines at the top of every Python file."""
    template = environment.get_template("header.py.jinja")
    text = template.render(header=package.header, package=package.name).strip("\n")
    if package.templates is None:
        return text
    lines = text.split("\n")
    if any(not line.startswith("#") for line in lines):
        raise TemplateProblem("header.py.jinja", "every line of the header must start with '#'")
    if f"# {package.header}" not in lines:
        raise TemplateProblem("header.py.jinja", "the header must have the line '# {{ header }}'")
    return text


class TemplateProblem(Exception):
    """The output of a custom template is invalid."""

    def __init__(self, template: str, message: str) -> None:
        super().__init__(message)
        self.template = template


@functools.cache
def _environment(own: Path | None = None, checksum: str | None = None) -> jinja2.Environment:
    """The templates; those of the folder `own`, with this checksum, take precedence."""
    import jinja2

    folders = [own, templates()] if own is not None else [templates()]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        auto_reload=False,
    )
    filters = cast("dict[str, object]", environment.filters)
    filters["docstring"] = docstring
    filters["class_doc"] = _class_doc(environment, own)
    filters["fits"] = formatting.fits
    filters["source"] = literal
    filters["export_block"] = export_block
    filters["export_table"] = export_table
    return environment


def _plain_doc(doc: str, name: str, kind: str) -> str:
    return doc


def _class_doc(environment: jinja2.Environment, own: Path | None) -> Callable[[str, str, str], str]:
    """The filter that creates the docstring of a class from its description."""
    if own is None or not (own / "class_docstring.jinja").is_file():
        return _plain_doc

    def render_template(doc: str, name: str, kind: str) -> str:
        template = environment.get_template("class_docstring.jinja")
        return template.render(doc=doc or "", name=name, kind=kind).strip()

    return render_template


def module_text(header: str, module: Module, environment: jinja2.Environment | None = None) -> str:
    """A module as printed by its templates, with two blank lines around classes and one between
    other items."""
    environment = environment or _environment()
    kinds = dict.fromkeys(map(type, module.items))
    templates_of = {kind: environment.get_template(_template(kind)) for kind in kinds}
    head = environment.get_template("module.py.jinja").render(
        header=header,
        module=module,
        imports=import_block(module.imports),
        typing_imports=import_block(module.typing_imports),
    )
    text, before = head.rstrip("\n"), False
    for item in module.items:
        printed = templates_of[type(item)].render(item=item).strip("\n")
        block = not isinstance(item, _PLAIN)
        text += "\n\n\n" if (block and text is not head) or before else "\n\n"
        text += printed
        before = block
    return f"{text}\n"


_PLAIN = (Alias, Constant, ErrorTable, Exports, NameImports, Reexport)


_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")


@functools.cache
def _template(item: type[Item]) -> str:
    """The template of a kind of items: `items/error_class.py.jinja` for an ErrorClass."""
    return f"items/{_CAMEL.sub('_', item.__name__).lower()}.py.jinja"


# --- what templates print --------------------------------------------------------------------


def import_block(imports: Iterable[Import]) -> str:
    """Import statements in the given order, combined by module except for aliases, with a blank
    line between the standard library, libraries and the package."""
    grouped: dict[tuple[str, bool, str], list[str]] = {}
    for import_ in imports:
        name = import_.name or import_.module
        text = f"{name} as {import_.alias}" if import_.alias else name
        own = text if import_.alias else ""
        grouped.setdefault((import_.module, bool(import_.name), own), []).append(text)
    lines: list[str] = []
    before = None
    for (module, has_name, _), names in grouped.items():
        kind = _origin(module)
        if before is not None and kind != before:
            lines.append("")
        before = kind
        if not has_name:
            lines.append(f"import {names[0]}")
            continue
        lines += formatting.import_statement(module, names)
    return "\n".join(lines)


_LIBRARIES = frozenset({"httpx", "pydantic", "typing_extensions"})


def _origin(module: str) -> int:
    return 2 if module.startswith(".") else int(module in _LIBRARIES)


def _by_module(names: Iterable[Export]) -> dict[str, list[Export]]:
    grouped: dict[str, list[Export]] = {}
    for name in names:
        grouped.setdefault(name.module, []).append(name)
    return grouped


def export_table(names: Iterable[Export]) -> str:
    """The lines of the runtime's `NameTable`: each module, followed by its names."""
    grouped = _by_module(names).items()
    return "\n".join(line for module, own in grouped for line in (module, *(x.name for x in own)))


def export_block(names: Iterable[Export], columns: int) -> str:
    """The imports with which type checkers see exported names, combined by module; in the module,
    they are indented by `columns`."""
    lines: list[str] = []
    for module, exports in _by_module(names).items():
        texts = [f"{export.name} as {export.name}" for export in exports]
        if any(export.handwritten for export in exports):
            # The module may not exist yet: only its name is known. is all that is known of it.
            note = "  # type: ignore[import-not-found,unused-ignore]"
            lines += (f"from {module} import {text}{note}" for text in texts)
            continue
        lines += formatting.import_statement(module, texts, columns)
    return "\n".join(lines)


def docstring(text: str, columns: int = 0) -> str:
    """Text as a triple-quoted string; further lines are indented by `columns`.

    The text cannot end the string, contain invisible characters, or be interpreted as an escape.
    """
    plain = text.expandtabs(4).replace("\xa0", " ").strip()
    escaped = _UNSEEN.sub(_escape, plain.replace("\\", "\\\\"))
    escaped = _QUOTES.sub(lambda match: '\\"' * len(match[0]), escaped)
    if escaped.startswith('"'):
        escaped = f" {escaped}"
    space = " " * columns
    first, *rest = (line.rstrip() for line in escaped.split("\n"))
    if not rest:
        # A quote at the end would close the string early; black adds the same space.
        return f'"""{first} """' if first.endswith('"') else f'"""{first}"""'
    # Only the relative indentation matters (PEP 257).
    depth = min((len(line) - len(line.lstrip()) for line in rest if line), default=0)
    rest = [line[depth:] for line in rest]
    lines = [first, *(f"{space}{line}" if line else "" for line in rest), f'{space}"""']
    return '"""' + "\n".join(lines)


_QUOTES = re.compile('"{3,}')

# This includes control characters, bidirectional marks, line separators and lone surrogates.
_UNSEEN = re.compile(r"[^\n -~\w]")


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
