"""Versions of a package: MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re

from ..frozen import dataclass
from ..review.findings import Bump

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


@dataclass(frozen=True, order=True)
class Version:
    """A release version; pre-releases and build metadata are not supported."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """A version from text; raises ValueError if it does not have three numbers."""
        match = _VERSION.fullmatch(text)
        if match is None:
            raise ValueError(f"'{text}' is not a version of the form 1.2.3")
        return cls(*(int(part) for part in match.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def next_version(released: Version, bump: Bump) -> Version:
    """The smallest version for a release with changes of this bump.

    While the major version is 0, a breaking change increases the minor version and everything else
    the patch version. Semantic Versioning leaves 0.y.z open; this is the assumption of pip's `~=`
    and Cargo's caret ranges.
    """
    if released.major == 0:
        if bump == "major":
            return Version(0, released.minor + 1, 0)
        return Version(0, released.minor, released.patch + 1)
    if bump == "major":
        return Version(released.major + 1, 0, 0)
    if bump == "minor":
        return Version(released.major, released.minor + 1, 0)
    return Version(released.major, released.minor, released.patch + 1)
