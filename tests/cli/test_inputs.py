"""Sources of a description: standard input, a URL, or a file that is found in the folder."""

from __future__ import annotations

import io
import json
import sys

import pytest
from fiddlehead.cli import main
from fiddlehead.source import standard_input

from .conftest import SPEC, Project


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    standard_input.cache_clear()
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)


def test_standard_input(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.folder / "parts.yaml").write_text("{type: string, enum: [open, done]}\n")
    text = SPEC.replace("State: {type: string, enum: [open, done]}", "State: {$ref: parts.yaml}")
    (project.folder / "fiddlehead.toml").unlink()
    target = ("--output", "out", "--package", "acme")
    give(monkeypatch, text)
    assert project.run("generate", "-", *target).code == 0
    assert "from <stdin>" in (project.owned_folder / "client.py").read_text()
    assert (project.owned_folder / "types/state.py").is_file()
    give(monkeypatch, text)
    assert project.run("check", "-", *target).code == 0
    give(monkeypatch, text.replace("getJob", "readJob"))
    assert project.run("check", "-", *target).code == 1
    give(monkeypatch, text.replace("schemas/Job", "schemas/Jbo"))
    assert "<stdin>:14:55: warning" in project.run("lint", "-").err
    outcome = project.run("diff", "out/acme", "spec.yaml")
    assert outcome.code == 2
    assert "generated from standard input: there is no file to compare with" in outcome.err


@pytest.mark.parametrize("lacking", ["--output", "--package"])
def test_standard_input_requires_output_and_package(project: Project, lacking: str) -> None:
    options = {"--output": "out", "--package": "acme"}
    del options[lacking]
    outcome = project.run("generate", "-", *(item for pair in options.items() for item in pair))
    assert outcome.code == 2
    assert f"to read standard input, {lacking} is required" in outcome.err


def test_standard_input_of_a_site(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    give(monkeypatch, SPEC)
    outcome = project.run("docs", "-", "--output", "site")
    assert (outcome.code, outcome.err.partition(";")[0]) == (0, "site: 1 of 1 operations")
    assert (project.folder / "site/index.html").is_file()


URL = "https://orchard.example/v1/openapi.json?format=all"


@pytest.mark.parametrize(
    "command",
    [
        ("generate", URL, "--output", "gen", "--package", "orchard"),
        ("check", URL),
        ("lint", URL),
        ("names", URL),
        ("init", URL),
        ("diff", URL, "spec.yaml"),
        ("diff", "spec.yaml", URL),
    ],
    ids=lambda command: f"{command[0]}-{command.index(URL)}",
)
def test_the_error_for_a_url_has_a_download_command(project: Project, command: list[str]) -> None:
    outcome = project.run(*command)
    assert outcome.code == 2
    assert f"'{URL}' is a URL" in outcome.err
    assert f"curl -L -o openapi.json '{URL}'" in outcome.err


def test_a_url_in_the_settings(project: Project) -> None:
    (project.folder / "fiddlehead.toml").write_text(
        'spec = "http://orchard.example/api"\noutput = "out"\npackage = "acme"\n'
    )
    outcome = project.run("generate")
    assert outcome.code == 2
    assert (
        "fiddlehead.toml:1:8: error[bad-config]: 'http://orchard.example/api' is a URL"
        in outcome.err
    )
    assert "curl -L -o openapi.yaml 'http://orchard.example/api'" in outcome.err


JSON = json.dumps({"info": {"title": "Acme", "version": "1"}, "openapi": "3.0.0", "paths": {}})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("api.yaml", SPEC),
        ("specs/orchard-v1.yml", f"# The API.\n{SPEC}"),
        ("docs/swagger.json", '{"swagger": "2.0", "info": {"title": "A", "version": "1"}}'),
        ("deep/er/x.json", JSON),
        ("flow.yaml", '{openapi: 3.1.0, info: {title: A, version: "1"}}'),
        ("events.yaml", "asyncapi: 3.0.0\ninfo: {title: A, version: '1'}\n"),
    ],
)
def test_init_finds_the_description(project: Project, name: str, text: str) -> None:
    for item in ("fiddlehead.toml", "spec.yaml"):
        (project.folder / item).unlink()
    (project.folder / "docker-compose.yml").write_text("services: {openapi: {image: x}}\n")
    (project.folder / "package.json").write_text('{"name": "x", "scripts": {"openapi": "3"}}')
    (project.folder / ".hidden.yaml").write_text(SPEC)
    path = project.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    outcome = project.run("init")
    assert outcome.code == 0
    assert f'spec = "{name}"' in (project.folder / "fiddlehead.toml").read_text()
    assert 'pip install "' in outcome.err and '"pydantic>=' in outcome.err
    assert project.run("generate").code == 0


def test_init_names_several_descriptions(project: Project) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    (project.folder / "other.json").write_text(JSON)
    outcome = project.run("init")
    assert outcome.code == 2
    assert "several descriptions were found in this folder: other.json, spec.yaml" in outcome.err


def test_a_folder_with_one_description(project: Project) -> None:
    (project.folder / "api").mkdir()
    (project.folder / "spec.yaml").rename(project.folder / "api" / "jobs.yml")
    (project.folder / "fiddlehead.toml").unlink()
    target = ("--output", "out", "--package", "acme")
    assert project.run("generate", "api", *target).code == 0
    assert "from jobs.yml" in (project.owned_folder / "client.py").read_text()
    (project.folder / "api" / "more.json").write_text('{"openapi": "3.1.0"}')
    outcome = project.run("generate", "api", *target)
    assert outcome.code == 2
    assert "several descriptions were found in 'api': api/jobs.yml, api/more.json" in outcome.err


def test_the_api_yml_of_a_definition_is_no_description(project: Project) -> None:
    (project.folder / "api.yml").write_text("name: orchard\n")
    outcome = project.run("lint", "api.yml")
    assert outcome.code == 3
    assert "hint: for a Fern definition, pass the folder with api.yml" in outcome.err


def test_a_diff_without_a_package_says_how_to_get_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = project.run("diff")
    assert outcome.code == 2 and "run fiddlehead generate first" in outcome.err
    give(monkeypatch, SPEC)
    outcome = project.run("diff", "-", "spec.yaml")
    assert outcome.code == 2 and "diff does not read standard input" in outcome.err


@pytest.mark.parametrize("command", ["generate", "check", "lint", "names", "serve"])
def test_a_file_that_does_not_exist_is_the_first_problem(project: Project, command: str) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    outcome = project.run(command, "nofile.yaml")
    message = "fiddlehead: spec 'nofile.yaml' not found\n  hint: did you mean 'spec.yaml'?\n"
    assert (outcome.code, outcome.err) == (2, message)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [(["--package"], ""), (["--format=text", "--accpt"], "\ndid you mean '--accept'?")],
)
def test_an_unknown_option_shows_the_usage_of_its_command(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["diff", *arguments])
    output = capsys.readouterr().err
    assert ended.value.code == 2
    assert output.startswith("usage: fiddlehead diff ")
    assert output.endswith(f"fiddlehead diff: unrecognized arguments: {arguments[-1]}{hint}\n")


def test_a_path_outside_of_the_working_directory_is_relative(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = project.folder / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    places = [line.split()[-1] for line in project.run("names").out.splitlines() if ":" in line]
    assert places
    assert {place.split(":")[0] for place in places} == {"../spec.yaml"}


FORMATS = "the formats are OpenAPI, Swagger 2.0, AsyncAPI and Fern definitions"


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("", "1:1: error[not-a-description]: the file is empty", FORMATS),
        ("# nothing\n", "1:1: error[not-a-description]: the file is empty", FORMATS),
        (
            "[1]",
            "1:1: error[not-a-description]: an API description must be a mapping, not a list",
            FORMATS,
        ),
        (
            "hello",
            "1:1: error[not-a-description]: an API description must be a mapping, not a string",
            FORMATS,
        ),
        (
            "a: 1",
            "1:1: error[not-a-description]: this is not an OpenAPI description: it has no 'openapi'",
            FORMATS,
        ),
        (
            "info: {name: A}\nitem: []",
            "1:1: error[not-a-description]: this is a Postman collection, not an OpenAPI description",
            "export it as OpenAPI",
        ),
        (
            "$schema: http://json-schema.org/\ntype: object",
            "1:1: error[not-a-description]: this is a JSON Schema, not an OpenAPI description",
            "refer to it from an OpenAPI description",
        ),
        (
            "\n<!DOCTYPE html>\n<html lang='en'>\n\t<a b=1: x>",
            "1:1: error[invalid-yaml]: this is a web page (HTML), not YAML or JSON",
            "download the description itself; many servers have it at /openapi.json",
        ),
        (
            "<?xml version='1.0'?>\n<wsdl: a>",
            "1:1: error[invalid-yaml]: this is XML, not YAML or JSON",
            "convert it to OpenAPI",
        ),
    ],
)
def test_files_that_are_no_descriptions(
    project: Project, text: str, problem: str, hint: str
) -> None:
    (project.folder / "other.yaml").write_text(text, encoding="utf-8")
    outcome = project.run("generate", "other.yaml", "--output", "out", "--package", "acme")
    assert outcome.code == 3
    assert outcome.err.startswith(f"other.yaml:{problem}\n")
    assert f"  hint: {hint}\n" in outcome.err


def test_a_file_with_a_similar_name_is_proposed(project: Project) -> None:
    (project.folder / "openapi.yaml").write_text(SPEC, encoding="utf-8")
    not_found = "fiddlehead: spec '{}' not found\n  hint: {}\n"
    for name, hint in (
        ("opnapi.yaml", "did you mean 'openapi.yaml'?"),
        ("openapi.yml", "did you mean 'openapi.yaml'?"),
        ("specs/openapi.yaml", "there is no folder 'specs'"),
    ):
        assert project.run("lint", name).err == not_found.format(name, hint)
