"""Files in request bodies. Files of a form are sent from their start, as by Fern's
clients."""

from typing import Any

from . import _uploads
from ._uploads import body_content as body_content


def part_content(file: Any) -> Any:
    """A file as part of a form. A file that cannot seek is read into memory."""
    rewindable = _uploads.is_rewindable(file)
    return _uploads.PartOfFile(file, 0) if rewindable else _uploads.part_content(file)
