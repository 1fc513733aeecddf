"""Long chains and cycles of models, deep responses, and the size limits of examples."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..support import pipeline

DEPTHS = (3, 40, 150)
WRAPPED = {
    "plain": "%s",
    "list": "[%s]",
    "map": '{"k": %s}',
    "scalar union": "%s",
    "union": "%s",
}


def describe(folder: Path, schemas: dict[str, Any]) -> Path:
    """A description with one operation, with the first of the schemas as request and response."""
    media = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{next(iter(schemas))}"}}
    }
    operation = {
        "operationId": "link",
        "requestBody": {"required": True, "content": media},
        "responses": {"200": {"description": "ok", "content": media}},
    }
    spec = folder / "chain.json"
    results = {
        "openapi": "3.1.0",
        "info": {"title": "Chain", "version": "1"},
        "paths": {"/link": {"post": operation}},
        "components": {"schemas": schemas},
    }
    spec.write_text(json.dumps(results))
    return spec


def chain(length: int, way: str, ring: bool) -> dict[str, Any]:
    """Models that each have the next one as a field; in a ring, the last has the first."""
    results: dict[str, Any] = {}
    for index in range(length):
        following: dict[str, Any] = {"$ref": f"#/components/schemas/Link{(index + 1) % length}"}
        if way == "list":
            following = {"type": "array", "items": following}
        elif way == "map":
            following = {"type": "object", "additionalProperties": following}
        elif way == "scalar union":
            following = {"oneOf": [following, {"type": "integer"}]}
        elif way == "union":
            other = {
                "type": "object",
                "required": ["end"],
                "properties": {"end": {"type": "string"}},
            }
            following = {"oneOf": [following, other]}
        if index + 1 == length and not ring:
            following = {"type": "string"}
        results[f"Link{index}"] = {"type": "object", "properties": {"next": following}}
    return results


@pytest.mark.parametrize(
    ("length", "way", "ring"),
    [
        (400, "plain", True),
        (1, "plain", True),
        (300, "list", False),
        (200, "map", False),
        (400, "list", True),
        (400, "scalar union", True),
        (400, "union", True),
        (1, "union", True),
    ],
)
def test_long_chains_of_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int, way: str, ring: bool
) -> None:
    name = f"chain_{way.replace(' ', '_')}_{length}_{ring}".lower()
    pipeline.make(describe(tmp_path, chain(length, way, ring)), name).write(tmp_path)
    source = next(item for item in (tmp_path / "src", tmp_path) if (item / name).is_dir())
    monkeypatch.syspath_prepend(str(source))
    types = importlib.import_module(f"{name}.types")
    decode = importlib.import_module(f"{name}.core.decode")
    encode = importlib.import_module(f"{name}.core.encode")
    for depth in DEPTHS:
        text = "{}"
        for _ in range(depth):
            text = f'{{"next": {WRAPPED[way] % text}}}'
        decoded = decode.decode(types.Link0, text.encode())
        assert decode.problems(types.Link0, text.encode()) == []
        result, value = 0, decoded
        while (value := value.next) is not None:
            value = value[0] if way == "list" else value["k"] if way == "map" else value
            result += 1
            assert type(value).__name__ == f"Link{result % length}"
        assert result == depth
        assert json.loads(encode.to_json(decoded)) == json.loads(text)
    if ring:
        # Unread, the deeper ones would end the C stack.
        for depth in (151, 199, 300, 900, 1000):
            before, after = (f'{{"next": {WRAPPED[way]}}}' % "|").split("|")
            text = before * depth + "{}" + after * depth
            with pytest.raises(ValueError, match="150 levels"):
                decode.decode(types.Link0, text.encode())
        if way == "plain":
            text = '{"note": "{{{", "next": ' * 150 + "{}" + "}" * 150
            assert decode.decode(types.Link0, text.encode()).next.note == "{{{"
    else:
        # More than 200 levels of JSON, which pydantic-core rejects.
        text = f'{{"next": {WRAPPED[way] % "5"}}}'
        for _ in range(149):
            text = f'{{"next": {WRAPPED[way] % text}}}'
        [problem] = decode.problems(types.Link0, text.encode())
        assert len(problem["loc"]) > 290 and problem["input"] == 5
    assert types.Link0(next=None).next is None
    for module in [item for item in sys.modules if item.partition(".")[0] == name]:
        del sys.modules[module]


def test_deep_values_are_sent_or_refused_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = chain(1, "list", True)
    items = schema["Link0"]["properties"]["next"]
    items["items"] = {"type": "object", "additionalProperties": items["items"]}
    pipeline.make(describe(tmp_path, schema), "deep_values").write(tmp_path)
    source = next(item for item in (tmp_path / "src", tmp_path) if (item / "deep_values").is_dir())
    monkeypatch.syspath_prepend(str(source))
    types = importlib.import_module("deep_values.types")
    decode = importlib.import_module("deep_values.core.decode").decode
    encode = importlib.import_module("deep_values.core.encode")
    text = "{}"
    for _ in range(150):  # 450 levels of JSON
        text = f'{{"next": [{{"k": {text}}}]}}'
    value = decode(types.Link0, text.encode())

    def after(calls: int) -> bytes:
        return after(calls - 1) if calls else encode.to_json(value)

    assert json.loads(after(600)) == json.loads(text) == encode.encode(value)
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(ValueError, match="150 levels of models, or 500 of JSON"):
        encode.to_json(endless)
    for module in [item for item in sys.modules if item.partition(".")[0] == "deep_values"]:
        del sys.modules[module]


_SMALL_STACK = """
import json
import threading

from {name}.core.decode import decode, problems
from {name}.core.encode import to_json
from {name}.types import Link0

text = '{{}}'
for _ in range(150):
    text = '{{"next": %s}}' % ({way!r} % text)


def run():
    made = decode(Link0, text.encode())
    assert type(made.next if {way!r} == "%s" else made.next[0]) is Link0
    assert problems(Link0, text.encode()) == []
    assert json.loads(to_json(made)) == json.loads(text)
    try:
        decode(Link0, text.replace("{{}}", text).encode())
    except ValueError as error:
        print(error)


before = threading.stack_size(512 * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
assert threading.stack_size() == 512 * 1024
"""


@pytest.mark.parametrize("way", ["plain", "list", "union"])
def test_deep_responses_in_a_thread_with_a_small_stack(tmp_path: Path, way: str) -> None:
    """Exceeding the stack would end the process."""
    name = f"small_{way}"
    pipeline.make(describe(tmp_path, chain(1, way, True)), name).write(tmp_path)
    script = _SMALL_STACK.format(name=name, way=WRAPPED[way])
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "limit of 150 levels" in done.stdout


@pytest.mark.parametrize(
    ("width", "listed", "most"), [(2, False, 250_000), (3, False, 250_000), (2, True, 2_500_000)]
)
def test_examples_grow_with_the_description(
    tmp_path: Path, width: int, listed: bool, most: int
) -> None:
    names = [f"f{index}" for index in range(width)]

    def size(levels: int) -> int:
        schemas: dict[str, Any] = {}
        for index in range(levels):
            following: dict[str, Any] = {"$ref": f"#/components/schemas/Fork{index + 1}"}
            if listed:
                following = {"type": "array", "minItems": 2, "items": following}
            properties = dict.fromkeys(names, following)
            schemas[f"Fork{index}"] = {
                "type": "object",
                "required": names,
                "properties": properties,
            }
        schemas[f"Fork{levels}"] = {"type": "object", "properties": {"text": {"type": "string"}}}
        built = pipeline.make(describe(tmp_path, schemas), "fork")
        return sum(len(text) for text in built.files.values())

    assert size(16) < most
    assert size(32) < 2 * size(16)


def test_a_response_that_is_too_deep_is_an_error_that_names_the_limit(tmp_path: Path) -> None:
    import httpx

    pipeline.make(describe(tmp_path, chain(1, "plain", True)), "too_deep").write(tmp_path)
    source = next(item for item in (tmp_path / "src", tmp_path) if (item / "too_deep").is_dir())
    sys.path.insert(0, str(source))
    try:
        package = importlib.import_module("too_deep")
        text = '{"next": ' * 300 + "{}" + "}" * 300
        transport = httpx.MockTransport(lambda _: httpx.Response(200, text=text))
        client = package.TooDeepClient(
            base_url="http://a", httpx_client=httpx.Client(transport=transport)
        )
        with pytest.raises(package.ParsingError, match="limit of 150 levels"):
            client.link()
    finally:
        sys.path.remove(str(source))
        for module in [name for name in sys.modules if name.partition(".")[0] == "too_deep"]:
            del sys.modules[module]


def test_values_without_models_are_refused_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.make(describe(tmp_path, {"Any": {}}), "deep_any").write(tmp_path)
    source = next(item for item in (tmp_path / "src", tmp_path) if (item / "deep_any").is_dir())
    monkeypatch.syspath_prepend(str(source))
    encode = importlib.import_module("deep_any.core.encode")
    value: Any = 1
    for _ in range(5_000):
        value = {"k": [value]}
    with pytest.raises(ValueError, match="nested too deep"):
        encode.to_json(value)
    for module in [item for item in sys.modules if item.partition(".")[0] == "deep_any"]:
        del sys.modules[module]
