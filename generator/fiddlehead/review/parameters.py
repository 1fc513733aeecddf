"""Compares the parameters of an operation."""

from __future__ import annotations

import re

from .. import ir
from ..frozen import replace
from .constraints import compare_assertions, compare_constraints
from .finding_collector import Collector
from .property_changes import compare_defaults, is_deprecated
from .schema_comparer import SchemaComparer
from .type_display import type_text
from .value_location import ValueLocation


class Parameters:
    """Compares the parameters of two endpoints."""

    def __init__(
        self, old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector
    ) -> None:
        self._old, self._new, self._schemas, self._collector = old, new, schemas, collector

    def compare(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        """Find added, removed, moved, renamed and changed parameters."""
        before = {_key(parameter): parameter for parameter in old.parameters}
        after = {_key(parameter): parameter for parameter in new.parameters}
        renamed = dict(zip(_in_path(old), _in_path(new), strict=False))
        for key, parameter in before.items():
            other = after.pop(key, None)
            location = ValueLocation(
                f"{old.id} {parameter.location}.{parameter.name}",
                "request",
                "parameter",
                parameter.span,
            )
            if other is None and parameter.location == "path":
                other = after.pop(("path", renamed.get(parameter.name, "")), None)
                if other is not None:
                    self._collector.add(
                        "endpoint-path-parameter-renamed",
                        location.location,
                        f"The path parameter '{parameter.name}' is now '{other.name}'",
                        old=parameter.span,
                        new=other.span,
                        before=parameter.name,
                        after=other.name,
                    )
            if other is None:
                moved = next(
                    (key for key, candidate in after.items() if candidate.name == parameter.name),
                    None,
                )
                if moved is not None:
                    other = after.pop(moved)
                    self._collector.add(
                        "request-parameter-moved",
                        location.location,
                        f"'{parameter.name}' was sent in the {parameter.location} and is now sent "
                        f"in the {other.location}",
                        old=parameter.span,
                        new=other.span,
                        before=parameter.location,
                        after=other.location,
                    )
            if other is None:
                self._parameter_removed(parameter, location)
            else:
                self._parameter(parameter, other, replace(location, new=other.span))
        for parameter in after.values():
            need = "required" if parameter.required else "optional"
            self._collector.add(
                f"new-{need}-request-parameter",
                f"{old.id} {parameter.location}.{parameter.name}",
                f"The {need} {parameter.location} parameter '{parameter.name}' was added",
                old=old.span,
                new=parameter.span,
                after=type_text(self._new, parameter.type),
            )

    def _parameter_removed(self, parameter: ir.Parameter, at: ValueLocation) -> None:
        suffix = "-with-deprecation" if is_deprecated(parameter.availability) else ""
        self._collector.add(
            f"request-parameter-removed{suffix}",
            at.location,
            f"The {parameter.location} parameter '{parameter.name}' was removed",
            old=at.old,
            before=type_text(self._old, parameter.type),
        )

    def _parameter(self, old: ir.Parameter, new: ir.Parameter, at: ValueLocation) -> None:
        def add(suffix: str, text: str) -> None:
            self._collector.add_at(at, suffix, f"'{at.location}' {text}")

        if old.required != new.required:
            if new.required:
                add("became-required", "was optional and is now required")
            else:
                add("became-optional", "was required and is now optional")
        was, now = is_deprecated(old.availability), is_deprecated(new.availability)
        if was != now:
            text = "is deprecated" if now else "is no longer deprecated"
            add("deprecated" if now else "reactivated", text)
        if old.nullable != new.nullable:
            if new.nullable:
                add("became-nullable", "is now nullable")
            else:
                add("became-not-nullable", "is no longer nullable")
        if old.allow_multiple and new.allow_multiple:
            compare_constraints(self._collector, at, old.constraints, new.constraints)
            compare_assertions(self._collector, at, old.assertions, new.assertions)
        if old.location == new.location and _written(old) != _written(new):
            add("style-changed", "has another serialization (style, explode)")
        compare_defaults(self._collector, at, old.default, new.default)
        if old.client_default != new.client_default:
            sent = replace(at, location=f"{at.location} (sent by the client)")
            compare_defaults(self._collector, sent, old.client_default, new.client_default)
        self._schemas.compare(old.type, new.type, at)


def _key(parameter: ir.Parameter) -> tuple[str, str]:
    """What makes a parameter the same: names of headers have no case (RFC 9110, section 5.1)."""
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return parameter.location, name


def _in_path(endpoint: ir.Endpoint) -> list[str]:
    return re.findall(r"{([^}]*)}", endpoint.path)


def _written(parameter: ir.Parameter) -> tuple[object, ...]:
    return (
        parameter.style,
        parameter.explode,
        parameter.allow_multiple,
        parameter.allow_reserved,
    )
