"""Renders a `Package` to files with Jinja templates and black."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from . import custom_templates, formatting, parallel, runtime_files
from .literals import literal
from .package import (
    Alias,
    Constant,
    ErrorTable,
    Exports,
    Item,
    Module,
    NameImports,
    Package,
    Reexport,
)
from .runtime_modules import Used
from .template_files import templates
from .template_filters import docstring, export_block, export_table, import_block

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
    for path, text in runtime_files.files(package.runtime, package.fern, _used(package)).items():
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
