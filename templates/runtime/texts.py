"""Responses that are not JSON, where the API description has a value of any type."""

import re
from typing import Any

from .decode import construct_type, problems
from .encode import to_json
from .http_library import Response


def text_of(returns: Any, response: Response) -> Any:
    """The body of a response that is not JSON, if ``returns`` accepts it."""
    media = response.headers.get("content-type", "").lower()
    if not media or re.search(r"[/+]json\b", media):
        return None
    if returns is object and not re.match(r"text/|.*([/+](xml|yaml)\b|charset)", media):
        return response.content
    fits = not problems(returns, to_json(response.text))
    return construct_type(returns, response.text) if fits else None
