"""The exports of a large package as text, which needs less memory than a dictionary."""

from collections.abc import Iterator, Mapping


class NameTable(Mapping[str, str]):
    """The module of each name. Names are lines after the line of their module.

    Only the lines of modules start with a dot. The text starts and ends with a newline.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def __getitem__(self, name: str) -> str:
        place = self._text.find(f"\n{name}\n") if name.isidentifier() else -1
        if place < 0:
            raise KeyError(name)
        start = self._text.rindex("\n.", 0, place) + 1
        return self._text[start : self._text.index("\n", start)]

    def __iter__(self) -> Iterator[str]:
        return (line for line in self._text.split() if line[0] != ".")

    def __len__(self) -> int:
        return sum(1 for _ in self)
