"""Models keep all data, have the right types, and validate arguments."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import threading
import uuid
import warnings
from typing import Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

JOB = {"job_id": "j", "status": "complete", "created_at": "2024-04-10T14:22:35Z"}


def written(value: Any) -> bytes:
    """JSON as written by the `json` module."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace")


def is_json(value: Any) -> bool:
    """Whether all numbers of a value are valid JSON, because Python's reader accepts more."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def decode(type_: Any, value: Any) -> Any:
    """Decode `value` as in a response; encoding the result must give the same value."""
    from acme.core.decode import construct_type, decode
    from acme.core.encode import encode, to_json

    text = json.dumps(value).encode()
    result = decode(type_, text)
    same = json.dumps(value, sort_keys=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for again in (
            result,
            construct_type(type_, value),
            copy.deepcopy(result),
            pickle.loads(pickle.dumps(result)),
        ):
            assert json.dumps(encode(again), sort_keys=True) == same
            # pydantic-core and Python write the same bytes. JSON has no infinity.
            if is_json(value):
                assert to_json(again) == written(encode(again))
            else:
                with pytest.raises(ValueError):
                    to_json(again)
        if isinstance(result, pydantic.BaseModel):
            assert json.dumps(json.loads(result.model_dump_json()), sort_keys=True) == same
            assert json.dumps(result.model_dump(mode="json"), sort_keys=True) == same
            result.model_dump()
            repr(result)
    return result


def problems(type_: Any, value: Any) -> list[str]:
    from acme.core.decode import problems

    reported_problems = problems(type_, json.dumps(value).encode())
    return [".".join(map(str, problem["loc"])) for problem in reported_problems]


def test_valid_values() -> None:
    from acme.types import Job

    job = decode(Job, {**JOB, "class": "c", "priority": 2, "meta": {"tokens": 1}})
    assert job.created_at == dt.datetime(2024, 4, 10, 14, 22, 35, tzinfo=dt.timezone.utc)
    assert (job.class_, job.priority, job.meta.tokens, job.name) == ("c", 2, 1, None)
    assert type(job.status) is str and problems(Job, JOB) == []


def test_invalid_values_are_kept_and_listed() -> None:
    from acme.core.integers import UnknownInt
    from acme.core.unchecked_base_model import UnknownStr
    from acme.types import Job

    value = {
        "status": "new",
        "priority": 9,
        "created_at": 5.5,
        "meta": "m",
        "novel": [None],
    }
    value |= {"name": 7, "class": ["c"]}
    job = decode(Job, value)
    assert type(job.status) is UnknownStr and job.status == "new"
    assert type(job.priority) is UnknownInt and job.priority == 9
    assert (job.job_id, job.meta, job.name, job.class_) == (None, "m", 7, ["c"])
    assert job.novel == [None] and "job_id" not in job.model_fields_set
    reported_problems = problems(Job, value)
    assert {"job_id", "meta", "name", "class"} <= {
        *reported_problems
    } and "status" not in reported_problems


@pytest.mark.parametrize("value", [[], "x", 1, None, True, [JOB]])
def test_something_else_entirely(value: Any) -> None:
    from acme.types import Job

    assert decode(Job, value) == value and len(problems(Job, value)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-10T14:22:35Z",
        "2024-04-10T14:22:35.5Z",
        "2024-04-10T14:22:35.123Z",
        "2024-04-10T14:22:35.123456Z",
        "2024-04-10T14:22:35.000000Z",
        "2024-04-10T14:22:35.123456789Z",
        "2024-04-10T14:22:35+00:00",
        "2024-04-10T14:22:35+05:30",
        "2024-04-10T14:22:35-00:00",
        "2024-04-10T14:22:35",
        "2024-04-10 14:22:35z",
        "2024-04-10",
    ],
)
def test_a_datetime_is_written_as_it_was(text: str) -> None:
    from acme.core.encode import encode
    from acme.types import Everything

    [time] = decode(Everything, {"times": [text]}).times
    assert isinstance(time, dt.datetime) and (time.year, time.month, time.day) == (
        2024,
        4,
        10,
    )
    later = time + dt.timedelta(days=1)
    assert later.day == 11 and "2024-04-11" in str(encode(later))
    assert pickle.loads(pickle.dumps(later)) == later


@pytest.mark.parametrize("text", ["soon", "2024-13-10T14:22:35Z", "2024-04-10T23:59:60Z", "", True])
def test_an_invalid_datetime_stays_text(text: Any) -> None:
    from acme.types import Everything

    assert decode(Everything, {"times": [text]}).times == [text]


def test_formats() -> None:
    from acme.types import Everything

    upper = "D5E9C84F-C2B2-4BF4-B4B0-7FFD7A9FFC32"
    value = {
        "id": upper,
        "day": "2024-01-02",
        "tags": ["b", "a", "b"],
        "by_number": {"1": {"side": 1}},
    }
    all_ = decode(Everything, value)
    assert all_.id == uuid.UUID(upper) and isinstance(all_.id, uuid.UUID)
    assert all_.day == dt.date(2024, 1, 2) and all_.tags == {"a", "b"}
    assert all_.by_number[1].side == 1 and problems(Everything, value) == []
    odd = decode(Everything, {"id": "x", "day": "20240102", "tags": [{}], "by_number": {"01": 1}})
    assert (odd.id, odd.day, odd.tags, odd.by_number) == (
        "x",
        "20240102",
        [{}],
        {"01": 1},
    )
    assert type(decode(Everything, {"id": upper.lower()}).id) is uuid.UUID


def test_numbers_keep_their_kind() -> None:
    from acme.types import Everything

    big = 2**80
    one = decode(Everything, {"amount": 1, "count": big})
    assert type(one.amount) is int and one.count == big
    assert type(decode(Everything, {"amount": 1.0}).amount) is float
    assert problems(Everything, {"count": 1.5, "flag": 1, "amount": "1"}) == [
        "amount",
        "count",
        "flag",
    ]


def test_a_key_twice_and_json_that_only_python_reads() -> None:
    from acme.core.decode import decode, problems
    from acme.types import Job

    assert decode(Job, b'{"job_id": "a", "job_id": "b"}').job_id == "b"
    rest = ', "status": "complete", "created_at": "2024-04-10T14:22:35Z"}'
    for text, encoding, value in (
        ('{"job_id": "a"', "utf-8-sig", "a"),
        ('{"job_id": "a"', "utf-16", "a"),
        ('{"job_id": "\\ud800"', "utf-8", "\ud800"),
    ):
        content = (text + rest).encode(encoding)
        assert decode(Job, content).job_id == value
        assert problems(Job, content) == []
    [problem] = problems(Job, ('{"job_id": 7' + rest).encode("utf-8-sig"))
    assert problem["loc"] == ("job_id",)


def test_a_key_that_python_calls_another_field() -> None:
    from acme.types import Job

    assert decode(Job, {"class_": "x"}).class_ is None
    assert decode(Job, {"class": "c", "class_": "x"}).class_ == "c"


def test_discriminated_unions() -> None:
    from acme.core.unions import UnknownVariant
    from acme.types import Cat, Image, Message, Pet, Text

    value = {
        "content": [
            {"type": "text", "text": "t"},
            {"type": "image", "url": "u", "caption": {"type": "image"}},
            {"type": "novel", "n": {"a": 1}},
            {"n": 1},
            5,
        ],
        "reply_to": {"content": "plain", "reply_to": None},
    }
    message = decode(Message, value)
    text, image, novel, without, five = message.content
    assert isinstance(text, Text) and isinstance(image, Image) and image.type_ == "image"
    assert isinstance(image.caption, Image) and image.caption.url is None
    assert isinstance(novel, UnknownVariant) and novel.type == "novel" and novel.n == {"a": 1}
    assert isinstance(without, UnknownVariant) and five == 5
    assert message.reply_to.content == "plain"
    results = [path for path in problems(Message, value) if path.startswith("content.list[")]
    assert [path.rpartition("].")[2] for path in results] == [
        "1.image.caption.image.url",
        "3.(no tag)",
        "4.(no object)",
    ]
    assert isinstance(decode(Pet, {"kind": "cat", "lives": 7}), Cat)
    # The values are names of classes: of others, the properties decide.
    assert type(decode(Pet, {"kind": "cow", "tricks": ["moo"]})).__name__ == "Dog"
    assert isinstance(decode(Pet, {"sort": "cow"}), UnknownVariant)


def test_undiscriminated_unions() -> None:
    from acme.core.unchecked_base_model import UnknownStr
    from acme.core.unions import UnknownVariant
    from acme.types import Circle, Everything, Square, Tagged

    def shape(value: Any) -> Any:
        return decode(Everything, {"shape": value}).shape

    assert isinstance(shape({"side": 1}), Square)
    assert isinstance(shape({"radius": 1, "side": 2, "color": "c"}), Circle)
    assert isinstance(shape({"shape": "tagged", "side": 1}), Tagged)
    assert isinstance(
        shape({"color": "c", "x": 1}), Circle
    )  # The best match, although not complete.
    assert isinstance(shape({"shape": "other"}), UnknownVariant)
    assert isinstance(shape({}), UnknownVariant) and shape("x") == "x"
    circles = decode(Everything, {"shapes": [{"radius": 1}, {"color": "c"}]}).shapes
    assert all(isinstance(circle, Circle) for circle in circles)
    assert decode(Everything, {"choice": "auto"}).choice == "auto"
    assert type(decode(Everything, {"choice": "new"}).choice) is UnknownStr
    assert isinstance(decode(Everything, {"choice": {"side": 1}}).choice, Square)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = [
    "type",
    "kind",
    "content",
    "text",
    "url",
    "caption",
    "shape",
    "side",
    "radius",
    "job_id",
]
NAMES += [
    "status",
    "created_at",
    "class",
    "meta",
    "reply_to",
    "times",
    "tags",
    "id",
]
NAMES += [
    "by_number",
    "pet",
    "choice",
    "anything",
    "day",
    "shapes",
    "copy",
    "model_config",
    "_x",
]
WORDS = st.sampled_from(["text", "image", "cat", "dog", "tagged", "complete", "2024-01-02", "1"])
NEAR = st.recursive(
    JSON | WORDS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=20,
)


@given(NEAR)
def test_json_to_model_to_json_is_the_identity(value: Any) -> None:
    from acme.types import Content, Everything, Job, JobList, Json, Message, Pet, Shape

    for type_ in (
        Job,
        JobList,
        Message,
        Everything,
        Content,
        Shape,
        Pet,
        Json,
        list[Message],
    ):
        decode(type_, value)


def test_a_caller_is_checked() -> None:
    from acme.core.unchecked_base_model import UnknownStr
    from acme.core.unions import UnknownVariant
    from acme.types import Everything, Image, Job, Message, Text

    job = Job(job_id="j", status="new", created_at="2024-01-02T03:04:05Z", class_="c")
    assert type(job.status) is UnknownStr and job.class_ == "c"
    assert json.loads(job.model_dump_json())["class"] == "c"
    for wrong in ({"job_id": 1}, {"status": 5}, {"created_at": "soon"}):
        with pytest.raises(pydantic.ValidationError):
            Job(**{**JOB, **wrong})
    with pytest.raises(pydantic.ValidationError):
        Job(job_id="j")
    known = Message(content=[{"type": "text", "text": "t"}, Image(url="u"), {"type": "new"}])
    assert [type(item) for item in known.content] == [Text, Image, UnknownVariant]
    for wrong in ({"type": "text"}, {"text": "t"}, {"type": "image", "url": 5}):
        with pytest.raises(pydantic.ValidationError):
            Message(content=[wrong])
    with pytest.raises(pydantic.ValidationError):
        Everything(shape={"sid": 1})
    assert Everything(shape=UnknownVariant(a=1)).model_dump_json() == '{"shape":{"a":1}}'


def test_the_serialization_of_models_of_callers() -> None:
    from acme.core.encode import encode
    from acme.types import Everything, Image

    assert encode(Image(url="u")) == {"type": "image", "url": "u"}
    assert encode(Image(type_="image", url="u", caption=None))["caption"] is None
    zone = dt.timezone(dt.timedelta(hours=2))
    values = Everything(
        id=uuid.UUID(int=1),
        day=dt.date(2024, 1, 2),
        times=[
            dt.datetime(2024, 1, 2, tzinfo=zone),
            dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc),
        ],
        by_number={1: {"side": 2}},
        tags={"a"},
    )
    assert encode(values) == {
        "id": str(uuid.UUID(int=1)),
        "day": "2024-01-02",
        "times": ["2024-01-02T00:00:00+02:00", "2024-01-02T00:00:00Z"],
        "by_number": {"1": {"side": 2}},
        "tags": ["a"],
    }
    assert encode(dt.datetime(2024, 1, 2))[-6:] != "T00:00:00"  # Local time, with its offset.


def test_the_options_of_model_dump_are_used() -> None:
    from acme.types import Job

    job = Job(**JOB, name=None)
    assert "name" in json.loads(job.model_dump_json())
    assert "name" not in json.loads(job.model_dump_json(exclude_none=True))
    assert json.loads(job.model_dump_json(include={"job_id"})) == {"job_id": "j"}
    assert job.model_dump(exclude_unset=True) == {
        **JOB,
        "name": None,
        "created_at": job.created_at,
    }


def test_lenient_and_strict_live_together_in_threads() -> None:
    from acme.core.decode import decode
    from acme.core.unchecked_base_model import UncheckedBaseModel

    class Fresh(UncheckedBaseModel):
        n: int

    class Outer(UncheckedBaseModel):
        inner: Fresh

    failures: list[str] = []

    def work() -> None:
        for _ in range(20):
            if decode(Outer, b'{"inner": {"n": "x"}}').inner.n != "x":
                failures.append("lenient")
            try:
                Outer(inner={"n": "x"})
                failures.append("strict")
            except pydantic.ValidationError:
                pass

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_json_schema_of_what_is_serialized_has_the_fields() -> None:
    from acme.types import Job

    schema = Job.model_json_schema(mode="serialization")
    assert {"job_id", "status", "created_at"} <= schema["properties"].keys()


def test_serializers_of_subclasses_replace_that_of_the_base_class() -> None:
    from acme.types import Job

    class Named(Job):
        @pydantic.model_serializer(mode="plain")
        def by_hand(self) -> dict[str, Any]:
            return {"job": self.job_id}

    job = Named(**JOB)
    assert job.model_dump() == {"job": "j"} and json.loads(job.model_dump_json()) == {"job": "j"}
    assert "status" in Job(**JOB).model_dump()
