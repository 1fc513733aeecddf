"""The blocks of a page, and their distribution over the sheets of a long one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ..frozen import dataclass, replace

LARGEST_PAGE = 150_000
"""The maximum number of bytes of HTML on a page; longer pages are split."""

FRAME = 6_000
"""The bytes of a page besides its menu, code and body."""

SMALLEST_BODY = 8_000


@dataclass(frozen=True)
class Block:
    """A section of a page as HTML, or the part of it on one sheet."""

    title: str
    text: Markup
    rows: tuple[str, ...]

    @property
    def html(self) -> Markup:
        return Markup("".join(self.rows))


def split_blocks(blocks: Sequence[Block], room: int) -> Iterator[list[Block]]:
    """The blocks of each sheet; rows that continue a block get its title again."""
    sheet: list[Block] = []
    left = room
    for block in blocks:
        left -= size_of(block.text) + 200
        rows: list[str] = []
        for row in block.rows:
            size = size_of(row)
            if size > left and (rows or sheet):
                if rows or block.text:
                    sheet.append(replace(block, rows=tuple(rows)))
                    block = replace(block, text=Markup(""))
                yield sheet
                sheet, rows, left = [], [], room
            rows.append(row)
            left -= size
        sheet.append(replace(block, rows=tuple(rows)))
    yield sheet


def moved_block(block: Block, page: str, sheet: str) -> Block:
    """A block whose fields link to themselves on a later sheet of a page."""
    old, new = (f'href="{path.rpartition("/")[2]}.html#' for path in (page, sheet))
    return replace(block, rows=tuple(row.replace(old, new) for row in block.rows))


def size_of(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
