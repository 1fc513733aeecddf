"""Settings from fiddlehead.toml, pyproject.toml, generators.yml and the command line."""

from __future__ import annotations

import dataclasses
import textwrap
from pathlib import Path
from typing import Any

import pytest
from fiddlehead import config
from fiddlehead.config import Dependency, InitExport, KeepAlive, Settings, fingerprint
from fiddlehead.config.fern_python import specifier
from fiddlehead.diagnostics import Diagnostics, InvalidInput
from fiddlehead.frozen import dataclass

from .conftest import Project

PLAIN = 'spec = "spec.yaml"\noutput = "out"\npackage = "acme"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text("openapi: 3.1.0\n")
    return tmp_path


def put(folder: Path, text: str, name: str = "fiddlehead.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text))
    return path


def load(folder: Path, path: Path | None = None, **overrides: Any) -> tuple[Settings, list[str]]:
    """The settings and the messages."""
    diagnostics = Diagnostics()
    settings = config.load(path, overrides, diagnostics, folder)
    return settings, [diagnostic.render().splitlines()[0] for diagnostic in diagnostics.reported]


def problems(folder: Path, path: Path | None = None, **overrides: Any) -> list[str]:
    diagnostics = Diagnostics()
    with pytest.raises(InvalidInput):
        config.load(path, overrides, diagnostics, folder)
    return [diagnostic.render().splitlines()[0] for diagnostic in diagnostics.reported]


def test_a_file_with_everything(folder: Path) -> None:
    put(
        folder,
        """\
        spec = "spec.yaml"
        output = "out"
        package = "acme"
        layout = "fern"
        project = false
        audiences = ["public"]
        keep = ["acme/client.py"]

        [importer]
        type-dates-as-strings = true
        endpoints = ["GET /x"]

        [python]
        client-class-name = "Acme"
        timeout = inf
        extras = { fast = ["orjson"] }
        tcp-keepalive = { idle-seconds = 9 }
        pydantic = { frozen = true }

        [[python.extra-dependencies]]
        name = "orjson"
        specifier = ">=3,<4"
        optional = true

        [[python.additional-init-exports]]
        module = "client"
        names = ["Client"]

        [naming.rename]
        "types.EmbedJob.job_id" = "id"
        [naming]
        smart_casing = false
        aliases = { "types.Job" = ["OldJob"] }
        """,
    )
    settings, messages = load(folder)
    assert messages == []
    assert settings.spec == folder / "spec.yaml"
    assert settings.output == folder / "out"
    assert settings.layout == "fern"
    assert settings.project is False
    assert settings.audiences == ("public",)
    assert settings.keep == ("acme/client.py",)
    assert settings.spec_label == "spec.yaml"
    assert settings.importer.type_dates_as_strings
    assert settings.importer.endpoints == ("GET /x",)
    assert settings.python.client_class_name == "Acme"
    assert settings.python.timeout is None
    assert settings.python.extras == {"fast": ("orjson",)}
    assert settings.python.tcp_keepalive == KeepAlive(idle_seconds=9)
    assert settings.python.pydantic.frozen
    assert settings.python.extra_dependencies == (Dependency("orjson", ">=3,<4", True),)
    assert settings.python.additional_init_exports == (InitExport("client", ("Client",)),)
    assert settings.naming.rename == {"types.EmbedJob.job_id": "id"}
    assert settings.naming.aliases == {"types.Job": ("OldJob",)}
    assert settings.naming.smart_casing is False


def test_a_file_is_found_from_below(folder: Path) -> None:
    put(folder, PLAIN)
    put(folder, "[tool.other]\n", "deep/pyproject.toml")
    (folder / "deep/down").mkdir()
    settings, _ = load(folder / "deep/down")
    assert settings.spec == folder / "spec.yaml"


def test_a_table_in_pyproject(folder: Path) -> None:
    text = '[project]\nname = "x"\n[tool.fiddlehead]\n' + PLAIN + "colour = 1\n"
    path = put(folder, text, "pyproject.toml")
    for values in (None, path):
        settings, messages = load(folder, values)
        assert settings.package == "acme"
        assert messages == [
            "pyproject.toml:7:1: warning[unknown-key]: unknown setting 'colour'; it has no effect"
        ]


def test_the_command_line_takes_precedence(folder: Path) -> None:
    put(folder, PLAIN)
    settings, _ = load(folder, package="other", output=folder / "elsewhere", layout="fern")
    assert (settings.package, settings.output, settings.layout) == (
        "other",
        folder / "elsewhere",
        "fern",
    )


def test_another_description_is_not_the_settings_business(folder: Path) -> None:
    put(folder, PLAIN + 'layout = "fern"\n')
    (folder / "other.yaml").write_text("x")
    settings, _ = load(folder, spec=folder / "other.yaml", output=folder, package="x")
    assert settings.layout == "compact"
    assert settings.spec_label == "other.yaml"
    assert settings.project is False
    same, _ = load(folder, spec=folder / "spec.yaml")
    assert same.layout == "fern"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("packag = 'x'", "4:1: warning[unknown-key]: unknown setting 'packag'; it has no effect"),
        ("layout = 'wide'", "4:10: error[bad-config]: 'layout' must be one of 'compact', 'fern'"),
        ("layout = 3", "4:10: error[bad-config]: 'layout' must be one of 'compact', 'fern'"),
        (
            "project = 'yes'",
            "4:11: error[bad-config]: expected true or false for 'project', found a string",
        ),
        ("keep = 'x'", "4:8: error[bad-config]: expected a list for 'keep', found a string"),
        (
            "keep = ['x',\n\n  7]",
            "6:3: error[bad-config]: expected a string for 'keep', found a number",
        ),
        (
            "version = '1.x'",
            "4:11: error[bad-config]: '1.x' is not a version (PEP 440)",
        ),
        ("distribution = '-'", "4:16: error[bad-config]: '-' is not a distribution name"),
        ("python = 7", "4:10: error[bad-config]: expected a table, found a number"),
        (
            "[python]\ntimeout = -1",
            "5:11: error[bad-config]: a timeout must be greater than 0 seconds",
        ),
        (
            "[python]\ntimeout = 'x'",
            "5:11: error[bad-config]: expected a number for 'timeout', found a string",
        ),
        (
            "[python]\nmax-retries = -1",
            "5:15: error[bad-config]: the number of retries cannot be negative",
        ),
        (
            "python.client_module = 'a-b'",
            "4:24: error[bad-config]: 'a-b' is not a Python identifier",
        ),
        (
            "[python]\nmax-retries = 1\nmax_retries = 2",
            "6:1: error[bad-config]: 'max_retries' is set twice, in two spellings",
        ),
        (
            "[[python.extra-dependencies]]\nspecifier = '1'",
            "4:1: error[bad-config]: 'name' is missing",
        ),
        (
            "[[python.extra-dependencies]]\nname = 'a'\nspecifier = '; rm'",
            "4:1: error[bad-config]: '; rm' is not a version specifier (PEP 440)",
        ),
        (
            "python.extras = { fast = ['x'] }",
            "4:26: error[bad-config]: the extra 'fast' has 'x', which is not an extra dependency",
        ),
        (
            "[naming.rename]\n'types.A' = 'not a name'",
            "5:13: error[bad-config]: 'not a name' is not a Python identifier",
        ),
        (
            "group = 'x'",
            "4:9: error[bad-config]: 'group' requires 'generators'",
        ),
        ("generators = 'no.yml'", "4:14: error[missing-file]: 'no.yml': no such file or directory"),
        ("package = 'again'", "4:18: error[bad-config]: invalid TOML: cannot overwrite a value"),
        ("x = ", "4:5: error[bad-config]: invalid TOML: invalid value"),
        ('x = """', "4:1: error[bad-config]: invalid TOML: "),
    ],
)
def test_a_wrong_setting_is_shown_in_its_place(folder: Path, text: str, message: str) -> None:
    put(folder, PLAIN + text + "\n")
    if "warning" in message:
        _, messages = load(folder)
    else:
        messages = problems(folder)
    assert len(messages) == 1
    assert messages[0].startswith(f"fiddlehead.toml:{message}")


@pytest.mark.parametrize(
    ("package", "message"),
    [
        ("my-client", "3:11: error[bad-config]: 'my-client' cannot be a Python package: "),
        ("class", "3:11: error[bad-config]: 'class' cannot be a Python package: "),
        (
            "httpx",
            "3:11: error[bad-config]: the package cannot be called 'httpx', because it depends on a package of that name",
        ),
        ("../x", "3:11: error[bad-config]: '../x' cannot be a Python package: "),
    ],
)
def test_names_that_cannot_be_packages(folder: Path, package: str, message: str) -> None:
    put(folder, PLAIN.replace("acme", package))
    assert problems(folder)[0].startswith(f"fiddlehead.toml:{message}")


def test_all_missing_settings_are_reported_together(folder: Path) -> None:
    put(folder, "")
    assert problems(folder) == [
        "fiddlehead.toml:1:1: error[bad-config]: 'output' is not set",
        "fiddlehead.toml:1:1: error[bad-config]: 'package' is not set",
        "fiddlehead.toml:1:1: error[bad-config]: 'spec' is not set",
    ]


def test_no_settings_at_all(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        "error[bad-config]: there is no fiddlehead.toml in this folder or above, and no SPEC --output DIR --package NAME"
    ]


def test_a_description_that_is_not_there(folder: Path) -> None:
    put(folder, PLAIN.replace("spec.yaml", "gone.yaml"))
    assert problems(folder) == [
        "fiddlehead.toml:1:8: error[missing-file]: spec 'gone.yaml' not found"
    ]


def test_the_fingerprint_depends_on_settings_that_affect_the_output(folder: Path) -> None:
    put(folder, PLAIN)
    one, _ = load(folder)
    two, _ = load(folder, output=folder / "x", spec=folder / "spec.yaml")
    assert fingerprint(one) == fingerprint(two)
    other, _ = load(folder, layout="fern")
    assert fingerprint(one) != fingerprint(other)


@dataclass(frozen=True)
class LaterSettings(Settings):
    """The settings of a future release."""

    another: bool = False


def test_the_fingerprint_does_not_change_when_a_release_adds_a_setting(folder: Path) -> None:
    put(folder, PLAIN)
    one, _ = load(folder, layout="fern")
    arguments = {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}
    assert fingerprint(LaterSettings(**arguments)) == fingerprint(one)
    assert fingerprint(LaterSettings(**arguments, another=True)) != fingerprint(one)


# --- generators.yml --------------------------------------------------------------------------

FERN = """\
# yaml-language-server: $schema=https://schema.buildwithfern.dev/generators-yml.json
api:
  specs:
    - openapi: ./spec.yaml
      settings:
        coerce-enums-to-literals: false
groups:
  typescript:
    generators:
      - {name: fernapi/fern-typescript-node-sdk, version: 1.0.0}
  python:
    audiences: [public]
    generators:
      - name: fernapi/fern-python-sdk
        version: 5.0.0
        smart-casing: false
        output: {location: pypi, package-name: acme-sdk, token: "${TOKEN}"}
        config:
          timeout_in_seconds: 12
          pydantic_config: {union_naming: v1, skip_validation: true}
          client: {class_name: BaseAcme, filename: base_client.py}
          extra_dependencies: {requests: ^2.1, oci: {version: "~1.4", optional: true}}
          additional_init_exports: [{from: client, imports: [Client]}]
"""


def test_generators_yml_is_read_unchanged(folder: Path) -> None:
    path = put(folder, FERN, "fern/generators.yml")
    (folder / "fern/spec.yaml").write_text("openapi: 3.1.0\n")
    settings, messages = load(folder, path, output=folder)
    assert messages == []
    assert settings.spec == folder / "fern/spec.yaml"
    assert settings.package == "acme_sdk"
    assert settings.distribution == "acme-sdk"
    assert settings.audiences == ("public",)
    assert settings.importer.coerce_enums_to_literals is False
    assert settings.naming.smart_casing is False
    assert settings.python.timeout == 12
    assert settings.python.client_class_name == "BaseAcme"
    assert settings.python.client_module == "base_client"
    assert settings.python.pydantic.union_naming == "v1"
    assert settings.python.extra_dependencies == (
        Dependency("requests", ">=2.1,<3"),
        Dependency("oci", ">=1.4,<1.5", True),
    )
    # Fern's defaults that differ from those of fiddlehead.
    assert settings.python.pydantic.frozen is True
    assert settings.python.stream_abstraction is False


def test_a_toml_over_generators_yml(folder: Path) -> None:
    put(folder, FERN, "generators.yml")
    put(
        folder,
        """\
        generators = "generators.yml"
        group = "python"
        output = "out"
        package = "mine"
        [python]
        timeout = 5
        """,
    )
    settings, _ = load(folder)
    assert settings.package == "mine"
    assert settings.python.timeout == 5
    assert settings.python.client_class_name == "BaseAcme"


@pytest.mark.parametrize(
    ("config_line", "message"),
    [
        ("colour: red", "warning[unknown-key]: unknown setting 'colour'; it has no effect"),
        ("license: MIT", "warning[ignored-setting]: 'license' has no effect: "),
        (
            "include_union_utils: true",
            "warning[ignored-setting]: 'include_union_utils' is not supported: ",
        ),
        (
            "timeout: soon",
            "warning[ignored-setting]: expected a number for 'timeout', found a string",
        ),
        (
            "pydantic_config: {version: v1}",
            "warning[ignored-setting]: models require pydantic 2",
        ),
        (
            "pydantic_config: {wrapped_aliases: true}",
            "warning[ignored-setting]: 'wrapped_aliases' is not supported: ",
        ),
        (
            "use_api_name_in_package: true",
            "warning[ignored-setting]: 'use_api_name_in_package' has no effect: 'package_name' is the name of",
        ),
        (
            "inline_undiscriminated_union_request_params: true",
            "warning[ignored-setting]: 'inline_undiscriminated_union_request_params' is not",
        ),
        ("pydantic_config: {colour: 1}", "warning[unknown-key]: unknown setting 'colour'"),
        (
            "client: {class_name: 'a b'}",
            "warning[ignored-setting]: 'a b' is not a Python identifier",
        ),
        ("client: {klass: A}", "warning[unknown-key]: unknown setting 'klass'"),
        ("extras: [a]", "warning[ignored-setting]: expected a mapping for 'extras', found a list"),
        (
            "extra_dependencies: {x: latest}",
            "warning[ignored-setting]: 'latest' is not a version specifier",
        ),
        (
            "additional_init_exports: [{from: x}]",
            "warning[ignored-setting]: 'from' and 'imports' are required",
        ),
        (
            "tcp_keepalive: {idle_seconds: x}",
            "warning[ignored-setting]: expected an integer for 'idle_seconds'",
        ),
        (
            "use_request_defaults: some",
            "warning[ignored-setting]: 'use_request_defaults' must be one of",
        ),
    ],
)
def test_python_config_that_is_not_as_it_should(
    folder: Path, config_line: str, message: str
) -> None:
    path = put(
        folder,
        f"""\
        groups:
          python:
            generators:
              - name: fernapi/fern-python-sdk
                config:
                  {config_line}
        """,
        "generators.yml",
    )
    arguments = {"spec": folder / "spec.yaml", "output": folder, "package": "acme"}
    _, messages = load(folder, path, **arguments)
    assert len(messages) == 1
    assert messages[0].startswith("generators.yml:6:")
    assert message in messages[0]


@pytest.mark.parametrize(
    ("text", "group", "message"),
    [
        (FERN, "ruby", "8:3: error[bad-config]: unknown group 'ruby'"),
        (
            FERN,
            "typescript",
            "9:5: error[bad-config]: the group 'typescript' has no Python generator",
        ),
        ("x: 1\n", None, "1:1: error[bad-config]: this is not Fern's generators.yml"),
        ("groups: [\n", None, "2:1: error[invalid-yaml]: "),
    ],
)
def test_generators_yml_that_cannot_be_used(
    folder: Path, text: str, group: str | None, message: str
) -> None:
    path = put(folder, text, "generators.yml")
    arguments = {"spec": folder / "spec.yaml", "output": folder, "package": "acme", "group": group}
    assert problems(folder, path, **arguments)[0].startswith(f"generators.yml:{message}")


def test_unknown_keys_are_found_at_every_level(folder: Path) -> None:
    text = FERN.replace("    audiences: [public]", "    audiences: [public]\n    colour: red")
    text = text.replace("      settings:", "      shade: dark\n      settings:\n        tint: 1")
    path = put(folder, text.replace("api:", "paint: 1\napi:", 1), "generators.yml")
    _, messages = load(folder, path, output=folder)
    assert [message.split("'")[1] for message in messages] == ["paint", "shade", "tint", "colour"]


def test_settings_of_the_api_are_kept(folder: Path) -> None:
    text = "auth-schemes: {Key: {header: X-Key}}\n" + FERN.replace(
        "api:\n", "api:\n  auth: Key\n  environments: {Production: https://a.example}\n", 1
    )
    path = put(folder, text, "generators.yml")
    settings, messages = load(folder, path, output=folder)
    assert messages == []
    assert settings.api is not None
    assert settings.api.json() == {
        "auth-schemes": {"Key": {"header": "X-Key"}},
        "auth": "Key",
        "environments": {"Production": "https://a.example"},
    }


@pytest.mark.parametrize(
    ("poetry", "pep440"),
    [
        ("^1.9.4", ">=1.9.4,<2"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0", ">=0,<1"),
        ("~1.2.3", ">=1.2.3,<1.3"),
        ("~1", ">=1,<2"),
        ("1.5", "==1.5"),
        (">=0.15, <1", ">=0.15,<1"),
        ("*", ""),
    ],
)
def test_versions_as_poetry_writes_them(poetry: str, pep440: str) -> None:
    assert specifier(poetry) == pep440


def test_a_package_that_python_hides(folder: Path) -> None:
    path = put(folder, PLAIN.replace("acme", "enum"))
    _, result = load(folder, path)
    assert [name.partition("fiddlehead.toml:")[2] for name in result] == [
        "3:11: warning[hidden-package]: the standard library has a module 'enum', which hides the package"
    ]


def test_an_option_has_no_place_in_the_file(project: Project) -> None:
    """The value of the command line is wrong, not that of the file."""
    outcome = project.run("generate", "--package", "class")
    assert (outcome.code, outcome.err) == (
        2,
        "fiddlehead: 'class' cannot be a Python package: it is a Python keyword\n",
    )
