"""The templates, scripts and styles of the site, with what settings put in their place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..config import Settings
from ..template_files import templates

if TYPE_CHECKING:
    import jinja2

ASSETS = ("site.css", "site.js", "search.js")


class SiteTemplates:
    """Finds each template where it is."""

    def __init__(self, settings: Settings) -> None:
        self.logo: str | None = None
        self.css: str | None = None

    def get(self, name: str) -> jinja2.Template:
        return _environment().get_template(name)

    def assets(self) -> dict[str, str]:
        """The files that pages load, by their names."""
        return {name: (templates() / "site" / name).read_text(encoding="utf-8") for name in ASSETS}


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates() / "site"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        auto_reload=False,
    )
