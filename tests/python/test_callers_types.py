"""Type checkers check the calls of a caller: raw and asynchronous clients, and WebSockets."""

from __future__ import annotations

from pathlib import Path

from ..support import checkers, pipeline
from .test_call_types import API
from .test_sockets import DEFINITION
from .workbench import HEAD

CALLS = """
from {http} import Async{Http}, {Http}
from {talk} import Async{Talk}, Say, {Talk}


async def use(http: {Http}, later: Async{Http}, talk: {Talk}, talk_later: Async{Talk}) -> None:
    http.plant(KEY {kind}="oak")
    http.with_raw_response.plant(KEY {kind}="oak")
    await later.plant(KEY {kind}="oak")
    await later.with_raw_response.plant(KEY {kind}="oak")
    http.with_raw_response.nothing(KEY)
    http.with_raw_response.draw(KEY request=b"a")
    http.with_raw_response.paint({{}}, KEY note="a")
    http.trees(KEY after="a")
    await later.trees(KEY after="a")
    http.image(KEY)
    later.image(KEY)
    http.watch({{}}, KEY)
    later.watch({{}}, KEY)
    talk.realtime.connect("a", KEY model="m")
    talk.realtime.with_raw_response.connect("a", KEY model="m")
    with talk.realtime.connect("a") as socket:
        socket.send_say(KEY message=Say(text="a"))
        socket.send_raw(KEY message="a")
    talk_later.realtime.connect("a", KEY model="m")
    talk_later.realtime.with_raw_response.connect("a", KEY model="m")
    async with talk_later.realtime.connect("a") as other:
        await other.send_say(KEY message=Say(text="a"))
    talk_later.echo.open(KEY)
    async with talk_later.echo.open() as echo:
        await echo.shout(KEY message="a")
"""


def test_an_unknown_keyword_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(HEAD + API)
    (tmp_path / "definition").mkdir()
    for name, text in DEFINITION.items():
        (tmp_path / "definition" / name).write_text(text)
    files: list[str] = []
    for layout in ("compact", "fern"):
        names = {"http": f"trees_{layout}", "talk": f"talk_{layout}"}
        names["kind"] = "body_kind" if layout == "compact" else "plant_request_kind"
        for name, spec in (("http", "api.yaml"), ("talk", "definition")):
            built = pipeline.make(tmp_path / spec, names[name], layout=layout)
            built.write(tmp_path)
            names[name.title()] = next(
                item
                for item in (
                    f"{names[name].title().replace('_', '')}{end}" for end in ("Client", "Api")
                )
                if item in built.files[f"{names[name]}/__init__.py"]
            )
        for kind, keyword in (("right", ""), ("wrong", "misspelled=1, ")):
            text = CALLS.format(**names).replace("KEY ", keyword).replace("KEY", keyword)
            files.append(f"{kind}_{layout}.py")
            (tmp_path / files[-1]).write_text(text)
    calls = CALLS.count("KEY")
    for checker in (checkers.mypy, checkers.pyright):
        errors = checker(tmp_path, files)
        for file in files:
            unknown = [error for error in errors[file] if "misspelled" in error]
            lines = {text.split(": ")[0] for text in unknown}
            assert len(lines) == (calls if file.startswith("wrong") else 0), errors[file]
            assert errors[file] == unknown, errors[file]


ENUM = """
paths:
  /jars:
    post:
      operationId: add_jar
      parameters: [{name: order, in: query, schema: {$ref: "#/components/schemas/Order"}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Jar"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Jar"}}}}}
components:
  schemas:
    Order: {type: string, enum: [asc, desc]}
    Size: {type: integer, enum: [1, 2]}
    Jar: {type: object, properties: {order: {$ref: "#/components/schemas/Order"}, size: {$ref: "#/components/schemas/Size"}}}
"""

PLAIN = """
from jars import Jar, JarsClient
from jars.core.unchecked_base_model import UnknownStr


def use(client: JarsClient, order: str, size: int) -> str:
    jar = client.add_jar(order=order, size=size)
    Jar(order=order, size=size)
    if isinstance(jar.order, UnknownStr):
        return jar.order.upper()
    return jar.order or "asc"
"""


def test_callers_may_pass_plain_values_for_enums_in_layout_fern(tmp_path: Path) -> None:
    """Fern's packages declare `Union[Literal[…], Any]`, and callers rely on it."""
    (tmp_path / "api.yaml").write_text(HEAD + ENUM)
    text = PLAIN.replace("add_jar(order=order", "add_jar(jar_order=order")
    for layout, calls in (("fern", text), ("compact", PLAIN)):
        folder = tmp_path / layout
        pipeline.make(tmp_path / "api.yaml", "jars", layout=layout).write(folder)
        (folder / "uses.py").write_text(calls)
        for checker in (checkers.mypy, checkers.pyright):
            errors = checker(folder, ["uses.py"])["uses.py"]
            assert bool(errors) == (layout == "compact"), errors
