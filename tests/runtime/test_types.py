"""Type checkers in strict mode, on the runtime and on code that uses it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fiddlehead import runtime_files, runtime_modules

from ..support import checkers
from .conftest import RUNTIME, RUNTIME_FERN
from .libraries import LIBRARIES

USE = """
# pyright: reportUnusedExpression=false
from collections.abc import Iterator

from acme.client import AsyncClient, Client
from acme.core.http_response import HttpResponse
from acme.types import Content, Image, Job, JobStatus, Text

status: JobStatus = "complete"


def use(client: Client) -> str:
    job: Job = client.jobs.get("j")
    raw: HttpResponse[Job] = client.jobs.with_raw_response.get(id="j")
    stream: Iterator[Content] = client.files.chat_stream(text="t")
    for item in stream:
        if isinstance(item, Text | Image):
            item.type if isinstance(item, Text) else item.url
        elif item.type == "new":
            item.anything
    with client.files.with_raw_response.chat_stream(text="t") as response:
        print([item for item in response.data], response.headers)
    print([found.job_id for found in client.jobs.list()], Image(type_="image", url="u"))
    return raw.data.job_id + job.job_id


async def async_use(client: AsyncClient) -> str:
    async for _ in client.files.chat_stream(text="t"):
        pass
    async for found in await client.jobs.list():
        print(found.job_id)
    raw = await client.jobs.with_raw_response.get("j")
    return raw.data.job_id + (await client.jobs.get("j")).job_id
"""
WRONG = """
# pyright: reportUnusedExpression=false
from acme.client import Client
from acme.types import Job, JobStatus

status: JobStatus = "compleat"


def use(client: Client) -> None:
    number: int = client.jobs.get("j").job_id
    client.jobs.with_raw_response.get(5)
    client.jobs.get("j").no_such_field
"""
HTTP = """
import {library}

from acme.client import AsyncClient, Client
from acme.core.streaming import Stream

timeout = {library}.Timeout(5, read=60)
client = Client(httpx_client={library}.Client())
client.jobs.get("j", request_options={{"timeout": timeout}})
AsyncClient(httpx_client={library}.AsyncClient())


def headers(stream: Stream[str]) -> str:
    response = stream.response
    return response.text + response.headers["x"] if response else ""
"""
WRONG_HTTP = """
import {library}

from acme.client import AsyncClient, Client

Client(httpx_client={library}.AsyncClient())
AsyncClient(httpx_client={library}.Client())
Client(httpx_client={library}.HTTPTransport())
Client(token="t").jobs.get("j", request_options={{"timeout": "5"}})
"""


def package(folder: Path, fern: bool) -> Path:
    """The sample package with the runtime, and two modules that use it."""
    acme = folder / "acme"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(__file__).parent / "acme", acme, ignore=ignored)
    (acme / "core").mkdir()
    (acme / "core" / "http_sse").mkdir()
    for name, text in runtime_files.files(runtime_modules.all_names(), fern).items():
        (acme / "core" / name).write_text(text, encoding="utf-8")
    (acme / "py.typed").touch()
    (folder / "use.py").write_text(USE)
    (folder / "wrong.py").write_text(WRONG)
    for library in LIBRARIES:
        name = library.__name__
        (folder / f"use_{name}.py").write_text(HTTP.format(library=name))
        (folder / f"wrong_{name}.py").write_text(WRONG_HTTP.format(library=name))
    return folder


def run(tool: list[str], folder: Path) -> tuple[int, str]:
    if shutil.which(tool[0]) is None and tool[0] != sys.executable:
        pytest.skip(f"{tool[0]} is not here")
    done = subprocess.run(tool, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


LAYOUTS = ("compact", "fern")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("checker", [checkers.mypy, checkers.pyright])
def test_types(tmp_path: Path, checker: checkers.Checker, layout: str) -> None:
    folder = package(tmp_path, layout == "fern")
    modules = sorted(path.name for path in folder.glob("*.py"))
    errors = checker(folder, ["acme", *modules])
    wrong = [name for name in modules if name.startswith("wrong")]
    assert wrong and all(len(errors[name]) >= 4 for name in wrong), errors
    assert [text for name, texts in errors.items() if name not in wrong for text in texts] == []


def test_no_module_imports_an_http_library() -> None:
    """Type checkers need neither library, so the types are the same with both."""
    for path in (*RUNTIME.glob("*.py"), *RUNTIME_FERN.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith("httpx")], path


def copied(*wanted: str, calls: tuple[str, ...] = ("path", "options")) -> dict[str, str]:
    """The runtime of a package that needs these modules, and uses these keywords of calls."""
    modules = runtime_modules.needed(wanted)
    used = runtime_modules.Used(modules, calls=calls, settings=("base_url",))
    return runtime_files.files(modules, used=used)


def test_without_optional_modules(tmp_path: Path) -> None:
    """Modules of every API do not import optional ones."""
    files = copied()
    (tmp_path / "core").mkdir()
    for name, text in files.items():
        (tmp_path / "core" / name).write_text(text, encoding="utf-8")
    assert checkers.mypy(tmp_path, ["core"]) == {"core": []}
    names = ", ".join(name.removesuffix(".py") for name in files if name != "__init__.py")
    code, output = run([sys.executable, "-W", "error", "-c", f"from core import {names}"], tmp_path)
    assert code == 0, output


def test_a_package_has_no_trace_of_the_modules_that_it_lacks(tmp_path: Path) -> None:
    """A module is copied without the statements, keywords and imports that others need."""
    results: set[str] = set()
    packages = {item: copied(item) for item in runtime_modules.all_names()}
    packages["no_calls"] = copied(calls=())
    for wanted, files in packages.items():
        for name, text in files.items():
            parts = {f"{item}.py" for item in re.findall(r'\bpart\("(\w+)"\)', text)}
            # Channels are the exception: `socket_errors` comes with every `sockets`.
            assert parts - {"socket_errors.py"} <= files.keys(), (wanted, name)
            if text not in results:
                results.add(text)
                (tmp_path / f"{wanted}_{name}").write_text(text, encoding="utf-8")
    assert len(results) > len(runtime_modules.all_names())
    style = ["ruff", "check", "--isolated", "--select", "E4,E7,E9,F,I", "--line-length", "88", "."]
    code, output = run(style, tmp_path)
    assert code == 0, output
    code, output = run(["black", "--diff", "-q", "--config", "/dev/null", "."], tmp_path)
    assert (code, output) == (0, "")


def test_keywords_that_nothing_uses_are_left_out() -> None:
    files = copied()
    calls = files["request.py"].partition("class Request")[2].partition("\n\n\n")[0]
    assert re.findall(r"^    (\w+): ", calls, re.M) == ["path", "options"]
    assert "max_retries" in files["request_options.py"]
    assert "chunk_size" not in files["request_options.py"]
    assert "chunk_size" in copied("downloads")["request_options.py"]
    assert '"begin" in call' in copied("streaming")["connection.py"]
    assert 'if "begin" in call' not in files["connection.py"]


def test_what_is_found_without_parsing_is_what_the_syntax_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = runtime_modules.all_names()
    for name in names:
        result, waiting = set[str](), [name, *runtime_modules.ALWAYS]
        while waiting:
            module = waiting.pop()
            if module not in result:
                result.add(module)
                tree = ast.parse(runtime_modules.text(module, None))
                for node in ast.walk(tree):
                    if isinstance(node, ast.ImportFrom) and node.level == 1:
                        waiting += [node.module] if node.module else [x.name for x in node.names]
        assert result == {*runtime_modules.needed([name])}
    least = runtime_modules.Used((), calls=(), settings=())
    texts = {name: runtime_modules.text(name, least) for name in names}
    monkeypatch.setattr(runtime_modules, "_MAY_LACK", re.compile(""))
    assert texts == {name: runtime_modules.text(name, least) for name in names}
