"""Responses with their data, each of its client's kind, as Fern's packages have them."""

from typing import TypeVar

from ._http_response import HttpResponse as BaseHttpResponse
from ._http_response import answer_of as answer_of
from ._http_response import described as described
from ._http_response import error_of as error_of

T = TypeVar("T")


class HttpResponse(BaseHttpResponse[T]):
    """Decoded data with the HTTP response of a synchronous client."""

    def close(self) -> None:
        """Close the response; one that was read is closed."""
        self._response.close()


class AsyncHttpResponse(BaseHttpResponse[T]):
    """Decoded data with the HTTP response of an asynchronous client."""

    async def close(self) -> None:
        """Close the response; one that was read is closed."""
        await self._response.aclose()
