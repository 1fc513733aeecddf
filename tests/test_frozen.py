"""`frozen.dataclass` makes the classes that the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from fiddlehead import frozen


@frozen.dataclass(frozen=True)
class Pair:
    """Two values."""

    one: int
    two: str = "b"


@frozen.dataclass(frozen=True, slots=True)
class Slotted:
    one: int
    many: list[int] = field(default_factory=list[int])
    unseen: str = field(default="", compare=False, repr=False)


@frozen.dataclass(frozen=True, kw_only=True, slots=True)
class Named(Slotted):
    last: tuple[int, ...] = ()


@frozen.dataclass(frozen=True)
class Empty:
    pass


@frozen.dataclass(frozen=True)
class Single:
    value: tuple[int, ...]


@frozen.dataclass(frozen=True)
class Methods:
    """Fields with names that methods use."""

    self: int
    other: int = 1
    cls: int = 2


@frozen.dataclass(frozen=True, eq=False)
class Identical:
    value: int


@frozen.dataclass(frozen=True, order=True)
class Ordered:
    value: int


@frozen.dataclass(frozen=False, eq=True)
class Changing:
    value: int


@frozen.dataclass(frozen=True)
class Explicit:
    value: int

    def __init__(self, text: str) -> None:
        self.value = int(text)  # type: ignore[misc]  # only type checkers see a frozen class

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 7


def plain(cls: type, **options: Any) -> type[Any]:
    """The same class by the standard library."""
    attributes: dict[str, Any] = {}
    for one in dataclasses.fields(cls):
        attributes[one.name] = field(
            default=one.default,
            default_factory=one.default_factory,  # type: ignore[arg-type]  # one of them is missing
            compare=one.compare,
            repr=one.repr,
            kw_only=one.kw_only,
        )
    attributes["__annotations__"] = {one.name: one.type for one in dataclasses.fields(cls)}
    result: type[Any] = dataclass(frozen=True, **options)(type(cls.__name__, (), attributes))
    return result


@pytest.mark.parametrize("cls", [Pair, Slotted, Named, Empty, Single, Methods])
@pytest.mark.parametrize(
    "arguments",
    [
        ((), {}),
        ((1,), {}),
        ((1, "c"), {}),
        ((1, [2]), {"unseen": "x"}),
        ((1, [2], "x"), {"last": (1,)}),
        ((), {"one": 2, "last": ()}),
        (((1, 2),), {}),
        ((1, 2, 3, 4), {}),
        ((), {"other": 1}),
        ((), {"self": 1, "cls": 3}),
    ],
)
def test_instances_are_the_same(
    cls: type[Any], arguments: tuple[tuple[Any, ...], dict[str, Any]]
) -> None:
    positional, keywords = arguments

    def outcome(make: Callable[..., Any]) -> object:
        try:
            value = make(*positional, **keywords)
        except TypeError:
            return TypeError
        return repr(value).rpartition(".")[2], dataclasses.astuple(value)

    assert outcome(cls) == outcome(plain(cls))


def test_equality_and_hashes() -> None:
    assert Pair(1) == Pair(1, "b") != Pair(1, "c")
    assert Pair(1) != Single((1,)) and Pair(1).__eq__(1) is NotImplemented
    assert hash(Pair(1)) == hash(Pair(1)) == hash((1, "b"))
    assert Slotted(1, unseen="a") == Slotted(1, unseen="b") != Named(one=1)
    assert hash(Single((1,))) == hash(((1,),))
    assert Empty() == Empty() and hash(Empty()) == hash(())
    assert Identical(1) != Identical(1) and len({Identical(1), Identical(1)}) == 2
    assert Ordered(1) < Ordered(2) and hash(Ordered(1)) == hash(Ordered(1))
    assert Changing(1) == Changing(1)
    assert Methods(1) == Methods(1) != Methods(2) and hash(Methods(1)) == hash((1, 1, 2))
    with pytest.raises(TypeError):
        hash(Changing(1))


def test_defaults_are_made_for_each_instance() -> None:
    first, second = Slotted(1), Slotted(1)
    first.many.append(2)
    assert second.many == []


def test_methods_of_the_class_are_used() -> None:
    value = Explicit("5")
    assert (value.value, value == Pair(1), hash(value)) == (5, True, 7)


@pytest.mark.parametrize("value", [Pair(1), Slotted(1, [2]), Named(one=1, last=(2,)), Empty()])
def test_copies(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == copy.deepcopy(value) == value
    assert dataclasses.replace(value) == value
    if not isinstance(value, Empty):
        assert dataclasses.replace(value, one=7).one == 7


def test_slots_and_documentation() -> None:
    assert not hasattr(Named(one=1), "__dict__") and hasattr(Pair(1), "__dict__")
    assert Pair.__doc__ == "Two values." and Pair.__match_args__ == ("one", "two")


@dataclass(frozen=True)
class Standard:
    value: int


@frozen.dataclass(frozen=True)
class Doubled:
    value: int

    @frozen.cached
    def double(self) -> int:
        return 2 * self.value


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (Pair(1), {"two": "c"}),
        (Pair(1), {}),
        (Slotted(1, [2], "x"), {"one": 3}),
        (Named(1, last=(4,)), {"many": [5]}),
        (Methods(1), {"cls": 3, "self": 4}),
        (Standard(1), {"value": 2}),
    ],
)
def test_replace_returns_what_the_standard_library_returns(
    value: Any, changes: dict[str, Any]
) -> None:
    before = dataclasses.asdict(value)
    result = frozen.replace(value, **changes)
    assert type(result) is type(value)
    assert dataclasses.asdict(result) == {**before, **changes}
    assert result == dataclasses.replace(value, **changes)
    assert dataclasses.asdict(value) == before


def test_replace_does_not_copy_computed_values() -> None:
    value = Doubled(1)
    assert value.double == 2
    assert frozen.replace(value, value=3).double == 6


@pytest.mark.parametrize("cls", [Pair, Slotted, Named, Single, Methods, Explicit])
def test_a_value_is_created_from_its_attributes(cls: Any) -> None:
    names = [one.name for one in dataclasses.fields(cls)]
    value = frozen.constructor(cls)(*range(len(names)))
    assert type(value) is cls
    assert [getattr(value, name) for name in names] == [*range(len(names))]
