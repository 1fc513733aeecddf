"""Code for Fern's packages, used with the runtime of layout `fern`."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fiddlehead import runtime_files

from .conftest import RUNTIME, RUNTIME_FERN


def test_replaced_modules_are_still_available(core: ModuleType) -> None:
    both = {f.name for f in RUNTIME.glob("*.py")} & {f.name for f in RUNTIME_FERN.glob("*.py")}
    replaced = {
        "api_error.py",
        "async_response.py",
        "connection.py",
        "file.py",
        "http_response.py",
        "logging.py",
        "resource.py",
        "retries.py",
        "socket_client.py",
        "stream_reader.py",
        "uploads.py",
        "unchecked_base_model.py",
    }
    assert both == {"__init__.py", *replaced}
    assert core.__file__ is not None
    for name in replaced:
        remaining = Path(core.__file__).with_name(f"_{name}")
        original = (RUNTIME / name).read_text(encoding="utf-8")
        assert remaining.read_text(encoding="utf-8") == runtime_files.moved_imports(original)


def test_every_name_is_there(core: ModuleType) -> None:
    names = """ApiError AsyncClientWrapper AsyncHttpResponse BaseClientWrapper ConsoleLogger
    FieldMetadata File HttpClient HttpResponse ILogger IS_PYDANTIC_V2 LogConfig LogLevel Logger
    ParsingError RequestOptions SyncClientWrapper UncheckedBaseModel UnionMetadata
    UniversalBaseModel UniversalRootModel construct_type convert_and_respect_annotation_metadata
    convert_file_dict_to_httpx_tuples create_logger encode_path_param encode_query
    jsonable_encoder parse_obj_as remove_none_from_dict serialize_datetime
    universal_field_validator universal_root_validator update_forward_refs with_content_type"""
    for name in names.split():
        assert getattr(core, name) is not None
    with pytest.raises(AttributeError):
        core.NoSuchName  # noqa: B018


@pytest.fixture
def models(core: ModuleType) -> Any:
    from typing import Annotated, Literal

    import pydantic

    base = core.UncheckedBaseModel

    class Inner(base):  # type: ignore[misc, valid-type]  # a base found at run time
        kind: Literal["inner"] = "inner"
        n: int | None = None

    class Outer(base):  # type: ignore[misc, valid-type]  # a base found at run time
        float_: Annotated[list[float] | None, pydantic.Field(alias="float")] = None
        items: list[Inner] | None = None
        id: str

    Outer.model_rebuild(_types_namespace={**locals(), "Annotated": Annotated, "pydantic": pydantic})
    return Inner, Outer


def test_the_methods_of_pydantic_1(core: ModuleType, models: Any) -> None:
    _, outer = models
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value = {"float": [1], "items": [{"n": None}], "new": 1}
        model = core.construct_type(type_=outer, object_=value)
        assert model.float_ == [1] and model.items[0].kind == "inner"
        assert model.dict() == {
            "float": [1],
            "items": [{"kind": "inner", "n": None}],
            "new": 1,
        }
        assert json.loads(model.json()) == value
        assert model.dict(include={"float_"}) == {"float": [1]}
        parsed = outer.parse_obj({"id": "i", "items": [{}]})
        assert parsed.copy(update={"id": "k"}).id == "k" and parsed.id == "i"
        assert "items" not in parsed.copy(exclude={"items"}).dict()
        assert outer.construct(items=[{"n": 1}]).items[0].n == 1
        assert core.construct_type(object_=None, type_=outer) is None


def test_models_may_be_patched(core: ModuleType, models: Any) -> None:
    from fernlike.core.pydantic_utilities import (
        IS_PYDANTIC_V2,
        Model,
        _get_model_fields,
    )

    assert IS_PYDANTIC_V2 and Model is not None
    _, outer = models

    def by_alias(self: Any, name: str) -> Any:
        for field, info in _get_model_fields(self).items():
            if name in (info.alias, field):
                return getattr(self, field)
        raise AttributeError(name)

    original = outer.__init__

    def patched(self: Any, /, **data: Any) -> None:
        data.setdefault("id", "made")
        original(self, **data)

    outer.__getattr__ = by_alias
    outer.__init__ = patched
    assert outer(float=[2]).id == "made"
    model = core.construct_type(type_=outer, object_={"float": [1]})
    assert model.float == [1] and model.id is None
    assert json.loads(model.json()) == {"float": [1]}


def test_small_helpers(core: ModuleType, models: Any) -> None:
    import datetime as dt

    time = dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc)
    assert core.serialize_datetime(time) == "2024-01-02T00:00:00Z"
    assert core.jsonable_encoder({"a": time}) == {"a": "2024-01-02T00:00:00Z"}
    assert core.encode_query({"a": [1, 2], "b": {"c": {"d": True}}}) == [
        ("a", 1),
        ("a", 2),
        ("b[c][d]", True),
    ]
    assert core.remove_none_from_dict({"a": None, "b": 0}) == {"b": 0}
    assert core.encode_path_param(False) == "false"
    assert core.with_content_type(file=b"x", default_content_type="a/b") == (
        None,
        b"x",
        "a/b",
    )
    assert core.with_content_type(file=("n", b"x", "c/d"), default_content_type="a/b")[2] == "c/d"
    assert core.convert_file_dict_to_httpx_tuples({"a": [b"x", b"y"], "b": b"z"}) == [
        ("a", b"x"),
        ("a", b"y"),
        ("b", b"z"),
    ]
    inner, _ = models
    assert core.parse_obj_as(inner, {"n": 1}).n == 1
    write = core.convert_and_respect_annotation_metadata(
        object_=inner(n=1), annotation=inner, direction="write"
    )
    assert write == {"kind": "inner", "n": 1}


def test_a_logger_of_ones_own(core: ModuleType, library: Any) -> None:
    results: list[tuple[str, str, dict[str, Any]]] = []

    class Mine:
        def __getattr__(self, level: str) -> Any:
            return lambda message, **fields: results.append((level, message, fields))

    logger = core.create_logger({"level": "debug", "logger": Mine(), "silent": False})
    from fernlike.core.resource import Resource

    transport = library.MockTransport(lambda _: library.Response(200, json={}))
    http = library.Client(transport=transport)
    wrapper = core.SyncClientWrapper(
        base_url="http://x",
        httpx_client=http,
        logging=logger,
        headers={"X-Api-Key": "s3cret"},
    )
    Resource(client_wrapper=wrapper)._request(object, "GET", "y")
    assert [level for level, _, _ in results] == ["debug", "debug"]
    assert "s3cret" not in str(results) and "http://x/y" in str(results)
    results.clear()
    quiet = core.create_logger({"level": "error", "logger": Mine(), "silent": False})
    quiet.debug("x")
    none = core.create_logger(None)
    none.error("x")
    assert not none.is_error() and quiet.is_error() and not quiet.is_warn() and results == []


def test_files_of_a_form_are_sent_from_their_start(core: ModuleType) -> None:
    import io

    from fernlike.core.uploads import part_content

    file = io.BytesIO(b"HEAD-PAYLOAD")
    file.read(5)
    part = part_content(file)
    assert part.seek(0) == 0 and part.read() == b"HEAD-PAYLOAD"


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_every_method_is_sent_again_after_the_statuses_of_fern(
    core: ModuleType, library: Any, status: int
) -> None:
    from fernlike.core import retries

    request = library.Request("POST", "http://x")
    response = library.Response(status, request=request)
    assert retries.is_wanted(request, response, ())
    assert not retries.is_wanted(request, library.ReadTimeout("late", request=request), ())
    assert retries.is_wanted(request, library.ConnectError("no", request=request), ())
