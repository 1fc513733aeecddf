"""The committed package can be imported, type-checked and installed, and is formatted like
black."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ..support import checkers
from ..support.pipeline import ROOT

GENERATED = ROOT / "generated"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package where no settings of this repository reach it."""
    folder = tmp_path_factory.mktemp("generated")
    shutil.copytree(GENERATED, folder / "project", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "cohere").symlink_to(folder / "project" / "cohere")
    return folder


def test_every_module_imports_on_its_own(copy: Path) -> None:
    (report,) = checkers.inspect(copy, [{"package": "cohere", "alone": True, "values": []}])
    assert report["failures"] == []
    assert report["modules"] == report["alone"]
    assert len([*(copy / "project" / "cohere").rglob("*.py")]) == report["modules"]


THREADS = """
import json, sys, threading

from cohere.core.decode import decode, problems
from cohere.types import EmbedJob, ListEmbedJobResponse

JOB = {"job_id": "a", "status": "complete", "created_at": "2024-04-10T14:22:35Z", "model": "m",
       "input_dataset_id": "x", "truncate": "END", "meta": {"tokens": {"input_tokens": 1}}}
ONE, MANY = json.dumps(JOB).encode(), json.dumps({"embed_jobs": [JOB]}).encode()
USES = [
    lambda: EmbedJob(**JOB).model_dump(),
    lambda: decode(EmbedJob, ONE).model_dump_json(),
    lambda: decode(ListEmbedJobResponse, MANY).embed_jobs[0].model_dump(exclude_none=True),
    lambda: problems(ListEmbedJobResponse, MANY),
]
failed, together = [], threading.Barrier(16)

def use(number):
    together.wait()
    try:
        USES[number % 4]()
    except Exception as error:
        failed.append(repr(error))

sys.setswitchinterval(1e-6)
threads = [threading.Thread(target=use, args=(number,)) for number in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(failed)
"""


def test_threads_may_use_a_type_first_together(copy: Path) -> None:
    command = [sys.executable, "-c", THREADS]
    for _ in range(3):
        done = subprocess.run(command, cwd=copy / "project", capture_output=True, text=True)
        assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


BY_HAND = """
import datetime as dt, decimal, typing, uuid

import pydantic
from cohere.core.decode import construct_type
from cohere.core.unchecked_base_model import UncheckedBaseModel

class Cat(UncheckedBaseModel):
    kind: typing.Literal["cat"]

class Dog(UncheckedBaseModel):
    kind: typing.Literal["dog"]

def kind(pet):
    return pet.get("kind") if isinstance(pet, dict) else pet.kind

class Visit(UncheckedBaseModel):
    id: uuid.UUID
    day: dt.date
    cost: decimal.Decimal
    notes: set[str]
    size: int | list[int]
    pets: dict[int, Cat]
    pet: typing.Annotated[
        typing.Annotated[Cat, pydantic.Tag("cat")] | typing.Annotated[Dog, pydantic.Tag("dog")],
        pydantic.Discriminator(kind),
    ]

VALUE = {"id": "7d1ae39b-9e6f-4c11-9a6d-0b8fb0f0ac16", "day": "2024-04-10", "cost": "1.5",
         "notes": ["a"], "size": [1], "pets": {"1": {"kind": "cat"}}, "pet": {"kind": "dog"}}
visit = construct_type(Visit, VALUE)
assert visit == Visit(**VALUE) and type(visit.pet) is Dog and type(visit.pets[1]) is Cat, visit
assert visit.model_dump(mode="json") == VALUE
other = {**VALUE, "id": 3, "day": 7, "pet": {"kind": "cow"}}
visit = construct_type(Visit, other)
assert (visit.id, visit.day, visit.pet) == (3, 7, {"kind": "cow"})
assert visit.model_dump(mode="json") == other
"""


def test_models_written_by_hand_have_types_that_the_package_lacks(copy: Path) -> None:
    """Their types need modules that are only in packages whose description has such types."""
    command = [sys.executable, "-c", BY_HAND]
    done = subprocess.run(command, cwd=copy / "project", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_types(copy: Path) -> None:
    assert (copy / "cohere" / "py.typed").exists()
    assert checkers.mypy(copy, ["cohere"]) == {"cohere": []}
    assert checkers.pyright(copy, ["cohere"]) == {"cohere": []}


def test_style(copy: Path) -> None:
    assert checkers.black(copy, ["project"]) == ""
    done = checkers.run(["ruff", "check", "--isolated", "--select", "E4,E7,E9,F", "project"], copy)
    assert done.returncode == 0, done.stdout


USE = """\
import asyncio
import typing

import cohere
from cohere import AsyncClient, Client
from cohere.types import EmbedJob

client = Client(api_key="x")
raw = client.embed_jobs.with_raw_response.get("1")
typing.assert_type(raw.data, EmbedJob)
typing.assert_type(raw.status_code, int)
typing.assert_type(raw.headers["x-api-warning"], str)
typing.assert_type(client.embed_jobs.wait("1"), EmbedJob)
typing.assert_type(client.embed_jobs.get("1").job_id, str)
typing.assert_type(client.embed_jobs.list().embed_jobs[0], EmbedJob)
client.embed_jobs.with_raw_response.get(1)
client.embed_jobs.create(model="m", dataset_id="d", input_type="image", truncate="MIDDLE")
cohere.EmbedJobs


async def main() -> None:
    made = AsyncClient(api_key="x")
    raw = await made.embed_jobs.with_raw_response.get("1")
    typing.assert_type(raw.data, EmbedJob)
    typing.assert_type(await made.embed_jobs.wait("1"), EmbedJob)


asyncio.run(main())
"""
WRONG = {
    number
    for number, line in enumerate(USE.splitlines(), 1)
    if line
    in {
        "client.embed_jobs.with_raw_response.get(1)",
        'client.embed_jobs.create(model="m", dataset_id="d", input_type="image", truncate="MIDDLE")',
        "cohere.EmbedJobs",
    }
}


@pytest.mark.parametrize("checker", [checkers.mypy, checkers.pyright])
def test_code_of_users_is_typed(copy: Path, checker: checkers.Checker) -> None:
    """Raw responses too. The three wrong lines are reported, and no other."""
    (copy / "use").mkdir(exist_ok=True)
    text = USE.replace("import typing", "import typing_extensions as typing")
    (copy / "use" / "__init__.py").write_text(text)
    result = checker(copy, ["use"])["use"]
    assert {int(text.split(":")[1]) for text in result} == WRONG, result


def test_it_builds_and_installs(copy: Path, tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path)]
    subprocess.run([*build, str(copy / "project")], check=True)
    (wheel,) = tmp_path.glob("cohere-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"cohere/py.typed", "cohere/_manifest.json", "cohere/types/embed_job.py"} <= {*names}
    target = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    code = "import cohere, sys; print(cohere.__file__, 'pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(target)!r}); {code}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.stdout == f"{target / 'cohere' / '__init__.py'} False\n", done.stderr


def test_constructing_a_client_builds_no_model() -> None:
    """Neither pydantic's models nor the package's types are imported before one is used."""
    code = (
        "import sys, typing, cohere\n"
        "jobs = cohere.Client(api_key='k').embed_jobs\n"
        "cost = {'pydantic.main', 'cohere.core.decode', 'cohere.types.embed_job'}\n"
        "assert not cost & set(sys.modules), cost & set(sys.modules)\n"
        "assert typing.get_type_hints(jobs.get)['return'] is cohere.EmbedJob\n"
        "assert typing.get_type_hints(cohere.NotFoundError)['body'] is cohere.ErrorBody\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generated")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
