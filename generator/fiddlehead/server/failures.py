"""Simulated failures: a share of the requests fails with a status."""

from __future__ import annotations

import re

from ..frozen import dataclass

_WRITTEN = re.compile(r"([45]\d\d)@(\d+(?:\.\d+)?|\.\d+)(%?)")


@dataclass(frozen=True)
class Failure:
    """A `share` of the requests, from 0 to 1, fails with `status`."""

    status: int
    share: float

    @classmethod
    def parse(cls, text: str) -> Failure:
        """Parse `503@0.1` or `503@10%`; raises ValueError if it is invalid."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(
                f"'{text}' is not CODE@SHARE, a status from 400 to 599 and a share such as 0.1 or 10%"
            )
        share = float(match[2]) / (100 if match[3] else 1)
        if share > 1:
            raise ValueError(f"'{text}': the share is more than 1")
        return cls(int(match[1]), share)
