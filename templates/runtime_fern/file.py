"""Files to send, with the types of Fern's packages; other readers are sent as well."""

import typing
from collections.abc import Mapping

from . import _file

FileContent = typing.IO[bytes] | bytes | str
File = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)


def with_content_type(*, file: File, default_content_type: str) -> File:
    """``file`` with a content type, unless it has one."""
    file_ = _file.with_content_type(
        file=file, default_content_type=default_content_type
    )
    return typing.cast("File", file_)


def convert_file_dict_to_httpx_tuples(
    d: Mapping[str, File | list[File]],
) -> list[tuple[str, File]]:
    """One pair for each file: a list of files repeats its name."""
    files = {k: v if isinstance(v, list) else [v] for k, v in d.items()}
    return [(name, file) for name, several in files.items() for file in several]
