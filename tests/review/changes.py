"""For each rule of the API layer, the smallest change that it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from fiddlehead import ir

from .apis import TEXT, WHOLE, a_field, api, endpoint, enum, limited, model, query, union

Change = tuple[str, ir.Api, ir.Api]
Holder = Callable[..., ir.Api]


def changes() -> Iterator[Change]:
    """(rule, before, after)."""
    for place, holder in HOLDERS.items():
        yield from _values(place, holder)
    yield from (*_operations(), *_parameters(), *_bodies(), *_responses())
    yield from _service()


# --- what any value can have ------------------------------------------------------------------


def _parameter(type: ir.Type, *declared: Any, **more: Any) -> ir.Api:
    return api(endpoint("POST /jobs", query(type, **more)), *declared)


def _request_property(type: ir.Type, *declared: Any, **more: Any) -> ir.Api:
    held = model("In", a_field("x", type, **more))
    return api(endpoint(sends=ir.Ref("In")), held, *declared)


def _answer_property(type: ir.Type, *declared: Any, **more: Any) -> ir.Api:
    held = model("Out", a_field("x", type, **more))
    return api(endpoint(gives=ir.Ref("Out")), held, *declared)


def _request_body(type: ir.Type, *declared: Any, **more: Any) -> ir.Api:
    return api(endpoint(sends=type), *declared)


def _response(type: ir.Type, *declared: Any, **more: Any) -> ir.Api:
    return api(endpoint(gives=type), *declared)


HOLDERS: dict[str, Holder] = {
    "request-parameter": _parameter,
    "request-property": _request_property,
    "request-body": _request_body,
    "response-property": _answer_property,
    "response-body": _response,
}


def _choice(*values: str) -> tuple[ir.Ref, ir.Enum]:
    # Owned by what holds it, as an enum is that is written where it is used.
    return ir.Ref("Choice"), enum("Choice", *values, owner="Holder")


def _values(place: str, holder: Holder) -> Iterator[Change]:
    request = place.startswith("request")

    def change(rule: str, old: ir.Api, new: ir.Api) -> Change:
        return f"{place}-{rule}", old, new

    two, three = _choice("a", "b"), _choice("a", "b", "c")
    yield change("type-changed", holder(TEXT), holder(WHOLE))
    yield change("enum-value-added", holder(*two), holder(*three))
    yield change("enum-value-removed", holder(*three), holder(*two))
    yield change("became-enum", holder(TEXT), holder(*two))
    yield change("became-not-enum", holder(*two), holder(TEXT))
    yield change("became-nullable", holder(TEXT), holder(ir.Nullable(TEXT)))
    yield change("became-not-nullable", holder(ir.Nullable(TEXT)), holder(TEXT))
    if request:
        yield change("type-generalized", holder(WHOLE), holder(ir.Primitive("double")))
    else:
        yield change("type-specialized", holder(ir.Primitive("double")), holder(WHOLE))
    either = ir.UnionOf((TEXT, WHOLE))
    yield change("one-of-added", holder(TEXT), holder(either))
    yield change("one-of-removed", holder(either), holder(TEXT))
    yield change("pattern-added", holder(TEXT), holder(limited(pattern="a")))
    yield change("pattern-changed", holder(limited(pattern="a")), holder(limited(pattern="b")))
    yield change("pattern-removed", holder(limited(pattern="a")), holder(TEXT))
    one, other = limited(format="ipv4"), limited(format="ipv6")
    yield change("constraint-changed", holder(one), holder(other))
    few, more = (replace(TEXT, assertions=(("minProperties", str(n)),)) for n in (1, 2))
    yield change("constraint-added", holder(TEXT), holder(few))
    yield change("constraint-tightened", holder(few), holder(more))
    yield change("constraint-loosened", holder(more), holder(few))
    yield change("constraint-removed", holder(few), holder(TEXT))
    yield from _unions(place, holder)
    default = ir.Default
    if place.endswith("-body"):
        name, choice = two
        some, other = (holder(name, replace(choice, default=default(item))) for item in "ab")
        yield change("default-value-added", holder(*two), some)
        yield change("default-value-changed", some, other)
        yield change("default-value-removed", some, holder(*two))
    else:
        yield change("default-value-added", holder(TEXT), holder(TEXT, default=default("a")))
        yield change(
            "default-value-changed",
            holder(TEXT, default=default("a")),
            holder(TEXT, default=default(None)),
        )
        yield change("default-value-removed", holder(TEXT, default=default("a")), holder(TEXT))
    for name in (
        "maximum",
        "minimum",
        "max_length",
        "min_length",
        "max_items",
        "min_items",
    ):
        rule = name.replace("imum", "").replace("_", "-")
        low, high, none = (_limit(holder, name, value) for value in (3, 5, None))
        yield change(f"{rule}-increased", low, high)
        yield change(f"{rule}-decreased", high, low)
        if request:
            yield change(f"{rule}-set", none, low)


def _limit(holder: Holder, name: str, value: int | None) -> ir.Api:
    limits = ir.Constraints(**{name: value})
    if name.endswith("items"):
        return holder(ir.ListOf(TEXT, constraints=limits))
    return holder(ir.Primitive("string" if name.endswith("length") else "integer", limits))


def _unions(place: str, holder: Holder) -> Iterator[Change]:
    a, b = model("A", a_field("a"), owner="U"), model("B", a_field("b"), owner="U")

    def held(**more: Any) -> ir.Api:
        shape = union("U", **{"a": ir.Ref("A"), "b": ir.Ref("B"), **more})
        return holder(ir.Ref("U"), replace(shape, owner="Holder"), a, b)

    plain = union("U", None, a=ir.Ref("A"), b=ir.Ref("B"))
    loose = holder(ir.Ref("U"), replace(plain, owner="Holder"), a, b)
    yield f"{place}-discriminator-added", loose, held()
    yield f"{place}-discriminator-removed", held(), loose
    yield f"{place}-discriminator-property-name-changed", held(), held(discriminator="kind")
    yield f"{place}-discriminator-mapping-changed", held(), held(b=ir.Ref("A"))
    if place.startswith("response"):
        yield f"{place}-variant-added", held(), held(c=ir.Ref("A"))


# --- operations -------------------------------------------------------------------------------


def _pairs(rows: dict[str, tuple[ir.Endpoint | None, ir.Endpoint | None]]) -> Iterator[Change]:
    for rule, (old, new) in rows.items():
        yield rule, api(*([old] if old else [])), api(*([new] if new else []))


def _status(status: Any) -> ir.Availability:
    return ir.Availability(status)


def _operations() -> Iterator[Change]:
    plain = endpoint()
    old = endpoint(availability=_status("deprecated"))
    beta = endpoint(availability=_status("beta"))
    key, both = endpoint(auth=(("key",),)), endpoint(auth=(("key",), ("token",)))
    sse = endpoint(streaming=ir.Streaming("sse"))
    ends = endpoint(streaming=ir.Streaming("sse", terminator="[DONE]"))
    waits = endpoint(waiter=ir.Waiter("wait", ("status",), ("done",)))
    longer = endpoint(waiter=ir.Waiter("wait", ("status",), ("done",), timeout=1.0))
    paged = endpoint(pagination=ir.Pagination("cursor", ("data",), ("cursor",), next=("next",)))
    yield from _pairs(
        {
            "api-removed-without-deprecation": (plain, None),
            "api-removed-with-deprecation": (old, None),
            "endpoint-added": (None, plain),
            "endpoint-deprecated": (plain, old),
            "endpoint-reactivated": (old, plain),
            "api-stability-decreased": (plain, beta),
            "api-stability-increased": (beta, plain),
            "api-operation-id-added": (plain, endpoint(operation_id="a")),
            "api-operation-id-removed": (endpoint(operation_id="a"), plain),
            "api-security-added": (endpoint(auth=()), key),
            "api-security-optional": (key, endpoint(auth=())),
            "api-security-removed": (both, key),
            "api-security-alternative-added": (key, both),
            "streaming-changed": (plain, sse),
            "stream-terminator-changed": (sse, ends),
            "waiter-changed": (waits, longer),
            "pagination-changed": (plain, paged),
            "retries-changed": (plain, endpoint(retries=False)),
            "call-settings-changed": (plain, endpoint(calls=ir.CallSettings(5.0))),
            "idempotency-changed": (plain, endpoint(idempotent=True)),
            "endpoint-server-changed": (plain, endpoint(server="files")),
            "documentation-changed": (endpoint(doc="Makes a job."), endpoint(doc="Starts a job.")),
            "endpoint-path-parameter-renamed": (
                endpoint("GET /jobs/{a}", query(name="a", location="path", required=True)),
                endpoint("GET /jobs/{b}", query(name="b", location="path", required=True)),
            ),
        }
    )


def _parameters() -> Iterator[Change]:
    none, optional = endpoint(), endpoint("POST /jobs", query())
    required = endpoint("POST /jobs", query(required=True))
    old = endpoint("POST /jobs", query(availability=_status("deprecated")))
    header = endpoint("POST /jobs", query(location="header"))
    yield from _pairs(
        {
            "new-required-request-parameter": (none, required),
            "new-optional-request-parameter": (none, optional),
            "request-parameter-removed": (optional, none),
            "request-parameter-removed-with-deprecation": (old, none),
            "request-parameter-became-required": (optional, required),
            "request-parameter-became-optional": (required, optional),
            "request-parameter-deprecated": (optional, old),
            "request-parameter-reactivated": (old, optional),
            "request-parameter-moved": (optional, header),
            "request-parameter-style-changed": (
                optional,
                endpoint("POST /jobs", query(style="deepObject")),
            ),
        }
    )


def _body(**more: Any) -> ir.Endpoint:
    values = {"encoding": "json", "content_type": "application/json", "type": TEXT, **more}
    return endpoint(body=ir.Body(**values))


def _bodies() -> Iterator[Change]:
    none, some, maybe = endpoint(), _body(), _body(required=False)
    yield from _pairs(
        {
            "request-body-added-required": (none, some),
            "request-body-added-optional": (none, maybe),
            "request-body-became-required": (maybe, some),
            "request-body-became-optional": (some, maybe),
            "request-body-removed": (some, none),
            "request-body-media-type-removed": (some, _body(content_type="text/plain")),
        }
    )

    def held(*fields: ir.Field, **more: Any) -> ir.Api:
        return api(endpoint(sends=ir.Ref("In")), model("In", *fields, **more))

    default = ir.Default("a")
    part = a_field(content_type="text/plain")
    yield "new-required-request-property", held(), held(a_field())
    yield (
        "new-required-request-property-with-default",
        held(),
        held(a_field(default=default)),
    )
    yield "new-optional-request-property", held(), held(a_field(required=False))
    yield "request-property-removed", held(a_field()), held()
    yield "request-property-became-required", held(a_field(required=False)), held(a_field())
    yield (
        "request-property-became-required-with-default",
        held(a_field(required=False, default=default)),
        held(a_field(default=default)),
    )
    yield "request-property-became-optional", held(a_field()), held(a_field(required=False))
    yield "request-part-encoding-changed", held(a_field()), held(part)
    yield (
        "request-additional-properties-changed",
        held(a_field()),
        held(a_field(), extra=TEXT),
    )
    yield from _common("request", held)


def _common(side: str, held: Callable[..., ir.Api]) -> Iterator[Change]:
    old = a_field(availability=_status("deprecated"))
    yield f"{side}-property-deprecated", held(a_field()), held(old)
    yield f"{side}-property-reactivated", held(old), held(a_field())
    for need, required in (("optional", False), ("required", True)):
        for access in ("read-only", "write-only"):
            open_, shut = a_field(required=required), a_field(required=required, access=access)
            yield f"{side}-{need}-property-became-{access}", held(open_), held(shut)
            yield f"{side}-{need}-property-became-not-{access}", held(shut), held(open_)


def _responses() -> Iterator[Change]:
    def result(**more: Any) -> ir.Endpoint:
        values = {"kind": "json", "type": TEXT, "content_type": "application/json", **more}
        return endpoint(result=ir.Result(**values))

    plain = result()
    header = result(headers=(ir.Header("X-Count", WHOLE),))
    always = result(headers=(ir.Header("X-Count", WHOLE, required=True),))
    failing = ir.ErrorResponse("NotFound")
    yield from _pairs(
        {
            "response-success-status-added": (plain, result(status="201")),
            "response-success-status-removed": (plain, result(status="201")),
            "response-media-type-added": (plain, result(content_type="application/x+json")),
            "response-media-type-removed": (plain, result(content_type="application/x+json")),
            "response-kind-changed": (plain, result(kind="text")),
            "response-became-optional": (plain, result(optional=True)),
            "response-became-always-present": (result(optional=True), plain),
            "response-return-value-changed": (plain, result(unwrap=("data",))),
            "response-header-added": (plain, header),
            "optional-response-header-removed": (header, plain),
            "required-response-header-removed": (always, plain),
            "response-header-became-optional": (always, header),
            "response-header-became-required": (header, always),
            "response-header-type-changed": (header, result(headers=(ir.Header("X-Count", TEXT),))),
            "response-error-body-added": (
                replace(plain, errors=(failing,)),
                replace(plain, errors=(replace(failing, type=TEXT),)),
            ),
            "response-error-body-removed": (
                replace(plain, errors=(replace(failing, type=TEXT),)),
                replace(plain, errors=(failing,)),
            ),
            "response-non-success-status-added": (plain, replace(plain, errors=(failing,))),
            "response-non-success-status-removed": (replace(plain, errors=(failing,)), plain),
        }
    )

    def held(*fields: ir.Field, **more: Any) -> ir.Api:
        return api(endpoint(gives=ir.Ref("Out")), model("Out", *fields, **more))

    maybe = a_field(required=False)
    yield "response-required-property-removed", held(a_field()), held()
    yield "response-optional-property-removed", held(maybe), held()
    yield "response-required-property-added", held(), held(a_field())
    yield "response-optional-property-added", held(), held(maybe)
    yield "response-property-became-optional", held(a_field()), held(maybe)
    yield "response-property-became-required", held(maybe), held(a_field())
    yield "response-additional-properties-changed", held(a_field()), held(a_field(), extra=TEXT)
    yield from _common("response", held)


# --- the whole API ----------------------------------------------------------------------------


def _service() -> Iterator[Change]:
    def with_(**more: Any) -> ir.Api:
        return api(endpoint(), **more)

    def place(name: str, url: str) -> ir.Environment:
        return ir.Environment(name, {"": ir.Server(url)})

    one, other = place("One", "https://one.test"), place("Two", "https://two.test")
    both = with_(environments=(one, other), default_environment="One")
    only = with_(environments=(one,), default_environment="One")
    none = with_()
    yield "api-version-changed", none, replace(none, version="2")
    yield "api-schema-added", api(), api(model("A"))
    yield "api-schema-removed", api(model("A")), api()
    yield "api-server-added", only, both
    yield "api-server-removed", both, only
    yield (
        "api-server-url-changed",
        only,
        with_(environments=(place("One", "https://1.test"),), default_environment="One"),
    )
    yield "api-default-server-changed", both, replace(both, default_environment="Two")
    key = ir.AuthScheme("key", "header", (ir.Credential("key"),), key="X-Key")
    oauth = ir.AuthScheme("o", "oauth", (), token_url="https://a.test", scopes=("read", "write"))
    known = with_(auth_schemes={"key": key})
    yield "api-security-component-added", none, known
    yield "api-security-component-removed", known, none
    moved = with_(auth_schemes={"key": replace(key, key="X-Other")})
    yield "api-security-component-type-changed", known, moved
    named = replace(key, credentials=(ir.Credential("key", env="TEAM_KEY"),))
    yield "client-credential-changed", known, with_(auth_schemes={"key": named})
    wide = with_(auth_schemes={"o": oauth})
    narrow = with_(auth_schemes={"o": replace(oauth, scopes=("read",))})
    yield "api-security-component-oauth-scope-removed", wide, narrow
    yield "api-security-component-oauth-scope-added", narrow, wide
    elsewhere = with_(auth_schemes={"o": replace(oauth, token_url="https://b.test")})
    yield "api-security-component-oauth-token-url-changed", wide, elsewhere
    yield "api-global-security-added", none, with_(auth=(("key",),))
    yield (
        "api-global-security-removed",
        with_(auth=(("key",), ("token",))),
        with_(auth=(("key",),)),
    )
    header = ir.Parameter("X-Team", "header", TEXT, False)
    yield "client-header-added", none, with_(headers=(header,))
    yield "client-header-added-required", none, with_(headers=(replace(header, required=True),))
    yield "client-header-removed", with_(headers=(header,)), none
    yield (
        "client-header-changed",
        with_(headers=(header,)),
        with_(headers=(replace(header, env="TEAM"),)),
    )
    version = ir.VersionHeader("X-Version", ("1",))
    yield "version-header-changed", none, with_(version_header=version)
    hook = ir.Webhook(("done",), TEXT)
    signed = replace(hook, signature=ir.WebhookSignature("X-Sig"))
    yield "webhook-added", none, with_(webhooks=(hook,))
    yield "webhook-removed", with_(webhooks=(hook,)), none
    yield "webhook-signature-changed", with_(webhooks=(hook,)), with_(webhooks=(signed,))
    channel = ir.Channel(("talk",), "/talk", messages=(ir.Message("say", "client", TEXT),))
    silent = replace(channel, messages=())

    def with_channels(channel: ir.Channel) -> ir.Api:
        return replace(none, root=replace(none.root, channels=(channel,)))

    talk = with_channels(channel)
    yield "channel-added", none, talk
    yield "channel-removed", talk, none
    yield "channel-message-added", with_channels(silent), talk
    yield "channel-message-removed", talk, with_channels(silent)
    text = channel.messages[0]
    binary = replace(channel, messages=(replace(text, format="binary"),))
    yield "channel-message-format-changed", talk, with_channels(binary)
    old = replace(channel, messages=(replace(text, availability=_status("deprecated")),))
    yield "channel-message-deprecated", talk, with_channels(old)
