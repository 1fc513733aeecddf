"""The installed versions of distributions.

They are read from the names of metadata folders, which is much faster than importing
`importlib.metadata`.
"""

from __future__ import annotations

import functools
import os
import sys

PYTHON_TOOLS = ("black", "datamodel-code-generator", "jinja2")
"""The distributions whose versions affect a generated Python package."""
_METADATA = ".dist-info"


def version(name: str) -> str:
    """The installed version of a distribution."""
    folder = metadata_folder(name)
    if folder is not None:
        return folder.removesuffix(_METADATA).rpartition("-")[2]
    from importlib import metadata

    return metadata.version(name)


def metadata_folder(name: str) -> str | None:
    """The metadata folder of a distribution, whose name has its version."""
    return _folders().get(name.replace("-", "_"))


@functools.cache
def _folders() -> dict[str, str]:
    """The metadata folders of all distributions by lower-case name."""
    result: dict[str, str] = {}
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")  # noqa: PTH208  # strings are enough
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(_METADATA):
                name = entry.partition("-")[0]
                result.setdefault(name.lower(), f"{folder or os.curdir}{os.sep}{entry}")
    return result
