"""The mock server without an HTTP library: requests in, responses out.

`Service` is the entry point. `fiddlehead.http_server` serves it on a port.
"""

from .messages import Request, Response
from .service import Failure, Service

__all__ = ["Failure", "Request", "Response", "Service"]
