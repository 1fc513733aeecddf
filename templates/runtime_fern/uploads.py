"""Parts of request bodies, as Fern's clients send them: files of a form from their start,
and JSON with spaces after commas and colons."""

import json
from typing import Any

from . import _uploads
from ._uploads import all_of as all_of
from ._uploads import size_of as size_of
from .encode import encode


def part_content(file: Any) -> Any:
    """A file as part of a form. A file that cannot seek is read into memory."""
    if _uploads.size_of(file) is None:
        return _uploads.part_content(file)
    return _uploads.PartOfFile(file, 0)


def part_json(value: Any) -> bytes:
    """A value as a JSON part of a form."""
    return json.dumps(encode(value), allow_nan=False).encode()
