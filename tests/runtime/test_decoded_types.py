"""Round trips from schemas to models and back, without problems.

All schemas are in one description and package. Each case has a schema, a JSON text and a short
description of the decoded value; encoding the value must give the original bytes.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ..support import pipeline

SCHEMAS = Path(__file__).parent / "decoded_types.yaml"
PACKAGE = "decoded_types"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("decoded")
    built = pipeline.make(SCHEMAS, PACKAGE)
    built.write(folder)
    source = next(path for path in (folder / "src", folder) if (path / PACKAGE).is_dir())
    sys.path.insert(0, str(source))
    yield importlib.import_module(f"{PACKAGE}.types")
    sys.path.remove(str(source))
    for name in [module for module in sys.modules if module.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def described(value: Any) -> Any:
    """A short description of a decoded value: the class of an object with its fields."""
    import pydantic

    if isinstance(value, pydantic.BaseModel):
        held = {**value.__dict__, **(value.model_extra or {})}
        arguments = {key: item for key, item in held.items() if key in value.model_fields_set}
        return (type(value).__name__, {key: described(arguments[key]) for key in sorted(arguments)})
    if isinstance(value, list):
        return [described(item) for item in value]
    if isinstance(value, dict):
        return {key: described(item) for key, item in value.items()}
    if isinstance(value, dt.datetime):
        return f"datetime {value.isoformat()}"
    if isinstance(value, dt.date):
        return f"date {value.isoformat()}"
    return value


def in_order(value: Any) -> Any:
    """An expected value with the fields of objects in the order of `described`."""
    if isinstance(value, tuple):
        name, fields = value
        return (name, {key: in_order(fields[key]) for key in sorted(fields)})
    return [in_order(item) for item in value] if isinstance(value, list) else value


CASES: list[tuple[str, str, Any]] = [
    ("Reading", '{"value": NaN}', ("Reading", {"value": math.nan})),
    ("ReadingOrFailure", '{"value": NaN}', ("Reading", {"value": math.nan})),
    ("ReadingOrFailure", '{"value": Infinity}', ("Reading", {"value": math.inf})),
    ("ReadingOrFailure", '{"value": 1e400}', ("Reading", {"value": math.inf})),
    ("ReadingOrFailure", '{"value": 1, "x": NaN}', ("Reading", {"value": 1, "x": math.nan})),
    ("Readings", '[{"value": NaN}]', [("Reading", {"value": math.nan})]),
    ("NumberOrTime", "5", 5),
    ("NumberOrTime", "5.5", 5.5),
    ("NumberOrTime", '"2024-05-17T10:20:30Z"', "datetime 2024-05-17T10:20:30+00:00"),
    ("TimeOrNumber", "5", 5),
    ("TimesOrNumbers", '[5, "2024-05-17T10:20:30Z"]', [5, "datetime 2024-05-17T10:20:30+00:00"]),
    ("Alarm", '{"when": 5}', ("Alarm", {"when": 5})),
    ("TimeOrText", '"1700000000"', "1700000000"),
    ("TimeOrText", '"soon"', "soon"),
    ("TimeOrDate", '"2024-01-02"', "date 2024-01-02"),
    ("TimeOrDate", '"2024-01-02T03:04:05Z"', "datetime 2024-01-02T03:04:05+00:00"),
    (
        "Event",
        '{"kind": "opened", "at": "2024-05-17T10:20:30Z", "day": "2024-01-02"}',
        (
            "OpenedEvent",
            {
                "kind": "opened",
                "at": "datetime 2024-05-17T10:20:30+00:00",
                "day": "date 2024-01-02",
            },
        ),
    ),
    (
        "Events",
        '[{"kind": "closed", "days": [["2024-01-02"]]}]',
        [("ClosedEvent", {"kind": "closed", "days": [["date 2024-01-02"]]})],
    ),
    ("Node", '{"id": "1", "type": "PIC"}', ("Pic", {"id": "1", "type": "PIC"})),
    ("Node", '{"id": "1", "type": "DOC"}', ("Doc", {"id": "1", "type": "DOC"})),
    ("Member", '{"name": "Ada", "quota": 3}', ("InsideMember", {"name": "Ada", "quota": 3})),
    (
        "Member",
        '{"name": "Ada", "since": "2024-05-17T10:20:30Z"}',
        ("OutsideMember", {"name": "Ada", "since": "datetime 2024-05-17T10:20:30+00:00"}),
    ),
    ("Member", '{"name": "A", "seen_as": "x"}', ("UnknownVariant", {"name": "A", "seen_as": "x"})),
    ("Content", '{"url": "u"}', ("Picture", {"url": "u"})),
    ("Content", "[1, 2]", [1, 2]),
    ("Content", '"text"', "text"),
    ("Vectors", '{"url": "u"}', ("Picture", {"url": "u"})),
    ("Vectors", "[[1.5, 2]]", [[1.5, 2]]),
    ("TimesOrPictures", '["2024-05-17T10:20:30Z"]', ["datetime 2024-05-17T10:20:30+00:00"]),
    ("TimesOrPictures", '[{"url": "u"}]', [("Picture", {"url": "u"})]),
    ("Step", '{"type": "inner", "id": "1"}', ("InnerStep", {"type": "inner", "id": "1"})),
    (
        "Step",
        '{"type": "inner", "id": "1", "note": "n"}',
        ("InnerStep", {"type": "inner", "id": "1", "note": "n"}),
    ),
    ("Step", '{"type": "web", "id": "1"}', ("OuterStep", {"type": "web", "id": "1"})),
    ("Level", '{"level": 3}', ("High", {"level": 3})),
    ("Level", '{"level": 1}', ("Low", {"level": 1})),
    ("Effect", '{"kind": "FADE", "seconds": 3}', ("PlainFade", {"kind": "FADE", "seconds": 3})),
    (
        "Effect",
        '{"kind": "FADE", "steps": [1]}',
        ("SteppedFade", {"kind": "FADE", "steps": [1]}),
    ),
    ("Effect", '{"kind": "BLINK", "times": 1}', ("BlinkEffect", {"kind": "BLINK", "times": 1})),
    ("Effect", '{"kind": "NEW"}', ("UnknownVariant", {"kind": "NEW"})),
    ("Move", '{"kind": "GO", "north": 1}', ("NorthMove", {"kind": "GO", "north": 1})),
    ("Move", '{"kind": "GO", "south": 1}', ("SouthMove", {"kind": "GO", "south": 1})),
    ("Thing", '[{"name": "a"}]', [("Entry", {"name": "a"})]),
    ("Thing", '{"kind": "book", "title": "t"}', ("BookThing", {"kind": "book", "title": "t"})),
    ("Thing", '"text"', "text"),
    ("Shelf", '{"things": [[{"name": "a"}]]}', ("Shelf", {"things": [[("Entry", {"name": "a"})]]})),
    ("Loose", '{"url": "u"}', ("Picture", {"url": "u"})),
    ("Loose", '{"x": 1}', {"x": 1}),
    ("Lamp", '{"mode": 3, "plain": 3}', ("Lamp", {"mode": 3, "plain": 3})),
    ("Lamp", '{"nothing": null}', ("Lamp", {"nothing": None})),
    ("Numbered", '{"size": "7"}', ("Numbered", {"size": "7"})),
    ("Numbered", '{"size": 7}', ("Numbered", {"size": 7})),
    ("OneOrTrue", "[1, true, 1]", [1, True, 1]),
    ("NumberOrModels", '"7"', "7"),
    ("NumberOrModels", "1.0", 1.0),
    ("NumberOrModels", '"true"', "true"),
    ("NumberOrModels", "true", True),
    ("NumberOrModels", '{"name": "a"}', ("Entry", {"name": "a"})),
    ("IntsOrTexts", '{"a": "7"}', {"a": "7"}),
    ("IntsOrTexts", '{"a": 7}', {"a": 7}),
    ("Speed", "2", 2),
    ("Speed", "3", 3),
    ("Measure", '{"unit": "kg", "value": 1}', ("Weight", {"unit": "kg", "value": 1})),
    ("Measure", '{"unit": "g", "value": 1}', ("AnyMeasure", {"unit": "g", "value": 1})),
    ("MarkedOrNot", '{"day": "2024-01-02"}', ("Unmarked", {"day": "date 2024-01-02"})),
    ("MarkedOrNot", '{"kind": "marked"}', ("Marked", {"kind": "marked"})),
    ("MemberOrMarked", '{"name": "A", "quota": 3}', ("InsideMember", {"name": "A", "quota": 3})),
    ("Payment", '{"by": "debit", "number": "1"}', ("DebitPayment", {"by": "debit", "number": "1"})),
    ("Payment", '{"by": "mail", "code": "c"}', ("MailPayment", {"by": "mail", "code": "c"})),
    ("Payment", '{"by": "barter"}', ("UnknownVariant", {"by": "barter"})),
    ("PaymentOrText", '{"by": "paper"}', ("PaperPayment", {"by": "paper"})),
    (
        "Both",
        '{"id": "1", "links": {"selfUrl": "s", "listUrl": "l"}}',
        ("Both", {"id": "1", "links": ("BothLinks", {"self_url": "s", "list_url": "l"})}),
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=lambda case_: str(case_)[:50])
def test_a_value_has_the_type_of_its_schema(
    package: ModuleType, name: str, text: str, expected: Any
) -> None:
    core = importlib.import_module(f"{PACKAGE}.core.decode")
    encode = importlib.import_module(f"{PACKAGE}.core.encode")
    type_ = getattr(package, name)
    decoded = core.decode(type_, text.encode())
    # NaN is not equal to itself; its text is.
    assert repr(described(decoded)) == repr(in_order(expected))
    assert core.problems(type_, text.encode()) == []
    sent, came = encode.encode(decoded), json.loads(text)
    assert json.dumps(sent, sort_keys=True) == json.dumps(came, sort_keys=True)


def nested(depth: int, innermost: str) -> str:
    """JSON of nested blocks, each of a different kind than its parent."""
    text = innermost
    for index in range(depth):
        own = ('"title": "t"', '"rows": 2', '"by": "me", "at": "2024-01-02"')[index % 3]
        text = f'{{{own}, "inside": [{text}]}}'
    return text


def test_unions_inside_of_unions_take_no_exponential_time(package: ModuleType) -> None:
    # Each of 40 levels could be one of three models: 3 ** 40 possibilities.
    core = importlib.import_module(f"{PACKAGE}.core.decode")
    encode = importlib.import_module(f"{PACKAGE}.core.encode")
    text = nested(40, '{"title": "t"}')
    decoded = core.decode(package.Block, text.encode())
    assert json.loads(encode.to_json(decoded)) == json.loads(text)
    assert core.problems(package.Block, text.encode()) == []
    kinds = []
    value = decoded
    while value.inside:
        kinds.append(type(value).__name__)
        value = value.inside[0]
    assert kinds == [("Section", "Table", "Quote")[index % 3] for index in range(39, -1, -1)]
    text = nested(5, '{"title": 5, "rows": "two"}')
    [problem] = core.problems(package.Block, text.encode())
    assert problem["loc"] == (*("inside", 0) * 5, "title") and problem["input"] == 5


def test_only_the_member_that_contains_most_is_validated(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = importlib.import_module(f"{PACKAGE}.core.decode")
    checks = importlib.import_module(f"{PACKAGE}.core.checks")
    validate, validated = checks._own_errors, list[Any]()

    def counted(type_: Any, value: Any) -> Any:
        validated.append(value)
        return validate(type_, value)

    monkeypatch.setattr(checks, "_own_errors", counted)
    assert type(core.decode(package.Block, b'{"by": "me", "at": "2024-01-02"}')) is package.Quote
    assert validated == [{"by": "me", "at": "2024-01-02"}]  # neither as Section nor as Table


def test_null_instead_of_a_time_calls_no_function(package: ModuleType) -> None:
    core = importlib.import_module(f"{PACKAGE}.core.decode")

    def functions(text: bytes) -> list[str]:
        called = list[str]()
        core.decode(package.Outsider, text)  # builds the validator
        sys.setprofile(lambda frame, event, _: called.append(frame.f_code.co_name))
        try:
            decoded = core.decode(package.Outsider, text)
        finally:
            sys.setprofile(None)
        assert decoded.name == "Ann"
        return [name for name in called if name == "_remembered"]

    assert functions(b'{"name": "Ann", "since": "yesterday"}')
    assert not functions(b'{"name": "Ann", "since": null}')


@pytest.mark.parametrize("depth", [151, 190, 400])
def test_models_of_unions_have_a_limit_of_depth(package: ModuleType, depth: int) -> None:
    core = importlib.import_module(f"{PACKAGE}.core.decode")
    text = nested(depth, '{"title": "t"}').encode()
    with pytest.raises(ValueError, match="limit of 150 levels"):
        core.decode(package.Block, text)


def test_a_type_of_only_null_is_none(package: ModuleType) -> None:
    import pydantic

    assert package.Ghost(body=None).body is None
    with pytest.raises(pydantic.ValidationError):
        package.Ghost(body="flesh")


def test_numbers_beyond_the_listed_ones_may_be_sent(package: ModuleType) -> None:
    assert package.Lamp(mode=3, plain=3).model_dump(mode="json") == {"mode": 3, "plain": 3}
