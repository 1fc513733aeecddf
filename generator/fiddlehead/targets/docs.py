"""The target `docs`: a docs site of static files, with the names and examples of the client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from . import Built, Location
from .python import PythonPackage


@dataclass(frozen=True)
class Site:
    """A site that is written to `folder`."""

    client: PythonPackage
    settings: Settings
    folder: str

    def files(self) -> Mapping[str, str]:
        from ..site import pages

        found = pages.files(self.client.api, self.client.package, self.settings)
        return {f"{self.folder}/{path}": text for path, text in found.items()}


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
