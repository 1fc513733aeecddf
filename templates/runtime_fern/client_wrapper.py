"""The client settings, in the module where Fern's packages have them."""

from .connection import ClientWrapper as AsyncClientWrapper
from .connection import ClientWrapper as BaseClientWrapper
from .connection import ClientWrapper as SyncClientWrapper

__all__ = ["AsyncClientWrapper", "BaseClientWrapper", "SyncClientWrapper"]
