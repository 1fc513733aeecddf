"""The mock server: requests in, responses out, without any HTTP library.

`Service` is the entry. `fiddlehead.http_server` serves it on a port.
"""

from .messages import Request, Response
from .service import Failure, Service

__all__ = ["Failure", "Request", "Response", "Service"]
