"""Stainless: stainless.yml with its resources, methods and models.

Groups, methods and models become extensions in an overrides file, because the settings can rename a
method but cannot move it to another group.
"""

from __future__ import annotations

import re
from typing import Any

from ..source import Node
from . import NO_COUNTERPART, Migration, Tool
from .names import METHODS, operations, pascal, schemas, text

_FILES = (
    "stainless.y*ml",
    "*.stainless.y*ml",
    ".stainless/stainless.y*ml",
    ".stainless/*.y*ml",
    "stainless/stainless.y*ml",
)

_LEFT = {
    "codeflow": "publishing is not supported",
    "custom_casings": "use [naming.rename]",
    "edition": "the version of fiddlehead determines the output",
    "openapi": "change the description in an overrides file or an overlay",
    "query_settings": "'style' and 'explode' of the description define the serialization of queries",
    "readme": "README.md shows the first operations with the examples of the description",
    "streaming": "a stream ends with its connection; set 'terminator' of 'x-fern-streaming'",
    "unions": "variants of unions are selected by their discriminators, or by the best match",
}
_KNOWN = {
    "$schema",
    "client_settings",
    "environments",
    "organization",
    "pagination",
    "resources",
    "security",
    "security_schemes",
    "settings",
    "targets",
    "unspecified_endpoints",
}
_TARGET = {"package_name", "project_name", "skip", "options", "edition"}


def spec(config: Node) -> str | None:
    openapi = config.get("openapi")
    return text(openapi.get("path")) if openapi is not None else None


def read(config: Node, description: Node) -> Migration:
    return _Reader(config, description).read()


class _Reader:
    def __init__(self, config: Node, description: Node) -> None:
        self._config = config
        self._description = description
        self._migration = Migration()
        self._operations = {
            (method, _plain(path)): (path, operation)
            for method, path, operation in operations(description)
        }
        self._named: set[tuple[str, str]] = set()
        self._models: dict[str, str] = {}
        """The keys of models, by their resource and name (`sessions.event`)."""
        self._streams: list[tuple[str, dict[str, Any], Node]] = []
        """Methods with their overrides and their `streaming`."""
        self._pages = _pagination(config.get("pagination"))

    def read(self) -> Migration:
        migration = self._migration
        self._package()
        resources = self._config.get("resources")
        for name, node in resources.items() if resources is not None else ():
            self._resource((name,), node)
        for where, table, node in self._streams:
            self._streaming(where, table, node)
        self._ignored()
        self._servers()
        self._client(self._config.get("client_settings"))
        migration.leave_unknown((name for name, _ in self._config.items()), _KNOWN, _LEFT)
        rest = len(self._operations.keys() - self._named)
        if rest:
            migration.leave(
                "operations without a resource",
                f"{rest} of the description become methods too; 'x-fern-ignore: true' in the "
                "overrides excludes them",
            )
        return migration

    def _package(self) -> None:
        targets = self._config.get("targets")
        python = targets.get("python") if targets is not None else None
        organization = self._config.get("organization")
        name = text(organization.get("name")) if organization is not None else None
        package = text(python.get("package_name")) if python is not None else None
        package = package or re.sub(r"\W+", "_", name or "client").lower()
        self._migration.settings["package"] = package
        project = text(python.get("project_name")) if python is not None else None
        if project is not None:
            self._migration.settings["distribution"] = project
        self._migration.table("python")["client-class-name"] = pascal(name or package)
        for key, _ in python.items() if python is not None else ():
            if key not in _TARGET:
                self._migration.leave(f"targets.python.{key}", "publishing is not supported")

    def _resource(self, group: tuple[str, ...], node: Node) -> None:
        models = node.get("models")
        for name, target in models.items() if models is not None else ():
            self._model(".".join((*group, name)), name, target)
        methods = node.get("methods")
        for name, target in methods.items() if methods is not None else ():
            self._method(group, name, target)
        children = node.get("subresources")
        for name, child in children.items() if children is not None else ():
            self._resource((*group, name), child)

    def _model(self, where: str, name: str, target: Node) -> None:
        pointer = text(target) or text(target.get("schema")) or ""
        key = pointer.removeprefix("#/components/schemas/").removeprefix("/components/schemas/")
        if key not in schemas(self._description):
            self._migration.leave(
                f"models of {where}",
                f"'{pointer}' is an inline schema: find it with 'fiddlehead names', and use "
                "[naming.rename]",
            )
            return
        self._models[where] = key
        wanted = {"x-fern-type-name": pascal(name)}
        self._over("components", "schemas", key).update(wanted)

    def _method(self, group: tuple[str, ...], name: str, target: Node) -> None:
        written = text(target) or text(target.get("endpoint")) or ""
        method, _, path = written.strip().partition(" ")
        operation = self._operations.get((method.upper(), _plain(path.strip())))
        where = ".".join((*group, name))
        if method.lower() not in METHODS or operation is None:
            self._migration.leave(f"methods of {where}", f"the description has no '{written}'")
            return
        self._named.add((method.upper(), _plain(path.strip())))
        table = self._over("paths", operation[0], method.lower())
        table["x-fern-sdk-group-name"] = [] if group == ("$client",) else list(group)
        table["x-fern-sdk-method-name"] = name
        paginated = target.get("paginated")
        if paginated is None or paginated.value is not False:
            page = self._page(operation[1], text(paginated))
            if page is not None:
                table["x-fern-pagination"] = page
        streaming = target.get("streaming")
        if streaming is not None:
            self._streams.append((where, table, streaming))

    def _streaming(self, where: str, table: dict[str, Any], node: Node) -> None:
        """A method whose argument decides between a response and a stream is two methods."""
        parameter = text(node.get("param_discriminator"))
        if parameter is None:
            self._migration.leave(
                f"streaming of {where}", "use 'x-fern-streaming' in the overrides"
            )
            return
        wanted: dict[str, Any] = {"format": "sse", "stream-condition": f"$request.{parameter}"}
        key = self._models.get(text(node.get("stream_event_model")) or "")
        if key is not None:
            wanted["response-stream"] = {"$ref": f"#/components/schemas/{key}"}
        table["x-fern-streaming"] = wanted
        name = where.rpartition(".")[2]
        self._migration.leave(
            f"streaming of {where}", f"the stream has a method of its own, '{name}_stream'"
        )

    def _page(self, operation: Node, name: str | None) -> dict[str, str] | None:
        """The pagination of a list: the one with its name, or the one with the same parameters."""
        parameters = operation.get("parameters")
        names = {
            text(element.get("name")) for element in (parameters.elements() if parameters else ())
        }
        for scheme, (needed, page) in self._pages.items():
            if scheme == name or (name in (None, "true") and needed <= names):
                return page
        return None

    def _ignored(self) -> None:
        node = self._config.get("unspecified_endpoints")
        for element in node.elements() if node is not None else ():
            method, _, path = (text(element) or "").partition(" ")
            operation = self._operations.get((method.upper(), _plain(path.strip())))
            if operation is not None:
                self._named.add((method.upper(), _plain(path.strip())))
                self._over("paths", operation[0], method.lower())["x-fern-ignore"] = True

    def _servers(self) -> None:
        node = self._config.get("environments")
        servers = [
            {"url": text(url) or text(url.get("url")) or "", "x-fern-server-name": name}
            for name, url in (node.items() if node is not None else ())
        ]
        if servers:
            self._migration.overrides["servers"] = servers

    def _client(self, settings: Node | None) -> None:
        for name, node in settings.items() if settings is not None else ():
            if name == "opts":
                for option, value in node.items():
                    self._option(option, value)
            elif name == "default_retries":
                retries = node.get("max_retries")
                if retries is not None:
                    self._migration.table("python")["max-retries"] = retries.value
            elif name == "idempotency":
                header = text(node.get("header"))
                if header is not None:
                    key = {"header-name": header}
                    self._migration.table("python")["auto-generate-idempotency-key"] = key
            elif name == "default_timeout":
                self._migration.leave("client_settings.default_timeout", "set [python] timeout")
            else:
                self._migration.leave(f"client_settings.{name}", NO_COUNTERPART)

    def _option(self, name: str, node: Node) -> None:
        """An option of the client: a credential, or an option without a counterpart."""
        auth = node.get("auth")
        scheme = text(auth.get("security_scheme")) if auth is not None else None
        components = self._description.get("components")
        schemes = components.get("securitySchemes") if components is not None else None
        known = schemes.get(scheme) if schemes is not None and scheme is not None else None
        if known is None or scheme is None:
            why = f"{NO_COUNTERPART}; x-fern-global-headers has headers of the client"
            self._migration.leave(f"client_settings.opts.{name}", why)
            return
        extension: dict[str, Any] = {"name": name}
        env = text(node.get("read_env"))
        if env is not None:
            extension["env"] = env
        table = self._over("components", "securitySchemes", scheme)
        if text(known.get("type")) == "apiKey":
            table["x-fern-header"] = extension
        elif text(known.get("scheme")) == "basic":
            role = text(auth.get("role")) if auth is not None else None
            part = "password" if role == "password" else "username"
            table.setdefault("x-fern-basic", {})[part] = extension
        else:
            table["x-fern-bearer"] = extension

    def _over(self, *names: str) -> dict[str, Any]:
        table = self._migration.overrides
        for name in names:
            table = table.setdefault(name, {})
        return table


def _plain(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _pagination(node: Node | None) -> dict[str, tuple[set[str | None], dict[str, str]]]:
    """The query parameters and the `x-fern-pagination` of each scheme."""
    result: dict[str, tuple[set[str | None], dict[str, str]]] = {}
    for element in node.elements() if node is not None else ():
        name = text(element.get("name")) or ""
        request = _purposes(element.get("request"))
        response = _purposes(element.get("response"))
        items = response.get("items")
        parameters = element.get("request")
        needed: set[str | None] = {key for key, _ in parameters.items()} if parameters else set()
        if items is None:
            continue
        page = {"results": f"$response.{items}"}
        cursor, following = request.get("next_cursor_param"), response.get("next_cursor_field")
        number = request.get("page_number_param") or request.get("offset_count_param")
        if cursor is not None and following is not None:
            page |= {"cursor": f"$request.{cursor}", "next_cursor": f"$response.{following}"}
        elif number is not None:
            page["offset"] = f"$request.{number}"
        else:
            continue
        result[name] = (needed, page)
    return result


def _purposes(node: Node | None, before: str = "") -> dict[str, str]:
    """The dotted paths of the properties for each purpose."""
    result: dict[str, str] = {}
    for name, raw_node in node.items() if node is not None else ():
        path = f"{before}{name}"
        raw_setting = raw_node.get("x-stainless-pagination-property")
        purpose = text(raw_setting.get("purpose")) if raw_setting is not None else None
        if purpose is not None:
            result[purpose] = path
        result |= _purposes(raw_node.get("properties"), f"{path}.")
    return result


TOOL = Tool("Stainless", _FILES, spec, read)
