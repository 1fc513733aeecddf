"""openapi-python-client: its YAML or JSON file for `--config`."""

from __future__ import annotations

import re

from ..source import Node
from . import Migration, Tool
from .names import is_x_header, operations, parameters, pascal, schemas, snake, text, title, version

_FILES = (
    "openapi-python-client.y*ml",
    "openapi-python-client.json",
    "openapi_python_client.y*ml",
    "opc.y*ml",
    "config.y*ml",
)

_LEFT = {
    "content_type_overrides": "change the media types of the description in an overrides file",
    "docstrings_on_attributes": "docstrings of fields are always below the fields",
    "field_prefix": "invalid names get an underscore; use [naming.rename] for others",
    "generate_all_tags": "an operation is in the group of its first tag",
    "post_hooks": "run them after 'fiddlehead generate'; files are formatted with black",
    "use_path_prefixes_for_title_model_names": "inline schemas are named after their location",
}
_KNOWN = {
    "class_overrides",
    "http_timeout",
    "literal_enums",
    "package_name_override",
    "package_version_override",
    "project_name_override",
}


def spec(config: Node) -> str | None:
    """That tool gets the description on its command line."""
    return None


def read(config: Node, description: Node) -> Migration:
    result = Migration()
    project = text(config.get("project_name_override")) or f"{_kebab(title(description))}-client"
    result.settings["package"] = text(config.get("package_name_override")) or snake(project)
    result.settings["distribution"] = project
    released = text(config.get("package_version_override")) or version(description)
    if released is not None:
        result.settings["version"] = released
    timeout = config.get("http_timeout")
    result.table("python")["timeout"] = timeout.value if timeout is not None else 5
    literals = config.get("literal_enums")
    if literals is None or literals.value is not True:
        # Enums of that tool are classes with members.
        result.table("python", "pydantic")["enum-type"] = "forward_compatible_python_enums"
    _types(config.get("class_overrides"), description, result)
    for method, path, operation in operations(description):
        name = text(operation.get("operationId"))
        if name is not None:
            result.methods[f"{method} {path}"] = snake(name)
    for location, name in parameters(description):
        # That tool drops brackets: `filter[name]` is `filtername`.
        if is_x_header(location, name) or re.search(r"[^\w .-]", name):
            result.arguments[name] = snake(re.sub(r"[^\w .-]", "", name))
    result.leave_unknown((name for name, _ in config.items()), _KNOWN, _LEFT)
    result.leave(
        "functions of modules",
        "'get_job.sync(client=client, …)' is 'client.<group>.get_job(…)' of one client here",
    )
    return result


def _types(overrides: Node | None, description: Node, migration: Migration) -> None:
    by_class = {pascal(name): name for name in schemas(description)}
    migration.types.update({name: class_name for class_name, name in by_class.items()})
    for class_name, override in overrides.items() if overrides is not None else ():
        wanted = text(override.get("class_name"))
        name = by_class.get(class_name)
        if wanted is None:
            continue
        if name is None:
            migration.leave(
                f"class_overrides.{class_name}",
                f"an inline schema: find it with 'fiddlehead names', and rename it to '{wanted}'",
            )
        else:
            migration.types[name] = wanted


def _kebab(name: str) -> str:
    return snake(name).replace("_", "-")


TOOL = Tool("openapi-python-client", _FILES, spec, read)
