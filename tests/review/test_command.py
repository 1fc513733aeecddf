"""`fiddlehead diff` from end to end: a repository, an edit of the description, the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fiddlehead.cli import main

from .test_inputs import git

SPEC = Path(__file__).parents[2] / "spec" / "openapi.yaml"
SETTINGS = 'spec = "spec/openapi.yaml"\noutput = "generated"\npackage = "acme"\n'

RENAMED = ("x-fern-sdk-method-name: cancel", "x-fern-sdk-method-name: stop")
ADDED = ("enum: [processing, complete", "enum: [processing, paused, complete")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a description and the package that was generated from it."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "spec").mkdir()
    shutil.copy(SPEC, folder / "spec" / "openapi.yaml")
    (folder / "fiddlehead.toml").write_text(SETTINGS)
    git(folder, "init", "-q", "-b", "main")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate"]) == 0
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")
    return folder


@pytest.fixture
def team(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "team"
    shutil.copytree(prepared, folder)
    monkeypatch.chdir(folder)
    return folder


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "spec" / "openapi.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def diff(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["diff", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_nothing_changed(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = diff(capsys)
    assert (code, "Nothing changed." in out) == (0, True)


def test_the_package_records_its_description(
    team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(team, *RENAMED)
    code, out, _ = diff(capsys)
    assert code == 1
    assert "embed_jobs.cancel() is now embed_jobs.stop()" in out
    assert '"embed_jobs.stop" = ["cancel"]' in out
    assert "\x1b" not in out


def test_compatible_changes_exit_with_0(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(team, *ADDED)
    code, out, _ = diff(capsys, "main:spec/openapi.yaml", "spec/openapi.yaml")
    assert code == 0
    assert "No breaking change. Suggested bump: minor." in out


def test_the_setting_that_is_shown_avoids_the_break(
    team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(team, *RENAMED)
    _, out, _ = diff(capsys, "--format", "json")
    finding = next(load for load in json.loads(out)["findings"] if load["setting"])
    (team / "fiddlehead.toml").write_text(f"{SETTINGS}\n{finding['setting']}\n")
    code, out, _ = diff(capsys, "main:spec/openapi.yaml", "spec/openapi.yaml")
    assert code == 0, out


def test_settings_of_a_revision_are_its_own(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (team / "fiddlehead.toml").write_text(
        f'{SETTINGS}\n[naming.rename]\n"embed_jobs.cancel" = "stop"\n'
    )
    code, out, _ = diff(capsys, "main:spec/openapi.yaml", "spec/openapi.yaml")
    assert code == 1
    assert "embed_jobs.cancel() is now embed_jobs.stop()" in out


@pytest.mark.parametrize("old", ["main:fern/api/generators.yml", "main:fern/api"])
@pytest.mark.parametrize("new", [(), ("fern/api/generators.yml",)])
def test_a_generators_yml_that_the_settings_name_has_these_settings(
    team: Path, capsys: pytest.CaptureFixture[str], old: str, new: tuple[str, ...]
) -> None:
    generators = """\
api: {specs: [{openapi: ../../spec/openapi.yaml}]}
groups: {python: {generators: [{name: fernapi/fern-python-sdk, version: 5.0.0}]}}
"""
    (team / "fern/api").mkdir(parents=True)
    (team / "fern/api/generators.yml").write_text(generators)
    settings = SETTINGS.replace(
        'spec = "spec/openapi.yaml"', 'generators = "fern/api/generators.yml"'
    )
    (team / "fiddlehead.toml").write_text(settings)
    git(team, "add", "-A")
    git(team, "commit", "-q", "-m", "two")
    assert diff(capsys, old, *new)[0] == 0
    edit(team, *RENAMED)
    code, out, _ = diff(capsys, old, *new)
    assert code == 1
    assert "1 breaking change." in out
    assert "embed_jobs.cancel() is now embed_jobs.stop()" in out


@pytest.mark.parametrize("known", [True, False], ids=["settings in git", "new settings"])
@pytest.mark.parametrize("side", [(), ("main:fern/api", "fern/api"), ("generated", "fern/api")])
def test_all_that_a_generators_yml_names_is_compared(
    known: bool,
    side: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = {
        "fiddlehead.toml": 'generators = "fern/api/generators.yml"\noutput = "generated"\npackage = "acme"\ntemplates = "ours"\n',
        "ours/header.py.jinja": "# {{ header }}\n",
        "fern/api/generators.yml": """\
api:
  specs:
    - {openapi: ../../spec/one.yml, overrides: over.yml}
    - {openapi: ../../spec/two.yml, namespace: second, overlays: overlay.yml}
groups: {python: {generators: [{name: fernapi/fern-python-sdk, version: 5.0.0}]}}
""",
        "fern/api/over.yml": "paths: {/one: {get: {x-fern-sdk-method-name: first}}}\n",
        "fern/api/overlay.yml": """\
overlay: 1.0.0
info: {title: two, version: "1"}
actions: [{target: "$.paths['/two'].get", update: {x-fern-sdk-method-name: next}}]
""",
    }
    for name in ("one", "two"):
        files[f"spec/{name}.yml"] = f"""\
openapi: 3.1.0
info: {{title: {name}, version: "1"}}
paths:
  /{name}: {{get: {{operationId: get, parameters: [{{name: old, in: query, schema: {{type: string}}}}], responses: {{"204": {{}}}}}}}}
"""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 0
    git(tmp_path, "init", "-q", "-b", "main")
    git(
        tmp_path,
        "add",
        "spec",
        "fern",
        "generated",
        *(["fiddlehead.toml", "ours"] if known else []),
    )
    git(tmp_path, "commit", "-q", "-m", "one")
    assert "Nothing changed." in diff(capsys, *side)[1]
    for name, old, new in [
        ("fern/api/over.yml", "first", "primary"),
        ("fern/api/overlay.yml", "next", "other"),
        ("spec/two.yml", "name: old", "name: young"),
    ]:
        (tmp_path / name).write_text(files[name].replace(old, new))
    code, out, _ = diff(capsys, *side)
    assert code == 1
    assert "first() is now primary()" in out
    assert "second.next() is now second.other()" in out
    assert "second.next.old was removed" in out or "'old' was removed" in out, out


def test_an_accept_file_beside_the_settings(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(team, *RENAMED)
    accept = team / "fiddlehead-accept.yaml"
    entry = "- {rule: python-method-renamed, where: embed_jobs.cancel, reason: right, until: %s}\n"
    accept.write_text(entry % "9999-12-31")
    code, out, _ = diff(capsys)
    assert code == 0
    assert "All breaking changes are accepted." in out
    accept.write_text(entry % "2001-01-01")
    code, out, _ = diff(capsys)
    assert code == 1
    assert "expired on 2001-01-01" in out
    accept.write_text("- nonsense\n")
    code, _, err = diff(capsys)
    assert code == 2
    assert "fiddlehead-accept.yaml:1:3: error" in err


def test_a_description_that_does_not_parse(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (team / "spec" / "openapi.yaml").write_text("openapi: [")
    code, out, err = diff(capsys, "main:spec/openapi.yaml", "spec/openapi.yaml")
    assert (code, out) == (3, "")
    assert "spec/openapi.yaml:2:1: error[invalid-yaml]" in err


@pytest.mark.parametrize("old", ["gone.yaml", "nowhere:spec/openapi.yaml", "main:gone.yaml"])
def test_a_side_that_is_not_there(team: Path, capsys: pytest.CaptureFixture[str], old: str) -> None:
    code, out, err = diff(capsys, old, "spec/openapi.yaml")
    assert (code, out) == (2, "")
    assert "missing-file" in err


def test_a_report_in_a_file(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(team, *RENAMED)
    code, out, err = diff(capsys, "--format", "html", "--output", "report.html", "--exit-zero")
    assert (code, out) == (0, "")
    assert "1 breaking change." in err
    page = (team / "report.html").read_text(encoding="utf-8")
    assert "Generated diff" in page
    assert "acme/embed_jobs/client.py" in page


def test_nothing_is_written(team: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(team, *RENAMED)
    before = git(team, "status", "--porcelain")
    for format in ("text", "markdown", "json", "github", "sarif", "html"):
        code, out, _ = diff(
            capsys, "main:spec/openapi.yaml", "spec/openapi.yaml", "--format", format
        )
        assert code == 1
        assert out
    assert git(team, "status", "--porcelain") == before
