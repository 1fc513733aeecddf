"""Reads Fern's generators.yml: the Python generator of one group as settings.

Unsupported keys are warnings, so a file that Fern accepts never stops a run.
"""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import Diagnostics, Span
from ..frozen import dataclass
from ..source import Node, Sources
from .checks import Places, is_identifier
from .fern_api import known, read_api
from .fern_defaults import defaults, generator_defaults
from .fern_importer import field
from .fern_python import read_python
from .fern_readme import readme
from .fields import Layer, Reader, merge

_TOP = [
    "aliases",
    "api",
    "api-settings",
    "async-api",
    "auth-schemes",
    "autorelease",
    "default-group",
    "groups",
    "metadata",
    "openapi",
    "openapi-overrides",
    "readme",
    "replay",
    "reviewers",
    "settings",
    "spec-origin",
    "whitelabel",
]
_GROUP = ["audiences", "generators", "metadata", "reviewers", "snippets"]
_GENERATOR = [
    "api",
    "autorelease",
    "automation",
    "config",
    "disable-examples",
    "github",
    "image",
    "ir-version",
    "irVersion",
    "keywords",
    "metadata",
    "name",
    "output",
    "override-generator-metadata",
    "publish-metadata",
    "replay",
    "reviewers",
    "smart-casing",
    "snippets",
    "version",
]

FERN_DEFAULTS: Layer = {
    "python": {
        "stream_abstraction": False,
        "websocket_clients": False,
        "pydantic": {"frozen": True, "union_naming": "v0"},
    }
}
"""Fern's defaults that differ from those of fiddlehead."""


@dataclass(frozen=True)
class Generators:
    """The contents of a generators.yml: settings, and the output of its Python generator."""

    layer: Layer
    output: Node | None = None
    """`output` of the generator: the registry that it publishes to, or the folder that it writes
    to."""
    group: str | None = None
    names_package: bool = False
    """Whether the file sets the package name."""
    has_source_folder: bool = True
    """Whether a project has the package in its folder `src`."""


def read_generators(
    path: Path,
    because: Span | None,
    group: str | None,
    sources: Sources,
    diagnostics: Diagnostics,
    places: Places,
    version: str | None = None,
) -> Generators:
    """The settings in a generators.yml for its Python generator; problems are collected.

    `version` is the version of Fern's CLI, whose defaults apply; None means the defaults of
    fiddlehead.
    """
    root = sources.load(path, because)
    if root is None:
        return Generators({})
    reader = Reader(diagnostics, path.parent, lenient=True)
    known_keys = ("groups", "api", "openapi", "async-api", "default-group")
    if root.mapping is None or not any(root.get(key) is not None for key in known_keys):
        reader.fail("this is not Fern's generators.yml: it has no 'groups' and no 'api'", root)
        return Generators({})
    known(root, _TOP, reader)
    chosen = _choose(root, group, reader)
    name, generator, group_node = chosen or (None, None, None)
    older = defaults(version)
    if generator is not None:
        built = generator.get("version")
        older = merge(older, generator_defaults(built.string if built is not None else None))
    layer = merge(FERN_DEFAULTS, read_api(root, generator, older, reader, places))
    if group_node is not None:
        known(group_node, _GROUP, reader)
        audiences = field("audiences", group_node.get("audiences"), tuple[str, ...], reader, places)
        layer = merge(layer, audiences)
    if generator is None:
        return Generators(layer, None, name)
    known(generator, _GENERATOR, reader)
    casing = field("smart_casing", generator.get("smart-casing"), bool, reader, places)
    layer = merge(layer, {"naming": casing} if casing else {})
    python_layer = merge(_distribution(generator, places), read_python(generator, reader, places))
    pages = readme(root.get("readme"), python_layer.get("python", {}), reader, places)
    layer = merge(layer, python_layer, pages)
    names_package = "package" in python_layer
    has_source_folder = _has_source_folder(generator.get("config"))
    return Generators(layer, generator.get("output"), name, names_package, has_source_folder)


def _has_source_folder(config: Node | None) -> bool:
    """Whether neither `output_directory` nor the older `flat_layout` is set to omit `src`."""
    if config is None or config.mapping is None:
        return True
    directory, flat = config.get("output_directory"), config.get("flat_layout")
    if directory is not None:
        return directory.string != "source-root"
    return flat is None or flat.value is not True


def _choose(root: Node, group: str | None, reader: Reader) -> tuple[str, Node, Node] | None:
    """The name of a group, the group and its Python generator; an error if there is none."""
    groups = root.get("groups")
    if groups is None or groups.mapping is None:
        return None
    candidates = {key: node for key, node in groups.items() if _python_generators(node)}
    name = group or _default_group(root, candidates, reader)
    if name is None:
        if not candidates:
            reader.warning("no group has a Python generator: Fern's defaults are used", groups)
            return None
        if len(candidates) > 1:
            which = f"choose one with --group: {', '.join(candidates)}"
            reader.fail("several groups have a Python generator", groups, hint=which)
            return None
        name = next(iter(candidates))
    for member in _members(root, name):
        if member in candidates:
            name = member
            break
    chosen = groups.get(name)
    if chosen is None:
        names = ", ".join(key for key, _ in groups.items())
        reader.fail(f"unknown group '{name}'", groups, hint=f"the groups are: {names}")
        return None
    generators = _python_generators(chosen)
    if not generators:
        hint = f"choose one with --group: {', '.join(candidates)}" if candidates else None
        reader.fail(f"the group '{name}' has no Python generator", chosen, hint=hint)
        return None
    if len(generators) > 1:
        reader.warning(
            f"the group '{name}' has several Python generators: the first one is used",
            generators[1],
            hint="move the other one to another group",
        )
    return name, generators[0], chosen


def _default_group(root: Node, candidates: dict[str, Node], reader: Reader) -> str | None:
    """The group if none is given. A default group for other languages is ignored if at most one
    group has a Python generator."""
    node = root.get("default-group")
    name = node.string if node is not None else None
    if name is None:
        return None
    if any(member in candidates for member in _members(root, name)) or len(candidates) > 1:
        return name
    groups = root.get("groups")
    if node is not None and candidates and groups is not None and groups.get(name) is None:
        used = next(iter(candidates))
        reader.warning(f"unknown group '{name}': '{used}' is used", node)
    return None


def _members(root: Node, name: str) -> list[str]:
    """The groups for a name: `aliases` can combine several groups."""
    aliases = root.get("aliases")
    node = aliases.get(name) if aliases is not None else None
    if node is None:
        return [name]
    texts = (element.string for element in node.elements())
    return [name for name in texts if name]


def _python_generators(group: Node) -> list[Node]:
    """The Python generators of a group: SDK generators, or else similar ones."""
    generators = group.get("generators")
    nodes = list(generators.elements()) if generators is not None else []
    clients = [node for node in nodes if "python-sdk" in _name(node)]
    return clients or [node for node in nodes if "python" in _name(node)]


def _name(generator: Node) -> str:
    image = generator.get("image")
    node = generator.get("name") or (image.get("name") if image is not None else None)
    return (node.string if node is not None else None) or ""


def _distribution(generator: Node, places: Places) -> Layer:
    output = generator.get("output")
    node = output.get("package-name") if output is not None else None
    if node is None or not node.string:
        return {}
    places.add("distribution", node)
    layer: Layer = {"distribution": node.string}
    package = node.string.replace("-", "_")
    if is_identifier(package):
        layer["package"] = package
        places.add("package", node)
    return layer
