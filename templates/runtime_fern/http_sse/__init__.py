"""Server-sent events of responses that are opened by hand, under Fern's names."""

from ._api import EventSource as EventSource
from ._api import aconnect_sse as aconnect_sse
from ._api import connect_sse as connect_sse
from ._exceptions import SSEError as SSEError
from ._models import ServerSentEvent as ServerSentEvent
