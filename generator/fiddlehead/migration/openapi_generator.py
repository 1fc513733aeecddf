"""OpenAPI Generator with `-g python`: its file for `-c`, or the generators of openapitools.json."""

from __future__ import annotations

from collections.abc import Iterator

from ..source import Node
from . import Migration, Tool
from .names import default_id, is_x_header, operations, parameters, pascal, schemas, snake, text

_FILES = (
    "openapitools.json",
    "openapi-generator*.y*ml",
    "openapi-generator*.json",
    "openapi_generator*.y*ml",
    ".openapi-generator/config.y*ml",
    "config.y*ml",
    "config.json",
)

_LEFT = {
    "enumNameMappings": "name members with x-fern-enum in an overrides file",
    "enumUnknownDefaultCase": "unknown values are always kept",
    "generateSourceCodeOnly": "'project = false' in the settings, or --no-project",
    "gitRepoId": "publishing is not supported",
    "gitUserId": "publishing is not supported",
    "globalProperties": "the output does not depend on such properties",
    "importMappings": "custom classes cannot replace generated ones",
    "inlineSchemaNameMappings": "find them with 'fiddlehead names', and use [naming.rename]",
    "inlineSchemaOptions": "inline schemas are named after their location",
    "library": "each package has a synchronous and an asynchronous client with the same library",
    "mapNumberTo": "a number is a float",
    "openapiNormalizer": "change the description in an overrides file or an overlay",
    "schemaMappings": "custom classes cannot replace generated ones",
    "templateDir": "templates are written in Jinja: see docs/templates.md",
    "typeMappings": "change the description in an overrides file",
}
_KNOWN = {
    "additionalProperties",
    "generatorName",
    "glob",
    "inputSpec",
    "modelNameMappings",
    "modelNamePrefix",
    "modelNameSuffix",
    "nameMappings",
    "operationIdNameMappings",
    "output",
    "outputDir",
    "packageName",
    "packageVersion",
    "parameterNameMappings",
    "projectName",
}


def _generator(config: Node) -> Node:
    """The Python generator of an openapitools.json; other files configure one generator."""
    cli = config.get("generator-cli")
    generators = cli.get("generators") if cli is not None else None
    for _, node in generators.items() if generators is not None else ():
        if (text(node.get("generatorName")) or "").startswith("python"):
            return node
    return config


def spec(config: Node) -> str | None:
    generator = _generator(config)
    return text(generator.get("inputSpec") or generator.get("glob"))


def _entries(generator: Node) -> Iterator[tuple[str, Node]]:
    """Options of the generator, including those in `additionalProperties`."""
    for name, node in generator.items():
        if name == "additionalProperties":
            yield from node.items()
        else:
            yield name, node


def read(config: Node, description: Node) -> Migration:
    result = Migration()
    entries = dict(_entries(_generator(config)))
    options = {name: text(node) for name, node in entries.items()}
    result.settings["package"] = options.get("packageName") or "openapi_client"
    result.settings["distribution"] = options.get("projectName") or result.settings[
        "package"
    ].replace("_", "-")
    result.settings["version"] = options.get("packageVersion") or "1.0.0"
    output = options.get("output") or options.get("outputDir")
    if output is not None:
        result.settings["output"] = output
    models = _mapping(entries.get("modelNameMappings"))
    prefix, suffix = options.get("modelNamePrefix") or "", options.get("modelNameSuffix") or ""
    for name in schemas(description):
        result.types[name] = models.get(name) or f"{pascal(prefix)}{pascal(name)}{pascal(suffix)}"
    methods = _mapping(entries.get("operationIdNameMappings"))
    for method, path, operation in operations(description):
        id = text(operation.get("operationId")) or default_id(method, path)
        result.methods[f"{method} {path}"] = snake(methods.get(id) or id)
    result.fields.update(_mapping(entries.get("nameMappings")))
    for location, name in parameters(description):
        if is_x_header(location, name):
            result.arguments[name] = snake(name)
    result.arguments.update(_mapping(entries.get("parameterNameMappings")))
    result.leave_unknown(entries, _KNOWN, _LEFT)
    result.leave(
        "classes of tags",
        "'JobsApi(api_client).get_job(…)' is 'client.jobs.get_job(…)' of one client here",
    )
    return result


def _mapping(node: Node | None) -> dict[str, str]:
    """A mapping of names, also in the form `a=b,c=d`."""
    if node is None:
        return {}
    if node.string is not None:
        pairs = (pair.partition("=") for pair in node.string.split(","))
        return {name.strip(): value.strip() for name, mark, value in pairs if mark}
    result = {name: text(value) for name, value in node.items()}
    return {name: value for name, value in result.items() if value is not None}


TOOL = Tool("OpenAPI Generator", _FILES, spec, read)
