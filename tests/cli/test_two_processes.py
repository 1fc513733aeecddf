"""A client and a docs site are the same, whether one process makes them or two."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.incremental.test_incremental import DESCRIPTION

from .conftest import SPEC

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"),
    reason="this system has no second process",
)

CASES = Path(__file__).parents[1] / "cases"
DESCRIPTIONS = Path(__file__).parents[2] / "spec"

_PROGRAM = """
import json, os, signal, sys, traceback
import black
from fiddlehead import fern, incremental, openapi, output, python, render, site
from fiddlehead.cli import main
from fiddlehead.output import file_changes
from fiddlehead.openapi.schemas import conversion_beside, usage_beside
from fiddlehead.targets import docs, two_processes
conversion_beside.FEWEST = usage_beside.FEWEST = two_processes.FEWEST_TYPES = render._MANY = file_changes._MANY = 1
fork = os.fork

def run(processors, folder, cache, note, arguments):
    signal.alarm(120)
    os.chdir(folder)
    os.environ["FIDDLEHEAD_CACHE"] = cache
    os.sched_getaffinity = lambda _pid: {*range(processors)}
    for number, stream in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{note}.{stream}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC), number)
    forks = []
    def counted():
        pid = fork()
        forks.append(pid)
        return pid
    os.fork = counted
    code = main(arguments)
    sys.stdout.flush()
    with open(note, "w") as file:
        json.dump([code, len(forks)], file)

for line in sys.stdin:
    if (pid := fork()) == 0:
        try:
            run(*json.loads(line))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""
"""Runs `fiddlehead` with a number of processors, and says how many processes it started.

Each line of the input is a run, in a copy of this process: what takes longest is to import all.
"""


@pytest.fixture(scope="module")
def starter() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


_CONNECTED = """
openapi: 3.1.0
info: {title: Harbour, version: "1"}
servers: [{url: "https://harbour.example"}]
paths:
  /boats:
    get:
      operationId: listBoats
      tags: [boats]
      parameters:
      - {name: sizes, in: query, schema: {$ref: "#/components/schemas/Sizes"}}
      - {name: colours, in: query, schema: {$ref: "#/components/parameters/Colours/schema"}}
      responses:
        "200":
          description: Boats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  boat: {$ref: "#/components/schemas/Boat"}
                  crate: {$ref: "#/components/responses/Crate/content/application~1json/schema"}
                  owner: {type: object, properties: {name: {type: string}}}
components:
  parameters:
    Colours: {name: colours, in: query, schema: {type: array, items: {type: string}}}
  responses:
    Crate:
      description: A crate.
      content:
        application/json:
          schema: {type: object, title: Crate, properties: {lid: {type: object, properties: {w: {}}}}}
  schemas:
    Sizes: {type: array, items: {type: integer}}
    Boat:
      type: object
      required: [name, missing]
      properties:
        name: {type: string, minLenght: 1}
        crate: {$ref: "#/components/responses/Crate/content/application~1json/schema"}
        owner: {type: object, properties: {name: {type: string}}}
        lost: {$ref: "#/components/schemas/Nothing"}
        parts: {type: array, items: {type: object, properties: {parts: {$ref: "#/components/schemas/Boat"}}}}
    Ferry:
      allOf:
      - {$ref: "#/components/schemas/Boat"}
      - {type: object, properties: {owner: {type: object, properties: {name: {type: integer}}}}}
    Tug: {allOf: [{$ref: "#/components/schemas/Boat"}, {properties: {pull: {type: object, properties: {kg: {}}}}}]}
    Any:
      oneOf:
      - {type: object, properties: {kind: {const: a}, owner: {type: object, properties: {name: {type: string}}}}}
      - {type: object, properties: {kind: {const: b}}}
      discriminator: {propertyName: kind}
    Place: {$ref: "other.yaml#/Place"}
    Address: {type: object, properties: {street: {type: string}}}
    Loop: {$ref: "#/components/schemas/Loop"}
"""

_OTHER = """
Place: {type: object, properties: {address: {$ref: "#/Inner"}}}
Inner: {type: object, properties: {street: {type: string, description: Its street.}}}
"""

_OVERLAY = """
overlay: 1.0.0
info: {title: Changes, version: "1"}
actions:
- target: $.components.schemas.Address
  update: {description: An address of the overlay., properties: {town: {type: object, properties: {a: {}}}}}
"""


class Runs:
    """Runs in two copies of a folder."""

    def __init__(self, folder: Path, starter: subprocess.Popen[str]) -> None:
        self._folder, self._starter = folder, starter

    def copy(self, source: Path) -> None:
        for name in ("one", "two"):
            shutil.copytree(source, self._folder / name)

    def same(self, *arguments: str) -> tuple[int, str, int]:
        """The exit code, the messages, and how many processes were started."""
        one, two = self._run("one", 1, arguments), self._run("two", 2, arguments)
        assert one[:3] == two[:3]
        assert _files(self._folder / "one") == _files(self._folder / "two")
        assert one[3] == 0
        return two[0], two[2], two[3]

    def _run(
        self, name: str, processors: int, arguments: tuple[str, ...]
    ) -> tuple[int, str, str, int]:
        note = self._folder / f"{name}.txt"
        note.unlink(missing_ok=True)
        cache = str(self._folder / f"cache-{name}")
        task = [processors, str(self._folder / name), cache, str(note), arguments]
        assert self._starter.stdin is not None and self._starter.stdout is not None
        self._starter.stdin.write(f"{json.dumps(task)}\n")
        self._starter.stdin.flush()
        assert self._starter.stdout.readline() == "ended\n"
        out, err = (Path(f"{note}.{stream}").read_text("utf-8") for stream in ("out", "err"))
        assert note.exists(), err
        code, started = json.loads(note.read_text())
        return code, out, err, started


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def runs(tmp_path: Path, starter: subprocess.Popen[str]) -> Runs:
    return Runs(tmp_path, starter)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


@pytest.mark.parametrize(
    ("case", "project"),
    [
        ("name-clashes", "--no-project"),
        ("name-clashes", "--project"),
        ("unused-settings", "--no-project"),
        ("names-of-fields-in-layout-fern", "--no-project"),
        ("fern-enums-and-unions", "--no-project"),
        ("fern-uploads-and-downloads", "--project"),
    ],
)
def test_cases(runs: Runs, case: str, project: str) -> None:
    name = next(item for item in ("openapi.yaml", "definition") if (CASES / case / item).exists())
    runs.copy(CASES / case)
    arguments = ["generate", name, "--output", "out", "--package", "acme", project]
    code, _, started = runs.same(*arguments)
    assert code == 0
    assert started >= 1


def test_a_description_with_everything(runs: Runs) -> None:
    runs.copy(DESCRIPTIONS)
    arguments = ["openapi.yaml", "--output", "out"]
    code, _, started = runs.same("generate", *arguments, "--package", "acme", "--no-project")
    assert (code, started) == (0, 4)  # The references, the schemas, the types, and the files.
    assert runs.same("check", *arguments, "--package", "acme", "--no-project")[0] == 0


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("name", ["openapi.yaml", "openapi.json"])
def test_schemas_that_depend_on_others(
    tmp_path: Path, source: Path, runs: Runs, layout: str, name: str
) -> None:
    """Schemas with problems, in other files, outside of the components, and with contested names."""
    description = yaml.safe_load(_CONNECTED)
    if name.endswith(".json"):
        description["x-filling"] = "x" * 200_000
        (source / name).write_text(json.dumps(description, indent=1))
    else:
        (source / name).write_text(_CONNECTED)
    (source / "other.yaml").write_text(_OTHER)
    (source / "overlay.yaml").write_text(_OVERLAY)
    (source / "fiddlehead.toml").write_text('overlays = ["overlay.yaml"]\n')
    runs.copy(source)
    arguments = [name, "--output", "out", "--package", "acme", "--no-project"]
    code, text, started = runs.same("generate", *arguments, "--layout", layout)
    assert (code, started) == (0, 4)  # The references, the schemas, the types, and the files.
    assert "'#/components/schemas/Nothing' cannot be resolved" in text
    assert "unknown keyword 'minLenght'" in text
    package = "\n".join(
        path.read_text() for path in sorted((tmp_path / "two" / "out").rglob("*.py"))
    )
    for expected in ("An address of the overlay", "Its street", "class Crate", "sizes: "):
        assert expected in package, expected


def test_the_cache_has_what_both_processes_read(tmp_path: Path, source: Path, runs: Runs) -> None:
    large = {**DESCRIPTION, "x-filling": "x" * 200_000}
    (source / "openapi.json").write_text(json.dumps(large, indent=1))
    runs.copy(source)
    arguments = ["openapi.json", "--output", "out", "--package", "acme", "--no-project"]
    assert runs.same("generate", *arguments)[2] >= 1
    for name in ("one", "two"):
        place = tmp_path / name / "openapi.json"
        description = json.loads(place.read_text())
        description["components"]["schemas"]["Note"]["properties"]["text"]["type"] = "integer"
        place.write_text(json.dumps(description, indent=1))
    code, _, started = runs.same("generate", *arguments)
    assert (code, started) == (0, 1)  # Only the files are written in two processes.


def test_errors_of_types_are_reported_once(tmp_path: Path, source: Path, runs: Runs) -> None:
    (source / "openapi.yaml").write_text(SPEC)
    settings = '[naming.rename]\n"types.Job.id" = "same"\n"types.Job.state" = "same"\n'
    (source / "fiddlehead.toml").write_text(settings)
    runs.copy(source)
    arguments = ["openapi.yaml", "--output", "out", "--package", "acme", "--no-project"]
    code, text, _ = runs.same("generate", *arguments)
    assert code == 3
    assert text.count("'types.Job.id' and 'types.Job.state' cannot both be called 'same'") == 1
    assert not (tmp_path / "two" / "out").exists()


def test_moved_names_are_reported(tmp_path: Path, source: Path, runs: Runs) -> None:
    (source / "openapi.yaml").write_text(SPEC)
    settings = '[naming.rename]\n"types.Job" = "Task"\n"types.Job.id" = "number"\n'
    (source / "fiddlehead.toml").write_text(settings)
    runs.copy(source)
    arguments = ["openapi.yaml", "--output", "out", "--package", "acme", "--no-project"]
    runs.same("generate", *arguments)
    for name in ("one", "two"):
        (tmp_path / name / "fiddlehead.toml").write_text("")
    code, text, _ = runs.same("generate", *arguments)
    assert code == 0
    assert text.count("is now called") == 2


def test_a_docs_site(runs: Runs) -> None:
    runs.copy(DESCRIPTIONS)
    arguments = ["docs", "openapi.yaml", "--output", "site", "--base-url", "https://a.example"]
    code, _, started = runs.same(*arguments)
    assert (code, started) == (0, 4)  # The references, the schemas, the pages, and their files.
