"""The supported extensions of OpenAPI: one table for checks, hints and documentation.

`python -m fiddlehead.openapi` prints docs/extensions.md from it.
"""

from __future__ import annotations

from ...frozen import dataclass

KINDS = {
    "text": "a string",
    "flag": "true or false",
    "mapping": "a mapping",
    "list": "a list",
    "value": "any value",
}
"""The types of extension values, with their names in messages."""


@dataclass(frozen=True)
class Extension:
    """One extension.

    Attributes:
        name: The key.
        where: The objects that may have it, separated by commas.
        types: The types of its value as keys of `KINDS`, the most common first.
        fills: Its meaning.
    """

    name: str
    where: str
    types: tuple[str, ...]
    fills: str

    @property
    def places(self) -> tuple[str, ...]:
        """The objects of `where`, separately."""
        return tuple(
            alternative for part in self.where.split(", ") for alternative in _alternatives(part)
        )


def _alternatives(where: str) -> tuple[str, ...]:
    """`header or key scheme` means two schemes."""
    first, _, second = where.partition(" or ")
    return (f"{first} {second.split()[-1]}", second) if second else (where,)


def _table(*rows: tuple[str, str, str, str]) -> dict[str, Extension]:
    return {
        name: Extension(name, where, tuple(types.split()), fills)
        for name, where, types, fills in rows
    }


EXTENSIONS = _table(
    (
        "x-fern-audiences",
        "anything",
        "text list",
        "the audiences of the element; it is omitted for others",
    ),
    (
        "x-fern-availability",
        "operation, parameter, schema",
        "text mapping",
        "the stability of the element",
    ),
    ("x-fern-base-path", "description", "text", "the prefix of all paths"),
    (
        "x-fern-basic",
        "basic scheme",
        "mapping",
        "names and environment variables of user and password",
    ),
    ("x-fern-bearer", "bearer scheme", "mapping", "name and environment variable of the token"),
    ("x-fern-boolean-literal", "boolean schema", "flag", "the only allowed value"),
    (
        "x-fern-default",
        "parameter",
        "value",
        "the value that is sent if the caller passes none",
    ),
    ("x-fern-default-url", "server", "text", "the URL if no variable is passed"),
    ("x-fern-discriminated", "union", "flag", "whether a property distinguishes the variants"),
    (
        "x-fern-discriminator-context",
        "discriminator",
        "text",
        "`protocol`: the discriminator is the event of a stream",
    ),
    ("x-fern-enum", "enum", "mapping", "names and descriptions of the values"),
    ("x-fern-env", "header, global parameter", "text", "the environment variable of the value"),
    ("x-fern-examples", "operation", "list", "examples of calls"),
    ("x-fern-global-headers", "description", "list", "headers of every request"),
    ("x-fern-global-parameters", "description", "mapping list", "parameters of every request"),
    ("x-fern-groups", "description", "mapping", "descriptions of groups"),
    (
        "x-fern-header",
        "header or key scheme",
        "mapping",
        "name, prefix and environment variable of the key",
    ),
    ("x-fern-header-variable-name", "header or key scheme", "text", "name of the key"),
    ("x-fern-idempotency-headers", "description", "list", "headers of idempotent operations"),
    ("x-fern-idempotent", "operation", "flag", "whether it accepts the idempotency headers"),
    ("x-fern-ignore", "anything", "flag", "whether it is omitted"),
    ("x-fern-overrides-filepath", "description", "text", "a file of overrides"),
    (
        "x-fern-pagination",
        "description, operation",
        "mapping flag",
        "how the next page is requested",
    ),
    ("x-fern-parameter-name", "parameter", "text", "name of the argument"),
    ("x-fern-password-variable-name", "basic scheme", "text", "name of the password"),
    ("x-fern-property-name", "property", "text", "name of the attribute"),
    ("x-fern-request-name", "operation", "text", "name of the request"),
    ("x-fern-resolutions", "description", "list", "names for schemas used in several places"),
    ("x-fern-retries", "operation", "mapping", "whether a failed call is retried"),
    ("x-fern-sdk-group-name", "operation, webhook, schema", "text list", "the group of the client"),
    ("x-fern-sdk-method-name", "operation", "text", "name of the method"),
    ("x-fern-sdk-namespace", "schema", "text", "the group that a type belongs to"),
    ("x-fern-sdk-return-value", "operation", "text", "the property that the method returns"),
    (
        "x-fern-sdk-variable",
        "path parameter",
        "text",
        "the client-wide variable with the value",
    ),
    ("x-fern-sdk-variables", "description", "mapping", "client-wide variables"),
    ("x-fern-server-name", "server, operation", "text", "name of a base URL"),
    ("x-fern-streaming", "operation", "mapping flag", "whether and how the response is a stream"),
    ("x-fern-token-variable-name", "bearer scheme", "text", "name of the token"),
    ("x-fern-type", "schema", "text", "the type in Fern's type syntax"),
    ("x-fern-type-name", "schema", "text", "name of the class"),
    (
        "x-fern-undiscriminated",
        "union",
        "flag",
        "whether variants are selected by their properties",
    ),
    ("x-fern-username-variable-name", "basic scheme", "text", "name of the user"),
    ("x-fern-version", "description", "mapping", "the header with the version of the API"),
    ("x-fern-webhook", "operation", "flag", "whether the API sends the request"),
    ("x-fern-webhook-signature", "description, webhook", "mapping", "how a payload is signed"),
    (
        "x-fiddlehead-lifecycle",
        "operation",
        "mapping",
        "how the state of a resource of the mock server changes",
    ),
    (
        "x-fiddlehead-request",
        "operation",
        "mapping",
        "the timeout and the number of retries",
    ),
    (
        "x-fiddlehead-waiter",
        "operation",
        "mapping",
        "a method that waits until an operation is finished",
    ),
)
"""Every supported extension, by its key."""

UNSUPPORTED = {
    "x-fern-async-config": "the second, asynchronous version of an endpoint",
    "x-fern-encoding": "encodings other than JSON",
    "x-fern-transport": "transports other than HTTP",
}
"""Known extensions that are not supported."""

SILENT = frozenset({"x-fern-explorer", "x-fern-sdk-method-docs"})
"""Extensions for Fern's documentation sites, which do not affect a client."""


def page() -> str:
    """The text of docs/extensions.md."""
    rows = [
        f"| `{extension.name}` | {extension.where} | {' or '.join(KINDS[one] for one in extension.types)} | {extension.fills} |"
        for extension in EXTENSIONS.values()
    ]
    left_out = [f"| `{name}` | {what} |" for name, what in UNSUPPORTED.items()]
    return "\n".join(
        [
            "# Extensions of OpenAPI",
            "",
            "Written by `make docs` from the table that the checks of a description use "
            "(`openapi/document/extension_table.py`). A key that begins with `x-fern-` or `x-fiddlehead-` "
            "and is not here is a warning, with the nearest name; so is a value of another type, and an extension "
            "on a description, path item, operation, parameter, body, response or schema where it has no effect.",
            "",
            "| extension | location | value | meaning |",
            "|---|---|---|---|",
            *rows,
            "",
            "These are known but not supported; each use is a warning:",
            "",
            "| extension | what is not generated |",
            "|---|---|",
            *left_out,
            "",
        ]
    )
