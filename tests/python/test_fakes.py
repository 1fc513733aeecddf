"""The fake client of a package: what each kind of method returns, raises and records."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import operator
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ..support import checkers, examples
from ..support.pipeline import ROOT
from .workbench import make

API = """
paths:
  /trees:
    post:
      operationId: plant
      x-fern-sdk-group-name: [trees]
      x-fern-sdk-method-name: plant
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [kind], properties: {kind: {type: string}, height: {type: [integer, "null"]}}}}}}
      responses:
        "201": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}, example: {id: oak, state: young}}}}
        "404": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
    get:
      x-fern-sdk-group-name: [trees]
      x-fern-sdk-method-name: list
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.trees}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Trees"}, example: {total: 7, next: more, trees: [{id: ash, state: old}]}}}}}
  /trees/by-offset:
    get:
      x-fern-sdk-group-name: [trees]
      x-fern-sdk-method-name: walk
      x-fern-pagination: {offset: $request.from, results: $response.trees}
      parameters: [{name: from, in: query, schema: {type: integer}}]
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Trees"}}}}}
  /trees/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      x-fern-sdk-group-name: [trees]
      x-fern-sdk-method-name: get
      x-fiddlehead-waiter: {name: grown, property: $response.state, success: [old], failure: [felled]}
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
    delete:
      x-fern-sdk-group-name: [trees]
      x-fern-sdk-method-name: fell
      responses: {"204": {description: ""}}
  /trees/{id}/name:
    get:
      x-fern-sdk-group-name: [trees]
      x-fern-sdk-method-name: name
      x-fern-sdk-return-value: data.name
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: "", content: {application/json: {schema: {type: object, properties: {data: {type: object, properties: {name: {type: string}}}}}}}}}
  /leaves:
    get:
      x-fern-sdk-group-name: [trees, leaves]
      x-fern-sdk-method-name: events
      x-fern-streaming: {format: sse, terminator: "[END]"}
      responses: {"200": {description: "", content: {text/event-stream: {schema: {$ref: "#/components/schemas/Tree"}}}}}
    post:
      x-fern-sdk-group-name: [trees, leaves]
      x-fern-sdk-method-name: lines
      x-fern-streaming: {format: json}
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
  /image:
    get: {operationId: image, x-fern-sdk-group-name: [trees, leaves], x-fern-sdk-method-name: image, responses: {"200": {description: "", content: {image/png: {schema: {type: string, format: binary}}}}}}
    put: {operationId: draw, x-fern-sdk-method-name: draw, requestBody: {required: true, content: {image/png: {}}}, responses: {"200": {description: "", content: {text/plain: {schema: {type: string}}}}}}
components:
  securitySchemes: {Key: {type: http, scheme: bearer}}
  schemas:
    Tree: {type: object, required: [id], properties: {id: {type: string}, state: {type: string}}}
    Trees: {type: object, properties: {total: {type: integer}, next: {type: string}, trees: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}
    Problem: {type: object, properties: {why: {type: string}}}
security: [{Key: []}]
"""
LAYOUTS = ["compact", "fern"]


@pytest.fixture(scope="module", params=LAYOUTS)
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp(request.param)
    made = make(folder, API, layout=request.param)
    made.write(folder / "out")
    with examples.importable(folder / "out", "acme"):
        importlib.import_module("acme.testing")
        yield importlib.import_module("acme")


@pytest.fixture
def fake(acme: ModuleType) -> Any:
    return acme.testing.FakeAcmeClient()


@pytest.fixture
def afake(acme: ModuleType) -> Any:
    return acme.testing.FakeAsyncAcmeClient()


def test_a_fake_is_a_client_that_needs_no_key(acme: ModuleType, fake: Any, afake: Any) -> None:
    assert isinstance(fake, acme.AcmeClient)
    assert isinstance(afake, acme.AsyncAcmeClient)
    assert isinstance(fake.trees, importlib.import_module("acme.trees.client").TreesClient)
    with fake as same:
        assert same is fake


def test_values_are_returned_one_after_the_other(acme: ModuleType, fake: Any) -> None:
    one, two = acme.Tree(id="1"), acme.Tree(id="2", state="young")
    fake.trees.get.returns(one, two)
    assert [fake.trees.get("a"), fake.trees.get("b"), fake.trees.get(id="c")] == [one, two, two]
    assert [call.id for call in fake.trees.get.calls] == ["a", "b", "c"]
    fake.trees.get.returns(one)
    assert fake.trees.get("d") == one


def test_calls_have_the_arguments(acme: ModuleType, fake: Any) -> None:
    fake.trees.plant.returns(acme.Tree(id="1"))
    fake.trees.plant(kind="oak", request_options={"timeout_in_seconds": 3})
    fake.trees.plant(kind="ash", height=None)
    first, second = fake.trees.plant.calls
    assert (first.kind, first.height, second.height) == ("oak", None, None)
    assert ("height" in first, "height" in second) == (False, True)
    assert first.request_options == {"timeout_in_seconds": 3}
    assert second.request_options is None
    assert repr(second) == "PlantCall(kind='ash', height=None)"
    with pytest.raises(TypeError):
        fake.trees.plant(king="oak")


def test_errors(acme: ModuleType, fake: Any) -> None:
    errors, core = acme, importlib.import_module("acme.core.api_error")
    problem = acme.Problem(why="gone")
    fake.trees.plant.raises(errors.NotFoundError(problem))
    with pytest.raises(errors.NotFoundError) as caught:
        fake.trees.plant(kind="oak")
    assert (caught.value.status_code, caught.value.body) == (404, problem)
    fake.trees.plant.raises(core.ApiError(status_code=503, body="later"))
    with pytest.raises(core.ApiError, match="later"):
        fake.trees.plant(kind="oak", request_options={"max_retries": 9})
    error = ConnectionError("unplugged")
    fake.trees.plant.raises(error)
    with pytest.raises(ConnectionError) as raised:
        fake.trees.plant(kind="oak")
    assert raised.value is error
    fake.trees.plant.raises(errors.NotFoundError(problem))
    with pytest.raises(core.ApiError) as streamed:
        fake.trees.with_raw_response.plant(kind="oak")
    assert streamed.value.status_code == 404
    # Errors that the endpoint would not raise, and errors without a status, are raised unchanged.
    for own in (type("Mine", (core.ApiError,), {})(status_code=404), core.ApiError(body="x")):
        fake.trees.fell.raises(own)
        with pytest.raises(core.ApiError) as caught:
            fake.trees.fell("a")
        assert caught.value is own


def test_a_function_receives_the_arguments(acme: ModuleType, fake: Any) -> None:
    fake.trees.plant.does(lambda *, kind, **rest: acme.Tree(id=kind, state=str(rest)))
    assert fake.trees.plant(kind="oak", height=2).state == "{'height': 2}"
    fake.trees.get.does(lambda id: acme.Tree(id=id))
    assert fake.trees.get("a", request_options={}).id == "a"
    fake.trees.get.does(lambda id, request_options: acme.Tree(id=str(request_options)))
    assert fake.trees.get(id="a", request_options={"max_retries": 1}).id == "{'max_retries': 1}"

    def refuse(id: str) -> Any:
        raise acme.NotFoundError(acme.Problem(why=id))

    fake.trees.get.does(refuse)
    with pytest.raises(acme.NotFoundError, match="oak"):
        fake.trees.get("oak")


def test_a_call_without_a_return_value_is_an_assertion_error(fake: Any) -> None:
    for call, path in (
        (lambda: fake.trees.get("a"), "trees.get"),
        (lambda: fake.trees.list(), "trees.list"),
        (lambda: fake.trees.leaves.events(), "trees.leaves.events"),
        (lambda: fake.trees.leaves.image(), "trees.leaves.image"),
        (lambda: fake.draw(request=b""), "draw"),
        (lambda: fake.trees.with_raw_response.get("a"), "trees.get"),
        (lambda: fake.trees.grown("a"), "trees.get: .*, which trees.grown calls"),
    ):
        with pytest.raises(AssertionError, match=f"^{path}\\b"):
            call()
    assert len(fake.trees.grown.calls) == 1


def test_pages(acme: ModuleType, fake: Any) -> None:
    trees = [acme.Tree(id="1"), acme.Tree(id="2")]
    for method in (fake.trees.list, fake.trees.walk):
        method.returns(trees)
        assert [*method()] == trees
        assert method().items == trees
        assert not method().has_next or method().next_page().items == []
        method.returns([])
        assert [*method()] == []
    assert fake.trees.list().response.total == 7


def test_streams_and_downloads(acme: ModuleType, fake: Any) -> None:
    trees = [acme.Tree(id="1"), acme.Tree(id="two\nlines", state="[END]")]
    for method in (fake.trees.leaves.events, fake.trees.leaves.lines):
        method.returns(trees, [])
        assert [*method()] == trees
        assert [*method()] == []

    def broken() -> Iterator[Any]:
        yield trees[0]
        raise ConnectionError("unplugged")

    fake.trees.leaves.events.does(broken)
    stream = iter(fake.trees.leaves.events())
    assert next(stream) == trees[0]
    with pytest.raises(ConnectionError):
        next(stream)
    fake.trees.leaves.events.raises(acme.NotFoundError(acme.Problem(why="gone")))
    with pytest.raises(acme.NotFoundError):
        next(iter(fake.trees.leaves.events()))
    fake.trees.leaves.image.returns(b"\x89PNG")
    assert b"".join(fake.trees.leaves.image()) == b"\x89PNG"
    with fake.trees.leaves.with_raw_response.image() as response:
        assert b"".join(response.data) == b"\x89PNG"


def test_other_results(fake: Any) -> None:
    fake.trees.fell.returns(None)
    assert fake.trees.fell("a") is None
    fake.trees.fell.returns()
    assert fake.trees.with_raw_response.fell("a").status_code == 204
    fake.trees.name.returns("Yggdrasil")
    assert fake.trees.name("a") == "Yggdrasil"
    fake.draw.returns("drawn")
    assert fake.draw(request=b"x") == "drawn"


@pytest.mark.parametrize(
    "method",
    ["trees.get", "trees.list", "trees.name", "trees.grown", "trees.leaves.events", "draw"],
)
def test_no_value_is_an_error_where_it_is_set(fake: Any, afake: Any, method: str) -> None:
    for item in (fake, afake):
        with pytest.raises(TypeError, match=rf"^{method}\.returns\(\) needs at least one value$"):
            operator.attrgetter(method)(item).returns()


def test_no_value_for_a_method_that_returns_none(fake: Any, afake: Any) -> None:
    for values in ((), (None,)):
        fake.trees.fell.returns(*values)
        assert fake.trees.fell("a") is None
        afake.trees.fell.returns(*values)
        assert asyncio.run(afake.trees.fell("a")) is None


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("trees.get", "5"),
        ("trees.get", "None"),
        ("trees.get", "acme.Problem()"),
        ("trees.get", "{'state': 'old'}"),
        ("trees.grown", "5"),
        ("trees.name", "5"),
        ("trees.fell", "'felled'"),
        ("trees.list", "acme.Trees(trees=[acme.Tree(id='1')])"),
        ("trees.list", "acme.Tree(id='1')"),
        ("trees.walk", "[acme.Problem()]"),
        ("trees.leaves.events", "acme.Tree(id='1')"),
        ("trees.leaves.lines", "[5]"),
        ("trees.leaves.image", "'text'"),
        ("draw", "b'drawn'"),
    ],
)
def test_a_value_of_another_type_is_an_error(
    acme: ModuleType, fake: Any, afake: Any, method: str, value: str
) -> None:
    wrong = eval(value, {"acme": acme})
    arguments: dict[str, tuple[Any, ...]] = dict.fromkeys(["get", "grown", "name", "fell"], ("1",))
    message = rf"^{method} takes .+, not .+: "
    for item in (fake, afake):
        call = operator.attrgetter(method)(item)
        with pytest.raises(TypeError, match=message):
            call.returns(wrong)
        call.does(lambda *_, **__: wrong)

        async def called(call: Any = call) -> None:
            result = call(
                *arguments.get(method.rpartition(".")[2], ()),
                **({"request": b""} if method == "draw" else {}),
            )
            if hasattr(result, "__aiter__"):
                [item async for item in result]
            elif inspect.isawaitable(result):
                await result
            else:
                list(result)

        with pytest.raises(TypeError, match=message):
            asyncio.run(called())


def test_a_valid_dictionary_and_an_incomplete_model_are_results(
    acme: ModuleType, fake: Any
) -> None:
    fake.trees.get.returns({"id": "1", "age": 7})
    assert fake.trees.get("1") == acme.Tree(id="1", age=7)
    fake.trees.get.returns(acme.Tree.model_construct(state="old"))
    assert fake.trees.get("1").state == "old"
    fake.trees.list.returns((acme.Tree(id="1"),))
    assert fake.trees.list().items == [acme.Tree(id="1")]


def test_a_fake_of_a_client_written_by_hand(acme: ModuleType, fake: Any) -> None:
    class Forest(acme.AcmeClient):  # type: ignore[name-defined, misc]  # made by the test
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.planted = 0

        def plant_all(self, kinds: list[str]) -> list[str]:
            self.planted += len(kinds)
            return [self.trees.plant(kind=kind).id for kind in kinds]

    class FakeForest(type(fake), Forest):  # type: ignore[misc]  # made by the test
        pass

    forest = FakeForest()
    forest.trees.plant.returns(acme.Tree(id="1"), acme.Tree(id="2"))
    assert isinstance(forest, Forest)
    assert forest.plant_all(["oak", "ash"]) == ["1", "2"]
    assert forest.planted == 2
    assert [call.kind for call in forest.trees.plant.calls] == ["oak", "ash"]


def test_waiters_wait_without_time(acme: ModuleType, fake: Any) -> None:
    young, old = acme.Tree(id="1", state="young"), acme.Tree(id="1", state="old")
    fake.trees.get.returns(young, young, old)
    seen: list[Any] = []
    assert fake.trees.grown("1", interval=60, on_progress=seen.append) == old
    assert seen == [young, young, old]
    assert [call.id for call in fake.trees.get.calls] == ["1", "1", "1"]
    waiter = importlib.import_module("acme.core.waiter")
    fake.trees.get.returns(young)
    with pytest.raises(waiter.WaitTimeoutError):
        fake.trees.grown("1", timeout=3600)
    with pytest.raises(AssertionError, match="for ever"):
        fake.trees.grown("1", timeout=None)
    fake.trees.get.returns(acme.Tree(id="1", state="felled"))
    with pytest.raises(waiter.WaitFailedError):
        fake.trees.grown("1")
    fake.trees.grown.returns(old)
    assert fake.trees.grown("1") == old


def test_the_asynchronous_fake(acme: ModuleType, afake: Any) -> None:
    young, old = acme.Tree(id="1", state="young"), acme.Tree(id="1", state="old")

    async def tree(id: str) -> Any:
        await asyncio.sleep(0)
        return acme.Tree(id=id)

    async def run() -> None:
        with pytest.raises(AssertionError, match=r"^trees\.get: "):
            await afake.trees.get("a")
        afake.trees.get.returns(young, old)
        assert await afake.trees.grown("1") == old
        afake.trees.get.does(tree)
        assert (await afake.trees.get("b")).id == "b"
        afake.trees.get.does(lambda id: old)
        assert (await afake.trees.with_raw_response.get("b")).data == old
        afake.trees.list.returns([young, old])
        assert [item async for item in await afake.trees.list()] == [young, old]
        afake.trees.leaves.events.returns([young, old])
        assert [event async for event in afake.trees.leaves.events()] == [young, old]
        afake.trees.leaves.image.returns(b"\x89PNG")
        assert [item async for item in afake.trees.leaves.image()] == [b"\x89PNG"]
        afake.trees.fell.raises(TimeoutError)
        with pytest.raises(TimeoutError):
            await afake.trees.fell("a")
        afake.trees.grown.returns(old)
        assert await afake.trees.grown("1") == old
        await afake.aclose()

    asyncio.run(run())


def test_examples(acme: ModuleType) -> None:
    fake = acme.testing.FakeAcmeClient(examples=True)
    assert fake.trees.plant(kind="oak") == acme.Tree(id="oak", state="young")
    assert [*fake.trees.list()] == [acme.Tree(id="ash", state="old")]
    assert fake.trees.grown("x").state == "old"
    assert fake.trees.name("x") == "name"
    assert next(iter(fake.trees.leaves.events())).id == "id"
    assert b"".join(fake.trees.leaves.image())
    assert isinstance(fake.draw(request=b""), str)
    fake.trees.plant.returns(acme.Tree(id="mine"))
    assert fake.trees.plant(kind="oak").id == "mine"


def test_nothing_of_it_is_imported_by_the_client(tmp_path: Path) -> None:
    make(tmp_path, API).write(tmp_path / "out")
    code = (
        "import sys, acme; acme.AcmeClient(token='x').trees.get; import acme.trees.client;"
        "print([each for each in sys.modules if 'testing' in each])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "out", capture_output=True, text=True
    )
    assert printed.stdout.strip() == "[]", printed.stderr


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_group_called_testing_keeps_its_name(tmp_path: Path, layout: str) -> None:
    text = API.replace("[trees]", "[testing]").replace("[trees, leaves]", "[testing, leaves]")
    made = make(tmp_path, text, layout=layout)
    assert "acme/testing_/testing/__init__.py" in made.files
    (warning,) = [
        warning for warning in made.diagnostics.warnings if warning.code == "duplicate-name"
    ]
    assert "the fake client is in 'testing_'" in warning.message
    off = make(tmp_path, API, 'output = "out"\n[python]\ntesting = false\n', layout=layout)
    assert not [name for name in off.files if "testing" in name]


RIGHT = """
from acme import AcmeClient, AsyncAcmeClient, Tree
from acme.testing import FakeAcmeClient, FakeAsyncAcmeClient
from acme.trees.client import TreesClient


def application(client: AcmeClient) -> str:
    return client.trees.get("a").id


def grow(*, kind: str, height: int | None = None) -> Tree:
    return Tree(id=kind)


def get(id: str) -> Tree:
    return Tree(id=id)


async def aget(id: str) -> Tree:
    return Tree(id=id)


def leaves() -> list[Tree]:
    return []


fake = FakeAcmeClient(examples=True)
application(fake)
group: TreesClient = fake.trees
fake.trees.plant.returns(Tree(id="1"), Tree(id="2"))
fake.trees.plant.does(grow)
fake.trees.get.does(get)
fake.trees.get.raises(TimeoutError())
fake.trees.get.raises(TimeoutError)
fake.trees.list.returns([Tree(id="1")])
fake.trees.leaves.events.returns([Tree(id="1")])
fake.trees.leaves.events.does(leaves)
fake.trees.leaves.image.returns(b"")
fake.trees.grown.returns(Tree(id="1"))
fake.trees.fell.returns(None)
kind: str = fake.trees.plant.calls[0].kind
height: int | None = fake.trees.plant.calls[0].height
data: Tree = fake.trees.with_raw_response.get("1").data
tree: Tree = fake.trees.plant(kind="oak")


async def main(client: AsyncAcmeClient) -> None:
    afake = FakeAsyncAcmeClient()
    client = afake
    afake.trees.get.does(get)
    afake.trees.get.does(aget)
    tree: Tree = await afake.trees.get("1")
    id: str = afake.trees.get.calls[0].id
    afake.trees.leaves.events.returns([tree])
    async for each in afake.trees.leaves.events():
        print(each.id, id, client)
"""
WRONG = """
from acme import Tree
from acme.testing import FakeAcmeClient, FakeAsyncAcmeClient

fake = FakeAcmeClient()
afake = FakeAsyncAcmeClient()


def grow(*, king: str) -> Tree:
    return Tree(id=king)


fake.trees.got.returns(Tree(id="1"))
fake.trees.plant.return_(Tree(id="1"))
fake.trees.plant.returns(3)
fake.trees.plant(king="oak")
print(fake.trees.plant.calls[0].king)
fake.trees.plant.does(grow)
fake.trees.list.returns(Tree(id="1"))
fake.trees.list.returns(fake.trees.list())
fake.trees.leaves.events.returns(Tree(id="1"))
fake.trees.leaves.image.returns("text")
fake.trees.get.raises("no")
afake.trees.get.returns("no")
"""


PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
APPLICATION, *EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = {
    "right.py": RIGHT,
    "wrong.py": WRONG,
    "application.py": APPLICATION,
    **{f"test_{number}.py": text for number, text in enumerate(EXAMPLES)},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's examples with the package of this repository, and uses of another package."""
    folder = tmp_path_factory.mktemp("uses")
    make(folder, API).write(folder)
    shutil.copytree(ROOT / "generated" / "cohere", folder / "cohere")
    shutil.copytree(ROOT / "generated" / "tests", folder / "tests")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


def test_the_examples_of_the_page_run(folder: Path) -> None:
    names = [name for name in FILES if name.startswith("test_")]
    done = checkers.run(["pytest", "-q", "-p", "no:cacheprovider", *names], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"\b{len(re.findall('^def test_', PAGE, re.MULTILINE))} passed", done.stdout)


@pytest.mark.parametrize("checker", [checkers.mypy, checkers.pyright])
def test_a_typo_is_a_type_error(folder: Path, checker: checkers.Checker) -> None:
    lines = WRONG.split("\n")
    start = lines.index('fake.trees.got.returns(Tree(id="1"))') + 1
    names = ["acme", "tests", *FILES]
    found = dict(checker(folder, names))
    wrong = found.pop("wrong.py")
    assert found == {name: [] for name in names if name != "wrong.py"}
    places = [int(item.split(":")[1]) for item in wrong]
    assert {*places} == {*range(start, len(lines))}, wrong
