"""Reads AsyncAPI 2 and 3 into `ir.Api`: channels over WebSockets."""

from __future__ import annotations

from .read import read

__all__ = ["read"]
