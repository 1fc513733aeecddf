"""JSON for Python values, under Fern's names."""

from typing import Any

from .encode import encode, to_text


def jsonable_encoder(obj: Any, custom_encoder: Any = None) -> Any:
    """``obj`` as JSON types; ``custom_encoder`` maps types to encoding functions."""
    if type(obj) in (custom_encoder or {}):
        return custom_encoder[type(obj)](obj)
    return encode(obj)


def encode_path_param(obj: Any) -> str:
    """``obj`` as text in a path, not yet quoted."""
    return to_text(obj)
