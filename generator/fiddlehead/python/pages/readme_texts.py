"""The sentences of README.md that are the same for every package."""

from __future__ import annotations

WAITING = """\
Methods can wait for long-running operations; `interval`, `timeout` and `on_progress` control this. A \
failed operation raises `WaitFailedError`, a timeout `WaitTimeoutError`, both from `{package}`:

{example}"""

SOCKETS = """\
A WebSocket is open inside a `with` block. There is a method to send each message. Messages are \
received with `recv()` or by iteration, which ends when the connection is closed. An error raises \
`SocketClosedError`, which has `code` and `reason`:

{example}

`socket.on("message", callback)` registers a callback, also for `open`, `error` and `close`, and \
`socket.start_listening()` calls them until the connection is closed."""

ERRORS = """\
A response with an error status raises an `ApiError` with the status, the headers, the decoded body \
and the request. There is a subclass for each documented status:

{example}"""

RAW = """\
`with_raw_response` has the same methods, which return the response together with its data:

{example}"""

RETRIES = """\
Requests are retried after connection errors and after the statuses 408, 409, 429 and 5xx, after the \
delay in `Retry-After` or with exponential backoff. {careful}`timeout` and `max_retries` can be set for \
the client and for a request:

{example}"""

CAREFUL = """\
A POST or PATCH without an idempotency key is retried only if the connection failed, and after 429 \
and 503, because the server may have processed the request. """

OWN_CLIENT = """\
Pass an HTTP client to use your own proxies, certificates, event hooks and transports:

{example}

A client of `httpx2` or of `httpx` is accepted. Connection errors are exceptions of its library, such \
as `{library}.ConnectError`. Without an HTTP client, the package uses `{library}` if it is \
installed, otherwise the other library."""

UNKNOWN = """\
Responses of a newer version of the API are accepted: an unknown field is an attribute, an unknown \
value of an enum is a `str`, and a model is serialized to the JSON that was received. A value of \
another type is kept unchanged, and a missing value is `None`; the `problems` of a raw response list \
both, as error details of pydantic."""

LOGS = """\
The logger `{package}` logs each request at the level DEBUG: the method, the URL, and the result. \
Headers, bodies and the query of the URL are not logged, because they may be secret."""
