"""The checksum of the settings that affect the output."""

from __future__ import annotations

import dataclasses
import os.path
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..settings_text import NOT_IN_FINGERPRINT, checksum
from ..source import Node
from .settings import Description, Settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def fingerprint(settings: Settings) -> str:
    """The SHA-256 of all settings that affect the output, the same on every machine.

    Default values are left out, so that a new setting in a later release does not change it.
    """
    values = {
        name: value for name, value in _chosen(settings).items() if name not in NOT_IN_FINGERPRINT
    }
    for name, paths in (("overrides", settings.overrides), ("overlays", settings.overlays)):
        values[name] = _relative(paths, settings.spec.parent)
    if settings.further:
        values["further"] = [
            _described(description, settings.spec.parent) for description in settings.further
        ]
    if settings.templates is not None:
        from .. import custom_templates

        values["templates"] = custom_templates.checksum(settings.templates)
    return checksum(values)


def _relative(paths: Iterable[Path], folder: Path) -> list[str]:
    return [Path(os.path.relpath(path, folder)).as_posix() for path in paths]


def _described(description: Description, folder: Path) -> dict[str, object]:
    return {
        **_chosen(description),
        "spec": _relative([description.spec], folder)[0],
        "overrides": _relative(description.overrides, folder),
        "overlays": _relative(description.overlays, folder),
    }


def _chosen(value: DataclassInstance) -> dict[str, object]:
    """The fields that differ from their defaults."""
    return {
        field.name: _plain(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if field.compare and getattr(value, field.name) != _default(field)
    }


def _default(field: dataclasses.Field[object]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _plain(value: object) -> object:
    if isinstance(value, Node):
        return value.json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _chosen(value)
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {key: _plain(item) for key, item in entries.items()}
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return [_plain(item) for item in items]
    return str(value) if isinstance(value, Path) else value
