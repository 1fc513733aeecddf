"""The stored results of a run over a whole description, as a JSON value and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Generic, TypeVar

from .. import ir
from ..frozen import dataclass
from ..openapi.notes import Notes
from ..openapi.schemas.usage import Usage
from ..python.locations.placement import TypeLocation, TypeLocations
from ..recording import SCHEMAS
from .problems import Problem

T = TypeVar("T")


class Table(Mapping[str, T], Generic[T]):
    """Values of which a run uses few: each is a line of JSON, which is decoded on use."""

    def __init__(self, keys: Iterable[str], lines: bytes, decode: Callable[..., T]) -> None:
        """`decode` gets the items of the array in a line."""
        self._lines = dict(zip(keys, lines.split(b"\n") if lines else (), strict=True))
        self._decode = decode

    def __getitem__(self, key: str) -> T:
        return self._decode(*json.loads(self._lines[key]))

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@dataclass(frozen=True)
class Example:
    """A method with an example of a response."""

    kind: str
    endpoint: str
    """The input of the example, as text of `ir_values`."""


@dataclass(frozen=True)
class State:
    """A run over a whole description.

    Attributes:
        text: The description, in UTF-8.
        header: The first line of every Python file.
        files: The text of every file.
        notes: The results of reading the description.
        declarations: The attributes of each declaration that are not its content: words of its
            name, whether that is exact, its package, its owner and its locations, by id.
        type_locations: The location of each type.
        rest: The declarations that all files depend on, besides those of the modules of types.
        samples: The declarations whose content, without documentation, affects all files.
        parts: The declarations that each module of types depends on, by path.
        inline: The declarations that are found in no component, by `ir_values`.
        uses: The declarations that each refers to.
        examples: The methods that have an example of a response, by path.
        example_reads: The declarations that were read for each; those that they refer to may have been
            read too.
        extents: The start and the end of each part of the description that can be read alone.
        anchors: Where links to types lead in reference.md.
        marks: The parts of each page that only types decide: offset and name, in their order.
        page_reads: The declarations that each of these parts depends on.
        names: The names in the manifest.
        operations: The number of operations, as text.
        requirements: What the package needs at run time.
        problems: The warnings.
    """

    text: bytes
    header: str
    notes: Notes
    declarations: Mapping[str, tuple[ir.Name, ir.Words, str | None, tuple[str, ...]]]
    type_locations: TypeLocations
    rest: frozenset[str]
    samples: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    inline: Mapping[str, str] = field(default_factory=dict[str, str])
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    examples: Mapping[str, Example] = field(default_factory=dict[str, Example])
    example_reads: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    extents: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    anchors: Mapping[str, str] = field(default_factory=dict[str, str])
    marks: Mapping[str, tuple[tuple[int, str], ...]] = field(
        default_factory=dict[str, tuple[tuple[int, str], ...]]
    )
    page_reads: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    operations: str = ""
    requirements: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def components(notes: Notes) -> dict[str, str]:
    """The component that contains each declaration, by id: the first one that has it."""
    prefix = f"#{SCHEMAS}"
    result: dict[str, str] = {}
    for provisional, id_ in notes.final.items():
        name = provisional.removeprefix(prefix)
        if provisional in notes.reads.declared:
            result.setdefault(id_, notes.reads.declared[provisional])
        elif name != provisional and "/" not in name:
            # A declaration that equals a component is that component.
            result[id_] = name
    return result


def to_sections(state: State) -> Iterator[bytes]:
    """A state in the format of a cache entry."""
    yield state.text
    texts = [text.encode() for text in state.files.values()]
    yield b"".join(texts)
    payload = _to_json(state)
    payload["files"] = dict(zip(state.files, map(len, texts), strict=True))
    yield _encoded(payload)
    yield _lines(
        [list(name.words), name.exact, list(package), owner, list(places)]
        for name, package, owner, places in state.declarations.values()
    )
    yield _lines([text] for text in state.inline.values())
    yield _lines([example.kind, example.endpoint] for example in state.examples.values())


def _lines(values: Iterable[list[Any]]) -> bytes:
    """The lines of a table. JSON has no line ends in strings."""
    return b"\n".join(map(_encoded, values))


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _to_json(state: State) -> dict[str, Any]:
    """Everything except the texts, as a JSON value."""
    notes = state.notes
    usage = notes.usage
    return {
        "header": state.header,
        "usage": {
            "total": dict(usage.total),
            "plain": dict(usage.plain),
            "tags": _lists(usage.tags),
            "constants": dict(usage.constants),
            "heirs": _lists(usage.subclasses),
            "parts": sorted(usage.parts),
            "complete": sorted(usage.complete),
        },
        "bodies": sorted(notes.bodies),
        "final": notes.final,
        "shared": sorted(notes.shared),
        "altered": sorted(notes.altered),
        "styled": sorted(notes.styled),
        "subclasses": sorted(notes.subclasses),
        "seen": _lists(notes.seen),
        "outside": sorted(notes.reads.outside),
        "reads": _lists(notes.reads.by_component),
        "declared": notes.reads.declared,
        "declarations": list(state.declarations),
        "homes": {
            id_: [x.class_name, list(x.package), x.module, x.own_module, x.key, list(x.old_names)]
            for id_, x in state.type_locations.types.items()
        },
        "members": {path: list(ids) for path, ids in state.type_locations.members.items()},
        "late": _lists(state.type_locations.late),
        "rest": sorted(state.rest),
        "samples": sorted(state.samples),
        "parts": _lists(state.parts),
        "uses": {id_: list(others) for id_, others in state.uses.items() if others},
        "inline": list(state.inline),
        "examples": list(state.examples),
        "example reads": _lists(state.example_reads),
        "extents": {name: list(extent) for name, extent in state.extents.items()},
        "anchors": dict(state.anchors),
        "marks": {name: list(places) for name, places in state.marks.items()},
        "page reads": _lists(state.page_reads),
        "names": {place: dict(names) for place, names in state.names.items()},
        "operations": state.operations,
        "requirements": list(state.requirements),
        "problems": [
            [x.code, x.message, x.hint, x.place, [[note, *place] for note, place in x.related]]
            for x in state.problems
        ],
    }


def from_sections(sections: Sequence[bytes]) -> State | None:
    """The state in a cache entry; None if it has none."""
    try:
        text, files, payload, *tables = sections
        return _state(text, files, json.loads(payload), tables)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None


def _state(text: bytes, files: bytes, value: Mapping[str, Any], tables: Sequence[bytes]) -> State:
    declarations, inline, examples = tables
    texts: dict[str, str] = {}
    start = 0
    for name, length in value["files"].items():
        texts[name] = files[start : start + length].decode()
        start += length
    return State(
        text=text,
        header=value["header"],
        files=texts,
        notes=_notes(value),
        declarations=Table(value["declarations"], declarations, _declaration),
        type_locations=_type_locations(value),
        rest=frozenset(value["rest"]),
        samples=frozenset(value["samples"]),
        parts={path: frozenset(ids) for path, ids in value["parts"].items()},
        inline=Table(value["inline"], inline, str),
        uses={id_: tuple(others) for id_, others in value["uses"].items()},
        examples=Table(value["examples"], examples, Example),
        example_reads={path: frozenset(ids) for path, ids in value["example reads"].items()},
        extents={name: (start, end) for name, (start, end) in value["extents"].items()},
        anchors=value["anchors"],
        marks={
            name: tuple((offset, part) for offset, part in places)
            for name, places in value["marks"].items()
        },
        page_reads={name: frozenset(ids) for name, ids in value["page reads"].items()},
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


def _declaration(
    words: list[str], exact: bool, package: list[str], owner: str | None, places: list[str]
) -> tuple[ir.Name, ir.Words, str | None, tuple[str, ...]]:
    return ir.Name(tuple(words), exact), tuple(package), owner, tuple(places)


def _notes(value: Mapping[str, Any]) -> Notes:
    notes = Notes(bodies=frozenset(value["bodies"]), final=value["final"])
    used = value["usage"]
    notes.usage = Usage(parts=set(used["parts"]), complete=set(used["complete"]))
    notes.usage.total.update(used["total"])
    notes.usage.plain.update(used["plain"])
    notes.usage.tags.update(_sets(used["tags"]))
    notes.usage.constants.update(used["constants"])
    notes.usage.subclasses.update(_sets(used["heirs"]))
    notes.shared = set(value["shared"])
    notes.altered = set(value["altered"])
    notes.styled = set(value["styled"])
    notes.subclasses = set(value["subclasses"])
    notes.seen = _sets(value["seen"])
    notes.reads.outside.update(value["outside"])
    notes.reads.by_component.update(_sets(value["reads"]))
    notes.reads.declared.update(value["declared"])
    return notes


def _type_locations(value: Mapping[str, Any]) -> TypeLocations:
    return TypeLocations(
        {
            id_: TypeLocation(name, tuple(package), module, own, key, tuple(old))
            for id_, (name, package, module, own, key, old) in value["homes"].items()
        },
        {path: tuple(ids) for path, ids in value["members"].items()},
        {path: frozenset(others) for path, others in value["late"].items()},
    )


def _lists(sets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {name: sorted(members) for name, members in sets.items()}


def _sets(lists: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    return {name: set(members) for name, members in lists.items()}
