"""The attributes of models: assigned once for each class, so that subclasses agree with base
classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ... import ir, queries
from ...naming import Claim, Named, distance
from ..context import Context


def of_model(
    context: Context, declaration: ir.Model, bases: Sequence[ir.Model]
) -> dict[str, Named]:
    """The attribute of each field of a model, including inherited ones, by wire name.

    `bases` are the models that its class inherits from: an inherited field has the same attribute.
    """
    known = context.field_names
    if declaration.id not in known:
        inherited = {wire: named.name for base in bases for wire, named in known[base.id].items()}
        type_location = context.type_locations.types[declaration.id]
        fields = queries.fields(context.api, declaration)
        own = {field.name for field in declaration.fields}
        claims = [claim(context, field, type_location.key, inherited, own) for field in fields]
        what = f"the fields of {type_location.class_name}"
        known[declaration.id] = by_wire(claims, context.names.assign(claims, what))
    return known[declaration.id]


def claim(
    context: Context,
    declared: ir.Field,
    key: str,
    inherited: Mapping[str, str],
    own: Iterable[str] = (),
) -> Claim:
    """The candidate names of a field of the class with a key.

    `inherited` are the inherited names, `own` the redeclared fields.
    """
    wire = declared.name
    names = context.names.field_names(declared.rename or wire, wire)
    if wire in inherited:
        names = (inherited[wire],)
    return Claim(
        names,
        wire,
        declared.span,
        rank=(0 if declared.rename is not None else distance(names[0], wire),),
        key=f"{key}.{wire}",
        kind="property",
        fixed=wire in inherited,
        silent=wire in inherited and wire not in own,
    )


def by_wire(claims: Sequence[Claim], named: Sequence[Named]) -> dict[str, Named]:
    """Names by wire name."""
    return {item.display_name: name for item, name in zip(claims, named, strict=True)}


def have_clashing_attributes(names: Iterable[Mapping[str, Named]]) -> bool:
    """Whether two classes have the same attribute for two wire names."""
    wires: dict[str, str] = {}
    for fields in names:
        for wire, named in fields.items():
            if wires.setdefault(named.name, wire) != wire:
                return True
    return False
