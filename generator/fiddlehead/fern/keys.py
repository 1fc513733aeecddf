"""The keys of Fern's definition schema for each construct.

`python -m fiddlehead.fern` prints docs/fern-keys.md from the table `CONSTRUCTS`.
"""

from __future__ import annotations

from ..frontend_kit import webhook_signatures


def _keys(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


_DECLARED = "docs availability audiences"
_DECLARATION = f"{_DECLARED} examples encoding source inline"

# --- files ---
ROOT = _keys(
    "name docs description display-name imports audiences errors error-discrimination version",
    "environments default-environment default-url base-url-env auth auth-schemes headers",
    "base-path path-parameters idempotency-headers variables global-parameters pagination product",
    "webhook-signature x-fiddlehead-response-headers",
)
_FILE = "docs imports types service errors webhooks webhook-signature channel"
FILE = _keys(_FILE)
PACKAGE = _keys(_FILE, "navigation export")

# --- types ---
ALIAS = _keys(_DECLARATION, "type validation")
OBJECT = _keys(_DECLARATION, "extends properties extra-properties")
ENUM = _keys(_DECLARATION, "enum default forward-compatible")
ENUM_VALUE = _keys("value name docs casing availability")
UNION = _keys(_DECLARATION, "discriminant extends base-properties union discriminated")
DISCRIMINANT = _keys("value name context")
MEMBER = _keys("type key name docs availability display-name validation")
MEMBER_KEY = _keys("value name")
UNDISCRIMINATED = _keys(_DECLARATION, "discriminated union")
_REFERENCE = f"{_DECLARED} type name default encoding validation"
REFERENCE = _keys(_REFERENCE)
PROPERTY = _keys(_REFERENCE, "access")
VALIDATION = _keys(
    "minLength maxLength pattern format min max exclusiveMin exclusiveMax multipleOf"
)
EXAMPLE = _keys("name docs value")

# --- services ---
ERROR = _keys("docs status-code type examples headers")
SERVICE = _keys(
    "auth url base-path path-parameters idempotent headers transport source endpoints",
    "availability audiences display-name docs x-fiddlehead-response-headers",
)
ENDPOINT = _keys(
    _DECLARED,
    "display-name method base-path path url path-parameters auth security idempotent",
    "stream-condition request response response-stream errors examples pagination transport",
    "source retries x-fiddlehead-request x-fiddlehead-waiter x-fiddlehead-lifecycle x-fiddlehead-response-headers",
)
PATH_PARAMETER = _keys(_REFERENCE, "variable")
QUERY_PARAMETER = _keys(_REFERENCE, "allow-multiple explode")
HEADER = _keys(_REFERENCE, "env")
REQUEST = _keys("name docs content-type path-parameters query-parameters headers body")
BODY_REFERENCE = _keys("type docs")
BODY = _keys("extends extra-properties properties")
BODY_PROPERTY = _keys(_REFERENCE, "access style content-type")
RESPONSE = _keys("docs type property status-code content-type")
STREAM = _keys("docs type format terminator resumable")
RESPONSE_ERROR = _keys("docs error")
CALL = _keys("id name docs path-parameters query-parameters headers request response code-samples")
CALL_RESPONSE = _keys("error body stream")
RETRIES = _keys("disabled")
PAGINATION = _keys("cursor next_cursor offset step has-next-page next_uri next_path type results")
WAITER = _keys("name property success failure interval timeout docs")

# --- api.yml ---
ENVIRONMENT = _keys(
    "url urls docs audiences default-url default-urls url-template url-templates variables"
)
SERVER_VARIABLE = _keys("id default values")
VARIABLE = _keys("type docs env")
VERSION = _keys("header default values")
VERSION_HEADER = _keys("name env value")
VERSION_VALUE = _keys("name docs value")
GLOBAL_PARAMETER = _keys("docs in target type env default optional apply parameter-name")
DISCRIMINATION = _keys("strategy property-name")

# --- authentication ---
AUTH = _keys("scheme any all endpoint-security docs")
CREDENTIAL = _keys("name env omit placeholder")
BEARER = _keys("docs scheme token get-token")
BASIC = _keys("docs scheme username password")
HEADER_AUTH = _keys("docs header name env type prefix placeholder")
OAUTH = _keys(
    "docs scheme type scopes token-prefix token-header client-id-env client-secret-env get-token",
    "refresh-token client-id authorization-url device-authorization-url token-url refresh-url",
    "redirect-uri success-redirect-url error-redirect-url pkce authorization-parameters",
    "device-authorization-parameters token-parameters refresh-parameters",
)
INFERRED = _keys("docs scheme get-token")
GET_TOKEN = _keys("endpoint request-properties response-properties")
REQUEST_PROPERTIES = _keys("client-id client-secret scopes refresh-token grant-type")
RESPONSE_PROPERTIES = _keys("access-token expires-in refresh-token")
INFERRED_TOKEN = _keys("endpoint expiry-response-property authenticated-request-headers")
TOKEN_HEADER = _keys("header-name value-prefix response-property")

# --- events ---
WEBHOOK = _keys(_DECLARED, "display-name method headers payload examples signature")
INLINE_PAYLOAD = _keys("name docs extends properties")
WEBHOOK_EXAMPLE = _keys("id name docs payload")
CHANNEL = _keys(
    _DECLARED,
    "display-name auth path url headers path-parameters query-parameters messages examples",
    "connect-method-name",
)
MESSAGE = _keys(_DECLARED, "display-name origin body method-name")

CONSTRUCTS = {
    "api.yml": ROOT,
    "a definition file": FILE,
    "`__package__.yml`": PACKAGE,
    "an alias": ALIAS,
    "an object": OBJECT,
    "a property": PROPERTY,
    "an enum": ENUM,
    "an enum value": ENUM_VALUE,
    "a union": UNION,
    "a member of a union": MEMBER,
    "an undiscriminated union": UNDISCRIMINATED,
    "`validation`": VALIDATION,
    "an error": ERROR,
    "a service": SERVICE,
    "an endpoint": ENDPOINT,
    "a path parameter": PATH_PARAMETER,
    "a query parameter": QUERY_PARAMETER,
    "a header": HEADER,
    "a request": REQUEST,
    "a request body": BODY,
    "a property of a request body": BODY_PROPERTY,
    "a response": RESPONSE,
    "a stream": STREAM,
    "`pagination`": PAGINATION,
    "`x-fiddlehead-waiter`": WAITER,
    "an example of an endpoint": CALL,
    "an environment": ENVIRONMENT,
    "a variable": VARIABLE,
    "a global parameter": GLOBAL_PARAMETER,
    "a bearer scheme": BEARER,
    "a basic scheme": BASIC,
    "a header scheme": HEADER_AUTH,
    "an OAuth scheme": OAUTH,
    "a webhook": WEBHOOK,
    "a webhook signature": webhook_signatures.KEYS,
    "a channel": CHANNEL,
    "a message of a channel": MESSAGE,
}
"""The keys of each construct, by the name of the construct in messages."""

_GENERAL = 6
"""For keys of more constructs than this, no hint about the construct is given."""


def places(key: str) -> list[str]:
    """The constructs that have a key; empty if it is a key of many."""
    names = [name.replace("`", "'") for name, known in CONSTRUCTS.items() if key in known]
    return names if len(names) <= _GENERAL else []


def page() -> str:
    """The text of docs/fern-keys.md."""
    rows = [
        f"| {name} | {', '.join(f'`{key}`' for key in sorted(known))} |"
        for name, known in CONSTRUCTS.items()
    ]
    return "\n".join(
        [
            "# Keys of a Fern definition",
            "",
            "This page is generated by `make docs` from the table "
            "`fern/keys.py`. Any other key is a warning, with the nearest name or the "
            "construct that has the key.",
            "",
            "| construct | keys |",
            "|---|---|",
            *rows,
            "",
        ]
    )
