"""`fiddlehead init --from`: settings from those of other generators, with the same names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fiddlehead import config
from fiddlehead.diagnostics import Diagnostics

from .conftest import Project
from .fern_folder import GENERATORS, Folder

API = """\
openapi: 3.1.0
info: {title: Larder API, version: "2.1"}
paths:
  /jars:
    get:
      operationId: listJars
      tags: [jars]
      parameters:
        - {name: after, in: query, schema: {type: string}}
        - {name: maxCount, in: query, schema: {type: integer}}
      responses:
        "200":
          description: Jars
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: array, items: {$ref: "#/components/schemas/jar_item"}}
                  last: {type: string}
  /jars/{id}:
    get:
      operationId: jars_get
      tags: [jars]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: A jar, content: {application/json: {schema: {$ref: "#/components/schemas/jar_item"}}}}
  /hidden:
    get: {operationId: hidden, responses: {"204": {description: Done}}}
  /more:
    get: {operationId: more, responses: {"204": {description: Done}}}
components:
  securitySchemes: {Key: {type: http, scheme: bearer}}
  schemas:
    jar_item: {type: object, properties: {maxCount: {type: integer}, state: {$ref: "#/components/schemas/State"}}}
    State: {type: string, enum: [open, shut]}
"""


@pytest.fixture
def team(project: Project) -> Project:
    (project.folder / "fiddlehead.toml").unlink()
    (project.folder / "spec.yaml").write_text(API)
    return project


def names(project: Project) -> dict[str, set[str]]:
    """All names by their keys, including aliases."""
    outcome = project.run("names", "--format", "json")
    assert outcome.code == 0, outcome.err
    results: dict[str, set[str]] = {}
    for load in json.loads(outcome.out):
        results.setdefault(load["key"], set()).update([load["name"], *load["old_names"]])
    return results


def test_openapi_python_client(team: Project) -> None:
    (team.folder / "config.yml").write_text(
        "project_name_override: larder-sdk\n"
        "class_overrides: {JarItem: {class_name: Jar, module_name: jar}, Nothing: {class_name: X}}\n"
        "http_timeout: 7\n"
        "post_hooks: [ruff check .]\n"
    )
    outcome = team.run("init", "--from", "openapi-python-client")
    assert outcome.code == 0, outcome.err
    assert "post_hooks" in outcome.err
    assert "class_overrides.Nothing" in outcome.err
    settings = (team.folder / "fiddlehead.toml").read_text()
    for line in ('package = "larder_sdk"', 'distribution = "larder-sdk"', 'version = "2.1"'):
        assert line in settings
    assert "timeout = 7" in settings
    result_names = names(team)
    assert result_names["types.JarItem"] == {"Jar"}
    # The names of functions are kept next to the shorter ones of methods.
    assert result_names["jars.list_jars"] == {"list_jars"}
    assert result_names["jars.get"] == {"get", "jars_get"}


def test_openapi_generator(team: Project) -> None:
    results = {
        "generator-cli": {
            "version": "7.20.0",
            "generators": {
                "web": {"generatorName": "typescript-fetch", "inputSpec": "x", "output": "y"},
                "python": {
                    "generatorName": "python",
                    "inputSpec": "spec.yaml",
                    "output": "clients/python",
                    "modelNameMappings": {"jar_item": "Glass"},
                    "operationIdNameMappings": {"listJars": "all_jars"},
                    "nameMappings": {"maxCount": "limit"},
                    "parameterNameMappings": "maxCount=most",
                    "additionalProperties": {"packageName": "larder", "library": "asyncio"},
                },
            },
        }
    }
    (team.folder / "openapitools.json").write_text(json.dumps(results))
    outcome = team.run("init", "--from", "openapi-generator")
    assert outcome.code == 0, outcome.err
    assert "library" in outcome.err
    settings = (team.folder / "fiddlehead.toml").read_text()
    assert 'output = "clients/python"' in settings
    assert 'package = "larder"' in settings
    result_names = names(team)
    assert result_names["types.JarItem"] == {"Glass"}
    assert result_names["types.JarItem.maxCount"] == {"limit"}
    assert result_names["jars.list_jars.maxCount"] == {"most"}
    assert result_names["jars.list_jars"] == {"list_jars", "all_jars"}
    assert result_names["jars.get"] == {"get", "jars_get"}
    assert team.run("generate").code == 0


WITHOUT_IDS = """\
openapi: 3.1.0
info: {title: Larder API, version: "1"}
paths:
  /:
    get: {responses: {"204": {description: ok}}}
  /shelf-rows/{rowId}/jars:
    parameters: [{name: rowId, in: path, required: true, schema: {type: string}}]
    patch:
      parameters: [{name: X-Trace-Id, in: header, schema: {type: string}}, {name: "filter[row]", in: query, schema: {type: string}}, {$ref: "#/components/parameters/Shard"}]
      responses: {"204": {description: ok}}
components:
  parameters: {Shard: {name: x-shard, in: header, schema: {type: string}}}
"""


@pytest.mark.parametrize(
    ("tool", "patch", "root", "query"),
    [
        ("openapi-generator", "shelf_rows_row_id_jars_patch", "root_get", "filter_row"),
        ("openapi-python-client", "patch_shelf_rows_row_id_jars", "get", "filterrow"),
    ],
)
def test_operations_without_an_id_and_headers(
    team: Project, tool: str, patch: str, root: str, query: str
) -> None:
    """Both tools keep the `x` of a header; each has its own name for such an operation."""
    (team.folder / "spec.yaml").write_text(WITHOUT_IDS)
    (team.folder / "config.yml").write_text("{inputSpec: spec.yaml}")
    outcome = team.run("init", "--from", tool)
    assert outcome.code == 0, outcome.err
    all_names = {name for wanted in names(team).values() for name in wanted}
    assert {patch, root, "x_trace_id", "x_shard", query} <= all_names
    assert team.run("generate").code == 0


STAINLESS = """\
organization: {name: larder, docs: https://larder.example}
targets:
  python: {package_name: larder, project_name: larder-sdk, production_repo: larder/larder-python}
  node: {package_name: larder}
client_settings:
  opts:
    api_key: {type: string, auth: {security_scheme: Key}, read_env: LARDER_KEY}
    region: {type: string}
  default_retries: {max_retries: 5}
environments: {production: "https://api.larder.example", sandbox: "https://sandbox.larder.example"}
pagination:
  - name: cursor_page
    type: cursor
    request:
      after: {type: string, x-stainless-pagination-property: {purpose: next_cursor_param}}
    response:
      data: {type: array, x-stainless-pagination-property: {purpose: items}}
      last: {type: string, x-stainless-pagination-property: {purpose: next_cursor_field}}
resources:
  $client: {methods: {more: get /more}}
  pantry:
    subresources:
      jars:
        models: {glass_jar: "#/components/schemas/jar_item", inline: "#/paths/x"}
        methods:
          list: {endpoint: get /jars}
          retrieve: get /jars/{jar_id}
          gone: delete /jars/{id}
unspecified_endpoints: [get /hidden]
readme: {example_requests: {}}
"""


def test_stainless(team: Project) -> None:
    (team.folder / "stainless.yml").write_text(STAINLESS)
    outcome = team.run("init", "--from", "stainless")
    assert outcome.code == 0, outcome.err
    assert "wrote fiddlehead.toml and fiddlehead-overrides.yaml from stainless.yml" in outcome.err
    left = ("targets.python.production_repo", "client_settings.opts.region", "readme")
    for words in (*left, "models of pantry.jars.inline", "methods of pantry.jars.gone"):
        assert words in outcome.err
    settings = (team.folder / "fiddlehead.toml").read_text()
    assert "max-retries = 5" in settings
    assert 'client-class-name = "Larder"' in settings
    result_names = names(team)
    assert {"pantry.jars.list", "pantry.jars.retrieve", "more", "types.GlassJar"} <= set(
        result_names
    )
    assert not any("hidden" in key for key in result_names)
    outcome = team.run("generate")
    assert outcome.code == 0, outcome.err
    owned_folder = team.folder / "generated/larder"
    assert "SyncPager[" in (owned_folder / "pantry/jars/client.py").read_text()
    assert "LARDER_KEY" in (owned_folder / "client.py").read_text()
    assert "https://sandbox.larder.example" in (owned_folder / "environment.py").read_text()


STREAMED = """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
servers: [{url: "https://api.larder.example"}]
paths:
  /jars/fill:
    post:
      operationId: fillJar
      requestBody: {required: true, content: {application/json: {schema: {
        type: object, properties: {with: {type: string}, streamed: {type: boolean}}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Jar"}}}}}
components:
  schemas:
    Jar: {type: object, properties: {full: {type: boolean}}}
    Drop: {type: object, properties: {ml: {type: integer}}}
"""


def test_streams_of_stainless(team: Project) -> None:
    """A method with `streaming` is one for the response and one for the stream."""
    (team.folder / "spec.yaml").write_text(STREAMED)
    (team.folder / "stainless.yml").write_text("""\
organization: {name: larder}
targets: {python: {package_name: larder}}
resources:
  jars:
    methods:
      fill:
        endpoint: post /jars/fill
        streaming: {param_discriminator: streamed, stream_event_model: drops.drop}
  drops: {models: {drop: "#/components/schemas/Drop"}}
""")
    outcome = team.run("init", "--from", "stainless")
    assert outcome.code == 0, outcome.err
    assert "'fill_stream'" in outcome.err
    assert {"jars.fill", "jars.fill_stream"} <= set(names(team))
    outcome = team.run("generate")
    assert outcome.code == 0 and "warning" not in outcome.err, outcome.err
    text = (team.folder / "generated/larder/jars/client.py").read_text()
    assert "[_types.Drop]" in text and "-> _types.Jar" in text


@pytest.mark.parametrize(
    "tool", ["openapi-python-client", "openapi-generator", "stainless", "fern"]
)
def test_without_a_configuration(team: Project, tool: str) -> None:
    outcome = team.run("init", "--from", tool)
    assert outcome.code == 2
    assert "hint: pass it: fiddlehead init --from" in outcome.err
    assert not (team.folder / "fiddlehead.toml").exists()


@pytest.mark.parametrize("broken", ["stainless.yml", "spec.yaml"])
def test_a_syntax_error_is_shown_where_it_is(team: Project, broken: str) -> None:
    (team.folder / "stainless.yml").write_text("resources: {}\n")
    (team.folder / broken).write_text("resources:\n  jars: {methods: {get: get /jars/{id}}}\n")
    done = team.run("init", "spec.yaml", "--from", "stainless")
    assert done.code == 3
    assert f"{broken}:2:" in done.err
    assert not (team.folder / "fiddlehead.toml").exists()


def test_settings_that_are_there_stay(team: Project) -> None:
    (team.folder / "stainless.yml").write_text(STAINLESS)
    (team.folder / "fiddlehead-overrides.yaml").write_text("mine: 1\n")
    outcome = team.run("init", "--from", "stainless")
    assert outcome.code == 2
    assert (team.folder / "fiddlehead-overrides.yaml").read_text() == "mine: 1\n"
    assert not (team.folder / "fiddlehead.toml").exists()


CONFIG = """\
        smart-casing: false
        config:
          client: {class_name: BaseLarder, filename: base_client.py, exported_class_name: Larder}
          timeout_in_seconds: infinity
          extra_dependencies: {oci: {version: "^1.4", optional: true}}
          extras: {oci: [oci]}
          additional_init_exports: [{from: aliases, imports: [A, B]}]
          tcp_keepalive: {idle_seconds: 7}
          auto_generate_idempotency_key: true
          pydantic_config: {frozen: false, skip_validation: true}
"""


def test_fern_folder_in_our_words(project: Project) -> None:
    """The settings are those of the folder, which is no longer needed."""
    fern = Folder(project)
    fern.put("fern/overrides.yml", "info: {title: Pantry}\n")
    text = GENERATORS.replace("openapi.yml", "openapi.yml\n      overrides: overrides.yml")
    fern.put("fern/generators.yml", text + CONFIG)
    outcome = fern.run("init", "--from", "fern")
    assert outcome.code == 0, outcome.err
    top = fern.top
    ours = config.load(top / "fiddlehead.toml", {}, Diagnostics(), top)
    theirs = config.load(None, {"spec": top / "fern"}, Diagnostics(), top / "fern")
    place = {"places": {}, "file": None, "fern": None, "spec_path": ""}
    label = {"spec_label": "", "spec": Path(), "output": Path(), "overrides": ()}
    assert replace(ours, **place, **label) == replace(theirs, **place, **label)
    for one, other in ((ours.spec, theirs.spec), (ours.owned_folder, theirs.owned_folder)):
        assert one.resolve() == other.resolve()


def test_fern_folder_that_stays(project: Project) -> None:
    """Several descriptions cannot be expressed in the settings."""
    fern = Folder(project)
    specs = "    - {openapi: openapi.yml}\n    - {openapi: openapi.yml, namespace: next}\n"
    fern.put("fern/generators.yml", GENERATORS.replace("    - openapi: openapi.yml\n", specs))
    outcome = fern.run("init", "--from", "fern", "fern", "--group", "python")
    assert outcome.code == 0, outcome.err
    assert "generators.yml" in outcome.err
    settings = (fern.top / "fiddlehead.toml").read_text()
    assert 'spec = "fern"' in settings
    assert 'group = "python"' in settings
    assert {"jars.get", "next.jars.get"} <= set(names(project))
    assert project.run("generate").code == 0
    assert "next/jars/client.py" in fern.files()
