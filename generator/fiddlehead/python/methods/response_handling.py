"""How a method handles a response: its return annotations, and the function of the runtime."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ... import ir
from ...literals import literal
from ...package import Keyword, Kind
from ...typing_.types import (
    ASYNC_ITERATOR,
    BYTES,
    ITERATOR,
    NONE,
    STR,
    Type,
    core,
    generic,
    named,
)
from ..context import Context, in_body
from ..locations.namespace import Namespace
from . import event_fields, pagination
from .method_parts import Parts


@dataclass(frozen=True)
class ResponseHandling:
    """The return annotations of both clients, and the arguments of the call that request this
    result."""

    kind: Kind
    returns: Type
    async_returns: Type
    function: str
    positional: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    awaited: bool = True
    async_positional: tuple[str, ...] | None = None


def response_handling(
    context: Context, namespace: Namespace, endpoint: ir.Endpoint, parts: Parts
) -> ResponseHandling:
    result = endpoint.result
    if endpoint.streaming is not None and result.kind in ("json", "text"):
        return _stream(context, namespace, endpoint, endpoint.streaming)
    if endpoint.pagination is not None:
        response = pagination.response(context, namespace, endpoint, endpoint.pagination, parts)
        if response is not None:
            positional, returns, async_annotation, keywords = response
            if endpoint.pagination.kind == "custom":
                return ResponseHandling(
                    "custom_pages",
                    returns,
                    async_annotation,
                    "_custom_pages",
                    (returns.text, *positional),
                    async_positional=(async_annotation.text, *positional),
                )
            return ResponseHandling(
                "pages", returns, async_annotation, "_paginate", positional, keywords
            )
    match result.kind:
        case "none":
            nothing = namespace.annotation(NONE)
            return ResponseHandling("request", nothing, nothing, "_send")
        case "text" | "bytes":
            name, read = {"text": ("str", "text"), "bytes": ("bytes", "content")}[result.kind]
            annotation = namespace.annotation(named(name))
            keyword = Keyword("result", literal(read))
            return ResponseHandling(
                "request",
                annotation,
                annotation,
                "_request",
                (namespace.builtin(name),),
                (keyword,),
            )
        case "file":
            sync = namespace.annotation(generic(ITERATOR, BYTES))
            async_annotation = namespace.annotation(generic(ASYNC_ITERATOR, BYTES))
            return ResponseHandling("download", sync, async_annotation, "_download", awaited=False)
        case "json":
            return _json(context, namespace, result)


_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)


def accepted(context: Context, endpoint: ir.Endpoint) -> Iterator[Keyword]:
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
        attributes = pagination.attributes(context, type_, result.unwrap)
        if attributes is not None:
            keywords = (Keyword("unwrap", literal(".".join(attributes[0]))),)
        else:
            context.diagnostics.warning(
                "bad-extension",
                f"the response has no property '{'.'.join(result.unwrap)}': the whole response is returned",
                result.span,
            )
    annotation = namespace.annotation(returned_type(context, result))
    if annotation.text == "None":
        # The body is `null`: there is nothing to read.
        return ResponseHandling("request", annotation, annotation, "_send")
    expression = in_body(type_, namespace, none=result.optional)
    return ResponseHandling("request", annotation, annotation, "_request", (expression,), keywords)


def returned_type(context: Context, result: ir.Result) -> ir.Type:
    """The return type of a method: of the response, or of the unwrapped property."""
    type_ = result.type if result.type is not None else ir.Unknown()
    resolved = pagination.attributes(context, type_, result.unwrap) if result.unwrap else None
    returned = resolved[1] if resolved is not None else type_
    return ir.Nullable(returned) if result.optional else returned


def _stream(
    context: Context, namespace: Namespace, endpoint: ir.Endpoint, streaming: ir.Streaming
) -> ResponseHandling:
    type_ = endpoint.result.type
    item, expression = STR, namespace.builtin("str")
    if type_ is not None and endpoint.result.kind == "json":
        item, expression = context.types.type_of(type_), in_body(type_, namespace)
    sync, async_annotation = ITERATOR, ASYNC_ITERATOR
    if context.settings.python.stream_abstraction:
        sync, async_annotation = core("streaming", "Stream"), core("streaming", "AsyncStream")
    keywords = [Keyword("format", literal(streaming.format))]
    if streaming.terminator is not None:
        keywords.append(Keyword("terminator", literal(streaming.terminator)))
    discriminator = None
    if type_ is not None and streaming.format == "sse":
        discriminator = event_fields.discriminator(context, type_)
    if discriminator is not None:
        keywords.append(Keyword("event_discriminator", literal(discriminator)))
    if streaming.format == "sse" and type_ is not None and item.text != "str":
        texts = event_fields.text_events(context, type_, discriminator)
        if texts is not None:
            keywords.append(Keyword("text_events", texts))
    if streaming.resumable:
        keywords.append(Keyword("resumable", "True"))
    return ResponseHandling(
        "stream",
        namespace.annotation(generic(sync, item)),
        namespace.annotation(generic(async_annotation, item)),
        "_stream",
        (expression,),
        tuple(keywords),
        awaited=False,
    )
