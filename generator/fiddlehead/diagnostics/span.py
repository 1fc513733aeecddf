"""A location in an input file."""

from __future__ import annotations

from dataclasses import field

from ..frozen import dataclass
from .source_file import SourceFile


@dataclass(frozen=True, slots=True)
class Span:
    """A location in a file; lines and columns start at 1, the end column is exclusive."""

    source: SourceFile = field(repr=False)
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def file(self) -> str:
        return self.source.name

    @property
    def identity(self) -> object:
        """Equal for spans that begin at one place of a file."""
        return str(self)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span(SourceFile("", ""), 1, 1, 1, 1)
"""The location of values that are not in a file, such as a default."""
