"""The base of every generated model."""

from .decode import construct_type as construct_type
from .model import LosslessModel


class UncheckedBaseModel(LosslessModel):
    """A model of what the API sends and takes."""
