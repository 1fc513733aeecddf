"""Compares an API as a whole: servers, authentication, headers, webhooks, names."""

from __future__ import annotations

from functools import partial

from .. import ir
from .channels import compare_channels
from .finding_collector import Collector
from .schema_comparer import SchemaComparer
from .security import security, shown_auth
from .type_display import default_text, display_name, type_text
from .value_location import ValueLocation


def compare_service(
    old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector
) -> None:
    """Find changes that do not belong to a single operation."""
    if old.version != new.version:
        collector.add(
            "api-version-changed",
            "info.version",
            f"The API's version was {old.version} and is {new.version}",
            old=old.span,
            new=new.span,
            before=old.version,
            after=new.version,
        )
    _servers(old, new, collector)
    _auth(old, new, collector)
    _headers(old, new, schemas, collector)
    _webhooks(old, new, schemas, collector)
    compare_channels(old, new, schemas, collector)
    _names(old, new, collector)


def _servers(old: ir.Api, new: ir.Api, collector: Collector) -> None:
    before = {environment.name: environment for environment in old.environments}
    after = {environment.name: environment for environment in new.environments}
    for name, environment in before.items():
        other = after.get(name)
        where = f"servers.{name}"
        if other is None:
            text = f"The server '{name}' was removed"
            collector.add("api-server-removed", where, text, old=environment.span)
            continue
        for key in sorted({*environment.servers, *other.servers}):
            was, now = environment.servers.get(key), other.servers.get(key)
            if _url(was) != _url(now):
                collector.add(
                    "api-server-url-changed",
                    f"{where}.{key}" if key else where,
                    f"The URL of the server '{name}' changed",
                    old=environment.span,
                    new=other.span,
                    before=_url(was),
                    after=_url(now),
                )
    for name, environment in after.items():
        if name not in before:
            text = f"The server '{name}' was added"
            collector.add("api-server-added", f"servers.{name}", text, new=environment.span)
    if before and after and old.default_environment != new.default_environment:
        collector.add(
            "api-default-server-changed",
            "servers",
            f"The default server was '{old.default_environment}' and is "
            f"'{new.default_environment}'",
            before=old.default_environment,
            after=new.default_environment,
        )


def _url(server: ir.Server | None) -> str | None:
    if server is None:
        return None
    choices = [
        f"{variable.name}={variable.default or ''}({','.join(variable.values)})"
        for variable in server.variables
    ]
    return " ".join([server.default_url or server.url, *choices])


def _share_auth(old: ir.Api, new: ir.Api) -> bool:
    """Whether an operation or channel uses the authentication of the API before and after.

    What names its own on one side is compared for itself. An API without calls counts, too.
    """
    before, after = _own_auth(old), _own_auth(new)
    common = before.keys() & after.keys()
    return not common or any(before[name] is None and after[name] is None for name in common)


def _own_auth(api: ir.Api) -> dict[str, tuple[tuple[str, ...], ...] | None]:
    operations = {endpoint.id: endpoint.auth for _, endpoint in ir.endpoints(api.root)}
    return operations | {channel.id: channel.auth for _, channel in ir.channels(api.root)}


def _auth(old: ir.Api, new: ir.Api, collector: Collector) -> None:
    changes = security(old.auth, new.auth) if _share_auth(old, new) else []
    for rule, text in changes:
        # If oasdiff has no global rule, the rule for one operation is used.
        name = (
            f"api-global-{rule}"
            if rule in ("security-added", "security-removed")
            else f"api-{rule}"
        )
        collector.add(
            name,
            "security",
            f"The API {text}",
            before=shown_auth(old.auth),
            after=shown_auth(new.auth),
        )
    for name, scheme in old.auth_schemes.items():
        other = new.auth_schemes.get(name)
        where = f"security.{name}"
        if other is None:
            text = f"The scheme '{name}' was removed"
            collector.add("api-security-component-removed", where, text, old=scheme.span)
            continue
        add = partial(collector.add, old=scheme.span, new=other.span)
        was, now = _scheme(scheme), _scheme(other)
        if was != now:
            text = f"'{name}' was {was} and is {now}"
            rule = "api-security-component-type-changed"
            add(rule, where, text, before=was, after=now)
        for one, two in zip(scheme.credentials, other.credentials, strict=False):
            before, after = _credential(one), _credential(two)
            if one.name == two.name and before != after:
                text = f"{one.name} of '{name}' was {before} and is {after}"
                place = f"client {one.name}"
                add("client-credential-changed", place, text, before=before, after=after)
        if scheme.token_url != other.token_url:
            rule = "api-security-component-oauth-token-url-changed"
            text = f"The token URL of '{name}' changed"
            add(rule, where, text, before=scheme.token_url, after=other.token_url)
        for change, scopes in (
            ("removed", set(scheme.scopes) - set(other.scopes)),
            ("added", set(other.scopes) - set(scheme.scopes)),
        ):
            for scope in sorted(scopes):
                rule = f"api-security-component-oauth-scope-{change}"
                add(rule, f"{where}.{scope}", f"The scope '{scope}' was {change}")
    for name, scheme in new.auth_schemes.items():
        if name not in old.auth_schemes:
            text = f"The scheme '{name}' was added"
            collector.add("api-security-component-added", f"security.{name}", text, new=scheme.span)


def _credential(credential: ir.Credential) -> str:
    need = "optional" if credential.optional else "required"
    return f"{need}, variable {credential.env or 'none'}"


def _scheme(scheme: ir.AuthScheme) -> str:
    parts: list[str] = [scheme.kind]
    if scheme.key:
        parts.append(f"'{scheme.key}'")
    if scheme.prefix:
        parts.append(f"with the prefix '{scheme.prefix}'")
    return " ".join(parts)


def _headers(old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector) -> None:
    """Headers and query parameters that are arguments of the client."""
    before = {(header.location, header.name): header for header in (*old.headers, *old.query)}
    after = {(header.location, header.name): header for header in (*new.headers, *new.query)}
    for key, header in before.items():
        other = after.get(key)
        where = f"client {header.location}.{header.name}"
        if other is None:
            text = f"The header {header.name} of all requests was removed"
            collector.add("client-header-removed", where, text, old=header.span)
            continue
        was, now = _header(header), _header(other)
        if was != now:
            collector.add(
                "client-header-changed",
                where,
                f"{header.name} was {was} and is {now}",
                old=header.span,
                new=other.span,
                before=was,
                after=now,
            )
        at = ValueLocation(where, "request", "parameter", header.span, other.span)
        schemas.compare(header.type, other.type, at)
    for key, header in after.items():
        if key not in before:
            required = header.required and not (header.client_default or header.env)
            rule = "client-header-added-required" if required else "client-header-added"
            where = f"client {header.location}.{header.name}"
            text = f"The header {header.name} of all requests was added"
            collector.add(rule, where, text, new=header.span, after=type_text(new, header.type))
    if old.version_header != new.version_header:
        text = "The header with the version of the API changed"
        collector.add("version-header-changed", "client version", text)


def _header(header: ir.Parameter) -> str:
    need = "required" if header.required else "optional"
    default = header.client_default or header.default
    return f"{need}, default {default_text(default)}, variable {header.env or 'none'}"


def _webhooks(old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector) -> None:
    before = {" ".join((*webhook.package, *webhook.name)): webhook for webhook in old.webhooks}
    after = {" ".join((*webhook.package, *webhook.name)): webhook for webhook in new.webhooks}
    for name, webhook in before.items():
        other = after.get(name)
        where = f"webhook {name}"
        if other is None:
            collector.add(
                "webhook-removed", where, f"The webhook '{name}' was removed", old=webhook.span
            )
            continue
        if webhook.signature != other.signature:
            text = f"The signature of the payload of '{name}' changed"
            collector.add(
                "webhook-signature-changed", where, text, old=webhook.span, new=other.span
            )
        with collector.inside(("operation", where)):
            at = ValueLocation(f"{where} payload", "response", "body", webhook.span, other.span)
            schemas.compare(webhook.payload, other.payload, at)
    for name, webhook in after.items():
        if name not in before:
            text = f"The webhook '{name}' was added"
            collector.add("webhook-added", f"webhook {name}", text, new=webhook.span)


def _names(old: ir.Api, new: ir.Api, collector: Collector) -> None:
    """Removed and added named schemas; inline schemas are part of their container."""
    for one, other, rule, text in (
        (old, new, "api-schema-removed", "was removed"),
        (new, old, "api-schema-added", "was added"),
    ):
        for name, declared in one.declarations.items():
            if declared.owner is None and name not in other.declarations:
                removed = declared.span if one is old else None
                added = declared.span if one is new else None
                message = f"The schema '{name}' {text}"
                collector.add(rule, display_name(declared), message, old=removed, new=added)
