"""Responses that are not JSON, where the API description has a value of any type."""

import json
import re
from collections.abc import Callable
from typing import Any

from .decode import construct_type, problems
from .encode import to_json
from .http_library import Response
from .http_response import body_text


def text_of(returns: Any, response: Response) -> Any:
    """The body of a response that is not JSON, if ``returns`` accepts it."""
    media, content = response.headers.get("content-type", "").lower(), response.content
    if re.search(r"[/+]json\b", media) if media else _reads(json.loads, content):
        return None
    texts = r"text/|.*([/+](xml|yaml)\b|charset)"
    is_text = re.match(texts, media) if media else _reads(bytes.decode, content)
    if returns is object and not is_text:
        return content
    text = body_text(response)
    return (
        construct_type(returns, text) if not problems(returns, to_json(text)) else None
    )


def _reads(read: Callable[[bytes], Any], content: bytes) -> bool:
    """Whether ``read`` accepts ``content``, which may be nested too deep for it."""
    try:
        read(content)
    except ValueError:
        return False
    except RecursionError:
        pass
    return True
