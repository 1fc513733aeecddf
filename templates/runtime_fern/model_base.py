"""The base class of a `pydantic_utilities.py` that is written by hand, below all models.

Models are decoded and sent as without it. Its methods (`dict`, `json`, and more) are
those of the models.
"""

import importlib
from typing import Any

import pydantic

from . import hand_written


def with_hand_written_base(base: type[pydantic.BaseModel]) -> Any:
    """``base``, or a class of it and of the `UniversalBaseModel` written by hand."""
    by_hand = _hand_written()
    if by_hand is None:
        return base
    config = pydantic.ConfigDict(**base.model_config)
    names: dict[str, Any] = {"__module__": base.__module__, "model_config": config}
    # Before a serializer written by hand.
    own = vars(base)["_serialize"]
    names["_serialize"] = pydantic.model_serializer(mode="wrap")(own)
    return type(base.__name__, (base, by_hand), names)


def with_hand_written_methods(cls: type[Any]) -> type[Any]:
    """``cls`` with the methods of the class written by hand in place of its own."""
    methods = vars(_hand_written() or object)
    for name in vars(cls).keys() & methods.keys():
        if not name.startswith("_") and name != "model_config":
            setattr(cls, name, methods[name])
    return cls


def _hand_written() -> Any:
    if not hand_written.MODELS:
        return None
    module = importlib.import_module(".pydantic_utilities", __package__)
    return getattr(module, "UniversalBaseModel", None)
