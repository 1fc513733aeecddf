"""Responses that are not JSON, where the API description has a value of any type."""

import json
import re
from typing import Any

from .decode import construct_type, problems
from .encode import to_json
from .http_library import Response


def text_of(returns: Any, response: Response) -> Any:
    """The body of a response that is not JSON, if ``returns`` accepts it."""
    media = response.headers.get("content-type", "").lower()
    if re.search(r"[/+]json\b", media) if media else _is_json(response.content):
        return None
    texts = r"text/|.*([/+](xml|yaml)\b|charset)"
    if returns is object and not (
        re.match(texts, media) if media else _is_text(response)
    ):
        return response.content
    fits = not problems(returns, to_json(response.text))
    return construct_type(returns, response.text) if fits else None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _is_text(response: Response) -> bool:
    try:
        response.content.decode()
    except ValueError:
        return False
    return True
