"""The settings of a run as frozen values, with their defaults."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal

from ..diagnostics import Span
from ..frozen import dataclass, replace
from ..source import Node
from .importer_settings import ImporterSettings
from .python_settings import PythonSettings
from .rules import RuleSetting


@dataclass(frozen=True)
class NamingSettings:
    """Names in the settings: `rename` maps generated names to other names.

    Keys of `rename` and `aliases` are paths that `fiddlehead names` prints: `types.EmbedJob`,
    `types.EmbedJob.job_id`, `embed_jobs.create`, `embed_jobs.create.truncate`. `aliases` maps a
    path to old names that still work, with a warning. Layout `fern` ignores `dissolve_title_groups`
    and `short_names`.
    """

    smart_casing: bool = True
    digit_word_boundary: bool = False
    group_underscores: bool = False
    """Whether groups keep underscores around their names (`client._agents`)."""
    dissolve_title_groups: bool = True
    """Whether a group that only repeats the API's title or the package is merged into the client.
    """
    short_names: bool = True
    """Whether hashes in ids are removed, and names over 60 characters are shortened."""
    rename: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Description:
    """An additional description of the API: its operations become methods of the same client."""

    spec: Path
    namespace: str | None = None
    """The group of its groups and types; None means the root."""
    overrides: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    importer: ImporterSettings = ImporterSettings()


@dataclass(frozen=True)
class DocsSettings:
    """The design of the docs site (`fiddlehead docs`)."""

    templates: Path | None = None
    """A folder with templates that replace those of the site (`custom_templates.SITE`)."""
    logo: Path | None = None
    """An image for the top bar."""
    css: Path | None = None
    """A style sheet that is loaded after the site's own."""


@dataclass(frozen=True)
class Settings:
    """All inputs of a run except the description and fiddlehead itself."""

    spec: Path
    output: Path
    package: str
    spec_label: str
    """The name of the description in the headers of generated files."""
    spec_path: str = ""
    """The path of the description relative to the settings file, for the manifest; only the name if
    it comes from the command line."""
    overrides: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    """Documents of the Overlay Specification, applied in this order after the overrides."""
    namespace: str | None = None
    """The group of all groups and types of the description."""
    further: tuple[Description, ...] = ()
    """Descriptions besides `spec`, in the order in which they are merged."""
    one_of_several: bool = False
    """Whether this is one of several descriptions of one client."""
    folder: str | None = None
    """The folder in `output` with the modules of the package; None means the package name."""
    layout: Literal["compact", "fern"] = "compact"
    project: bool = True
    """Whether a project (pyproject.toml, README.md, reference.md) is written next to the package.
    """
    distribution: str | None = None
    version: str = "0.1.0"
    installed_version: bool = False
    """Layout `fern`: whether `__version__` is the version of the installed distribution, as in
    Fern's packages; `version` is for a package that is not installed."""
    audiences: tuple[str, ...] = ()
    """Include only elements for these audiences; empty means all."""
    keep: tuple[str, ...] = ()
    """Patterns of files in the output that fiddlehead never changes (as in .fernignore)."""
    protected: Container[str] = field(default=(), compare=False)
    """The paths in the output that these patterns and those of a .fernignore match."""
    templates: Path | None = None
    """A folder with templates that replace those of the client (`custom_templates`)."""
    importer: ImporterSettings = ImporterSettings()
    python: PythonSettings = PythonSettings()
    naming: NamingSettings = NamingSettings()
    docs: DocsSettings = DocsSettings()
    base_url: str | None = None
    """The URL of the published docs site (`fiddlehead docs`)."""
    rules: tuple[RuleSetting, ...] = ()
    """The severities of codes (`[rules]`)."""
    api: Node | None = None
    """The API settings of generators.yml: `auth`, `auth-schemes`, `headers`, `environments` and
    others, in Fern's format. They take precedence over the description."""
    fern: Path | None = None
    """The Fern folder of the descriptions and settings: the folder of the API."""
    file: Path | None = None
    """The settings file, for messages."""
    places: Mapping[str, Span] = field(default_factory=dict[str, Span], compare=False, repr=False)
    """The locations of naming settings in that file, for messages: by `rename.types.EmbedJob`, with
    underscores instead of dashes."""

    @property
    def import_name(self) -> str:
        """The name by which users import the package."""
        path = self.python.package_path
        return f"{self.package}.{path.replace('/', '.')}" if path else self.package

    def with_package_path(self) -> Settings:
        """The settings with the folder of a package that is inside `package`."""
        path = self.python.package_path
        if not path:
            return self
        folder = self.output / (self.folder or self.package) / path
        return replace(self, output=folder.parent, folder=folder.name)

    def without_package_path(self) -> Settings:
        """The settings with the folder of `package` itself, as they were before `with_package_path`."""
        path = self.python.package_path
        if not path:
            return self
        package = self.owned_folder.parents[path.count("/")]
        folder = None if package.name == self.package else package.name
        return replace(self, output=package.parent, folder=folder)

    @property
    def owned_folder(self) -> Path:
        """The folder of the package."""
        return self.output / (self.folder or self.package)

    def is_protected(self, path: str) -> bool:
        """Whether the module of the package at `path` is written by hand."""
        return f"{self.folder or self.package}/{path}" in self.protected

    def descriptions(self) -> Iterator[Settings]:
        """The settings for each single description, starting with the one of `spec`."""
        yield replace(self, further=(), one_of_several=bool(self.further))
        for further in self.further:
            yield replace(
                self,
                spec=further.spec,
                spec_label=further.spec.name,
                namespace=further.namespace,
                overrides=further.overrides,
                overlays=further.overlays,
                importer=further.importer,
                further=(),
                one_of_several=True,
            )

    @property
    def channels(self) -> bool:
        """Whether anything is generated for the channels of an API."""
        return self.python.websocket_clients

    @property
    def http_library(self) -> Literal["auto", "httpx2", "httpx"]:
        """The HTTP library of the package. `auto` is httpx2 if the Python version supports it;
        Fern's clients use httpx."""
        return self.python.http_library or ("httpx" if self.layout == "fern" else "auto")
