"""Small APIs as values, for tests with one change each."""

from __future__ import annotations

from typing import Any

from fiddlehead import ir

TEXT = ir.Primitive("string")
WHOLE = ir.Primitive("integer")
POST = "POST /jobs"


def limited(kind: Any = "string", **limits: Any) -> ir.Primitive:
    return ir.Primitive(kind, ir.Constraints(**limits))


def a_field(name: str = "x", type: ir.Type = TEXT, required: bool = True, **more: Any) -> ir.Field:
    return ir.Field(name, type, required, **more)


def model(id: str, *fields: ir.Field, **more: Any) -> ir.Model:
    return ir.Model(id=id, name=ir.Name((id,)), fields=fields, **more)


def enum(id: str, *values: str, **more: Any) -> ir.Enum:
    return ir.Enum(
        id=id, name=ir.Name((id,)), values=tuple(ir.EnumValue(value) for value in values), **more
    )


def union(id: str, discriminator: str | None = "type", **variants: ir.Type) -> ir.Union:
    tags = discriminator is not None
    return ir.Union(
        id=id,
        name=ir.Name((id,)),
        variants=tuple(ir.Variant(v, tag=name if tags else None) for name, v in variants.items()),
        discriminator=ir.Discriminator(discriminator) if discriminator else None,
    )


def endpoint(
    id: str = POST,
    *parameters: ir.Parameter,
    sends: ir.Type | None = None,
    fields: tuple[ir.Field, ...] = (),
    gives: ir.Type | None = None,
    **more: Any,
) -> ir.Endpoint:
    method, path = id.split(" ")
    body = None
    if sends is not None or fields:
        body = ir.Body("json", "application/json", type=sends, fields=fields)
    values: dict[str, Any] = {
        "name": ("create",),
        "parameters": parameters,
        "body": body,
        "result": ir.Result("json", gives) if gives is not None else ir.Result("none"),
    }
    return ir.Endpoint(id=id, method=method, path=path.partition("#")[0], **{**values, **more})


def query(type: ir.Type = TEXT, required: bool = False, **more: Any) -> ir.Parameter:
    values = {"name": "limit", "location": "query", **more}
    return ir.Parameter(type=type, required=required, **values)


def api(*parts: ir.Endpoint | ir.Model | ir.Enum | ir.Union | ir.Alias, **more: Any) -> ir.Api:
    endpoints = tuple(part for part in parts if isinstance(part, ir.Endpoint))
    declared = {part.id: part for part in parts if not isinstance(part, ir.Endpoint)}
    return ir.Api("Test", "1", ir.Resource("", endpoints=endpoints), declared, **more)
