"""The body of a response in chunks."""

import itertools
from collections.abc import AsyncIterator
from typing import Any


async def chunks_of(response: Any, is_async: bool, size: int | None = None) -> Any:
    """The iterator of the chunks. The first one is read at once."""
    if is_async:
        chunks = response.aiter_bytes(size)
        return _after(await anext(chunks, b""), chunks)
    chunks = response.iter_bytes(size)
    return itertools.chain(filter(None, [next(chunks, b"")]), chunks)


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for chunk in rest:
        yield chunk
