"""The `config` of Fern's Python generator as settings: supported and unsupported keys."""

from __future__ import annotations

import re
from typing import Any, Literal

from ..source import Node
from .checks import Places
from .fern_python_keys import (
    NO_EFFECT,
    PYDANTIC_REFUSED,
    PYDANTIC_SAME_NAME,
    PYDANTIC_SILENT,
    REFUSED,
    RENAMED,
    SAME_NAME,
    SILENT,
)
from .fields import BAD, Layer, Reader, kind, merge
from .python_settings import (
    Dependency,
    InitExport,
    KeepAlive,
    PydanticSettings,
    PythonSettings,
)


def read_python(generator: Node, reader: Reader, places: Places) -> Layer:
    """The settings in the `config` of a Python generator; problems are collected."""
    config = generator.get("config")
    # By default, Fern's packages validate responses.
    layer: Layer = {"python": {"pydantic": {"skip_validation": False}}}
    if config is None or kind(config) == "nothing":
        return layer
    if config.mapping is None:
        reader.error(f"expected a mapping for 'config', found {kind(config)}", config)
        return layer
    python: Layer = layer["python"]
    for key, node in config.items():
        name = _snake_case(key)
        if name in SAME_NAME or name in RENAMED:
            target = RENAMED.get(name, name)
            _take(python, target, node, key, PythonSettings, "python", reader, places)
        elif name in NO_EFFECT:
            if node.value not in (None, False):
                reader.warning(f"'{key}' has no effect: {NO_EFFECT[name]}", node)
        elif name in REFUSED:
            _refuse(key, node, REFUSED[name], reader)
        elif name in _READERS:
            layer = merge(layer, _READERS[name](node, reader, places))
            python = layer["python"]
        elif name not in SILENT:
            known = (*SAME_NAME, *RENAMED, *NO_EFFECT, *REFUSED, *_READERS, *SILENT)
            reader.unknown(key, config, known)
    return layer


def _snake_case(key: str) -> str:
    """`retry-status-codes` and `retryStatusCodes` as `retry_status_codes`: Fern accepts all three."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower().replace("-", "_")


def read_field(layer: Layer, name: str, node: Node, reader: Reader, places: Places) -> None:
    """Add the setting `name` of `PythonSettings` to a layer if the value is valid."""
    _take(layer, name, node, name.replace("_", "-"), PythonSettings, "python", reader, places)


def _take(
    layer: Layer,
    name: str,
    node: Node,
    key: str,
    cls: type,
    prefix: str,
    reader: Reader,
    places: Places,
) -> None:
    hint: Any = reader.hint(cls, name)
    value = reader.value(key, node, hint)
    places.add(f"{prefix}.{name}", node)
    if value is not BAD:
        layer[name] = value


def _refuse(key: str, node: Node, why: str, reader: Reader) -> None:
    if node.value not in (None, False):
        reader.warning(f"'{key}' is not supported: {why}", node)


def _package_name(node: Node, reader: Reader, places: Places) -> Layer:
    value = reader.value("package_name", node, str)
    places.add("package", node)
    if value is BAD:
        return {}
    # Of a dotted package path, only the last package is generated.
    name = re.sub(r"\W+", "_", value.rpartition(".")[2], flags=re.ASCII)
    if name != value:
        reader.warning(
            f"the package name is '{name}', because '{value}' is not an identifier", node
        )
    return {"package": name}


def _client(node: Node, reader: Reader, places: Places) -> Layer:
    """`client`: the generated class with its file, and the hand-written class for users."""
    names = {
        "class_name": "client_class_name",
        "filename": "client_module",
        "exported_class_name": "exported_client_class_name",
        "exported_filename": "exported_client_module",
    }
    python: Layer = {}
    for key, child in node.items():
        if key not in names:
            reader.unknown(key, node, names)
            continue
        value = reader.value(key, child, str)
        places.add(f"python.{names[key]}", child)
        if value is not BAD:
            python[names[key]] = value.removesuffix(".py") if key.endswith("filename") else value
    return {"python": python}


def _init_exports(node: Node, reader: Reader, places: Places) -> Layer:
    places.add("python.additional_init_exports", node)
    exports: list[InitExport] = []
    if node.list is None:
        reader.error(f"expected a list for 'additional_init_exports', found {kind(node)}", node)
    for element in node.elements():
        module, imports = element.get("from"), element.get("imports")
        if module is None or imports is None:
            reader.error("'from' and 'imports' are required", element)
            continue
        text = reader.value("from", module, str)
        names = reader.value("imports", imports, tuple[str, ...])
        if text is not BAD and names is not BAD:
            exports.append(InitExport(text, names))
    return {"python": {"additional_init_exports": tuple(exports)}}


def _keep_alive(node: Node, reader: Reader, places: Places) -> Layer:
    places.add("python.tcp_keepalive", node)
    enabled = node.get("enabled")
    if enabled is not None and reader.value("enabled", enabled, bool) is not True:
        return {}
    if node.mapping is None:
        return {"python": {"tcp_keepalive": KeepAlive()}} if node.value is True else {}
    layer = reader.fields(node, KeepAlive, extra=("enabled",))
    return {"python": {"tcp_keepalive": KeepAlive(**layer)}}


def _fern_headers(node: Node, reader: Reader, places: Places) -> Layer:
    value = reader.value("omit_fern_headers", node, bool)
    return {} if value is BAD else {"python": {"fern_headers": not value}}


def _user_agent_only(node: Node, reader: Reader, places: Places) -> Layer:
    value = reader.value("user_agent_only", node, bool)
    return {"python": {"fern_headers": False}} if value is True else {}


def _platform_headers(node: Node, reader: Reader, places: Places) -> Layer:
    value = reader.value("include_platform_headers", node, bool)
    return {"python": {"platform_headers": "user-agent"}} if value is True else {}


def _runtime_version(node: Node, reader: Reader, places: Places) -> Layer:
    value = reader.value("runtime_version", node, bool)
    return {"installed_version": True} if value is True else {}


def _wire_tests(node: Node, reader: Reader, places: Places) -> Layer:
    """`enable_wire_tests`, or `wire_tests: {enabled: …}`: tests that call a server on loopback."""
    table = node.mapping
    python: Layer = {}
    if table is not None:
        if "enabled" not in table:
            return {}
        exclusions = node.get("exclusions")
        if exclusions is not None:
            read_field(python, "tests_exclude", exclusions, reader, places)
        node = table["enabled"]
    value = reader.value("enable_wire_tests", node, bool)
    places.add("python.tests", node)
    if value is True:
        python |= {"tests": True, "tests_over_http": True}
    return {"python": python}


def _extras(node: Node, reader: Reader, places: Places) -> Layer:
    layer: Layer = {}
    _take(layer, "extras", node, "extras", PythonSettings, "python", reader, places)
    return {"python": layer}


def _extra_dependencies(node: Node, reader: Reader, places: Places) -> Layer:
    """A mapping from names to versions in Poetry's syntax, or to tables with options."""
    result: list[Dependency] = []
    if node.mapping is None:
        reader.error(f"expected a mapping for 'extra_dependencies', found {kind(node)}", node)
    for name, child in node.items():
        places.add(f"python.extra_dependencies.{name}", child)
        version: Node | None = child
        optional, extras = False, ""
        if child.mapping is not None:
            version = child.get("version")
            flag, members = child.get("optional"), child.get("extras")
            if flag is not None:
                optional = reader.value("optional", flag, bool) is True
            if members is not None:
                chosen = reader.value("extras", members, tuple[str, ...])
                extras = "" if chosen is BAD else f"[{','.join(chosen)}]"
            for key, _ in child.items():
                if key not in ("version", "optional", "extras", "python"):
                    reader.unknown(key, child, ("version", "optional", "extras"))
        text = reader.value(name, version, str) if version is not None else ""
        if text is not BAD:
            result.append(Dependency(name, extras + specifier(text), optional))
    return {"python": {"extra_dependencies": tuple(result)}}


def _pydantic(node: Node, reader: Reader, places: Places) -> Layer:
    layer: Layer = {}
    others = ("forbid_extra_fields", "recursion_limit", "use_str_enums", "use_typeddict_requests")
    silent = {*PYDANTIC_SILENT, *NO_EFFECT, *others, "version"}
    for key, child in node.items():
        if key in PYDANTIC_SAME_NAME:
            _take(layer, key, child, key, PydanticSettings, "python.pydantic", reader, places)
        elif key in PYDANTIC_REFUSED:
            _refuse(key, child, PYDANTIC_REFUSED[key], reader)
        elif key not in silent:
            reader.unknown(key, node, (*PYDANTIC_SAME_NAME, *PYDANTIC_REFUSED, *silent))
    version = node.get("version")
    if version is not None:
        chosen = reader.value("version", version, Literal["both", "v1", "v2", "v1_on_v2"])
        if chosen in ("v1", "v1_on_v2"):
            reader.error(
                "models require pydantic 2", version, hint="write 'v2' or remove the setting"
            )
    python: Layer = {}
    for name in ("use_typeddict_requests", "recursion_limit"):
        field = node.get(name)
        if field is not None:
            read_field(python, name, field, reader, places)
    forbids = node.get("forbid_extra_fields")
    if forbids is not None and reader.value("forbid_extra_fields", forbids, bool) is True:
        layer.setdefault("extra_fields", "forbid")
    literals = node.get("use_str_enums")
    if literals is not None and reader.value("use_str_enums", literals, bool) is False:
        layer.setdefault("enum_type", "python_enums")
    return {"python": {**python, **({"pydantic": layer} if layer else {})}}


def _package_path(node: Node, reader: Reader, places: Places) -> Layer:
    value = reader.value("package_path", node, str)
    places.add("python.package_path", node)
    if value is BAD:
        return {}
    return {"python": {"package_path": value.removeprefix("./").strip("/") or None}}


def _client_filename(node: Node, reader: Reader, places: Places) -> Layer:
    """The older form of `client: {filename: …}`."""
    value = reader.value("client_filename", node, str)
    places.add("python.client_module", node)
    return {} if value is BAD else {"python": {"client_module": value.removesuffix(".py")}}


_READERS = {
    "client_filename": _client_filename,
    "package_name": _package_name,
    "package_path": _package_path,
    "client": _client,
    "additional_init_exports": _init_exports,
    "tcp_keepalive": _keep_alive,
    "enable_wire_tests": _wire_tests,
    "wire_tests": _wire_tests,
    "include_platform_headers": _platform_headers,
    "omit_fern_headers": _fern_headers,
    "runtime_version": _runtime_version,
    "user_agent_only": _user_agent_only,
    "extras": _extras,
    "extra_dependencies": _extra_dependencies,
    "pydantic_config": _pydantic,
}


def specifier(version: str) -> str:
    """A version in Poetry's syntax (`^1.9.4`, `~1.2`, `1.0`, `*`) as a PEP 440 specifier."""
    text = version.strip()
    match = re.fullmatch(r"([\^~]?)(\d+(?:\.\d+)*)", text)
    if text in ("", "*"):
        return ""
    if match is None:
        return re.sub(r"\s*,\s*", ",", text)
    sign, numbers = match[1], [int(part) for part in match[2].split(".")]
    if not sign:
        return f"=={match[2]}"
    if sign == "^":
        # `^` allows all versions up to the next change of the first number that is not zero.
        index = next((at for at, number in enumerate(numbers) if number), len(numbers) - 1)
    else:
        index = min(1, len(numbers) - 1)
    upper = [*numbers[:index], numbers[index] + 1]
    return f">={match[2]},<{'.'.join(map(str, upper))}"
