"""What a run over a whole description leaves for the next one, as a JSON value and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import ir
from ..openapi.notes import Notes
from ..openapi.usage import Usage
from ..python.placement import Home, Homes
from .problems import Problem


@dataclass(frozen=True)
class State:
    """A run over a whole description.

    Attributes:
        text: The description.
        header: The first line of every Python file.
        files: The text of every file.
        notes: What reading the description found out.
        declarations: What the API says of each declaration besides what it is: words of its name,
            whether that is exact, its package, its owner and its places, by id.
        homes: Where each type is.
        rest: The declarations that all files depend on besides those of the modules of types.
        samples: The declarations that examples of responses are made of.
        parts: The declarations that each module of types depends on, by path.
        names: What the manifest says of names.
        operations: What the run said of operations.
        requirements: What the package needs at run time.
        problems: The warnings.
    """

    text: str
    header: str
    files: Mapping[str, str]
    notes: Notes
    declarations: Mapping[str, tuple[ir.Name, ir.Words, str | None, tuple[str, ...]]]
    homes: Homes
    rest: frozenset[str]
    samples: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    names: Mapping[str, Mapping[str, str]]
    operations: str
    requirements: tuple[str, ...]
    problems: tuple[Problem, ...] = field(default=())


def to_json(state: State) -> dict[str, Any]:
    """A state as a JSON value."""
    notes = state.notes
    usage = notes.usage
    return {
        "text": state.text,
        "header": state.header,
        "files": dict(state.files),
        "usage": {
            "total": dict(usage.total),
            "plain": dict(usage.plain),
            "tags": _lists(usage.tags),
            "heirs": _lists(usage.heirs),
            "parts": sorted(usage.parts),
        },
        "bodies": sorted(notes.bodies),
        "final": notes.final,
        "shared": sorted(notes.shared),
        "altered": sorted(notes.altered),
        "styled": sorted(notes.styled),
        "seen": _lists(notes.seen),
        "outside": sorted(notes.reads.outside),
        "reads": _lists(notes.reads.by_component),
        "declared": notes.reads.declared,
        "declarations": {
            id_: [list(name.words), name.exact, list(package), owner, list(places)]
            for id_, (name, package, owner, places) in state.declarations.items()
        },
        "homes": {
            id_: [x.class_name, list(x.package), x.module, x.own_module, x.key, list(x.old_names)]
            for id_, x in state.homes.types.items()
        },
        "members": {path: list(ids) for path, ids in state.homes.members.items()},
        "late": _lists(state.homes.late),
        "rest": sorted(state.rest),
        "samples": sorted(state.samples),
        "parts": _lists(state.parts),
        "names": {place: dict(names) for place, names in state.names.items()},
        "operations": state.operations,
        "requirements": list(state.requirements),
        "problems": [
            [x.code, x.message, x.hint, x.place, [[note, *place] for note, place in x.related]]
            for x in state.problems
        ],
    }


def from_json(value: Mapping[str, Any]) -> State | None:
    """The state that a JSON value is; None where it is none."""
    try:
        return _state(value)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None


def _state(value: Mapping[str, Any]) -> State:
    notes = Notes(bodies=frozenset(value["bodies"]), final=value["final"])
    used = value["usage"]
    notes.usage = Usage(parts=set(used["parts"]))
    notes.usage.total.update(used["total"])
    notes.usage.plain.update(used["plain"])
    notes.usage.tags.update(_sets(used["tags"]))
    notes.usage.heirs.update(_sets(used["heirs"]))
    notes.shared = set(value["shared"])
    notes.altered = set(value["altered"])
    notes.styled = set(value["styled"])
    notes.seen = _sets(value["seen"])
    notes.reads.outside.update(value["outside"])
    notes.reads.by_component.update(_sets(value["reads"]))
    notes.reads.declared.update(value["declared"])
    homes = Homes(
        {
            id_: Home(name, tuple(package), module, own, key, tuple(old))
            for id_, (name, package, module, own, key, old) in value["homes"].items()
        },
        {path: tuple(ids) for path, ids in value["members"].items()},
        {path: frozenset(others) for path, others in value["late"].items()},
    )
    return State(
        text=value["text"],
        header=value["header"],
        files=value["files"],
        notes=notes,
        declarations={
            id_: (ir.Name(tuple(words), exact), tuple(package), owner, tuple(places))
            for id_, (words, exact, package, owner, places) in value["declarations"].items()
        },
        homes=homes,
        rest=frozenset(value["rest"]),
        samples=frozenset(value["samples"]),
        parts={path: frozenset(ids) for path, ids in value["parts"].items()},
        names=value["names"],
        operations=value["operations"],
        requirements=tuple(value["requirements"]),
        problems=tuple(
            Problem(
                code,
                message,
                hint,
                None if place is None else (place[0], place[1]),
                tuple((note, (start, end)) for note, start, end in related),
            )
            for code, message, hint, place, related in value["problems"]
        ),
    )


def _lists(sets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {name: sorted(each) for name, each in sets.items()}


def _sets(lists: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    return {name: set(each) for name, each in lists.items()}
