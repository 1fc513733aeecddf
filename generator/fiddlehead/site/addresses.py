"""The path of each page of the site."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows reserves for devices."""


def assign_addresses(
    wanted: Mapping[str, tuple[str, ...]], inline: frozenset[str]
) -> dict[str, str]:
    """The path of each page, without suffix, from the parts of its name.

    If paths differ only in case, they are the same file on many file systems. Then one of them is
    unchanged and the others get a suffix that encodes their capital letters, which depends only on
    the name. Pages in `inline`, schemas without their own name, get the suffix first.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, parts in wanted.items():
        path = "/".join(f"{part}-" if _DEVICE.fullmatch(part) else part for part in parts)
        groups.setdefault(path.casefold(), []).append((key, path))
    result: dict[str, str] = {}
    for group in groups.values():
        group.sort(
            key=lambda entry: (entry[0] in inline, *_case_distance(entry[1]), entry[1], entry[0])
        )
        taken: set[str] = set()
        for key, path in group:
            address, number = path, 2
            if taken:
                address = f"{path}-{_capitals(path)}"
            while address in taken:
                address, number = f"{path}-{_capitals(path)}-{number}", number + 1
            taken.add(address)
            result[key] = address
    return result


def relative(page: str, target: str) -> str:
    """The relative link from one page to a file of the site; both are paths from its root."""
    return prefix(page) + target


def prefix(page: str) -> str:
    """The relative path from a page to the root of the site."""
    return "../" * page.count("/")


def _case_distance(path: str) -> tuple[bool, int]:
    """The distance of a name from the usual case of classes and methods: `Address`, `list`."""
    name = path.rpartition("/")[2]
    is_type = path.startswith("types/")
    return name[:1].isupper() != is_type, sum(letter.isupper() for letter in name)


def _capitals(path: str) -> str:
    """The capital letters of the last name: one bit for each letter, as hexadecimal digits."""
    name = path.rpartition("/")[2]
    bits = sum(1 << index for index, letter in enumerate(name) if letter.isupper())
    return f"{bits:x}"
