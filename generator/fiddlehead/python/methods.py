"""Methods of endpoints: signature, documentation, and the call in the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .. import ir
from ..literals import literal
from ..naming import Named
from ..package import Annotation, Call, Import, Keyword, Kind, Method
from ..type_expressions import (
    ASYNC_ITERATOR,
    BYTES,
    ITERATOR,
    NONE,
    STR,
    Expression,
    Generic,
    Name,
    core,
    optional,
)
from . import docs, errors, operation_auth, pages, text_events
from .arguments import Arguments
from .context import Context, deprecation, in_body
from .method_parts import Parts
from .namespace import Namespace


@dataclass(frozen=True)
class ResponseHandling:
    """The return annotations of both clients, and the arguments of the call that request this
    result."""

    kind: Kind
    returns: Annotation
    async_returns: Annotation
    function: str
    positional: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    awaited: bool = True
    async_positional: tuple[str, ...] | None = None


def build(context: Context, namespace: Namespace, endpoint: ir.Endpoint, named: Named) -> Method:
    """The method of an endpoint, without its examples."""
    parts = Arguments(context, namespace, endpoint, named.key).build()
    response = _response(context, namespace, endpoint, parts)
    url = template(endpoint, parts).lstrip("/")
    keywords = (
        *ordered(parts),
        *response.keywords,
        *_accept(context, endpoint),
        *call_options(context, namespace, endpoint),
    )
    call = Call(
        function=response.function,
        positional=(*response.positional, literal(endpoint.method.upper()), literal(url)),
        keywords=(*keywords, Keyword("options", "request_options")),
        awaited=response.awaited,
    )
    async_call = None
    if response.async_positional is not None:
        rest = call.positional[len(response.positional) :]
        async_call = replace(call, positional=(*response.async_positional, *rest))
    deprecated = deprecation(endpoint.availability)
    if deprecated is not None:
        namespace.use(Import("typing_extensions", "deprecated"))
    return Method(
        name=named.name,
        arguments=parts.arguments,
        returns=response.returns,
        async_returns=response.async_returns,
        call=call,
        async_call=async_call,
        summary=endpoint.summary,
        description=endpoint.doc,
        kind=response.kind,
        http_method=endpoint.method.upper(),
        url=endpoint.path,
        errors=tuple(dict.fromkeys(_error_names(context, endpoint))),
        deprecated=deprecated,
        key=named.key,
        id=endpoint.id,
        span=endpoint.span,
    )


_PATH_PREFIXES = {"label": ".{{{name}}}", "matrix": ";{name}={{{name}}}"}
"""The prefixes of path styles (RFC 6570, sections 3.2.5 and 3.2.7)."""


def template(endpoint: ir.Endpoint, parts: Parts) -> str:
    """The path with the prefixes of its parameters' styles."""
    path = endpoint.path
    styles = parts.calls.get("path_styles", Keyword("path_styles")).entries
    styled = {key for key, _ in styles}
    for each in endpoint.parameters:
        is_path = each.location == "path" and literal(each.name) not in styled
        if is_path and each.style in _PATH_PREFIXES:
            led = _PATH_PREFIXES[each.style].format(name=each.name)
            path = path.replace(f"{{{each.name}}}", led)
    return path


_ORDER = (
    "path",
    "path_styles",
    "params",
    "styles",
    "headers",
    "json",
    "form",
    "data",
    "files",
    "content",
)


def ordered(parts: Parts) -> list[Keyword]:
    """The keywords of a call in the order in which they are printed."""
    rest = [name for name in parts.calls if name not in _ORDER]
    found = [parts.calls[name] for name in (*_ORDER, *sorted(rest)) if name in parts.calls]
    return [_inline(each) if each.name == "path" else each for each in found]


def _inline(keyword: Keyword) -> Keyword:
    # The path determines their number, so they are on one line.
    entries = ", ".join(f"{key}: {value}" for key, value in keyword.entries)
    return Keyword(keyword.name, f"{{{entries}}}")


def _response(
    context: Context, namespace: Namespace, endpoint: ir.Endpoint, parts: Parts
) -> ResponseHandling:
    result = endpoint.result
    if endpoint.streaming is not None and result.kind in ("json", "text"):
        return _stream(context, namespace, endpoint, endpoint.streaming)
    if endpoint.pagination is not None:
        response = pages.response(context, namespace, endpoint, endpoint.pagination, parts)
        if response is not None:
            positional, returns, other, keywords = response
            if endpoint.pagination.kind == "custom":
                return ResponseHandling(
                    "custom_pages",
                    returns,
                    other,
                    "_custom_pages",
                    (returns.text, *positional),
                    async_positional=(other.text, *positional),
                )
            return ResponseHandling("pages", returns, other, "_paginate", positional, keywords)
    match result.kind:
        case "none":
            nothing = namespace.annotation(NONE)
            return ResponseHandling("request", nothing, nothing, "_send")
        case "text" | "bytes":
            name, read = {"text": ("str", "text"), "bytes": ("bytes", "content")}[result.kind]
            annotation = namespace.annotation(Name(name))
            keyword = Keyword("result", literal(read))
            return ResponseHandling(
                "request", annotation, annotation, "_request", (name,), (keyword,)
            )
        case "file":
            sync = namespace.annotation(Generic(ITERATOR, (BYTES,)))
            other = namespace.annotation(Generic(ASYNC_ITERATOR, (BYTES,)))
            return ResponseHandling("download", sync, other, "_download", awaited=False)
        case "json":
            return _json(context, namespace, result)


_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)


def _accept(context: Context, endpoint: ir.Endpoint) -> Iterator[Keyword]:
    """The media type to request, if it is not `application/json` (RFC 9110, section 12.5.1)."""
    result, streaming = endpoint.result, endpoint.streaming
    media = (result.content_type or "").partition(";")[0].strip()
    if streaming is None and result.kind in ("json", "none"):
        is_other = _MEDIA_TYPE.fullmatch(media) and media.lower() != "application/json"
        if is_other or media == "*/*":
            yield Keyword("accept", literal(media))
    elif (
        streaming is None
        and result.kind == "text"
        and not context.fern
        and _MEDIA_TYPE.fullmatch(media)
    ):
        # The same text may be offered as JSON, and an error may be of any media type.
        yield Keyword("accept", literal(f"{media}, */*;q=0.1"))
    elif streaming is None or streaming.format != "sse":
        # The response is not decoded.
        yield Keyword("accept", literal("*/*"))


def _json(context: Context, namespace: Namespace, result: ir.Result) -> ResponseHandling:
    type_ = result.type if result.type is not None else ir.Unknown()
    keywords: tuple[Keyword, ...] = ()
    if result.unwrap:
        found = pages.attributes(context, type_, result.unwrap)
        if found is not None:
            keywords = (Keyword("unwrap", literal(".".join(found[0]))),)
        else:
            context.diagnostics.warning(
                "bad-extension",
                f"the response has no property '{'.'.join(result.unwrap)}': the whole response is returned",
                result.span,
            )
    expression = in_body(type_, namespace, none=result.optional)
    annotation = namespace.annotation(returned_type(context, result))
    return ResponseHandling("request", annotation, annotation, "_request", (expression,), keywords)


def returned_type(context: Context, result: ir.Result) -> Expression:
    """The return type of a method: of the response, or of the unwrapped property."""
    type_ = result.type if result.type is not None else ir.Unknown()
    found = pages.attributes(context, type_, result.unwrap) if result.unwrap else None
    returned = found[1] if found is not None else type_
    return optional(returned) if result.optional else returned


def _stream(
    context: Context, namespace: Namespace, endpoint: ir.Endpoint, streaming: ir.Streaming
) -> ResponseHandling:
    type_ = endpoint.result.type
    item: Expression = STR
    expression = "str"
    if type_ is not None and endpoint.result.kind == "json":
        item, expression = type_, in_body(type_, namespace)
    sync, other = ITERATOR, ASYNC_ITERATOR
    if context.settings.python.stream_abstraction:
        sync, other = core("streaming", "Stream"), core("streaming", "AsyncStream")
    keywords = [Keyword("format", literal(streaming.format))]
    if streaming.terminator is not None:
        keywords.append(Keyword("terminator", literal(streaming.terminator)))
    discriminator = _event_discriminator(context, type_)
    if discriminator is not None:
        keywords.append(Keyword("event_discriminator", literal(discriminator)))
    if streaming.format == "sse" and type_ is not None and expression != "str":
        texts = text_events.expression(context, type_, discriminator)
        if texts is not None:
            keywords.append(Keyword("text_events", texts))
    if streaming.resumable:
        keywords.append(Keyword("resumable", "True"))
    return ResponseHandling(
        "stream",
        namespace.annotation(Generic(sync, (item,))),
        namespace.annotation(Generic(other, (item,))),
        "_stream",
        (expression,),
        tuple(keywords),
        awaited=False,
    )


def _event_discriminator(context: Context, type_: ir.Type | None) -> str | None:
    declaration = context.api.declarations.get(type_.id) if isinstance(type_, ir.Ref) else None
    discriminator = declaration.discriminator if isinstance(declaration, ir.Union) else None
    if discriminator is not None and discriminator.context == "protocol":
        return discriminator.property
    return None


def call_options(context: Context, namespace: Namespace, endpoint: ir.Endpoint) -> list[Keyword]:
    """Arguments of the call that differ from the defaults of the client."""
    found: list[Keyword] = []
    entries: list[tuple[str, str]] = []
    ambiguous = errors.ambiguous(context)
    for each in endpoint.errors:
        error = context.api.errors.get(each.error)
        if error is None:
            continue
        status = error.status if error.status.isdigit() else literal(error.status)
        if each.error in ambiguous:
            entries.append((status, errors.local_name(context, each.error, namespace)))
        elif each.type is not None and each.type != error.type:
            entries.append((status, in_body(each.type, namespace)))
    if entries:
        found.append(Keyword("errors", entries=tuple(sorted(dict(entries).items()))))
    if endpoint.server is not None and len(_servers(context)) > 1:
        server = context.names.argument(endpoint.server)
        url = f'self._client_wrapper.settings["environment"].{server}'
        found.append(Keyword("base", url))
    auth = operation_auth.auth_keyword(context, endpoint)
    if auth is not None:
        found.append(auth)
    if endpoint.calls is not None and endpoint.calls.timeout is not None:
        found.append(Keyword("timeout_in_seconds", repr(endpoint.calls.timeout)))
    if endpoint.calls is not None and endpoint.calls.max_retries is not None and endpoint.retries:
        found.append(Keyword("max_retries", repr(endpoint.calls.max_retries)))
    if not endpoint.retries:
        found.append(Keyword("retries", "False"))
    return found


def _error_names(context: Context, endpoint: ir.Endpoint) -> list[str]:
    return [
        context.errors[each.error].class_name
        for each in endpoint.errors
        if each.error in context.errors
    ]


def _servers(context: Context) -> list[str]:
    return list(dict.fromkeys(name for each in context.api.environments for name in each.servers))


def with_docs(method: Method, sync: str, other: str) -> Method:
    """A method with its docstrings."""
    return replace(method, doc=sync, async_doc=other if other != sync else None)


def docstring(method: Method, *, asynchronous: bool = False) -> str:
    """The text of a method's docstring."""
    # The asynchronous example differs only by `await`, which the README shows.
    shown = method.examples[0] if method.examples and not asynchronous else None
    # Without this, a docstring that starts with a heading would lose its indentation.
    called = f"`{method.http_method} {method.url}`"
    text = docs.description(method.summary, method.description) or called
    return docs.method(text, method.arguments, method.deprecated, shown, method.raises)
