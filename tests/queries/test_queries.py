"""Queries about an API: parts, references, fields, values."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import typing
from collections.abc import Iterator, Mapping

import pytest
from fiddlehead import ir, queries
from fiddlehead.queries.value_matching import ValueMatcher
from fiddlehead.queries.visitor import PARTS

STRING, INTEGER = ir.Primitive("string"), ir.Primitive("integer")


def model(id_: str, *fields: ir.Field, extends: tuple[str, ...] = ()) -> ir.Model:
    bases = tuple(ir.Ref(item) for item in extends)
    return ir.Model(id=id_, name=ir.Name((id_,)), fields=fields, extends=bases)


def api(*declarations: ir.Declaration) -> ir.Api:
    return ir.Api(
        "t", None, ir.Resource(""), {declaration.id: declaration for declaration in declarations}
    )


def classes() -> dict[str, type]:
    """All dataclasses of the modules of `ir`, by name."""
    modules = [
        importlib.import_module(f"{ir.__name__}.{module.name}")
        for module in pkgutil.iter_modules(ir.__path__)
    ]
    return {
        name: var
        for module in modules
        for name, var in vars(module).items()
        if isinstance(var, type)
        and dataclasses.is_dataclass(var)
        and var.__module__ == module.__name__
    }


def mentioned(hint: object) -> Iterator[object]:
    yield hint
    for arg in typing.get_args(hint):
        yield from mentioned(arg)


def test_every_public_class_is_a_name_of_the_package() -> None:
    assert {name for name in classes() if not name.startswith("_")} <= set(ir.__all__)


def test_the_visitor_has_every_attribute_that_can_contain_a_reference() -> None:
    known = classes()
    # `ir.Json` is recursive, so its text is resolved where it is used.
    names = {"Json": ir.Json, "Scalar": ir.Scalar, "Mapping": Mapping}
    hints = {value: typing.get_type_hints(value, localns=names) for value in known.values()}
    holders: set[object] = {ir.Ref}
    while True:
        more = {
            item
            for item, of in hints.items()
            if any(part in holders for hint in of.values() for part in mentioned(hint))
        }
        if more <= holders:
            break
        holders |= more
    for value in known.values():
        wanted = {
            name
            for name, hint in hints[value].items()
            if any(part in holders for part in mentioned(hint))
        }
        assert set(PARTS.get(value, ())) == wanted, value


def test_references_are_found_everywhere_and_rewritten() -> None:
    pet = model("Pet", ir.Field("tags", ir.ListOf(ir.Ref("Tag")), True))
    body = ir.Body("json", "application/json", extra=ir.Nullable(ir.Ref("Extra")))
    endpoint = ir.Endpoint("POST /", ("make",), "POST", "/", body=body)
    described = dataclasses.replace(api(pet), root=ir.Resource("", endpoints=(endpoint,)))
    assert [reference.id for reference in queries.references(described)] == ["Tag", "Extra"]
    changed = queries.rewritten(described, lambda ref: ir.Ref(f"{ref.id}2"))
    assert [reference.id for reference in queries.references(changed)] == ["Tag2", "Extra2"]
    assert queries.rewritten(described, lambda ref: ref) is described


def test_reachable_declarations() -> None:
    described = api(
        model("A", ir.Field("b", ir.Ref("B"), True)),
        model("B", ir.Field("a", ir.Ref("A"), False)),
        model("C"),
    )
    assert queries.reachable(described, [ir.ListOf(ir.Ref("A")), ir.Ref("gone")]) == {"A", "B"}


@pytest.mark.parametrize(
    ("extends", "own", "expected"),
    [
        (("Base",), ["second", "new"], ["first", "second", "new"]),
        (("Other", "Base"), ["first"], ["other", "second", "first"]),
        (("Below",), ["first", "second"], ["first", "second", "below"]),
    ],
)
def test_one_order_of_fields(extends: tuple[str, ...], own: list[str], expected: list[str]) -> None:
    described = api(
        model("Base", *(ir.Field(name, STRING, True) for name in ("first", "second"))),
        model("Other", *(ir.Field(name, STRING, True) for name in ("other", "second"))),
        model("Below", ir.Field("below", STRING, True), extends=("Base",)),
        model("It", *(ir.Field(name, INTEGER, True) for name in own), extends=extends),
    )
    result = queries.fields(described, described.declarations["It"])  # type: ignore[arg-type]
    assert [declared.name for declared in result] == expected
    assert {declared.name for declared in result if declared.type == INTEGER} == set(own)


def test_null_inside_an_alias_is_removed() -> None:
    maybe = ir.Alias(id="Maybe", name=ir.Name(("Maybe",)), type=ir.Nullable(ir.Ref("Name")))
    name = ir.Alias(id="Name", name=ir.Name(("Name",)), type=STRING)
    described = api(maybe, name)
    assert queries.resolved(described, ir.Ref("Maybe")) == ir.Nullable(ir.Ref("Name"))
    assert queries.resolved_with_null(described, ir.Ref("Maybe")) == (STRING, True)
    assert queries.resolved_with_null(described, ir.Ref("gone")) == (ir.Unknown(), False)


def test_where_a_path_of_properties_leads() -> None:
    described = api(
        model("Page", ir.Field("next", ir.Nullable(ir.Ref("Next")), True)),
        model("Next", ir.Field("token", STRING, True), ir.Field("any", ir.Unknown(), True)),
    )
    paths: Mapping[tuple[str, ...], ir.Type | None] = {
        ("next", "token"): STRING,
        ("next", "gone"): None,
        ("next", "token", "deeper"): None,
        ("next", "any", "deeper"): ir.Unknown(),
    }
    for path, expected in paths.items():
        assert queries.property_type(described, ir.Ref("Page"), path) == expected, path


@pytest.mark.parametrize(
    ("type_", "fitting", "others"),
    [
        (INTEGER, [1, 1.0], [1.5, True, "1", None]),
        (ir.Primitive("double"), [1, 1.5], [False, "1"]),
        (ir.Primitive("date"), ["2024-02-29"], ["2023-02-29", 5]),
        (ir.Literal(1), [1], [True, 2]),
        (ir.MapOf(INTEGER, STRING), [{"1": "a"}], [{"a": "a"}, {"1": 1}, ()]),
        (ir.Ref("Pet"), [{"name": "x"}, {"name": "x", "more": 1}], [{}, {"name": 1}, ()]),
        (ir.Ref("gone"), [1, None], []),
    ],
)
def test_which_values_fit(type_: ir.Type, fitting: list[ir.Json], others: list[ir.Json]) -> None:
    matcher = ValueMatcher(api(model("Pet", ir.Field("name", STRING, True))))
    assert [other for other in (*fitting, *others) if matcher.fits(other, type_)] == fitting
