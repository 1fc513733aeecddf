"""YAML files to nodes with locations."""

from __future__ import annotations

from .reader import YamlReader

__all__ = ["YamlReader"]
