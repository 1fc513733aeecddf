"""Files to send: content or a path, alone or with a name, a content type and headers."""

import os
import typing
from collections.abc import Mapping


class Reader(typing.Protocol):
    """A readable object, such as an open file."""

    def read(self, size: int = -1, /) -> bytes: ...


FileContent = Reader | bytes | str | os.PathLike[str]
File = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)


def with_content_type(*, file: File, default_content_type: str) -> File:
    """``file`` with a content type, unless it has one."""
    if not isinstance(file, tuple):
        return (None, file, default_content_type)
    name, content, *more = typing.cast("tuple[typing.Any, ...]", file)
    content_type = (more[0] if more else None) or default_content_type
    return typing.cast("File", (name, content, content_type, *more[1:]))


def convert_file_dict_to_httpx_tuples(
    d: Mapping[str, File | list[File]],
) -> list[tuple[str, File]]:
    """One pair for each file: a list of files repeats the field name."""
    files = {k: v if isinstance(v, list) else [v] for k, v in d.items()}
    return [(name, file) for name, several in files.items() for file in several]
