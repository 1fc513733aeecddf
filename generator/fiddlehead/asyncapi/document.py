"""Loads the root file with its overrides and overlays, and checks its version."""

from __future__ import annotations

import re

from ..config import Settings
from ..diagnostics import Diagnostics
from ..openapi.document import patched
from ..source import Node, Sources


def load(settings: Settings, sources: Sources, diagnostics: Diagnostics) -> Node | None:
    """The root of the description; None, and an error, if it is not AsyncAPI 2 or 3."""
    root = sources.load(settings.spec)
    if root is None:
        return None
    version = root.get("asyncapi")
    if version is None or not re.fullmatch(r"[23](\..*)?", str(version.value)):
        version_text = str(version.value) if version is not None else "without a version"
        diagnostics.error(
            "unsupported-version",
            f"AsyncAPI {version_text} is not supported",
            (version or root).span,
            hint="the supported versions are AsyncAPI 2 and 3",
        )
        return None
    return patched(root, settings, sources, diagnostics)


def major(root: Node) -> int:
    """The major version of a document."""
    version = root.get("asyncapi")
    return int(str(version.value)[0]) if version is not None else 3
