"""The base of every generated model."""

from .decode import construct_type as construct_type
from .model import UncheckedBaseModel as UncheckedBaseModel
