"""An HTTP server on a port of loopback that ends at once.

`serve_forever` looks at intervals whether it shall end, so that each test would wait for the next look.
"""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LoopbackServer(ThreadingHTTPServer):
    """Serves from `start` to `stop`, each connection in a thread."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._stopping = False
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        socket.create_connection(("127.0.0.1", self.server_port)).close()
        self._thread.join()
        self.server_close()

    def _accept(self) -> None:
        while not self._stopping:
            try:
                connection, address = self.get_request()
            except OSError:  # The client is gone already.
                continue
            if self._stopping:
                connection.close()
            else:
                self.process_request(connection, address)
