"""The generated tests of a package (`tests` under `[python]`): the files of the folder `tests`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ... import ir
from ...formatting import import_statement
from ...frozen import dataclass
from ...package import Conftest, Method, Page, Resource
from .fake_examples import requesting
from .method_tests import MethodTest, Tested
from .value_expressions import Imports


@dataclass(frozen=True)
class Tests:
    """Writes the tests of a package; `header` is the first line of each file."""

    tested: Tested
    header: str

    def pages(self, resources: Sequence[Resource]) -> tuple[Page, ...]:
        """The files of the folder `tests`; empty if there is no operation to test."""
        pages: list[Page] = []
        taken: set[str] = set()
        for resource in resources:
            # A custom pager is written by hand, and fakes do not have its methods.
            methods = [
                entry
                for entry in requesting(self.tested.context, [resource])
                if entry[1].kind != "custom_pages"
                and not self._is_excluded((*resource.attribute, entry[1].name))
            ]
            if methods:
                name = "_".join(resource.attribute) or "client"
                name = name if name not in taken else "__".join(resource.attribute)
                taken.add(name)
                pages.append(_page(f"test_{name}", self._file(resource, methods)))
        return (self._conftest(), *pages) if pages else ()

    def _is_excluded(self, method: tuple[str, ...]) -> bool:
        """Whether the settings exclude the method at a path, in any casing of its names."""
        path = [_plain(name) for name in method]
        for selector in self.tested.context.settings.python.tests_exclude:
            *group, name = map(_plain, selector.split("."))
            if path == [*group, name] or (not name and path[: len(group)] == group):
                return True
        return False

    def _conftest(self) -> Page:
        tested = self.tested
        over_http = tested.context.settings.python.tests_over_http
        imported = {f"{tested.package}.{tested.folder}": sorted(tested.fakes)}
        if over_http:
            imported[f"{tested.package}.core.testing_server"] = ["Server", "over_http"]
        content = Conftest(
            header=self.header,
            imports=_imports(imported),
            fixtures=tuple(zip(("client", "async_client"), tested.fakes, strict=True)),
            over_http=over_http,
        )
        return Page(path="tests/conftest.py", template="conftest.py.jinja", content=content)

    def _file(
        self, resource: Resource, methods: Sequence[tuple[Resource, Method, ir.Endpoint]]
    ) -> list[str]:
        imports = Imports()
        body: list[str] = []
        names = {method.name for method in resource.methods}
        for _, method, endpoint in methods:
            suffix = "_async"
            while f"{method.name}{suffix}" in names:
                suffix = f"_{suffix}"
            for is_async in (False, True):
                test = MethodTest(self.tested, resource, method, endpoint, imports, is_async)
                body += ["", "", *test.lines(f"{method.name}{suffix * is_async}")]
        head = [f"# {self.header}"]
        if any(method.deprecated for method in resource.methods):
            head.append("# pyright: reportDeprecated=false")
        head.append("")
        head += [*sorted(imports.modules), *([""] if imports.modules else [])]
        return [*head, *_imports(imports.names), *body]


def _plain(name: str) -> str:
    """A name without casing and separators; empty for `*`."""
    return re.sub(r"[\W_]+", "", name).lower()


def _imports(names: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The lines of import statements: names by their module."""
    statements = (
        import_statement(module, sorted(imported_names))
        for module, imported_names in sorted(names.items())
    )
    return tuple(line for lines in statements for line in lines)


def _page(name: str, lines: Sequence[str]) -> Page:
    return Page(path=f"tests/{name}.py", template="lines.jinja", content=tuple(lines))
