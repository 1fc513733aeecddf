"""A Fern folder (`fern/`, or an API in `fern/apis/`) as settings, read as Fern's CLI reads it."""

from __future__ import annotations

import os.path
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..diagnostics import Diagnostics, SourceFile, Span
from ..frozen import dataclass
from ..source import Node, Sources
from .checks import Places, is_identifier
from .fields import Layer, merge

if TYPE_CHECKING:
    from .generators import Generators

CONFIG = "fern.config.json"
_GENERATORS = ("generators.yml", "generators.yaml")
_DEFINITION = "definition"
_FURTHEST = 4
"""The maximum number of folders between an API and its fern.config.json."""

# Older versions of Fern found the description by its file name.
_LEGACY = ("openapi/openapi.yml", "openapi/openapi.yaml", "openapi/openapi.json")
_LEGACY_OVERRIDES = ("openapi/overrides.yml", "openapi/openapi-overrides.yml")


@dataclass(frozen=True)
class FernFolder:
    """One API of a Fern folder.

    Attributes:
        api: The folder with generators.yml, a definition, or both.
        generators: Its generators.yml.
        config: Its fern.config.json.
        root: The folder `fern/`.
    """

    api: Path
    generators: Path | None
    config: Path | None
    root: Path


def is_fern_folder(path: Path) -> bool:
    """Whether a path is a Fern folder or its parent folder. A definition without generators.yml and
    fern.config.json is not a Fern folder."""
    if path.name in (*_GENERATORS, CONFIG):
        path = path.parent
    return path.is_dir() and _top(path) is not None


def _top(path: Path) -> Path | None:
    for folder in (path, path / "fern"):
        if (folder / CONFIG).is_file() or ((folder / "apis").is_dir() and _apis(folder)):
            return folder
        if (folder / "api.yml").is_file():
            return None
        if _generators(folder) is not None or (_is_api(folder) and config_of(folder) is not None):
            return folder
    return None


def _is_api(folder: Path) -> bool:
    return _generators(folder) is not None or (folder / _DEFINITION / "api.yml").is_file()


def _generators(folder: Path) -> Path | None:
    return next((folder / name for name in _GENERATORS if (folder / name).is_file()), None)


def _apis(folder: Path) -> list[Path]:
    """The APIs in `apis/`, or for the oldest format, next to fern.config.json."""
    apis = folder / "apis" if (folder / "apis").is_dir() else folder
    return sorted(path for path in apis.iterdir() if path.is_dir() and _is_api(path))


def config_of(folder: Path) -> Path | None:
    """The fern.config.json of an API folder: in the folder itself or in a folder above."""
    for parent in (folder, *folder.resolve().parents[:_FURTHEST]):
        if (parent / CONFIG).is_file():
            return parent / CONFIG
    return None


def find(path: Path, group: str | None, diagnostics: Diagnostics) -> FernFolder:
    """The API that a path refers to; raises `InvalidInput` if it is ambiguous."""
    if path.name in (*_GENERATORS, CONFIG):
        path = path.parent
    top = _top(path) or path
    folder = top
    apis = _apis(top)
    # If there are APIs in `apis/`, the folder itself is not an API.
    if not _is_api(top) or ((top / "apis").is_dir() and apis):
        for narrower in (_mentions("python-sdk"), _mentions(f"{group}:") if group else None):
            chosen = [api for api in apis if narrower is not None and narrower(api)]
            apis = chosen or apis
        if len(apis) != 1:
            _refuse_apis(path, apis, diagnostics)
        folder = apis[0]
    config = config_of(folder)
    if config is not None:
        root = config.parent
    else:
        root = folder.parent.parent if folder.parent.name == "apis" else folder
    return FernFolder(folder, _generators(folder), config, root)


def _mentions(word: str) -> Callable[[Path], bool]:
    """Whether the generators.yml of an API contains a word; the file is parsed later."""

    def mentions(api: Path) -> bool:
        generators = _generators(api)
        try:
            return generators is not None and word.encode() in generators.read_bytes()
        except OSError:
            return False

    return mentions


def _refuse_apis(path: Path, apis: list[Path], diagnostics: Diagnostics) -> NoReturn:
    if apis:
        names = ", ".join(str(api) for api in apis)
        message, hint = f"'{path}' has several APIs", f"pass the folder of one of them: {names}"
    else:
        message = f"'{path}' has no API: there is no generators.yml and no {_DEFINITION}/api.yml"
        hint = "pass a folder that has one of them"
    diagnostics.error("bad-config", message, hint=hint)
    diagnostics.stop_on_errors()
    raise AssertionError("an error stops")


def read(
    fern: FernFolder,
    group: str | None,
    overrides: Layer,
    sources: Sources,
    diagnostics: Diagnostics,
    places: Places,
    *,
    wants_output: bool,
) -> Layer:
    """The settings of a Fern folder; problems are collected.

    `overrides` are settings that take precedence. Without `wants_output`, a missing output folder is
    not a problem.
    """
    from .generators import Generators, read_generators

    organization, version = _config(fern, sources)
    loaded = Generators({})
    if fern.generators is not None:
        loaded = read_generators(
            fern.generators, None, group, sources, diagnostics, places, version or "*"
        )
    # Fern's clients send them unless `omit_fern_headers` is set.
    defaults: Layer = {"layout": "fern", "project": False, "python": {"fern_headers": True}}
    layer = merge(defaults, loaded.layer)
    layer = merge(layer, _description(fern, layer, sources))
    python = layer.setdefault("python", {})
    if "client_class_name" not in python:
        python["client_class_name"] = _pascal(f"{organization} {_api_name(fern, sources)}")
    if not loaded.names_package:
        layer["package"] = _package(organization)
    if "version" not in overrides and "distribution" in layer:
        layer["installed_version"] = True
    if "output" not in overrides:
        report = diagnostics if wants_output else Diagnostics()
        package = str(overrides.get("package", layer["package"]))
        layer = merge(layer, _output(fern, loaded, package, report, places))
    return layer


def _config(fern: FernFolder, sources: Sources) -> tuple[str, str | None]:
    """The organization and the version of Fern's CLI in fern.config.json."""
    around = fern.root if fern.root.name != "fern" else fern.root.resolve().parent
    organization, version = around.resolve().name, None
    node = sources.load(fern.config) if fern.config is not None else None
    if node is not None:
        organization = _string(node.get("organization")) or organization
        version = _string(node.get("version"))
    return organization, version


def _api_name(fern: FernFolder, sources: Sources) -> str:
    """Fern's name of the API: the `name` in api.yml. An OpenAPI document is called `api`."""
    node = _api_file(fern, sources)
    return (_string(node.get("name")) if node is not None else None) or "api"


def _api_file(fern: FernFolder, sources: Sources) -> Node | None:
    """The contents of definition/api.yml."""
    file = fern.api / _DEFINITION / "api.yml"
    return sources.load(file) if file.is_file() else None


def version_of(generators: Path, sources: Sources) -> str | None:
    """The version of Fern's CLI for a generators.yml; None if there is no fern.config.json."""
    config = config_of(generators.parent)
    node = sources.load(config) if config is not None else None
    return _string(node.get("version")) if node is not None else None


def _string(node: Node | None) -> str | None:
    return node.string if node is not None else None


def _description(fern: FernFolder, layer: Layer, sources: Sources) -> Layer:
    """The definition of the folder, which takes precedence over other descriptions, as in Fern.

    Its api.yml may also be an OpenAPI document, which is then the description.
    """
    definition = fern.api / _DEFINITION
    if (definition / "api.yml").is_file():
        node = _api_file(fern, sources)
        is_openapi = node is not None and node.get("openapi") is not None
        result: Layer = {
            "spec": definition / "api.yml" if is_openapi else definition,
            "further": (),
        }
        result |= {"overrides": (), "overlays": (), "namespace": None}
    elif "spec" not in layer:
        spec = next(
            (fern.api / folder for folder in _LEGACY if (fern.api / folder).is_file()), None
        )
        if spec is None:
            return {}
        overrides = (fern.api / override for override in _LEGACY_OVERRIDES)
        result = {
            "spec": spec,
            "overrides": tuple(override for override in overrides if override.is_file()),
        }
    else:
        return {}
    label = os.path.relpath(result["spec"], fern.api).replace(os.sep, "/")
    return {**result, "spec_label": label, "spec_path": label}


def _package(organization: str) -> str:
    name = re.sub(r"\W+", "_", organization, flags=re.ASCII).strip("_").lower() or "client"
    return name if is_identifier(name) else f"client_{name}"


def _pascal(text: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", text)
    name = "".join(word[0].upper() + word[1:] for word in words)
    return name if is_identifier(name) else f"Client{name}"


def _output(
    fern: FernFolder, loaded: Generators, package: str, diagnostics: Diagnostics, places: Places
) -> Layer:
    """The folder of the package's modules, if the generator writes to the file system.

    A folder that contains the Fern folder, such as the top of the repository, has the package in
    `src`, unless the settings omit that.
    """
    node = loaded.output.get("path") if loaded.output is not None else None
    span = loaded.output.span if loaded.output is not None else _beginning(fern)
    hint = "pass a folder: --output DIR"
    if node is None or not node.string:
        location = _string(loaded.output.get("location")) if loaded.output is not None else None
        of = f"the group '{loaded.group}'" if loaded.group else "it"
        where = f"publishes to {location}" if location else "has no output folder"
        diagnostics.error(
            "bad-config", f"{of} {where}: the output folder is unknown", span, hint=hint
        )
        return {}
    folder = Path(os.path.normpath(fern.api.resolve() / node.string))
    top = _repository(fern)
    if not folder.is_relative_to(top):
        diagnostics.error(
            "bad-config",
            f"'{node.string}' is not a folder inside the repository of the Fern folder",
            node.span,
            hint=hint,
        )
        return {}
    places.add("output", node)
    if fern.api.resolve().is_relative_to(folder):
        output = folder / "src" if loaded.has_source_folder else folder
        return {"output": output, "folder": package}
    return {"output": folder.parent, "folder": folder.name}


def _repository(fern: FernFolder) -> Path:
    """The top of the repository of a Fern folder; without a repository, its parent folder."""
    start = fern.api.resolve()
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return folder
    return fern.root.resolve().parent


def _beginning(fern: FernFolder) -> Span | None:
    if fern.generators is None:
        return None
    return Span(SourceFile(str(fern.generators), ""), 1, 1, 1, 1)
