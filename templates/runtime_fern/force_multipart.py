"""Forms that are multipart although they have no file, under Fern's names."""

from typing import Any


class ForceMultipartDict(dict[str, Any]):
    """Files of a request that is multipart even without one: true also when empty."""

    def __bool__(self) -> bool:
        return True


FORCE_MULTIPART = ForceMultipartDict()
