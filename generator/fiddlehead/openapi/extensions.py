"""Fern's extensions that stand on anything: audiences, ignore, availability; and their names."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import get_args, get_type_hints

from ..ir import Availability
from ..source import Node
from .context import Context

READ = frozenset(
    "x-fern-" + name
    for name in [
        "audiences",
        "availability",
        "base-path",
        "basic",
        "bearer",
        "boolean-literal",
        "default",
        "default-url",
        "discriminated",
        "discriminator-context",
        "enum",
        "examples",
        "global-header",
        "global-headers",
        "global-parameter",
        "global-parameters",
        "groups",
        "header",
        "header-variable-name",
        "idempotency-headers",
        "idempotent",
        "ignore",
        "overrides-filepath",
        "pagination",
        "parameter-name",
        "password-variable-name",
        "property-name",
        "request-name",
        "resolutions",
        "retries",
        "sdk-group-name",
        "sdk-method-name",
        "sdk-namespace",
        "sdk-return-value",
        "sdk-variable",
        "sdk-variables",
        "server-name",
        "streaming",
        "token-variable-name",
        "type",
        "type-name",
        "undiscriminated",
        "username-variable-name",
        "version",
        "webhook",
        "webhook-signature",
        "env",
    ]
)
"""The extensions that this frontend reads."""

SILENT = frozenset({"x-fern-explorer", "x-fern-sdk-method-docs"})
"""Extensions of Fern's documentation sites, which say nothing about a client."""

UNSUPPORTED = {
    "x-fern-async-config": "the second, asynchronous version of an endpoint",
    "x-fern-encoding": "encodings other than JSON",
    "x-fern-transport": "transports other than HTTP",
}
"""Extensions that the generated client has no counterpart for."""


def check_extension(context: Context, node: Node, key: str) -> None:
    """Warns of an extension of Fern's that is unknown or has no counterpart."""
    if key in READ or key in SILENT:
        return
    span = node.key_span(key)
    if key in UNSUPPORTED:
        context.warning(
            "not-expressible", f"'{key}' is left out: {UNSUPPORTED[key]} is not generated", span
        )
        return
    near = difflib.get_close_matches(key, sorted(READ), n=1)
    context.warning(
        "unknown-key",
        f"'{key}' is not an extension that fiddlehead knows",
        span,
        f"did you mean '{near[0]}'?" if near else None,
    )


def audiences(context: Context, node: Node) -> Sequence[str]:
    return context.strings(node, "x-fern-audiences") if node.mapping is not None else ()


def is_wanted(context: Context, node: Node) -> bool:
    """Whether a thing is for the audiences of this run, and not to be ignored."""
    if node.mapping is None:
        return True
    if "x-fern-ignore" in node.mapping and context.boolean(node, "x-fern-ignore"):
        return False
    return is_for_audience(context, node)


def is_for_audience(context: Context, node: Node) -> bool:
    """Whether a thing says nothing of audiences, or names one of this run's."""
    if not context.settings.audiences or node.mapping is None:
        return True
    if "x-fern-audiences" not in node.mapping:
        return True
    named = audiences(context, node)
    return not named or any(name in context.settings.audiences for name in named)


_STATUSES: tuple[str, ...] = get_args(get_type_hints(Availability)["status"])
_ALIASES = {"ga": "generally-available", "alpha": "in-development", "preview": "pre-release"}


def availability(context: Context, node: Node) -> Availability | None:
    """`x-fern-availability`, as text or with a message, else OpenAPI's `deprecated`."""
    if node.mapping is None:
        return None
    written = node.get("x-fern-availability")
    if written is not None and written.value is not None:
        status: object = written.value
        message: str | None = None
        if written.mapping is not None:
            status = context.string(written, "status")
            message = context.doc(written, "message")
        if isinstance(status, str):
            status = _ALIASES.get(status.lower(), status.lower().replace("_", "-"))
        for known in _STATUSES:
            if status == known:
                return Availability(known, message)  # type: ignore[arg-type]  # one of the literals
        context.warning(
            "bad-extension",
            f"'x-fern-availability' is none of {', '.join(_STATUSES)}",
            written.span,
        )
        return None
    if "deprecated" in node.mapping and context.boolean(node, "deprecated"):
        return Availability("deprecated", context.doc(node, "x-deprecated-message"))
    return None
