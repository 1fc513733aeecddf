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
            made = pipeline.make(tmp_path / spec, names[name], layout=layout)
            made.write(tmp_path)
            names[name.title()] = next(
                item
                for item in (
                    f"{names[name].title().replace('_', '')}{end}" for end in ("Client", "Api")
                )
                if item in made.files[f"{names[name]}/__init__.py"]
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
