"""One server-sent event."""

import dataclasses
import json
from typing import Any


@dataclasses.dataclass(frozen=True)
class ServerSentEvent:
    """An event; ``retry`` is in milliseconds."""

    event: str = "message"
    data: str = ""
    id: str = ""
    retry: int | None = None

    def json(self) -> Any:
        """The data, parsed as JSON."""
        return json.loads(self.data)
