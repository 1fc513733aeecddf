"""Whether values fit types, and where a path of properties leads: for what is read last."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ir

_TEXT = frozenset(
    {"string", "bigint", "date", "date-time", "date-time-rfc-2822", "uuid", "base64", "bytes"}
)
_WHOLE = frozenset({"integer", "long", "uint", "uint64"})
_LEVELS = 30
"""How deep a default is compared; types may contain themselves."""


class Checks:
    """Looks through declarations."""

    def __init__(self, declared: Mapping[str, ir.Declaration]) -> None:
        self._declared = declared

    def fits(self, value: ir.Json, type_: ir.Type, level: int = 0) -> bool:
        """Whether a JSON value can be of a type; True where that is not clear."""
        if level > _LEVELS:
            return True
        match type_:
            case ir.Primitive("boolean"):
                return isinstance(value, bool)
            case ir.Primitive(kind) if kind in _TEXT:
                return isinstance(value, str)
            case ir.Primitive(kind):
                if isinstance(value, bool) or not isinstance(value, int | float):
                    return False
                return kind not in _WHOLE or float(value).is_integer()
            case ir.Literal(expected):
                return value == expected and isinstance(value, bool) == isinstance(expected, bool)
            case ir.ListOf(item):
                return isinstance(value, tuple) and all(
                    self.fits(v, item, level + 1) for v in value
                )
            case ir.MapOf(_, item):
                return isinstance(value, Mapping) and all(
                    self.fits(v, item, level + 1) for v in value.values()
                )
            case ir.Nullable(item):
                return value is None or self.fits(value, item, level + 1)
            case ir.UnionOf(members):
                return any(self.fits(value, member, level + 1) for member in members)
            case ir.Ref(id_):
                return self._fits_declared(value, self._declared.get(id_), level + 1)
            case _:
                return True

    def _fits_declared(self, value: ir.Json, declared: ir.Declaration | None, level: int) -> bool:
        match declared:
            case ir.Alias(type=type_):
                return self.fits(value, type_, level)
            case ir.Enum(values=values):
                return any(value == each.value for each in values)
            case ir.Model():
                return isinstance(value, Mapping)
            case ir.Union(variants=variants, discriminator=None):
                return any(v.type is None or self.fits(value, v.type, level) for v in variants)
            case _:
                return True

    def resolved(self, type_: ir.Type) -> ir.Type | ir.Declaration:
        """What a type comes down to without aliases and null."""
        for _ in range(_LEVELS):
            if isinstance(type_, ir.Nullable):
                type_ = type_.item
                continue
            declared = self._declared.get(type_.id) if isinstance(type_, ir.Ref) else None
            if not isinstance(declared, ir.Alias):
                return declared or type_
            type_ = declared.type
        return type_

    def fields(self, model: ir.Model | ir.Union) -> list[ir.Field]:
        """The fields of a model with those it inherits, which come first."""
        found: dict[str, ir.Field] = {}
        seen = {model.id}
        stack = [(model, iter(model.extends))]
        # A loop and not a recursion: nothing bounds how long a chain of bases is.
        while stack:
            current, bases = stack[-1]
            base = next(bases, None)
            if base is None:
                stack.pop()
                for field in current.fields:
                    found.pop(field.name, None)
                    found[field.name] = field
                continue
            declared = self._declared.get(base.id)
            if isinstance(declared, ir.Model) and declared.id not in seen:
                seen.add(declared.id)
                stack.append((declared, iter(declared.extends)))
        return list(found.values())

    def walk(self, type_: ir.Type, path: ir.Words) -> ir.Type | None:
        """The type of a property of a property …; None where there is no such property."""
        for step in path:
            found = self.resolved(type_)
            if isinstance(found, ir.Unknown | ir.MapOf):
                return ir.Unknown()
            if not isinstance(found, ir.Model | ir.Union):
                return None
            if isinstance(found, ir.Union) and found.discriminator is None:
                return ir.Unknown()
            named = {each.name: each for each in self.fields(found)}
            if step not in named:
                return None
            type_ = named[step].type
        return type_

    def names(self, type_: ir.Type) -> list[str]:
        """The names of a type's properties, for hints."""
        found = self.resolved(type_)
        if not isinstance(found, ir.Model | ir.Union):
            return []
        return [each.name for each in self.fields(found)]
