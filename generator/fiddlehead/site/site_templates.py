"""The templates, scripts and styles of the site, with replacements from the settings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Settings
from ..template_files import templates

if TYPE_CHECKING:
    import jinja2

ASSETS = ("site.css", "site.js", "search.js")


class SiteTemplates:
    """Finds each template: in the folder of the settings, or else the built-in one."""

    def __init__(self, settings: Settings) -> None:
        chosen = settings.docs
        self._folders = [*([chosen.templates] if chosen.templates else []), templates() / "site"]
        self._environment = _environment(tuple(self._folders))
        self._css = chosen.css
        self._logo = chosen.logo
        self.logo = f"logo{chosen.logo.suffix.lower()}" if chosen.logo is not None else None
        """The file name of the image in the top bar."""
        self.css = "custom.css" if chosen.css is not None else None

    def get(self, name: str) -> jinja2.Template:
        return self._environment.get_template(name)

    def assets(self) -> dict[str, str]:
        """The text files that pages load, by name."""
        contents = {name: self._find(name).read_text(encoding="utf-8") for name in ASSETS}
        if self._css is not None and self.css is not None:
            contents[self.css] = self._css.read_text(encoding="utf-8")
        return contents

    def images(self) -> dict[str, bytes]:
        return {self.logo: self._logo.read_bytes()} if self._logo and self.logo else {}

    def _find(self, name: str) -> Path:
        return next(folder / name for folder in self._folders if (folder / name).is_file())


@cache
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        # A template of the settings may change while the site is served.
        auto_reload=len(folders) > 1,
    )
