"""The target `docs`: a static docs site with the names and examples of the client."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..frozen import dataclass, replace
from . import Built, Location
from .python_package import PythonPackage

if TYPE_CHECKING:
    from ..review import Review
    from ..site import pages
    from ..site.changes import Changes

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """A site that is written to `folder`."""

    client: PythonPackage
    settings: Settings
    folder: str
    changes: Changes | None = None
    """The changes since a previous description."""

    def files(self) -> Mapping[str, str]:
        return self._inside(self._site.files())

    def binary_files(self) -> Mapping[str, bytes]:
        return self._inside(self._site.images())

    @cached_property
    def _site(self) -> pages.Site:
        from ..site import pages

        return pages.Site(self.client.api, self.client.package, self.settings, self.changes)

    def _inside(self, files: Mapping[str, T]) -> dict[str, T]:
        return {f"{self.folder}/{path}": content for path, content in files.items()}

    def since(self, old: Built, review: Review) -> Site:
        """The same site with the changes since an old package, and the findings of a review."""
        from ..site.changes import Changes

        assert isinstance(old, PythonPackage)
        return replace(self, changes=Changes(review, old.api, old.package))


class _Docs:
    uses: tuple[str, ...] = ("python",)
    tools = ("jinja2", "markdown-it-py")

    def location(self, settings: Settings) -> Location:
        output = settings.output.resolve()
        return Location(output.parent, output.name)

    def build(
        self,
        api: ir.Api,
        settings: Settings,
        diagnostics: Diagnostics,
        built: Mapping[str, Built],
    ) -> Site:
        client = built["python"]
        assert isinstance(client, PythonPackage)
        return Site(client, settings, self.location(settings).folder)


TARGET = _Docs()
