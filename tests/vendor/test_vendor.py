"""`fiddlehead vendor`: copies, upgrades with local edits, and errors."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from fiddlehead.cli import main
from fiddlehead.output import ProtectedFiles, read_manifest
from fiddlehead.output.write import write

from tests.output.trees import HEADER, encoded, seen, with_manifest

CLIENT = HEADER + '''
class Client:
    """Calls Acme.

    Example:
        import acme
        from acme.types import Job

        client = acme.Client()
    """

    def first(self) -> int:
        return 1

    def second(self) -> int:
        return 2

    def third(self) -> int:
        return 3
'''
ONE = {
    "__init__.py": HEADER + "from .client import Client as Client\n",
    "client.py": CLIENT,
    "types/__init__.py": HEADER,
    "types/job.py": HEADER + "class Job: ...\n",
    "py.typed": "",
}
TWO = {
    **ONE,
    "client.py": CLIENT.replace("return 3", "return 33"),
    "types/task.py": HEADER + "class Task: ...\n",
}
del TWO["types/job.py"]

PAGES = {"README.md": "```python\nimport acme\n```\n", "pyproject.toml": "[project]\n"}


class Place:
    """A folder with a generated package, and another project that it is vendored into."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "generated"
        self.project = folder / "product"
        self.copy = self.project / "src/app/_vendor/acme"
        self.project.mkdir()
        (self.project / "pyproject.toml").write_text("[project]\n")
        self.generate(ONE)

    def generate(self, files: Mapping[str, str]) -> None:
        (self.source).mkdir(exist_ok=True)
        owned_folder = self.source / "acme"
        write(owned_folder, with_manifest(files, PAGES), encoded(PAGES), keep=ProtectedFiles())

    def vendor(self, *more: str) -> int:
        return main(["vendor", str(self.source), str(self.copy), *more])

    def edit(self, name: str, old: str, new: str) -> str:
        path = self.copy / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        return path.read_text()

    def commit(self) -> None:
        git = ["git", "-C", str(self.project), "-c", "user.name=x", "-c", "user.email=x@x.x"]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-qm", "vendored"], check=True)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    place = Place(tmp_path)
    monkeypatch.chdir(place.project)
    return place


def test_a_copy_has_only_the_necessary_files(place: Place) -> None:
    assert place.vendor() == 0
    assert set(seen(place.copy)) == {*ONE, "_manifest.json", "LICENSE.fiddlehead"}
    assert "MIT License" in (place.copy / "LICENSE.fiddlehead").read_text()
    manifest = read_manifest(place.copy)
    assert manifest.vendored_as == "app._vendor.acme"
    assert manifest.vendored_from == read_manifest(place.source / "acme").tree
    assert main(["verify", str(place.copy)]) == 0


def test_examples_show_the_real_import_path(place: Place) -> None:
    place.vendor()
    text = (place.copy / "client.py").read_text()
    assert "        from app._vendor import acme\n" in text
    assert "        from app._vendor.acme.types import Job\n" in text
    assert "        client = acme.Client()\n" in text
    assert "import acme\n" not in text.replace("from app._vendor import acme\n", "")


def test_a_copy_of_another_name(place: Place) -> None:
    copy = place.project / "src/app/acme_v1"
    assert main(["vendor", str(place.source / "acme"), str(copy)]) == 0
    assert "        from app import acme_v1 as acme\n" in (copy / "client.py").read_text()


def test_a_copy_of_a_copy(place: Place) -> None:
    place.vendor()
    copy = place.project / "lib/there"
    assert main(["vendor", str(place.copy), str(copy), "--import-path", "there"]) == 0
    text = (copy / "client.py").read_text()
    assert "        import there as acme\n" in text
    assert "        from there.types import Job\n" in text
    assert main(["verify", str(copy)]) == 0


def test_pages_and_attributes_on_demand(place: Place) -> None:
    assert place.vendor("--pages", "--gitattributes") == 0
    assert (
        place.copy / "README.md"
    ).read_text() == "```python\nfrom app._vendor import acme\n```\n"
    assert (place.copy / ".gitattributes").read_text() == "* linguist-generated=true\n"
    assert not (place.copy / "pyproject.toml").exists()
    assert main(["verify", str(place.copy)]) == 0


def test_licences_and_kept_files_go_along(place: Place) -> None:
    (place.source / "LICENSE").write_text("mine\n")
    owned_folder = place.source / "acme"
    manifest = json.loads((owned_folder / "_manifest.json").read_text())
    manifest["keep"] = ["acme/by_hand.py"]
    (owned_folder / "_manifest.json").write_text(json.dumps(manifest))
    (owned_folder / "by_hand.py").write_text("HAND = 1\n")
    (owned_folder / "scratch.py").write_text("SCRATCH = 1\n")
    assert place.vendor() == 0
    assert (place.copy / "LICENSE").read_text() == "mine\n"
    assert (place.copy / "by_hand.py").read_text() == "HAND = 1\n"
    assert not (place.copy / "scratch.py").exists()


def test_a_dry_run_writes_nothing(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.vendor("--dry-run") == 0
    assert "would add     src/app/_vendor/acme/client.py" in capsys.readouterr().err
    assert place.vendor("--diff") == 0
    assert not place.copy.exists()
    diff = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], cwd=place.project, input=diff, text=True, check=True)
    assert (place.copy / "client.py").exists()


def test_the_number_of_files_is_that_of_the_list(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert place.vendor() == 0
    lines = capsys.readouterr().err.splitlines()
    added = re.match(r"added     (\d+) files", lines[0])
    number = added[1] if added else str(len(lines) - 1)
    assert (
        lines[-1] == f"src/app/_vendor/acme: {number} files changed; import it as app._vendor.acme"
    )


def test_an_upgrade_without_edits(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.vendor()
    place.generate(TWO)
    capsys.readouterr()
    assert place.vendor() == 0
    output = capsys.readouterr().err
    assert "updated   src/app/_vendor/acme/client.py" in output
    assert "deleted   src/app/_vendor/acme/types/job.py" in output
    assert "added     src/app/_vendor/acme/types/task.py" in output
    assert not (place.copy / "types/job.py").exists()
    assert main(["verify", str(place.copy)]) == 0
    assert place.vendor() == 0
    assert "no changes" in capsys.readouterr().err


@pytest.mark.parametrize("base", ["git", "folder", "history of the source"])
def test_an_upgrade_keeps_local_edits(
    place: Place, base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.vendor()
    more: list[str] = []
    if base == "git":
        place.commit()
    elif base == "folder":
        old = tmp_path / "old" / "acme"
        write(old, with_manifest(ONE), {}, keep=ProtectedFiles())
        more = ["--base", str(old)]
    else:
        place.project, project = place.source, place.project
        place.commit()
        place.project = project
    place.edit("client.py", "return 1", "return 111")
    place.generate(TWO)
    capsys.readouterr()
    assert place.vendor(*more) == 0
    assert "merged    src/app/_vendor/acme/client.py" in capsys.readouterr().err
    text = (place.copy / "client.py").read_text()
    assert "return 111" in text
    assert "return 33" in text
    assert main(["verify", str(place.copy)]) == 1
    assert "client.py: edited by hand" in capsys.readouterr().out


def test_an_edit_of_a_file_that_stays_needs_no_merge(place: Place) -> None:
    place.vendor()
    place.generate({**TWO, "client.py": ONE["client.py"]})
    edited = place.edit("client.py", "return 1", "return 111")
    assert place.vendor() == 0
    assert (place.copy / "client.py").read_text() == edited
    assert (place.copy / "types/task.py").exists()


def conflict(place: Place, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    before = seen(place.copy)
    capsys.readouterr()
    assert place.vendor(*more) == 1
    assert seen(place.copy) == before
    output = capsys.readouterr().err
    assert "nothing was changed" in output
    return output


def test_edits_of_the_same_lines_stop_it(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.vendor()
    place.commit()
    place.edit("client.py", "return 3", "return 333")
    place.generate(TWO)
    text = conflict(place, capsys)
    assert "conflict  src/app/_vendor/acme/client.py: 1 edit here touches lines" in text
    place.vendor("--diff")
    assert "+<<<<<<< yours" in capsys.readouterr().out


def test_an_edit_of_a_deleted_file_is_a_conflict(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.vendor()
    place.edit("types/job.py", "class Job: ...", "class Job: pass")
    place.generate(TWO)
    assert "types/job.py: edited here, and deleted" in conflict(place, capsys)


def test_an_edit_without_a_base_stops_it(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.vendor()
    place.edit("client.py", "return 1", "return 111")
    place.generate(TWO)
    assert "the original file was not found" in conflict(place, capsys)


def test_somebody_elses_file_in_the_way_stops_it(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.vendor()
    (place.copy / "types/task.py").write_text("MINE = 1\n")
    place.generate(TWO)
    assert "types/task.py: not from fiddlehead, but has the path of a new file" in conflict(
        place, capsys
    )


def test_other_files_of_the_copy_stay(place: Place) -> None:
    place.vendor()
    (place.copy / "mine.py").write_text("MINE = 1\n")
    place.generate(TWO)
    assert place.vendor() == 0
    assert (place.copy / "mine.py").read_text() == "MINE = 1\n"


def refused(place: Place, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    before = seen(place.project)
    assert main(arguments) == 2
    assert seen(place.project) == before
    return capsys.readouterr().err


def test_a_destination_with_other_files(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.copy.mkdir(parents=True)
    (place.copy / "mine.py").write_text("MINE = 1\n")
    text = refused(place, capsys, ["vendor", str(place.source), str(place.copy)])
    assert "has other content" in text


def test_a_destination_that_is_generated(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    owned_folder = place.source / "acme"
    text = refused(place, capsys, ["vendor", str(owned_folder), str(owned_folder)])
    assert "is a generated package" in text


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda owned_folder: (owned_folder / "client.py").write_text("x"),
            "client.py' was edited by hand",
        ),
        (lambda owned_folder: (owned_folder / "client.py").unlink(), "client.py' is missing"),
        (
            lambda owned_folder: (owned_folder / "_manifest.json").write_text("{"),
            "is not a valid manifest",
        ),
        (
            lambda owned_folder: (owned_folder / "_manifest.json").unlink(),
            "is not a generated package",
        ),
    ],
)
def test_a_source_that_cannot_be_trusted(
    place: Place, capsys: pytest.CaptureFixture[str], spoil: object, message: str
) -> None:
    assert callable(spoil)
    spoil(place.source / "acme")
    assert message in refused(place, capsys, ["vendor", str(place.source), str(place.copy)])


@pytest.mark.parametrize("path", ["app.my-client", "class", "a..b", ""])
def test_an_import_path_that_cannot_be(
    place: Place, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    arguments = ["vendor", str(place.source), str(place.project / "my-client")]
    more = ["--import-path", path] if path else []
    assert "is not a valid import path" in refused(place, capsys, [*arguments, *more])


def test_a_source_that_is_not_there(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'no' is not a folder" in refused(place, capsys, ["vendor", "no", "copy"])
