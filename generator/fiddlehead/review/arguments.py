"""Compares the arguments of two Python signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from .. import package as py
from .annotations import Annotations
from .finding_collector import Collector
from .settings import alias, pin
from .signatures import of_argument


def compare_arguments(
    collector: Collector,
    path: str,
    old: Sequence[py.Argument],
    new: Sequence[py.Argument],
    annotations: Annotations,
    signatures: tuple[str, str],
    in_path: Mapping[str, str] | None = None,
) -> None:
    """Find differences between the arguments of two signatures.

    `in_path` maps old names of path parameters to new ones, if the path is otherwise the same.
    """
    before = {argument.name: argument for argument in old}
    add = partial(collector.add, signatures=signatures)
    renamed = _renamed_arguments(before, new, in_path or {})
    after = {argument.name: argument for argument in new}
    by_old_name = {name: argument for argument in new for name in argument.old_names}
    moved: dict[str, str] = {}
    for name, argument in before.items():
        where = f"{path}.{name}"
        other = renamed.get(name) or after.get(name) or by_old_name.get(name)
        if other is None:
            text, line = f"{where} was removed", of_argument(argument)
            add("python-argument-removed", where, text, old=argument.span, before=line)
            continue
        moved[name] = other.name
        add_change = partial(add, old=argument.span, new=other.span)
        if name in renamed:
            add_change(
                "python-argument-renamed",
                where,
                f"{where} is now {other.name}",
                before=name,
                after=other.name,
                setting=(
                    pin(other.key, name)
                    if name in after
                    else alias(other.key, name, *other.old_names)
                ),
            )
        lines = partial(add_change, before=of_argument(argument), after=of_argument(other))
        _argument(lines, where, argument, other, annotations)
    known = {*moved.values()} | {*before} - {*renamed}
    for argument in new:
        if argument.name not in known:
            _new_argument(add, f"{path}.{argument.name}", argument)
    _order(add, path, old, new, moved)


def _renamed_arguments(
    before: Mapping[str, py.Argument], new: Sequence[py.Argument], in_path: Mapping[str, str]
) -> dict[str, py.Argument]:
    """The new argument for each one that sends the same value under another name.

    The old name may be that of another value now: a path parameter takes the name of a property.
    """
    old_names = {name for argument in new for name in argument.old_names}
    values = {argument.name: (argument.wire, argument.location) for argument in new}
    fresh = {
        (argument.wire, argument.location): argument
        for argument in new
        if argument.name not in before
    }
    result: dict[str, py.Argument] = {}
    for name, argument in before.items():
        value = (argument.wire, argument.location)
        other = fresh.get(value)
        if other is None and argument.location == "path":
            other = fresh.get((in_path.get(argument.wire, ""), "path"))
        if other is not None and name not in old_names and values.get(name) != value:
            result[name] = other
    return result


def _new_argument(add: partial[None], where: str, argument: py.Argument) -> None:
    need = "required" if argument.required else "optional"
    text = f"{where} was added" + (" and is required" if argument.required else "")
    rule, line = f"python-argument-added-{need}", of_argument(argument)
    add(rule, where, text, new=argument.span, after=line)


def _argument(
    add: partial[None], where: str, old: py.Argument, new: py.Argument, annotations: Annotations
) -> None:
    if old.required != new.required:
        need = "required" if new.required else "optional"
        text = "is now required" if new.required else "is now optional"
        add(f"python-argument-became-{need}", where, f"{where} {text}")
    elif old.default != new.default:
        text = f"The default of {where} was {old.default} and is {new.default}"
        add("python-argument-default-changed", where, text)
    if old.kind != new.kind:
        rule = "keyword-only" if new.kind == "keyword" else "positional"
        add(f"python-argument-became-{rule}", where, f"{where} is now {new.kind}")
    if old.required != new.required and annotations.only_none(old.annotation, new.annotation):
        return
    change = annotations.compare(old.annotation, new.annotation)
    text = f"{where} was {old.annotation.display()} and is {new.annotation.display()}"
    if change in ("wider", "expected"):
        add("python-argument-type-widened", where, text)
    elif change == "narrower":
        add("python-argument-type-narrowed", where, text)
    elif change == "other":
        add("python-argument-type-changed", where, text)


def _order(
    add: partial[None],
    path: str,
    old: Sequence[py.Argument],
    new: Sequence[py.Argument],
    moved: Mapping[str, str],
) -> None:
    before = [moved.get(argument.name) for argument in old if argument.kind == "positional"]
    places = {argument.name: argument for argument in new if argument.kind == "positional"}
    after = list(places)
    for index, name in enumerate(before):
        if name in places and after.index(name) != index:
            text = f"{path}.{name} was argument {index + 1} and is now argument {after.index(name) + 1}"
            where = f"{path}.{name}"
            add("python-argument-moved", where, text, new=places[name].span)
