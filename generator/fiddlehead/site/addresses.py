"""Where each page of the site is."""

from __future__ import annotations

import re

from ..package import Method, Resource

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices."""


class Addresses:
    """Gives each page its path without suffix; paths that differ only in case get a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def method(self, resource: Resource, method: Method) -> str:
        return self._claim((*(resource.attribute or ("client",)), method.name))

    def type_(self, name: str) -> str:
        return self._claim(("types", name))

    def _claim(self, parts: tuple[str, ...]) -> str:
        wanted = "/".join(f"{each}_" if _DEVICE.fullmatch(each) else each for each in parts)
        found, number = wanted, 2
        while found.casefold() in self._taken:
            found, number = f"{wanted}-{number}", number + 1
        self._taken.add(found.casefold())
        return found


def relative(page: str, target: str) -> str:
    """The link from one page to a file of the site; both are paths from its root."""
    return "../" * page.count("/") + target
